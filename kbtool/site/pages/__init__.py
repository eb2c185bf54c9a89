"""What each page tells templates and machines, staged for an engine."""
