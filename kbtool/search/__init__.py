"""The index of articles."""
