"""Programs that run a peer in its own environment; nothing of ours is imported here."""
