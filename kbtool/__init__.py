"""kbtool: resolved tickets in, a help centre that removes tickets out."""

__version__ = "0.1.0"
