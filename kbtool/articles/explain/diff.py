"""What a person changed in a sentence, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeAlias

from kbtool.articles.explain.trace import Sentence
from kbtool.articles.saying.phrases import capitalised
from kbtool.model import Article

Change: TypeAlias = Literal["same", "gone", "new"]

_WORD = re.compile(r"\s*(?:[^\W_]+(?:[.,:'’-][^\W_]+)*|\S)")
_SAME_MARKS = str.maketrans("’‘“”„–—", '\'\'"""--')
MOST = 2_000
"""Words beyond which a text is compared as one piece: no sentence is so long."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both texts have, or only the one before, or only the one after."""

    change: Change
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order: ``same`` and ``gone`` make ``before``, ``same`` and
    ``new`` make ``after``; each piece begins with the white space before it.

    Curly quotation marks are no change.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST:
        return (Piece("gone", before), Piece("new", after))
    return tuple(_pieces(old, new))


def edits(sentences: Sequence[Sentence]) -> dict[Sentence, tuple[Sentence, ...]]:
    """First sentence → the edited ones in a row that come from the same evidence, itself included:
    a sentence that a person split is compared as a whole.
    """
    runs = groupby(sentences, lambda one: (one.state, one.evidence))
    found = [tuple(run) for (state, _), run in runs if state == "edited"]
    return {run[0]: run for run in found}


def changes(run: Sequence[Sentence], article: Article) -> tuple[Piece, ...]:
    """What a person changed in one run of the article's ``edits``."""
    texts = (article.evidence[number].text for number in run[0].evidence)
    before = " ".join(capitalised(_ended(text), article.lang) for text in texts)
    return word_diff(before, " ".join(one.text for one in run))


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?…:" else f"{text}."


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(new[new_start:new_end]))
            continue
        if start < end:
            yield Piece("gone", "".join(old[start:end]))
        if new_start < new_end:
            yield Piece("new", "".join(new[new_start:new_end]))


def _key(word: str) -> str:
    return word.strip().translate(_SAME_MARKS)
