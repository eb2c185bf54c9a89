"""Compounds: which word a longer word of the articles ends in (``parkimistrahv``: ``trahv``).

Their beginning needs no help: words that begin alike share terms. No list of words is used: a
compound is a word that ends in another word of the articles and begins like a third.
"""

from __future__ import annotations

from collections.abc import Collection

HEAD, TAIL = 4, 5
"""Letters of the parts, at least."""
_LIKE = 5
"""Letters in which the beginning must agree with a word, when it has so many."""


class Tails:
    """The words of a language's articles, asked for those that others end in."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        words = [word for word in vocabulary if word.isalpha()]
        self._tails = {word for word in words if len(word) >= TAIL}
        self._heads = {w[:size] for w in words for size in (HEAD, _LIKE) if len(w) >= size}

    def of(self, key: str) -> str | None:
        """The longest word that ``key`` ends in, when its beginning is a word's too."""
        if len(key) < HEAD + TAIL or not key.isalpha():
            return None
        for at in range(HEAD, len(key) - TAIL + 1):
            if key[at:] in self._tails and key[: min(at, _LIKE)] in self._heads:
                return key[at:]
        return None
