"""How letters close: "Kind regards", "Thanks in advance for your help", "Je vous prie d'agréer …"."""

from __future__ import annotations

import re
from functools import cache

from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language
from kbtool.tickets.cleaning.closing_words import CLOSINGS, COMPLEMENTS, FORMULAS
from kbtool.tickets.cleaning.phrases import Phrases, lowered

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
LONGEST_LINE = 110
"""Characters of a line in a signature."""
_LONGEST_FORMULA = 260
_MARKS = "-–—*_ \t~>"
_BETWEEN = " ,.!;:-–—/&*_~)\t"
_CLOSINGS_IN_A_ROW = 4
_THANKS = frozenset(
    word_key(word)
    for word in "thanks thank thx ty danke dank vielen merci gracias teşekkürler teşekkür tşk sağolun aitäh tänan tänud täname suur"
    " спасибо благодарю bedankt dank grazie obrigado obrigada kiitos tack dziękuję paldies ačiū perfect great super ok okay yes no".split()
)
_JOINING = frozenset({"and", "und", "et", "y", "ve", "ja", "и", "en", "ed", "e", "och", "i"})
_FORMULAS = Phrases(FORMULAS, after=r"(?!\w)")
_COMPLEMENTS = Phrases(
    COMPLEMENTS, after=r"(?=\s*(?:$|[.,;!:–—*_-]|(?:and|und|et|y|ve|ja|и|en|e|i)\s))"
)


@cache
def _closings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Closings by their first word, longest first, in keys without diacritics."""
    found = {closing for code in KNOWN for closing in get_language(code).closings} | set(CLOSINGS)
    parted = {tuple(word_key(word) for word in WORD.findall(closing)) for closing in found}
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(parted, key=lambda words: (-len(words), words)):
        grouped.setdefault(words[0], []).append(words)
    return {first: tuple(others) for first, others in grouped.items()}


def after_closing(line: str) -> str | None:
    """What follows the closing words of a line; ``None`` when it does not begin with any."""
    if len(line) > _LONGEST_FORMULA:
        return None
    rest, found = line.strip(_MARKS), False
    for _ in range(_CLOSINGS_IN_A_ROW):
        length = _length(rest, found)
        if not length and found:
            first = WORD.match(rest)
            if first is not None and word_key(first[0]) in _JOINING:
                joined = first.end() + 1
                length = _length(rest[joined:], found) and joined + _length(rest[joined:], found)
        if not length:
            break
        rest, found = rest[length:].strip(_BETWEEN), True
    return rest if found else None


def _length(text: str, found: bool) -> int:
    """How many characters at the beginning close a letter; what says for what only after others."""
    low = lowered(text)
    if len(low) == len(text):
        length = _FORMULAS.length(low) or (_COMPLEMENTS.length(low) if found else 0)
        if length:
            return length
    first = WORD.match(text)
    if first is None or word_key(first[0]) not in _closings():
        return 0
    matches = list(WORD.finditer(text[:LONGEST_LINE]))
    keys = [word_key(match[0]) for match in matches]
    for words in _closings()[keys[0]]:
        if tuple(keys[: len(words)]) == words:
            return matches[len(words) - 1].end()
    return 0


def says_thanks(line: str) -> bool:
    """Whether a line begins with words of thanks."""
    first = WORD.search(line[:LONGEST_LINE])
    return first is not None and word_key(first[0]) in _THANKS
