"""What renders staged pages: MkDocs in process or Zensical, the same Markdown and cleaning."""
