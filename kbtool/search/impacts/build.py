"""Articles → the files of the index of impacts, one language after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kbtool.model import Document
from kbtool.search.cache import NOTHING_KEPT, Cache
from kbtool.search.impacts.gather import NO_POSTINGS, gather
from kbtool.search.impacts.join import Joined, distinct, join, reordered
from kbtool.search.impacts.lexicon import make_lexicon
from kbtool.search.impacts.said import read_part
from kbtool.search.impacts.shards import Shelf, write_shelf
from kbtool.search.impacts.weigh import weigh
from kbtool.search.parts import Part, pieces
from kbtool.search.synonyms import SynonymTable
from kbtool.search.terms import family
from kbtool.text import get_language, match_key

_SUBJECTS, _FEW = 50, 8
"""A subject has at most one article in so many, or so few."""


def write_impacts(
    shelves: Mapping[str, Sequence[Part]],
    synonyms: Mapping[str, SynonymTable],
    write: Callable[[str, bytes], None],
    cache: Cache = NOTHING_KEPT,
) -> tuple[str, ...]:
    """Give the files of each language's parts to ``write``; the languages come back, sorted.

    Articles are numbered by category, subject and id, so that a category is one run of them and
    what is found together mostly stands in the same shards. The same documents in any order give
    the same bytes.
    """
    for lang, parts in shelves.items():
        shelf = make_shelf(parts, lang, synonyms.get(lang, SynonymTable()), cache)
        write_shelf(shelf, write, cache)
    return tuple(shelves)


def make_shelf(
    parts: Sequence[Part], lang: str, synonyms: SynonymTable, cache: Cache = NOTHING_KEPT
) -> Shelf:
    """What is written of one language."""
    every = parts or [Part(lang, (), b"")]
    joined = join([read_part(piece, cache) for part in every for piece in pieces(part)])
    documents = [document for part in every for document in part.documents]
    order = _order(documents, joined, lang)
    ordered = [documents[number] for number in order]
    found = gather(reordered(joined, order), lang)
    lists = weigh(found)
    found = replace(found, postings=NO_POSTINGS)  # the memory is needed
    entries = make_lexicon(ordered, found, lists, synonyms)
    stop = frozenset(match_key(w).replace("'", "") for w in get_language(lang).stop_words)
    return Shelf(lang, ordered, entries, lists, stop)


def _order(documents: Sequence[Document], joined: Joined, lang: str) -> list[int]:
    """The articles by category, subject and id."""
    subjects = _subjects(joined, lang)
    return sorted(
        range(len(documents)),
        key=lambda n: (documents[n].category or "", subjects[n], documents[n].id),
    )


def _subjects(joined: Joined, lang: str) -> list[str]:
    """The term of each article's title that most other titles have, but not too many: articles of
    one subject have the same.
    """
    count = len(joined.asked)
    widest = [family(word, lang)[0][0] for word in joined.names["words"]]
    terms = sorted(set(widest))
    numbers = {term: number for number, term in enumerate(terms)}
    article, word = joined.titles
    term = np.array([numbers[name] for name in widest], np.int64)[word]
    article, term = np.divmod(distinct(article * len(terms) + term), max(1, len(terms)))
    having = np.bincount(term, minlength=len(terms))
    may = having[term] <= max(_FEW, count // _SUBJECTS)
    article, term = article[may], term[may]
    order = np.lexsort((term, -having[term], article))
    found = [""] * count
    for n, t in zip(article[order][::-1].tolist(), term[order][::-1].tolist(), strict=True):
        found[n] = terms[t]  # the best one of an article last
    return found
