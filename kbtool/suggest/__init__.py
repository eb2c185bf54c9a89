"""What to do next, with evidence and worth."""
