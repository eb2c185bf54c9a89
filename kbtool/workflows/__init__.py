"""One function a verb: read, run the stages, write, return a record."""
