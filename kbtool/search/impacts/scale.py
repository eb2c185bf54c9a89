"""The integers of ranking. The browser's script has the same ones: theme/assets/search.js.

Shares, scales and weights are sixteenths. Nothing here is a float at query time, so that every
reader of an index comes to the same scores.
"""

from __future__ import annotations

WHOLE = 16
"""A share or scale of one."""


def _scores() -> tuple[int, ...]:
    """Level → score: steps of one, later of one 32nd, so that a level is right within 1.6 %."""
    scores = [0]
    while len(scores) < 256:
        scores.append(scores[-1] + max(1, scores[-1] // 32))
    return tuple(scores)


SCORES = _scores()
"""The score of each level: what one byte of a posting stands for."""
UNIT = 100
"""Score of an impact of 1.0; the largest, about 150 (a word that one article of a hundred thousand
has in every field), stays below ``SCORES[-1]``."""

SYNONYM = 10
"""Scale of a word's near-synonyms beside the word itself."""
PHRASE = 8
"""Scale of what a phrase means, beside its words."""
PAIR = 4
"""Scale of two words that stand side by side, beside the words themselves."""
PART = 10
"""Scale of the known compounds that end in an unknown word."""
FORM = 14
"""Scale of another form of a word (``kbtool.text.forms``)."""
TAIL = 7
"""Scale of a compound's last part in a query."""
COMPLETION = 6
"""Scale of words that the last word may become, beside the word itself."""
ONLY_COMPLETION = 14
"""The same when the word itself is unknown."""
RELATIVE = 12
"""Scale of the known words that begin like an unknown one."""
NEAR = (16, 15, 11)
"""Scale of a correction, by its distance."""
JOINED = 14
"""Scale of a word that was typed as two."""
OTHER_SPELLING = 12
"""Scale of the words that differ from the typed one by diacritics alone, beside the word itself."""

COVERAGE = tuple(round(256 * (step / 32) ** 0.6) for step in range(33))
"""Factor (256 = 1) by the share of the query's weight that an article has, in 32nds: all words
count first, then fewer."""
EXACT_TITLE = 1 << 40
"""Added when the query is an article's title: above every other score."""
EXACT_QUESTION = 1 << 39
"""The same for one of its other wordings."""
