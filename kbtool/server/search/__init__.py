"""Search over HTTP: as JSON for programs, as HTML for readers without JavaScript."""
