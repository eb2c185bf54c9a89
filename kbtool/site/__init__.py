"""Articles in, a static help centre out."""
