"""Optional: a language model words a draft's sentences anew, and is believed nothing.

``prompt`` shows it numbered sentences, ``chat`` asks, ``kept`` remembers, ``answer`` reads what
came back, ``verify`` drops what the evidence does not carry, ``rewriter`` puts the rest in place.
"""

from kbtool.articles.rewrite.records import Dropped, Rewriting
from kbtool.articles.rewrite.rewriter import Rewriter

__all__ = ["Dropped", "Rewriter", "Rewriting"]
