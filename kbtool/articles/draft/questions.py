"""The title of a draft and its other wordings: questions as customers ask them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kbtool.articles.draft.phrases import capitalised
from kbtool.model import Topic
from kbtool.text import get_language, lower, sentences, terms, words

MOST_ALSO_ASKED = 6
MOST_WORDINGS = 200
"""Wordings read for one language; they come most typical first."""
_QUESTION_BONUS = 1.5
_TYPICAL = 0.1
"""Score below which a sentence is beside the topic."""
_UNWANTED = ("Cc", "Cf", "Co", "Cs")
_LONGEST = 110
_LIKE = 0.8
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{|\{%|[<>{}]|https?://")

PersonalData = Callable[[str], Sequence[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Questions:
    """The title and other wordings of one language, the most typical first."""

    title: str
    also_asked: tuple[str, ...]


def questions(topic: Topic, lang: str, personal_data: PersonalData) -> Questions | None:
    """How customers ask a topic's question in a language.

    The title is the sentence that shares most with all wordings, a real question if there is
    one; ``also_asked`` are at most six others, different from it and each other. None when no
    wording of the language is free of personal data.
    """
    found = _candidates(topic, lang, personal_data)
    usual = Counter(
        t for of_wording in found for t in {t for s in of_wording for t in _terms(s, lang)}
    )
    ranked: list[tuple[float, int, str]] = []
    for order, of_wording in enumerate(found):
        scored = [(_score(s, usual, len(found), lang), -order, s) for s in of_wording]
        ranked += [max(scored)] if scored else []
    ranked.sort(reverse=True)
    if not ranked:
        return None
    chosen = [ranked[0][2]]
    for score, _, text in ranked[1:]:
        if len(chosen) > MOST_ALSO_ASKED:
            break
        if score >= _TYPICAL and all(_likeness(text, other, lang) < _LIKE for other in chosen):
            chosen.append(text)
    return Questions(chosen[0], tuple(chosen[1:]))


def _score(text: str, usual: Counter[str], wordings: int, lang: str) -> float:
    """Mean share of wordings that hold each term, damped so that longer is not worse; 0..1."""
    found = _terms(text, lang)
    shares = sum((usual[t] - 1) / max(wordings - 1, 1) for t in found)
    score = shares / math.pow(len(found) + 2, 0.7)
    return score * (_QUESTION_BONUS if is_question(text, lang) else 1.0)


def is_question(text: str, lang: str) -> bool:
    """Whether a sentence asks: by its mark, or by a question word at its start (or end, in tr)."""
    if text.rstrip().endswith("?"):
        return True
    shown = " ".join(words(text, lang))
    return any(
        shown.startswith(f"{word} ") or shown.endswith(f" {word}")
        for word in get_language(lang).question_words
    )


def _candidates(topic: Topic, lang: str, personal_data: PersonalData) -> list[list[str]]:
    """For each wording its sentences that may stand alone."""
    alone = all(code == lang for code, _ in topic.languages)
    texts = [w.text for w in topic.wordings if w.lang == lang or (w.lang is None and alone)]
    return [
        [s for s in _standing(text, lang) if not personal_data(s)] for text in texts[:MOST_WORDINGS]
    ]


def _standing(text: str, lang: str) -> list[str]:
    plain = "".join(c if unicodedata.category(c) not in _UNWANTED else " " for c in text)
    return [
        _tidy(sentence, lang)
        for sentence in sentences(plain)
        if len(sentence) <= _LONGEST
        and not _PLACEHOLDER.search(sentence)
        and len(_terms(sentence, lang)) >= 2
        and len(words(sentence)) >= 3
    ]


def _tidy(text: str, lang: str) -> str:
    """No list marks, no shouting, a question mark where a question is asked."""
    text = re.sub(r"^(?:\(?\w\)|[-–—•*>#\s]+)\s*", "", text).strip()
    if sum(c.isupper() for c in text) > 0.6 * sum(c.isalpha() for c in text):
        text = lower(text, lang)
    text = re.sub(r"[\s.!,;:…]+$", "", text)
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
