"""What the site holds: pages, their addresses, shelves and neighbours. Pure."""
