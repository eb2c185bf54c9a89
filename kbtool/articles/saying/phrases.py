"""What the language records say about a sentence: a condition, a step, "I", a number in words."""

from __future__ import annotations

import re
from functools import cache

from kbtool.text import get_language, lower, match_key, words

_WORD = re.compile(r"[^\W\d_]+")
_OPENING = 300
"""Characters in which the phrase stands that a sentence opens with."""


def opens_with(text: str, phrases: tuple[str, ...], lang: str, *, within: int = 1) -> bool:
    """Whether one of ``phrases`` starts among the first ``within`` words of ``text``."""
    found = [match_key(word) for word in words(text[:_OPENING], lang)]
    for start in range(min(within, len(found))):
        rest = " ".join(found[start:]) + " "
        if rest.startswith(_keys(phrases)):
            return True
    return False


def closes_with(text: str, phrases: tuple[str, ...], lang: str) -> bool:
    """Whether ``text`` ends in one of ``phrases``, as steps do in languages whose verb is last."""
    found = words(text, lang)
    longest = max((key.count(" ") for key in _keys(phrases)), default=0)
    last = [match_key(word) for word in found[-longest:]]
    return any(" ".join(last[n:]) + " " in _keys(phrases) for n in range(len(last)))


def is_condition(text: str, lang: str) -> bool:
    """Whether a sentence begins with a condition ("if …", "Not found? …")."""
    language = get_language(lang)
    head = re.split(r"[,:–—]", text[:_OPENING], maxsplit=1)[0]
    if "?" in text.rstrip()[:-1]:
        return True
    shown = words(head, lang)[:6]
    for phrase in language.conditions:
        if phrase.startswith("^"):
            if phrase[1:] in shown[:2]:
                return True
        elif phrase.startswith("-"):
            if any(word.endswith(phrase[1:]) for word in shown):
                return True
        elif f" {phrase} " in " " + " ".join(shown[:5]) + " ":
            return True
    return False


def points_back(text: str, lang: str) -> bool:
    """Whether a sentence begins with a word that needs the sentence before it ("It's …")."""
    return opens_with(text, get_language(lang).pointers, lang)


def is_first_person(text: str, lang: str) -> bool:
    """Whether the agent speaks of what they did or saw in one case ("I have changed …")."""
    entries = get_language(lang).first_person
    endings = tuple(entry[1:] for entry in entries if entry.startswith("-"))
    return any(word in entries or word.endswith(endings or "\0") for word in words(text, lang))


def is_one_case(text: str, lang: str) -> bool:
    """Whether a sentence speaks of the case of the one who asked ("as you are abroad", "today")."""
    said = " " + " ".join(words(text, lang)) + " "
    return any(f" {phrase} " in said for phrase in get_language(lang).case_words)


def capitalised(text: str, lang: str) -> str:
    """``text`` with a capital first letter by the rules of ``lang`` (Turkish i → İ)."""
    first = "İ" if lang in ("tr", "az") and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


def in_digits(text: str, lang: str) -> str:
    """``text`` in lower case with the numbers that are written as words in digits."""
    numbers = _numerals(lang)
    return _WORD.sub(lambda m: numbers.get(m[0], m[0]), lower(text, lang))


@cache
def _keys(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases as they are compared, a space after each so that words are met whole."""
    return tuple(match_key(phrase) + " " for phrase in phrases)


@cache
def _numerals(lang: str) -> dict[str, str]:
    found = enumerate(get_language(lang).numerals, start=2)
    return {word: str(value) for value, word in found if word}
