"""The site, its search API and the event collector in one process."""
