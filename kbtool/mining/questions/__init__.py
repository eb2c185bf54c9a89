"""What tickets ask: the question of a ticket, its features, and where both are kept."""
