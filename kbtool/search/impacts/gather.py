"""What the articles of one language say: the counts of its parts together, words spread on terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kbtool.search.impacts.compounds import Tails
from kbtool.search.impacts.join import Joined, Numbers, Places, Rows, Short, distinct
from kbtool.search.impacts.said import FIELDS
from kbtool.search.impacts.scale import WHOLE
from kbtool.search.terms import Family, family, word_keys
from kbtool.text import match_key
from kbtool.text.thesaurus import groups

MEANING = "~"
"""What the term of a meaning of the thesaurus begins with."""
BESIDE = "_"
"""What stands between two words that stand side by side; no word has it."""
SPELT = "="
"""The kind of the term of a word as it is spelt."""
_WHOLE, _TAIL = 2, 1
"""Halves that an occurrence of a word counts for, and that of a compound for its last part."""

Families: TypeAlias = dict[str, dict[str, Family]]
"""Folded word → its spellings, each with its terms."""
Amounts: TypeAlias = NDArray[np.float64]
Share: TypeAlias = tuple[int, int]
"""The number of a term, and what one occurrence of a word counts for it, in halves."""


class Postings(NamedTuple):
    """Which article has which term how often in which field, in this order, each once."""

    terms: Short
    articles: Short
    fields: Places
    halves: Short
    """Twice how often: a compound counts half for its last word."""


_NONE = np.zeros(0, np.int32)
NO_POSTINGS = Postings(_NONE, _NONE, np.zeros(0, np.uint8), _NONE)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Counts of one language's articles. Articles are numbers."""

    lang: str
    articles: int
    terms: Sequence[str]
    """Sorted; ``postings`` has their places."""
    postings: Postings
    lengths: Short
    """Words of each field (row) of each article (column)."""
    families: Families
    counts: Counter[str]
    """Folded word → articles that have it."""
    spelt: Mapping[str, int]
    """Word as it is spelt → articles that have it so."""
    tails: Mapping[str, str]
    """Folded compound → the folded word that it ends in."""
    asked: Sequence[Sequence[str]]
    """The keys of each article's title and wordings, the title's first; empty without words."""

    def terms_of(self, key: str) -> tuple[Family, ...]:
        """The terms of each spelling of a folded word; of the word itself when no article has it."""
        return _terms_of(key, self.families, self.lang)


def gather(joined: Joined, lang: str) -> Gathered:
    """The counts of ``joined``, all in ``lang``; its rows are let go of."""
    articles = len(joined.asked)
    families = _families(joined.names["words"], lang)
    tails = Tails({*families, *_known_words(lang)})
    found_tails = {key: tail for key in families if (tail := tails.of(key))}
    spelt, counts = _counted(joined, families, articles)
    spread = [_terms(word, families, found_tails, lang) for word in joined.names["words"]]
    keys = joined.names["keys"]
    pairs = [f"{keys[one]}{BESIDE}{keys[two]}" for one, two in joined.pairs]
    meanings = [MEANING + group for group in joined.names["groups"]]
    terms = sorted({*pairs, *meanings, *(term for one in spread for term in one)})
    numbers = {term: number for number, term in enumerate(terms)}
    rows = {
        "words": [[(numbers[term], share) for term, share in one.items()] for one in spread],
        "pairs": [[(numbers[pair], _WHOLE)] for pair in pairs],
        "meanings": [[(numbers[meaning], _WHOLE)] for meaning in meanings],
    }
    return Gathered(
        lang=lang,
        articles=articles,
        terms=terms,
        postings=_summed([(joined.rows.pop(kind), rows[kind]) for kind in rows], articles),
        lengths=joined.lengths,
        families=families,
        counts=counts,
        spelt=spelt,
        tails=found_tails,
        asked=joined.asked,
    )


def _terms_of(key: str, families: Families, lang: str) -> tuple[Family, ...]:
    return tuple(families[key].values()) if key in families else (family(key, lang),)


