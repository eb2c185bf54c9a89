"""What stays from run to run: topic ids, what became of each, the topics themselves."""
