"""The numbers that sentences state, with what they count and what they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kbtool.articles.draft.phrases import in_digits
from kbtool.articles.draft.replies import LINK, Said
from kbtool.text import get_language, is_stop_word, term, words

TIME = "time"
"""The unit of every span of time; its values are in minutes."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%£€$₺¥]|[./]\d+(?:[./]\d+)+")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_NOT_COUNTED = re.compile(r"https?://\S+|\S*\d+[.:]\d+[.:]\d+\S*|\b\d{1,2}[:.]\d{2}\b(?! ?[€$£₺%])")
"""Addresses, version numbers, dates and times of day: no amounts."""
_MONEY = {
    "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "eurot": "eur", "euroyu": "eur",
    "$": "usd", "usd": "usd", "£": "gbp", "gbp": "gbp", "₺": "try", "tl": "try", "lira": "try",
    "¥": "jpy", "%": "%", "percent": "%", "protsenti": "%", "prozent": "%", "yüzde": "%",
}  # fmt: skip
MONEY = frozenset(_MONEY.values())
_LABEL = re.compile(r"[„“\"«][^„“”\"«»\n]{1,80}[“”\"»]")
"""What a screen says is no negation of the agent's: press "Not found"."""
_AROUND = 6
"""Tokens on each side of a number that say what is counted."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with its unit and the terms around it: "at least [5 days] before billing".

    A range or a list ("1 to 3 months", "1, 2 or 3 months") is one claim with several values.
    """

    values: frozenset[str]
    unit: str
    context: frozenset[str]
    said: Said


def claims_of(said: Said, lang: str) -> Iterator[Claim]:
    """The numbers with units that a sentence states."""
    text = _THOUSANDS.sub("", _NOT_COUNTED.sub(" ", LINK.sub(" ", said.text)))
    tokens = _TOKEN.findall(in_digits(text, lang))
    values: list[str] = []
    start = 0
    for index, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        start = start if values else index
        values.append(token.replace(",", "."))
        unit, factor, more = _unit(tokens, index, lang)
        if more:
            continue
        if unit:
            near = tokens[max(0, start - _AROUND) : start] + tokens[index + 1 : index + 1 + _AROUND]
            context = {term(word, lang) for word in near if _means(word, lang)}
            counted = frozenset(_counted(value, factor) for value in values)
            yield Claim(counted, unit, frozenset(context), said)
        values = []


def _counted(value: str, factor: float) -> str:
    try:
        return f"{float(value) * factor:g}"
    except ValueError:
        return value


def _unit(tokens: Sequence[str], index: int, lang: str) -> tuple[str, float, bool]:
    """What the number at ``index`` counts, what one of it is in minutes (1 for all but time), and
    whether it goes on to another number ("1 to 3").
    """
    if index and tokens[index - 1] in _MONEY and not tokens[index - 1].isalpha():
        return _MONEY[tokens[index - 1]], 1, False
    after = tokens[index + 1 : index + 3]
    if not after:
        return "", 1, False
    if after[0][0].isdigit():
        return "", 1, True
    for word in after:
        if minutes := in_minutes(word, lang):
            return TIME, minutes, False
    if after[0] in _MONEY:
        return _MONEY[after[0]], 1, False
    if is_stop_word(after[0], lang):
        return "", 1, len(after) > 1 and after[1][0].isdigit()
    return term(after[0], lang), 1, False


def in_minutes(word: str, lang: str) -> float:
    """How many minutes one of a unit of time has (a month counts 30 days); 0 for other words."""
    for minutes, names in _times(lang):
        if any(word == n or (n.endswith("*") and word.startswith(n[:-1])) for n in names):
            return minutes
    return 0


@cache
def _times(lang: str) -> tuple[tuple[float, tuple[str, ...]], ...]:
    lengths = (1 / 60, 1, 60, 1440, 10080, 43200, 525600)
    return tuple(zip(lengths, get_language(lang).times, strict=False))


def _means(word: str, lang: str) -> bool:
    return word[0].isalpha() and len(word) > 1 and not is_stop_word(word, lang)


def denied(text: str, lang: str) -> tuple[list[str], bool]:
    """The terms of a sentence in order without its negations, and whether it had any."""
    negations = get_language(lang).negations
    found = words(_LABEL.sub(" ", LINK.sub(" ", text)), lang)
    plain = [word for word in found if word not in negations]
    return [term(w, lang) for w in plain if not is_stop_word(w, lang)], len(plain) != len(found)
