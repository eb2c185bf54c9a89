"""What became of suggestions: shown when, with which promise, accepted or not, and what came of it.

Nothing is asked of anybody: what a person decided is read off the articles, the settings and the
rejections as they stand.
"""
