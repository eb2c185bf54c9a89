"""What the published articles say, as terms: which of a customer's words are known, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kbtool.model import PUBLIC, Article
from kbtool.suggest.coverage import family
from kbtool.text import get_language, is_stop_word, match_key, plain_terms, term, words
from kbtool.text.distance import slips

SHORTEST = 2
"""Letters of a word that means anything by itself."""
BEGINNING = 3
"""Letters of a word that endings follow."""
SAME_BEGINNING = 4
"""Words with so many first letters in common are forms of one word."""

Synonyms = Collection[tuple[tuple[str, ...], tuple[str, ...]]]
"""(searched words, words that are found as well), in lower case."""


class Shelf:
    """The published articles of all languages."""

    def __init__(
        self, articles: Iterable[Article], synonyms: Mapping[str, Synonyms] | None = None
    ) -> None:
        """``synonyms`` are those that are written already, by language."""
        live = sorted((a for a in articles if a.status in PUBLIC), key=lambda a: a.id)
        self._by_id = {a.id: Shelved(a) for a in live}
        self._families = {(family(a), a.lang): a.id for a in reversed(live)}
        self._langs = {lang: [one for one in self.all if one.lang == lang] for lang in _langs(live)}
        self._vocabularies = {lang: _vocabulary(own) for lang, own in self._langs.items()}
        self._synonyms = {
            lang: {(_terms(one, lang), _terms(other, lang)) for one, other in pairs}
            for lang, pairs in (synonyms or {}).items()
        }

    @property
    def all(self) -> Sequence[Shelved]:
        """All of them, by id."""
        return list(self._by_id.values())

    def in_language(self, article_id: str, lang: str) -> Shelved | None:
        """The article or its translation in ``lang``; None when readers cannot open one."""
        known = self._by_id.get(article_id)
        if known is None or known.lang == lang:
            return known
        return self._by_id.get(self._families.get((family(known.article), lang), ""))

    def of_language(self, lang: str) -> Sequence[Shelved]:
        """The articles in ``lang``, by id."""
        return self._langs.get(lang, [])

    def vocabulary(self, lang: str) -> Mapping[str, int]:
        """Every term of the articles in ``lang`` → how many of them hold it."""
        return self._vocabularies.get(lang, {})

    def is_synonym(self, searched: Sequence[str], found: Sequence[str], lang: str) -> bool:
        """Whether the synonyms say already that one finds the other."""
        return (_terms(searched, lang), _terms(found, lang)) in self._synonyms.get(lang, ())


@dataclass(frozen=True)
class Shelved:
    """One article with its terms."""

    article: Article

    @property
    def id(self) -> str:
        """The article's."""
        return self.article.id

    @property
    def lang(self) -> str:
        """The article's."""
        return self.article.lang

    @cached_property
    def asked(self) -> frozenset[str]:
        """The terms of title, wordings and tags."""
        a = self.article
        return frozenset(plain_terms("\n".join((a.title, *a.also_asked, *a.tags)), a.lang))

    def says(self, one: str) -> bool:
        """Whether the article holds a term, or in a language of endings its beginning."""
        if one in self.counts:
            return True
        if get_language(self.lang).stemmer is not None or len(one) < BEGINNING:
            return False
        return any(
            len(other) >= BEGINNING and (other.startswith(one) or one.startswith(other))
            for other in self.counts
        )

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each term stands in the article."""
        a = self.article
        text = "\n".join((a.title, *a.also_asked, *a.tags, a.body))
        return Counter(term(word, a.lang) for word in words(text, a.lang))


def meaningful(text: str, lang: str) -> list[str]:
    """The lower-case words of ``text`` that say what it is about: no stop words, no numbers."""
    return [word for word in words(text, lang) if is_meaningful(word, lang)]


def is_meaningful(word: str, lang: str) -> bool:
    """Whether a lower-case word says what a text is about."""
    return (
        len(word) >= SHORTEST
        and not any(c.isdigit() for c in word)
        and not is_stop_word(word, lang)
        and match_key(word) not in _empty(lang)
    )


def is_form_of(one: str, other: str) -> bool:
    """Whether two lower-case words are one: another ending, a slip, or one the end of the other.

    Search joins these by itself. ``unsubscribe`` ends in ``subscribe``, and says the opposite.
    """
    a, b = sorted((match_key(one), match_key(other)), key=len)
    if a[:SAME_BEGINNING] == b[:SAME_BEGINNING] or (len(a) >= SAME_BEGINNING and b.endswith(a)):
        return True
    return is_slip(a, b)


def is_slip(one: str, other: str) -> bool:
    """Whether two lower-case words differ by no more than search takes for a slip of the finger:
    one letter from four letters up, two from six.
    """
    a, b = sorted((match_key(one), match_key(other)), key=len)
    most = 0 if len(a) < SAME_BEGINNING else 1 if len(a) < 6 else 2
    return len(b) - len(a) <= most and slips(a, b) <= most


@cache
def _empty(lang: str) -> frozenset[str]:
    """Single words that ask, deny, join or point and name nothing."""
    known = get_language(lang)
    lists = (
        known.question_words, known.negations, known.joins, known.conditions, known.pointers,
        known.answers, known.please, known.thanks,
    )  # fmt: skip
    return frozenset(match_key(word.lstrip("^")) for some in lists for word in some)


def _langs(live: Iterable[Article]) -> list[str]:
    return sorted({a.lang for a in live})


def _vocabulary(own: Iterable[Shelved]) -> Counter[str]:
    return Counter(t for one in own for t in one.counts)


def _terms(phrase: Sequence[str], lang: str) -> tuple[str, ...]:
    return tuple(term(word, lang) for word in phrase)
