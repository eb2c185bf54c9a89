"""What tickets newer than an article say against it or beside it, and the diff that mends it."""
