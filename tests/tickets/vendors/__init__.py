"""Every help desk's export in its documented shape, read as a user would read it."""
