"""A query → groups: for each word what it may stand for in the articles.

The browser's script does the same, step by step: theme/assets/search.js.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from kbtool.search.impacts.near import corrections, endings_of, is_slip, longest_tail, relatives
from kbtool.search.impacts.reader import Entry, Reading, Shelf
from kbtool.search.impacts.scale import (
    COMPLETION,
    JOINED,
    NEAR,
    ONLY_COMPLETION,
    PART,
    RELATIVE,
    TAIL,
    WHOLE,
)
from kbtool.search.terms import MAX_QUERY_LENGTH, MAX_QUERY_WORDS, is_indexed
from kbtool.text import typed_keys, words

ASKED = 12
"""Words of a query that are asked: the rarest of a longer one."""
COMPLETED = 16
"""Words that the last word may become, the most frequent."""
_NEIGHBOURS = 2
"""Shards that completions are looked for in."""
_GAP = 4
"""How far apart the two words of a phrase with room for others may be."""
_PHRASE = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query."""

    typed: str
    """Lower case, with its diacritics."""
    key: str
    """Folded."""
    place: int
    """Among all words of the query."""
    exact: bool
    """Taken as typed: capitals among other words, or digits in it."""


@dataclass(frozen=True, slots=True)
class QueryWords:
    """A query read as words of one language."""

    every: tuple[str, ...]
    """All its words, folded."""
    kept: tuple[Word, ...]
    """Those that carry meaning, each once; all of them when none does."""
    typing: bool
    """Whether the last word may be unfinished."""


@dataclass(frozen=True, slots=True)
class Group:
    """What one word stands for."""

    word: Word
    readings: tuple[Reading, ...]
    known: bool
    """Whether articles, or the thesaurus, have the word itself, or words that it may become."""
    is_bonus: bool = False
    """Only adds to the score: two words that stand side by side."""
    corrected: str | None = None
    """The word that was searched for it instead, as it is spelt."""
    forms: tuple[str, ...] = ()
    """Folded words that stand for it in the articles, beside itself."""


def read_query(text: str, shelf: Shelf) -> QueryWords:
    """``text`` as words; nothing in it is an operator, whatever it looks like."""
    text = clean_query(text)
    found = [w for w in words(text, shelf.lang) if is_indexed(w)][:MAX_QUERY_WORDS]
    shouted = _shouted(text)
    keys = tuple(typed_keys(word)[0] for word in found)
    every = [
        Word(word, key, place, key in shouted or any(c.isdecimal() for c in key))
        for place, (word, key) in enumerate(zip(found, keys, strict=True))
    ]
    kept = [word for word in every if word.key not in shelf.stop_words] or every
    once = {word.key: word for word in reversed(kept)}
    ordered = sorted(once.values(), key=lambda word: word.place)
    unfinished = text.rstrip("*")[-1:].isalnum()  # some type cance* to say so
    typing = unfinished and bool(kept) and kept[-1].place == len(found) - 1
    return QueryWords(keys, tuple(ordered), typing)


def clean_query(text: str) -> str:
    """The readable start of a query: control and format characters are spaces."""
    start = unicodedata.normalize("NFC", text[:MAX_QUERY_LENGTH])
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in start)


def _shouted(text: str) -> frozenset[str]:
    """The words in capitals of a text that is not all in capitals: names and codes."""
    if not any(c.islower() for c in text):
        return frozenset()
    found = (word for word in text.split() if len(word) > 1 and word.isupper())
    return frozenset(key for word in found for w in words(word) for key in typed_keys(w)[:1])


def read_groups(query: QueryWords, shelf: Shelf, *, as_typed: bool = False) -> list[Group]:
    """The groups of a query, in its order; ``as_typed`` takes no word for a slip of another."""
    beside = _beside(query, shelf)
    last = len(query.kept) - 1
    groups = []
    for number, word in enumerate(query.kept):
        readings = _readings(word, shelf, typing=query.typing and number == last)
        readings += beside.get(word.place, [])
        if readings or word.exact:
            groups.append(Group(word, _unique(readings), known=bool(readings)))
        else:
            groups.append(_guess(word, shelf, as_typed=as_typed))
    return [*groups, *_pairs(query, shelf)]


def _pairs(query: QueryWords, shelf: Shelf) -> Iterator[Group]:
    for one, two in pairwise(query.kept):
        entry = shelf.entry(f"{one.key}_{two.key}")
        if entry is not None:
            yield Group(one, entry.readings, known=True, is_bonus=True)


