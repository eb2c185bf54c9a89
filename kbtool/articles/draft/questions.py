"""The title of a draft and its other wordings: questions as customers ask them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from kbtool.model import Topic
from kbtool.text import get_language, match_key, sentences, terms, words

MOST_ALSO_ASKED = 6
_LONGEST = 110
_LIKE = 0.8
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{|\{%|[<>{}]|https?://")

PersonalData = Callable[[str], Sequence[tuple[int, str]]]


def title(topic: Topic, lang: str, personal_data: PersonalData) -> str | None:
    """The topic's question in a language: its most typical clean wording, a real question first.

    None when no wording of that language is free of personal data.
    """
    found = list(_wordings(topic, lang, personal_data))
    asked = [text for text in found if is_question(text, lang)]
    return next(iter([*asked, *found]), None)


def also_asked(topic: Topic, lang: str, title: str, personal_data: PersonalData) -> tuple[str, ...]:
    """At most six other wordings, clean and different from the title and each other."""
    chosen = [title]
    for text in _wordings(topic, lang, personal_data):
        if all(_likeness(text, other, lang) < _LIKE for other in chosen):
            chosen.append(text)
    return tuple(chosen[1 : 1 + MOST_ALSO_ASKED])


def is_question(text: str, lang: str) -> bool:
    """Whether a sentence asks: by its mark, or by a question word at its start (or end, in tr)."""
    if text.rstrip().endswith("?"):
        return True
    shown = " ".join(words(text, lang))
    return any(
        shown.startswith(f"{word} ") or shown.endswith(f" {word}")
        for word in get_language(lang).question_words
    )


def _wordings(topic: Topic, lang: str, personal_data: PersonalData) -> Iterator[str]:
    seen: set[str] = set()
    for wording in topic.wordings:
        if wording.lang != lang and not (wording.lang is None and _only(topic, lang)):
            continue
        for sentence in _candidates(wording.text, lang):
            key = " ".join(words(match_key(sentence)))
            if key in seen or personal_data(sentence):
                continue
            seen.add(key)
            yield sentence
            break


def _only(topic: Topic, lang: str) -> bool:
    return all(code == lang for code, _ in topic.languages)


def _candidates(text: str, lang: str) -> list[str]:
    """The sentences of a wording that may stand alone, questions first."""
    plain = "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") else " " for c in text
    )
    found = [
        sentence[:1].upper() + sentence[1:]
        for sentence in sentences(plain)
        if len(sentence) <= _LONGEST
        and not _PLACEHOLDER.search(sentence)
        and len(terms(sentence, lang)) >= 2
        and len(words(sentence)) >= 3
    ]
    return sorted(found, key=lambda sentence: not is_question(sentence, lang))


def _likeness(one: str, other: str, lang: str) -> float:
    mine, theirs = set(terms(one, lang)), set(terms(other, lang))
    return len(mine & theirs) / max(len(mine | theirs), 1)
