"""Documents → the files of the index of impacts, one language after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from kbtool.model import Document
from kbtool.search.impacts.gather import gather
from kbtool.search.impacts.lexicon import make_lexicon
from kbtool.search.impacts.shards import Shelf, write_shelf
from kbtool.search.impacts.weigh import weigh
from kbtool.search.synonyms import SynonymTable
from kbtool.text import get_language, match_key


def write_impacts(
    documents: Sequence[Document],
    synonyms: Mapping[str, SynonymTable],
    write: Callable[[str, bytes], None],
) -> tuple[str, ...]:
    """Give the files of ``documents`` to ``write``; the languages come back, sorted.

    Articles are numbered by category and id, so that a category is one run of them. The same
    documents in any order give the same bytes.
    """
    ordered = sorted(documents, key=lambda d: (d.lang, d.category or "", d.id))
    languages = []
    for lang, group in groupby(ordered, key=lambda document: document.lang):
        write_shelf(make_shelf(list(group), lang, synonyms.get(lang, SynonymTable())), write)
        languages.append(lang)
    return tuple(languages)


def make_shelf(documents: Sequence[Document], lang: str, synonyms: SynonymTable) -> Shelf:
    """What is written of one language."""
    found = gather(documents, lang)
    lists = weigh(found)
    entries = make_lexicon(documents, found, lists, synonyms)
    stop = frozenset(match_key(w).replace("'", "") for w in get_language(lang).stop_words)
    return Shelf(lang, documents, entries, lists, stop)
