"""Personal data: automatic redaction, the over-eager gate before publishing, keyed hashes."""
