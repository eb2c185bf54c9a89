"""What a help desk keeps where: mappings, and the one engine that reads them."""
