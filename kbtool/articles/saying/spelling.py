"""Which wordings are spelled well: people make mistakes and leave out diacritics; articles do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from kbtool.text import match_key, words

BARE, MISTYPED = 0.6, 0.7
"""What a text is worth without its diacritics, and with a mistake, beside a good one."""
_USUAL = 4
"""How often a word must stand for a rare one like it to be a mistake."""
_LETTERS = 5
_LIKE = 0.85


class Spelling:
    """Knows how the words of some texts are usually spelled."""

    def __init__(self, texts: Iterable[str], lang: str) -> None:
        self.lang = lang
        self._forms = Counter(word for text in texts for word in words(text, lang))
        self._marked = {match_key(word) for word in self._forms if not word.isascii()}
        self._usual: dict[str, list[str]] = {}
        for word, count in sorted(self._forms.items()):
            if count >= _USUAL and len(word) >= _LETTERS and word.isalpha():
                self._usual.setdefault(word[0], []).append(word)

    def quality(self, text: str) -> float:
        """1 for a text that is spelled like the others, less for one that is not."""
        found = words(text, self.lang)
        worth = BARE if self._is_bare(found) else 1.0
        return worth * (MISTYPED if any(map(self._is_mistyped, found)) else 1.0)

    def _is_bare(self, found: list[str]) -> bool:
        """Whether a word lacks the diacritics that it has elsewhere, and none has any."""
        return all(word.isascii() for word in found) and any(
            match_key(word) in self._marked for word in found
        )

    def _is_mistyped(self, word: str) -> bool:
        """Whether a word that stands once differs in a letter inside from one that stands often.

        The last letters may differ: they are endings.
        """
        if self._forms[word] != 1 or len(word) < _LETTERS or not word.isalpha():
            return False
        return any(
            abs(len(word) - len(usual)) <= 1
            and word[-2:] == usual[-2:]
            and match_key(word) != match_key(usual)
            and SequenceMatcher(None, word, usual, autojunk=False).ratio() >= _LIKE
            for usual in self._usual.get(word[0], ())
        )
