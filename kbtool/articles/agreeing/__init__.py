"""What agents agree on, and where they contradict each other."""
