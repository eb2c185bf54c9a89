"""What the articles of one language say: the counts of its parts together, words spread on terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kbtool.search.impacts.compounds import Tails
from kbtool.search.impacts.join import Joined, Numbers, distinct
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
_QUESTIONS = (FIELDS.index("title"), FIELDS.index("headings"))

Families: TypeAlias = dict[str, dict[str, Family]]
"""Folded word → its spellings, each with its terms."""
Amounts: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
"""Terms, articles, fields, halves."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which article has which term how often in which field, in this order, each once."""

    terms: Numbers
    articles: Numbers
    fields: Numbers
    """Places in ``FIELDS``."""
    times: Amounts


@dataclass(frozen=True, slots=True)
class Gathered:
    """Counts of one language's articles. Articles are numbers."""

    lang: str
    articles: int
    terms: Sequence[str]
    """Sorted; ``postings`` has their places."""
    postings: Postings
    lengths: Numbers
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
    """The counts of ``joined``, all in ``lang``."""
    articles = len(joined.asked)
    families = _families(joined.names["words"], lang)
    tails = Tails({*families, *_known_words(lang)})
    found_tails = {key: tail for key in families if (tail := tails.of(key))}
    spelt, counts = _counted(joined, families, articles)
    spread = [_terms(word, families, found_tails, lang) for word in joined.names["words"]]
    pairs, said = _pairs(joined)
    meanings = [MEANING + group for group in joined.names["groups"]]
    terms = sorted({*pairs, *meanings, *(term for one in spread for term in one)})
    numbers = {term: number for number, term in enumerate(terms)}
    rows = [
        _spread(joined.tables["words"], spread, numbers),
        _named(said, pairs, numbers),
        _named(joined.tables["meanings"], meanings, numbers),
    ]
    return Gathered(
        lang=lang,
        articles=articles,
        terms=terms,
        postings=_summed(rows, articles),
        lengths=joined.tables["lengths"],
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
    _, having, word, _ = joined.tables["words"]
    names = joined.names["words"]
    each = distinct(word * articles + having)
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


def _pairs(joined: Joined) -> tuple[list[str], Numbers]:
    """(The terms of the pairs that any title, wording or heading has; field, article, number of
    such a pair, times).
    """
    keys = joined.names["keys"]
    field, article, pair, times = joined.tables["pairs"]
    asked = distinct(pair[np.isin(field, _QUESTIONS)])
    kept = np.isin(pair, asked)
    found = np.array([field, article, np.searchsorted(asked, pair), times])[:, kept]
    both = (divmod(number, len(keys)) for number in asked.tolist())
    return [f"{keys[one]}{BESIDE}{keys[two]}" for one, two in both], found


def _spread(said: Numbers, spread: Sequence[Mapping[str, int]], numbers: Mapping[str, int]) -> Rows:
    """The rows of words as rows of their terms."""
    field, article, word, times = said
    sizes = np.array([len(terms) for terms in spread], np.int64)
    flat = np.array([numbers[term] for terms in spread for term in terms], np.int64)
    share = np.array([share for terms in spread for share in terms.values()], np.int64)
    of_row = sizes[word]
    row = np.repeat(np.arange(len(word)), of_row)
    starts = (np.cumsum(sizes) - sizes)[word] - (np.cumsum(of_row) - of_row)
    at = np.arange(len(row)) + starts[row]
    return flat[at], article[row], field[row], times[row] * share[at]


def _named(said: Numbers, names: Sequence[str], numbers: Mapping[str, int]) -> Rows:
    field, article, name, times = said
    term = np.array([numbers[name] for name in names], np.int64)[name]
    return term, article, field, times * _WHOLE


def _summed(rows: Sequence[Rows], articles: int) -> Postings:
    """All rows in order, those of the same term, article and field as one."""
    articles, fields = max(1, articles), len(FIELDS)
    halves = np.concatenate([halves for *_, halves in rows])
    # sorted with the amounts in their last bits: half the time of sorting places of rows
    bits = int(halves.max(initial=0)).bit_length()
    place = np.concatenate([(term * articles + a) * fields + f for term, a, f, _ in rows])
    place <<= bits
    place |= halves
    place.sort()
    halves = place & (1 << bits) - 1
    place >>= bits
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    place = place[starts]
    summed = np.add.reduceat(halves, starts) if len(starts) else halves
    field = place % fields
    place //= fields
    return Postings(place // articles, place % articles, field, summed / 2)
