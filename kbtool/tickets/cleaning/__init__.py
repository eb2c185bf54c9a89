"""What the sender wrote, without what stands around it."""
