"""What was built is shown in one step, noted, and taken over by the next build."""
