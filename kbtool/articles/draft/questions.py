"""The title of a draft and its other wordings: questions as customers ask them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbtool.articles.draft.wordings import (
    PersonalData,
    asks,
    asks_within,
    is_calendar,
    is_rude,
    names_problem,
    without_tail,
    wordings,
)
from kbtool.articles.saying.meaning import Slot, Vocabulary
from kbtool.articles.saying.phrases import is_first_person, is_one_case, opens_with
from kbtool.articles.saying.spelling import Spelling
from kbtool.model import Topic
from kbtool.text import get_language, is_stop_word, terms, words

__all__ = ["MOST_ALSO_ASKED", "PersonalData", "Questions", "questions"]

MOST_ALSO_ASKED = 6
MOST_ASKED = 300
"""Newest tickets whose questions are read."""
_TYPICAL, _SURE = 0.2, 0.5
"""Share of the best score below which a sentence is beside the topic, and one that asks by its mark
only ("I updated the phone, perhaps that?") is no title."""
_EASY_WORDS, _FEW_WORDS = 12, 7
"""A longer question, and a longer statement, is a worse title."""
_LIKE = 0.7
_KEYWORD = 1.5
"""How much more a word tells by which the topic differs from others."""
_CENTRAL, _USUAL_NUMBER = 0.8, 0.4
"""Share of the tickets with the topic's commonest word that a central word needs, and a number."""
_TELLING, _NAMING = 1.6, 1.8
"""What a sentence is worth that the miner found most telling, or calls the topic by."""
_ASKS, _MARKED, _WHY = 1.0, 0.85, 0.6
"""What a question is worth that begins with a question word, one known by its mark only, and one
that asks why: that is often a complaint."""
_LEANS, _POINTS, _CUT_OFF, _SEVERAL, _TOLD, _NUMBERS = 0.4, 0.7, 0.4, 0.5, 0.7, 0.7
"""The same of a sentence that needs another or is beside the topic, of one that asks about "this",
of a statement that ends in a word which needs another ("not working at the"), of several things in
one line, of a statement about what its writer did, and of one with a number."""
_ALONE, _MOST_ALONE = 0.55, 0.7
"""Share of the weight that nobody else may say: of another wording, of a title that asks."""
_SEPARATE = re.compile(r"\s[-–—/|&+=]+\s|[;:]\s|\?.*\?|(?:,.*){3}|\s/|\w/\w")


@dataclass(frozen=True, slots=True)
class Questions:
    """The title and other wordings of one language, the most typical first."""

    title: str
    also_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    text: str
    asks: bool
    """It is a question about the topic, good enough for a title."""
    in_words: bool
    """It asks with a question word."""
    score: float
    typical: float
    """The score without what makes a good title."""
    terms: frozenset[str]
    """Its words that other tickets have too."""
    also: bool
    """It is another wording of the question: nothing beside it, nothing of one case."""


def questions(
    topic: Topic,
    asked: Sequence[Sequence[str]],
    lang: str,
    personal_data: PersonalData,
    abroad: Mapping[str, Sequence[Sequence[str]]],
) -> Questions | None:
    """How customers ask a topic's question in a language; ``asked`` are each ticket's sentences,
    ``abroad`` those of other languages.

    The title is the question that says most of what all tickets ask, short rather than long, well
    spelled rather than not; without any question about it, the best short statement. ``also_asked``
    are at most six others, different from it and each other. Nothing that only one ticket says (a
    number, a name) stands in either. None when nothing is free of personal data.
    """
    judge = _Judge(topic, asked[-MOST_ASKED:], lang, abroad)
    own = [
        ((w.text,), _NAMING if w.text == topic.question else _TELLING)
        for w in topic.wordings
        if w.lang == lang
    ]
    found: dict[str, _Wording] = {}
    for sentences, bonus in (*((s, 1.0) for s in asked[-MOST_ASKED:]), *own):
        for one in judge.judged(wordings(sentences, lang, personal_data), bonus):
            if one.text not in found or found[one.text].score < one.score:
                found[one.text] = one
    ranked = sorted(found.values(), key=lambda w: (-w.score, w.text))
    usual = max((w.typical for w in ranked), default=0.0)
    near = [wording for wording in ranked if wording.typical >= _TYPICAL * usual]
    if not near:
        return None
    asking = (w for w in near if w.asks and (w.in_words or w.typical >= _SURE * usual))
    title = next(asking, near[0])
    return Questions(title.text, tuple(w.text for w in _others(title, near)))


def _others(title: _Wording, ranked: Iterable[_Wording]) -> list[_Wording]:
    """Wordings unlike the title and each other."""
    chosen = [title]
    for wording in ranked:
        if len(chosen) > MOST_ALSO_ASKED:
            break
        if wording.also and all(_likeness(wording, other) < _LIKE for other in chosen):
            chosen.append(wording)
    return chosen[1:]


def _likeness(one: _Wording, other: _Wording) -> float:
    """1 when both say the same, as far as others say it too, or one is part of the other."""
    short, long = sorted((one.text.casefold().rstrip("?"), other.text.casefold()), key=len)
    if short.rstrip("?") in long:
        return 1.0
    return len(one.terms & other.terms) / max(len(one.terms | other.terms), 1)