def _families(vocabulary: Iterable[str], lang: str) -> Families:
    """Where a folded word has several spellings, half of each one's weight goes to a term of its
    own: ``ılık`` and ``ilik`` are two words. ``vocabulary`` is sorted.
    """
    found: Families = {}
    for word in vocabulary:
        for key in word_keys(word, lang):
            found.setdefault(key, {})[word] = family(word, lang)
    for spelt in found.values():
        if len(spelt) > 1:
            for word, terms in spelt.items():
                halves = tuple((term, share // 2) for term, share in terms)
                spelt[word] = (*halves, (f"{word}/{SPELT}", WHOLE // 2))
    return found


def _known_words(lang: str) -> Iterator[str]:
    """The words of the thesaurus, folded: compounds may end in them."""
    for entries in groups(lang).values():
        yield from (match_key(entry.strip("=*")) for entry in entries if " " not in entry)


def _terms(word: str, families: Families, tails: Mapping[str, str], lang: str) -> dict[str, int]:
    """What one occurrence of a word counts for: its terms, and half for those of its tail."""
    keys = word_keys(word, lang)
    own = {term for key in keys for term, _ in families[key][word]}
    tail = tails.get(keys[0])
    rest = _terms_of(tail, families, lang) if tail is not None else ()
    found = {term: _TAIL for terms in rest for term, _ in terms}
    return found | dict.fromkeys(own, _WHOLE)


def _counted(
    joined: Joined, families: Families, articles: int
) -> tuple[dict[str, int], Counter[str]]:
    """(Word → articles that have it so, folded word → articles that have it)."""
    said, names = joined.rows["words"], joined.names["words"]
    each = distinct(said.names.astype(np.int64) * articles + said.articles)
    ends = np.searchsorted(each, np.arange(len(names) + 1) * articles)
    spelt = dict(zip(names, np.diff(ends).tolist(), strict=True))
    places = {name: number for number, name in enumerate(names)}
    counts: Counter[str] = Counter()
    for key, spellings in families.items():
        counts[key] = sum(spelt[word] for word in spellings)
        if len(spellings) > 1:  # an article may have two of them
            at = [places[word] for word in spellings]
            runs = [each[ends[n] : ends[n + 1]] % articles for n in at]
            counts[key] = len(distinct(np.concatenate(runs)))
    return spelt, counts


def _summed(said: list[tuple[Rows, Sequence[Sequence[Share]]]], articles: int) -> Postings:
    """The rows of all kinds as rows of the terms that each name stands for, with shares in halves:
    in order, those of the same term, article and field as one. ``said`` is empty then.
    """
    articles, fields = max(1, articles), len(FIELDS)
    most = max(int(rows.times.max(initial=0)) for rows, _ in said)
    # sorted with the amounts in their last bits: half the time of sorting places of rows
    bits = (_WHOLE * most).bit_length()
    pieces = []
    while said:
        rows, spread = said.pop()
        for term, share, has in _nth_terms(rows.names, spread):
            place = term * articles + rows.articles[has]
            place *= fields
            place += rows.fields[has]
            place <<= bits
            place |= share * rows.times[has]
            pieces.append(place)
    place = _let_go(pieces)
    place.sort()
    halves = _as(np.int32, np.bitwise_and, place, (1 << bits) - 1)
    place >>= bits
    starts = np.flatnonzero(np.concatenate([place[:1] >= 0, place[1:] != place[:-1]]))
    place = place[starts]
    summed = np.add.reduceat(halves, starts, dtype=np.int32) if len(starts) else halves
    field: Places = _as(np.uint8, np.remainder, place, fields)
    place //= fields
    article = _as(np.int32, np.remainder, place, articles)
    return Postings(_as(np.int32, np.floor_divide, place, articles), article, field, summed)


def _let_go(pieces: list[Numbers]) -> Numbers:
    """The pieces behind one another; ``pieces`` is empty then."""
    found = np.empty(sum(map(len, pieces)), np.int64)
    end = len(found)
    while pieces:
        piece = pieces.pop()
        found[end - len(piece) : end] = piece
        end -= len(piece)
    return found


def _as(kind: type, work_out: np.ufunc, numbers: Numbers, by: int) -> Any:
    """What ``work_out`` gives, in short numbers at once."""
    return work_out(numbers, by, out=np.empty(len(numbers), kind), casting="unsafe")


def _nth_terms(
    names: Short, spread: Sequence[Sequence[Share]]
) -> Iterator[tuple[Numbers, Numbers, NDArray[np.bool_]]]:
    """The first term and its share of all rows whose name has one, then the second, and so on;
    and which rows these are.
    """
    for place in range(max(map(len, spread), default=0)):
        nth = [terms[place] if place < len(terms) else (-1, 0) for terms in spread]
        terms, shares = np.array(nth, np.int64).T
        has = terms[names] >= 0
        yield terms[names[has]], shares[names[has]], has
