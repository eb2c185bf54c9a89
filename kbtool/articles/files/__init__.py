"""Articles as files of ``content/``: front matter, sections, links between them."""
