"""Personal data: found, replaced by typed placeholders, or refused."""