def _readings(word: Word, shelf: Shelf, *, typing: bool) -> list[Reading]:
    """A word as it stands, and as the beginning of others."""
    entry = shelf.entry(word.key)
    found: list[Reading] = []
    if entry is not None:
        found += dict(entry.spellings).get(word.typed, entry.readings)
    if typing:
        scale = COMPLETION if found else ONLY_COMPLETION
        found += _completions(word.key, shelf, scale)
    return found


def _completions(key: str, shelf: Shelf, scale: int) -> list[Reading]:
    every = shelf.entry(key + "*")
    if every is not None:
        return _scaled(every.readings, scale)
    first = shelf.shard_of(key)
    if first is None:
        return []
    longer: list[tuple[str, Entry]] = []
    for shard in range(first, min(first + _NEIGHBOURS, shelf.shards)):
        longer += [found for found in shelf.words(shard).starting(key) if found[0] != key]
    best = nsmallest(COMPLETED, longer, key=lambda found: (-found[1].having, found[0]))
    return [reading for _, entry in best for reading in _scaled(_own(entry), scale)]


def _beside(query: QueryWords, shelf: Shelf) -> dict[int, list[Reading]]:
    """Place → what its word stands for together with the words beside it."""
    found: dict[int, list[Reading]] = {}
    for word in query.kept:
        at = word.place
        for places, key in _together(query.every, at):
            entry = shelf.entry(key)
            if entry is None:
                continue
            plain = key.isalnum()
            readings = _scaled(_own(entry), JOINED) if plain else list(entry.readings)
            for place in places:
                found.setdefault(place, []).extend(readings)
    return found


def _together(every: Sequence[str], at: int) -> Iterator[tuple[tuple[int, ...], str]]:
    """(places, key) of what a word may be with those after it: one word, a phrase."""
    if at + 1 < len(every):
        yield (at, at + 1), every[at] + every[at + 1]
    for size in range(2, _PHRASE + 1):
        if at + size <= len(every):
            yield tuple(range(at, at + size)), " ".join(every[at : at + size])
    for other in range(at + 1, min(at + 1 + _GAP, len(every))):
        yield (at, other), f"{every[at]}+{every[other]}"


def _guess(word: Word, shelf: Shelf, *, as_typed: bool) -> Group:
    """What an unknown word may be: a plain slip, else another form, two words in one, or a slip."""
    near = [] if as_typed else corrections(word.key, shelf)
    slips = [reading for one in near for reading in _scaled(one.entry.readings, NEAR[one.distance])]
    is_plain = bool(near) and is_slip(word.key, near[0].key)
    is_told = is_plain and near[0].entry.having > 0
    told = (near[0].entry.shown or near[0].key) if is_told else None
    forms = [one.key for one in near]
    if is_plain and near[0].distance == 1:
        return Group(word, _unique(slips), known=False, corrected=told, forms=tuple(forms))
    like = relatives(word.key, shelf)
    found = [reading for _, entry in like for reading in _scaled(entry.readings, RELATIVE)]
    found += slips
    for entry in endings_of(word.key, shelf):
        found += _scaled(entry.readings, PART)
    found += _split(word.key, shelf)
    forms = [*(key for key, _ in like), *forms]
    return Group(word, _unique(found), known=False, corrected=told, forms=tuple(forms))


def _split(key: str, shelf: Shelf) -> list[Reading]:
    """A compound that no article has, by its last part and, when it is a word, its first."""
    tail = longest_tail(key, shelf)
    ending = shelf.entry(tail) if tail else None
    if tail is None or ending is None:
        return []
    head = shelf.entry(key[: -len(tail)])
    found = _scaled(_own(head), JOINED) if head is not None else []
    return [*found, *_scaled(_own(ending), JOINED if found else TAIL)]


def _own(entry: Entry) -> list[Reading]:
    """The readings of a word itself, without its synonyms."""
    return [reading for reading in entry.readings if reading.scale == WHOLE]


def _scaled(readings: Iterable[Reading], scale: int) -> list[Reading]:
    return [Reading(reading.scale * scale // WHOLE, reading.terms) for reading in readings]


def _unique(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Each way to read a word once, by its largest scale, in order."""
    best: dict[tuple[tuple[int, int], ...], int] = {}
    for scale, terms in readings:
        best[terms] = max(best.get(terms, 0), scale)
    return tuple(Reading(scale, terms) for terms, scale in best.items())
