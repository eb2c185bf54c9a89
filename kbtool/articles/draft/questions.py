"""The title of a draft and its other wordings: questions as customers ask them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kbtool.articles.draft.phrases import capitalised
from kbtool.articles.draft.replies import plain, without_salutation
from kbtool.model import Topic
from kbtool.text import get_language, lower, terms, words

MOST_ALSO_ASKED = 6
MOST_ASKED = 300
"""Newest tickets whose questions are read."""
_TYPICAL = 0.4
"""Share of the best score below which a sentence is beside the topic."""
_TELLING_WORDS = 3
_EASY_WORDS = 14
_LONGEST = 110
_LIKE = 0.8
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


def questions(
    topic: Topic, asked: Sequence[Sequence[str]], lang: str, personal_data: PersonalData
) -> Questions | None:
    """How customers ask a topic's question in a language; ``asked`` are each ticket's sentences.

    The title is the topic's most telling wording in that language, a real question first;
    ``also_asked`` are at most six others, different from it and each other: first the topic's
    own, then the sentences that share most with all tickets. None when nothing is free of
    personal data.
    """
    own = [_standing([w.text], lang, personal_data) for w in topic.wordings if w.lang == lang]
    telling = [text for of_wording in own for text in of_wording[:1]]
    telling.sort(key=lambda text: not is_question(text, lang))
    ranked = [*telling, *_typical(asked[-MOST_ASKED:], lang, personal_data)]
    chosen: list[str] = []
    for text in ranked:
        if len(chosen) > MOST_ALSO_ASKED:
            break
        if all(_likeness(text, other, lang) < _LIKE for other in chosen):
            chosen.append(text)
    return Questions(chosen[0], tuple(chosen[1:])) if chosen else None


def _typical(asked: Sequence[Sequence[str]], lang: str, personal_data: PersonalData) -> list[str]:
    """The best sentence of each ticket, the most typical first, those beside the topic left out."""
    found = [_standing(sentences, lang, personal_data) for sentences in asked]
    usual = Counter(
        t for of_ticket in found for t in {t for s in of_ticket for t in _terms(s, lang)}
    )
    best = [
        max((_score(text, usual, len(found), lang), text) for text in of_ticket)
        for of_ticket in ([text for text in one if _is_usual(text, usual, lang)] for one in found)
        if of_ticket
    ]
    best.sort(key=lambda item: (-item[0], item[1]))
    return [text for score, text in best if score >= best[0][0] * _TYPICAL]


def _is_usual(text: str, usual: Counter[str], lang: str) -> bool:
    """Whether most of a sentence is said by others too: what only one person says is theirs."""
    found = _terms(text, lang)
    return sum(usual[t] > 1 for t in found) * 2 > len(found)


def _score(text: str, usual: Counter[str], tickets: int, lang: str) -> float:
    """Mean share of tickets that hold each term, damped so that neither longer nor curt is
    better, and that what can be read at a glance comes first.
    """
    found = _terms(text, lang)
    shares = math.fsum((usual[t] - 1) / max(tickets - 1, 1) for t in found)
    telling = sum(not t.isdigit() for t in found)
    score = shares / math.pow(len(found) + 2, 0.7) * min(1.0, telling / _TELLING_WORDS)
    return score * min(1.0, _EASY_WORDS / len(text.split()))


def is_question(text: str, lang: str) -> bool:
    """Whether a sentence asks: by its mark, or by a question word at its start (or end, in tr)."""
    if text.rstrip().endswith("?"):
        return True
    shown = " ".join(words(text, lang))
    return any(
        shown.startswith(f"{word} ") or shown.endswith(f" {word}")
        for word in get_language(lang).question_words
    )


def _standing(sentences: Sequence[str], lang: str, personal_data: PersonalData) -> list[str]:
    """The sentences that may stand alone in public."""
    found = (
        _tidy(part, lang) for text in sentences for part in _PARTS.split(plain(text, _no_article))
    )
    return [
        text
        for text in found
        if len(text) <= _LONGEST
        and not _PLACEHOLDER.search(text)
        and len(_terms(text, lang)) >= 2
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


@lru_cache(maxsize=10_000)
def _terms(text: str, lang: str) -> frozenset[str]:
    return frozenset(terms(text, lang))


def _likeness(one: str, other: str, lang: str) -> float:
    mine, theirs = _terms(one, lang), _terms(other, lang)
    return len(mine & theirs) / max(len(mine | theirs), 1)
