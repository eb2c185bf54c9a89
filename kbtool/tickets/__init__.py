"""Help-desk exports in, clean and redacted tickets out."""
