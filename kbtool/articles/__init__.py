"""Articles and drafts: front matter, drafting, review, checks."""
