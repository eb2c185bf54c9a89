"""Click lives here and only here: one module a verb, loaded when it is run."""
