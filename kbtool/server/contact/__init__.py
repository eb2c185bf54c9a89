"""The contact form: on to the help desk, by mail, or to its webhook."""
