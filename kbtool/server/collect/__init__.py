"""Events come in: who sent them, what is refused and why, kept before it is acknowledged."""
