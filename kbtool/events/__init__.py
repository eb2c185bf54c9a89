"""What happened on the site: validation, counting rules, visits, store."""
