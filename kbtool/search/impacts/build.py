"""Documents → the files of the index of impacts, one language after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from kbtool.model import Document
from kbtool.search.impacts.gather import gather
from kbtool.search.impacts.lexicon import make_lexicon
from kbtool.search.impacts.shards import Shelf, write_shelf
from kbtool.search.impacts.weigh import weigh
from kbtool.search.synonyms import SynonymTable
from kbtool.search.terms import family, indexed_words
from kbtool.text import get_language, match_key

_SUBJECTS, _FEW = 50, 8
"""A subject has at most one article in so many, or so few."""


def write_impacts(
    documents: Sequence[Document],
    synonyms: Mapping[str, SynonymTable],
    write: Callable[[str, bytes], None],
) -> tuple[str, ...]:
    """Give the files of ``documents`` to ``write``; the languages come back, sorted.

    Articles are numbered by category, subject and id, so that a category is one run of them and
    what is found together mostly stands in the same shards. The same documents in any order give
    the same bytes.
    """
    subjects = _subjects(documents)
    ordered = sorted(
        documents, key=lambda d: (d.lang, d.category or "", subjects[d.lang, d.id], d.id)
    )
    languages = []
    for lang, group in groupby(ordered, key=lambda document: document.lang):
        write_shelf(make_shelf(list(group), lang, synonyms.get(lang, SynonymTable())), write)
        languages.append(lang)
    return tuple(languages)


def _subjects(documents: Sequence[Document]) -> dict[tuple[str, str], str]:
    """(Language, id) → the term of an article's title that most other titles have, but not too
    many: articles of one subject.
    """
    titles = {(d.lang, d.id): _title_terms(d) for d in documents}
    having = Counter((lang, term) for (lang, _), terms in titles.items() for term in terms)
    counts = Counter(document.lang for document in documents)
    found = {}
    for (lang, id_), terms in titles.items():
        most = max(_FEW, counts[lang] // _SUBJECTS)
        may = [term for term in terms if having[lang, term] <= most]
        found[lang, id_] = min(may, key=lambda t: (-having[lang, t], t), default="")
    return found


def _title_terms(document: Document) -> set[str]:
    return {family(w, document.lang)[0][0] for w in indexed_words(document.title, document.lang)}


def make_shelf(documents: Sequence[Document], lang: str, synonyms: SynonymTable) -> Shelf:
    """What is written of one language."""
    found = gather(documents, lang)
    lists = weigh(found)
    entries = make_lexicon(documents, found, lists, synonyms)
    stop = frozenset(match_key(w).replace("'", "") for w in get_language(lang).stop_words)
    return Shelf(lang, documents, entries, lists, stop)
