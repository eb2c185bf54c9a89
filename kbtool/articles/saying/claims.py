"""The numbers that sentences state, with what they count and what they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kbtool.articles.saying.paths import menu_paths, steps_of
from kbtool.articles.saying.phrases import in_digits
from kbtool.articles.saying.replies import LINK, Said
from kbtool.text import concepts, get_language, is_stop_word, lower, term

TIME = "#time"
"""The unit of every span of time; its values are in minutes."""
CLOCK = "#clock"
"""The unit of times of day."""
_TIME_OF_DAY = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%£€$₺¥]|[./]\d+(?:[./]\d+)+")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_SUM = r"(?:[€$£₺¥%]|(?:euro?(?:s|t)?|usd|gbp|tl|lira)\b)"
_NOT_COUNTED = re.compile(
    r"https?://\S+|(?<!\S)\S*\d[.:]\d+[.:]\d\S*|\b\d{1,2}:\d{2}\b"
    rf"|(?<![€$£₺¥%])\b(?:19|20)\d\d\b(?! ?{_SUM})",
    re.IGNORECASE,
)
"""Years, addresses, version numbers, dates and times of day: no amounts."""
_MONEY = {
    "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "eurot": "eur", "euroyu": "eur",
    "$": "usd", "usd": "usd", "£": "gbp", "gbp": "gbp", "₺": "try", "tl": "try", "lira": "try",
    "¥": "jpy", "cent": "cent", "cents": "cent", "ct": "cent", "senti": "cent", "kuruş": "cent",
    "%": "%", "percent": "%", "protsenti": "%", "prozent": "%", "yüzde": "%",
}  # fmt: skip
MONEY = frozenset(_MONEY.values())
_BEFORE = frozenset({"€", "$", "£", "₺", "¥", "%", "eur", "usd", "gbp", "yüzde"})
"""Units that may stand before their number."""
_TO = frozenset("to till until kuni bis ile ila до à a".split())
"""Words between the two numbers of a range."""
_AROUND = 8
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


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range as it is written, and what it comes to."""

    written: tuple[str, ...]
    values: frozenset[str]
    """In minutes for spans of time, in whole money for cents."""
    unit: str
    around: tuple[str, ...]
    """The tokens on both sides, with the last number itself between."""


def amounts(text: str, lang: str) -> Iterator[Amount]:
    """The numbers with units of a text without LINK marks."""
    bare = _THOUSANDS.sub("", _NOT_COUNTED.sub(" ", text))
    tokens = _TOKEN.findall(in_digits(bare, lang))
    written: list[str] = []
    start = 0
    for index, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        start = start if written else index
        written.append(token.replace(",", "."))
        unit, factor, more = _unit(tokens, index, lang)
        if more:
            continue
        if unit:
            near = tokens[max(0, start - _AROUND) : start] + tokens[index : index + 1 + _AROUND]
            counted = frozenset(_counted(value, factor) for value in written)
            yield Amount(tuple(written), counted, unit, tuple(near))
        written = []


def claims_of(said: Said, lang: str) -> Iterator[Claim]:
    """The numbers with units, and the times of day, that a sentence states."""
    bare = _with_paths_as_words(LINK.sub(" ", said.text), lang)
    yield from _clock(bare, said, lang)
    for amount in amounts(bare, lang):
        yield Claim(amount.values, amount.unit, _context(amount.around, lang) - {amount.unit}, said)


def _with_paths_as_words(text: str, lang: str) -> str:
    """``text`` with each menu path as one word: its labels are about the place, not the number. A
    number ends the path ("Account > Boxes within 5 days").
    """
    for start, found in reversed(list(menu_paths(text, lang))):
        path = re.split(r" [^ >]*\d", found, maxsplit=1)[0]
        word = "path" + "".join(filter(str.isalpha, steps_of(path)[-1]))
        text = f"{text[:start]} {word} {text[start + len(path) :]}"
    return text


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two claims' values can both be true: one in common, or one inside the other's range."""
    return bool(one & other) or _within(one, other) or _within(other, one)


def _within(values: frozenset[str], span: frozenset[str]) -> bool:
    try:
        low, high = min(map(float, span)), max(map(float, span))
        return len(span) > 1 and all(low <= float(value) <= high for value in values)
    except ValueError:
        return False


def _clock(text: str, said: Said, lang: str) -> Iterator[Claim]:
    """Times of day, which count nothing but can differ: "before 14:00"."""
    found = list(_TIME_OF_DAY.finditer(text))
    if found:
        values = frozenset(f"{int(match[1])}:{match[2]}" for match in found)
        near = _TOKEN.findall(lower(_NOT_COUNTED.sub(" ", text), lang))
        yield Claim(values, CLOCK, _context(near, lang), said)


def _context(near: Sequence[str], lang: str) -> frozenset[str]:
    """What the words around a number mean: their group in the thesaurus, else their term; spans of
    time ("a year", "€ a month") by their length, but not what the numbers beside it count, and no
    money.
    """
    found = set()
    counts = False
    for word in near:
        minutes = in_minutes(word, lang)
        if minutes and not counts:
            found.add(f"time {minutes:g}")
        elif word in _MONEY or not word[0].isalpha() or len(word) < 2 or is_stop_word(word, lang):
            pass
        elif not minutes:
            found.add(next(iter(concepts([word], lang)), term(word, lang)))
        counts = word[0].isdigit() or (counts and not minutes and word not in _MONEY)
    return frozenset(found)


def _counted(value: str, factor: float) -> str:
    try:
        return f"{float(value) * factor:.10g}"
    except ValueError:
        return value


def _unit(tokens: Sequence[str], index: int, lang: str) -> tuple[str, float, bool]:
    """What the number at ``index`` counts, what one of it is in minutes (1 for all but time), and
    whether it goes on to another number ("1 to 3").
    """
    if sign := _sign_before(tokens, index):
        rest = tokens[index + 1 : index + 4]
        rest = rest[1:] if rest and rest[0] in _TO else rest
        return _MONEY[sign], 1, len(rest) > 1 and rest[0] == sign and rest[1][0].isdigit()
    after = tokens[index + 1 : index + 3]
    if not after:
        return "", 1, False
    if after[0][0].isdigit():
        return "", 1, True
    if after[0] in _MONEY:
        unit = _MONEY[after[0]]
        return unit, 0.01 if unit == "cent" else 1, False
    for word in after[: 1 + (not is_stop_word(after[0], lang))]:
        if minutes := in_minutes(word, lang):
            return TIME, minutes, False
    if is_stop_word(after[0], lang) or after[0] in _TO:
        return "", 1, len(after) > 1 and after[1][0].isdigit()
    return term(after[0], lang), 1, False


def _sign_before(tokens: Sequence[str], index: int) -> str:
    """The unit before the number at ``index`` ("€5", "%20"), unless it belongs to the number before
    it ("5 € 10 days").
    """
    if not index or tokens[index - 1] not in _BEFORE:
        return ""
    after_number = index > 1 and tokens[index - 2][0].isdigit()
    taken = after_number and not (index > 2 and tokens[index - 3] in _BEFORE)
    return "" if taken else tokens[index - 1]


@lru_cache(maxsize=50_000)
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
