"""A group to a topic: the question shown, its words and counts, and how it runs over the months."""