class _Judge:
    """How well a sentence says what a topic's tickets ask."""

    def __init__(
        self,
        topic: Topic,
        asked: Sequence[Sequence[str]],
        lang: str,
        abroad: Mapping[str, Sequence[Sequence[str]]],
    ) -> None:
        self.lang = lang
        self.vocabulary = Vocabulary()
        self.spelling = Spelling((text for of_ticket in asked for text in of_ticket), lang)
        every = [*((lang, one) for one in asked)]
        every += [(code, one) for code, tickets in abroad.items() for one in tickets]
        masks = [self._mask(texts, code) for code, texts in every]
        self.counted = Counter(bit for mask in masks for bit in _bits(mask))
        self.all = max(len(masks), 1)
        self.keywords = 0
        for code in dict.fromkeys(code for code, _ in every):
            self.keywords |= self._mask(topic.keywords, code)
        own = {bit for mask in masks[: len(asked)] for bit in _bits(mask)}
        self.top = max((self.counted[bit] for bit in own), default=0)
        self.used = Counter(
            term for texts in asked for term in {t for one in texts for t in terms(one, lang)}
        )

    def _mask(self, texts: Iterable[str], lang: str) -> int:
        mask = 0
        for text in texts:
            mask |= self.vocabulary.meaning(text, lang).mask
        return mask

    def judged(self, found: Iterable[str], bonus: float) -> Iterable[_Wording]:
        """Those of one ticket's wordings that may stand."""
        for one in found:
            if judged := self._judged(self._without_rare_tail(one), bonus):
                yield judged

    def _without_rare_tail(self, text: str) -> str:
        """A question without phrases at its end that are rare: of which nobody else says a word,
        or an address, a month, a day."""
        if not text.endswith("?"):
            return text
        whole, shortest = self._shared(text), text
        for form in without_tail(text, self.lang):
            if self._shared(form) < whole:
                break
            shortest = form
        return shortest

    def _shared(self, text: str) -> int:
        """How many of its slots others fill too; addresses and names of days do not count."""
        slots = self.vocabulary.meaning(text, self.lang).slots
        shared = sum(self._said(slot) > 1 and slot.kind != "address" for slot in slots)
        return shared - is_calendar(text, self.lang)

    def _said(self, slot: Slot) -> int:
        """How many tickets fill a slot."""
        return max((self.counted[bit] for bit in _bits(slot.fills)), default=0)

    def _judged(self, text: str, bonus: float) -> _Wording | None:
        lang = self.lang
        if is_calendar(text, lang):
            return None
        weighed = self._weighed(text)
        if weighed is None:
            return None
        typical, alone, about = weighed
        about &= not self._leans(text)
        asking = text.endswith("?")
        tells = asking or (names_problem(text, lang) and not self._has("number", text))
        score = typical * bonus * self.spelling.quality(text) * self._form(text)
        return _Wording(
            text,
            asks=asking and about and alone <= _MOST_ALONE,
            in_words=asks_within(text, lang),
            score=score * (1.0 if about else _LEANS),
            typical=typical,
            terms=frozenset(term for term in terms(text, lang) if self.used[term] > 1),
            also=tells and not _SEPARATE.search(text) and about and alone <= _ALONE,
        )

    def _weighed(self, text: str) -> tuple[float, float, bool] | None:
        """How typical a wording is, the share of it that nobody else says, and whether it is about
        the topic.

        Typical: the mean share of tickets that fill each slot, damped so that neither longer nor
        curt is better, less for what nobody else says. About the topic: of two slots that others
        fill too one is central; of one slot alone it is a keyword besides; and no number is that
        of a few. None for a name, number or address that nobody else says.
        """
        meaning = self.vocabulary.meaning(text, self.lang)
        shares = alone = 0.0
        central = named = few = False
        for slot in meaning.slots:
            said, keyword = self._said(slot), bool(slot.fills & self.keywords)
            usual = said >= max(_CENTRAL * self.top, 1)
            if said < 2 <= self.all and slot.kind in ("number", "address", "name"):
                return None
            shares += (_KEYWORD if keyword else 1.0) * slot.weight * (said - 1) / self.all
            alone += slot.weight * (said < 2)
            central |= usual or (keyword and said > 1)
            named |= usual and keyword
            few |= slot.kind == "number" and said < self.top * _USUAL_NUMBER
        if not shares:
            return None
        alone /= meaning.weight
        typical = shares / math.pow(meaning.weight + 2, 0.7) * (1 - 0.7 * alone)
        typical *= min(1.0, len(meaning.slots) / 2)
        return typical, alone, (central if self._shared(text) > 1 else named) and not few

    def _has(self, kind: str, text: str) -> bool:
        return any(slot.kind == kind for slot in self.vocabulary.meaning(text, self.lang).slots)

    def _leans(self, text: str) -> bool:
        """Whether a sentence needs another, speaks of one case, has an address or swears."""
        lang = self.lang
        back = opens_with(text, get_language(lang).pointers, lang) or self._has("address", text)
        return back or is_one_case(text, lang) or is_rude(text, lang)

    def _form(self, text: str) -> float:
        """What a wording is worth as a title, by its form alone."""
        lang = self.lang
        language = get_language(lang)
        worth = 1.0
        if text.endswith("?"):
            worth = _ASKS if asks(text.rstrip("?"), lang) else _MARKED
        elif is_stop_word(words(text, lang)[-1], lang):
            worth = _CUT_OFF
        elif is_first_person(text, lang):
            worth = _TOLD
        if set(words(text, lang)) & set(language.reason_words):
            worth *= _WHY
        if self._has("number", text):
            worth *= _NUMBERS
        if opens_with(" ".join(words(text, lang)[1:]), language.pointers, lang, within=2):
            worth *= _POINTS
        worth *= min(1.0, (_EASY_WORDS if text.endswith("?") else _FEW_WORDS) / len(text.split()))
        return worth * (_SEVERAL if _SEPARATE.search(text) else 1.0)


def _bits(mask: int) -> Iterable[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
