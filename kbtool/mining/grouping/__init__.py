"""Questions to groups: a sample compared, all others placed, languages joined; and what tells groups apart."""
