"""Personal data: automatic masking, the over-eager gate before publishing, keyed hashes."""
