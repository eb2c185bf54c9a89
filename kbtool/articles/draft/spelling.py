"""Which wordings are typed well: people leave out diacritics, and an article should not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kbtool.text import match_key, words

BARE = 0.6
"""What a text without its diacritics is worth beside one with them."""


class Spelling:
    """Knows how the words of some texts are spelled with their diacritics."""

    def __init__(self, texts: Iterable[str], lang: str) -> None:
        self.lang = lang
        forms = Counter(word for text in texts for word in words(text, lang))
        self._marked = {match_key(word) for word in forms if not word.isascii()}

    def is_bare(self, text: str) -> bool:
        """Whether a word of ``text`` lacks the diacritics that it has elsewhere, and none has any."""
        found = words(text, self.lang)
        return all(word.isascii() for word in found) and any(
            match_key(word) in self._marked for word in found
        )

    def quality(self, text: str) -> float:
        """1, or ``BARE``."""
        return BARE if self.is_bare(text) else 1.0
