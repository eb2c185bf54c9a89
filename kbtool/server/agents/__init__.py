"""What agents use: their page, and the address their help desk asks."""
