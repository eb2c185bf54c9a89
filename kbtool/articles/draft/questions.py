"""The title of a draft and its other wordings: questions as customers ask them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbtool.articles.draft.meaning import Meaning, Vocabulary
from kbtool.articles.draft.phrases import capitalised
from kbtool.articles.draft.replies import plain, without_salutation
from kbtool.articles.draft.spelling import Spelling
from kbtool.model import Topic
from kbtool.text import get_language, is_stop_word, lower, words

MOST_ALSO_ASKED = 6
MOST_ASKED = 300
"""Newest tickets whose questions are read."""
_TYPICAL = 0.25
"""Share of the best score below which a sentence is beside the topic."""
_EASY_WORDS = 12
_LONGEST = 110
_LIKE = 0.7
_ASKS, _TELLING, _NAMING = 2.0, 1.6, 1.8
"""What a real question is worth beside a statement, what the miner found most telling, and what it
calls the topic."""
_CUT_OFF = 0.6
"""The same of a statement that ends in a word which needs another ("not working at the")."""
_PARTS = re.compile(r"(?<=[^\W\d_]{3}[.!?…])\s+")
"""People who write without capitals end their sentences all the same."""
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{|\{%|[<>{}]|https?://")

PersonalData = Callable[[str], Sequence[tuple[int, str]]]
"""Text → (1-based line, what it looks like) for everything a person must look at."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The title and other wordings of one language, the most typical first."""

    title: str
    also_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    text: str
    score: float
    typical: float
    """The score without what makes a good title."""
    meaning: Meaning


def questions(
    topic: Topic,
    asked: Sequence[Sequence[str]],
    lang: str,
    personal_data: PersonalData,
    abroad: Mapping[str, Sequence[Sequence[str]]],
) -> Questions | None:
    """How customers ask a topic's question in a language; ``asked`` are each ticket's sentences,
    ``abroad`` those of other languages.

    The title is the sentence that says most of what all tickets ask, a question rather than a
    statement, short rather than long, well spelled rather than not; ``also_asked`` are at most six
    others, different from it and each other. Nothing that only one ticket says (a number, a name)
    stands in either. None when nothing is free of personal data.
    """
    judge = _Judge(asked[-MOST_ASKED:], lang, abroad)
    own = [
        ((w.text,), _NAMING if w.text == topic.question else _TELLING)
        for w in topic.wordings
        if w.lang == lang
    ]
    found: dict[str, _Wording] = {}
    for sentences, bonus in (*((s, 1.0) for s in asked[-MOST_ASKED:]), *own):
        best = judge.best(_standing(sentences, lang, personal_data), bonus)
        if best and (best.text not in found or found[best.text].score < best.score):
            found[best.text] = best
    ranked = sorted(found.values(), key=lambda w: (-w.score, w.text))
    usual = max((w.typical for w in ranked), default=0.0)
    chosen: list[_Wording] = []
    for wording in ranked:
        if len(chosen) > MOST_ALSO_ASKED:
            break
        if wording.typical >= usual * _TYPICAL and all(
            _likeness(wording.meaning, other.meaning) < _LIKE for other in chosen
        ):
            chosen.append(wording)
    return Questions(chosen[0].text, tuple(w.text for w in chosen[1:])) if chosen else None


class _Judge:
    """How well a sentence says what a topic's tickets ask."""

    def __init__(
        self,
        asked: Sequence[Sequence[str]],
        lang: str,
        abroad: Mapping[str, Sequence[Sequence[str]]],
    ) -> None:
        self.lang = lang
        self.vocabulary = Vocabulary()
        self.spelling = Spelling((text for of_ticket in asked for text in of_ticket), lang)
        self.tickets = max(len(asked), 1)
        every = [*((lang, one) for one in asked)]
        every += [(code, one) for code, tickets in abroad.items() for one in tickets]
        masks = [self._mask(texts, code) for code, texts in every]
        self.counted = Counter(bit for mask in masks for bit in _bits(mask))
        self.all = max(len(masks), 1)

    def _mask(self, texts: Iterable[str], lang: str) -> int:
        mask = 0
        for text in texts:
            mask |= self.vocabulary.meaning(text, lang).mask
        return mask

    def best(self, texts: Sequence[str], bonus: float) -> _Wording | None:
        """The most typical of one ticket's sentences, if any may stand."""
        found = (self._judged(text, bonus) for text in texts)
        return max((w for w in found if w), key=lambda w: (w.score, w.text), default=None)

    def _judged(self, text: str, bonus: float) -> _Wording | None:
        """Mean share of tickets that fill each slot, damped so that neither longer nor curt is
        better; less for what nobody else says, None when that is a number or a name.
        """
        meaning = self.vocabulary.meaning(text, self.lang)
        shares = alone = 0.0
        for slot in meaning.slots:
            said = max((self.counted[bit] for bit in _bits(slot.fills)), default=0)
            if said < 2 <= self.tickets and slot.kind in ("number", "address", "name"):
                return None
            shares += slot.weight * (said - 1) / self.all
            alone += slot.weight * (said < 2)
        if not shares:
            return None
        typical = shares / math.pow(meaning.weight + 2, 0.7) * (1 - 0.7 * alone / meaning.weight)
        typical *= min(1.0, len(meaning.slots) / 2)
        score = typical * bonus * self.spelling.quality(text)
        score *= min(1.0, _EASY_WORDS / len(text.split()))
        if is_question(text, self.lang):
            score *= _ASKS
        elif is_stop_word(words(text, self.lang)[-1], self.lang):
            score *= _CUT_OFF
        return _Wording(text, score, typical, meaning)


def _bits(mask: int) -> Iterable[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def is_question(text: str, lang: str) -> bool:
    """Whether a sentence asks: by its mark, or by a question word at its start (or end, in tr)."""
    if text.rstrip().endswith("?"):
        return True
    shown = " ".join(words(text, lang))
    return any(
        shown.startswith(f"{word} ") or shown.endswith(f" {word}")
        for word in get_language(lang).question_words
    )


def _standing(sentences: Iterable[str], lang: str, personal_data: PersonalData) -> list[str]:
    """The sentences that may stand alone in public."""
    found = (
        _tidy(part, lang) for text in sentences for part in _PARTS.split(plain(text, _no_article))
    )
    return [
        text
        for text in found
        if len(text) <= _LONGEST
        and not _PLACEHOLDER.search(text)
        and len(words(text)) >= 3
        and not personal_data(text)
    ]


def _no_article(url: str) -> str | None:
    """A title has no links."""


def _tidy(text: str, lang: str) -> str:
    """No list marks, no shouting, a question mark where a question is asked."""
    text = without_salutation(re.sub(r"^[-–—•*>#\s]+", "", text).strip(), get_language(lang))
    if sum(c.isupper() for c in text) > 0.6 * sum(c.isalpha() for c in text):
        text = lower(text, lang)
    text = re.sub(r"[\s.!,;:…]+$", "", " ".join(text.split()))
    text = re.sub(r"\?{2,}$", "?", text)
    if is_question(text, lang) and not text.endswith("?"):
        text += "?"
    return capitalised(text, lang)


def _likeness(one: Meaning, other: Meaning) -> float:
    shared = min(one.filled(other.mask), other.filled(one.mask))
    return shared / max(one.weight + other.weight - shared, 1.0)
