"""One process: the site, its search and its event collector."""
