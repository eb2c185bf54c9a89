"""Ranking: the documented formula, and what always holds of an answer."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kbtool.model import Document
from kbtool.search.impacts.lexicon import tag_key
from kbtool.search.impacts.query import ASKED
from kbtool.search.impacts.rank import Ranker
from kbtool.search.impacts.said import title_key
from kbtool.search.impacts.scale import (
    COVERAGE,
    EXACT_QUESTION,
    EXACT_TITLE,
    SCORES,
    WHOLE,
)
from kbtool.search.impacts.weigh import K1, WEIGHTS, levels
from kbtool.search.terms import family
from kbtool.text import match_key
from tests.eval.search_variants import upper
from tests.search.helpers import document
from tests.search.impacts.helpers import EN, OTHERS, WORDS, corpora, ids, queries, ranker_of

LANGS = st.sampled_from(["en", "tr", "et", "de"])
NO_MEANINGS = "xx"
"""A language without stemmer, thesaurus and stop words."""
PLAIN = "lock bike battery invoice refund delivery address account cancel helmet".split()


@st.composite
def plain_corpora(draw: st.DrawFn) -> list[Document]:
    """Articles whose titles are single words, so that no two words stand side by side in one."""
    word = st.sampled_from(PLAIN)
    return [
        document(
            f"kb-{number}",
            NO_MEANINGS,
            draw(word),
            draw(st.lists(word, max_size=5).map(" ".join)),
            questions=tuple(draw(st.lists(word, max_size=2))),
            tags=tuple(draw(st.lists(word, max_size=1))),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


class SlowRanking:
    """The formula as it is documented, by loops over everything."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._fields: dict[str, dict[str, list[str]]] = {
            d.id: {
                "title": " ".join((d.title, *d.questions)).split(),
                "headings": [],
                "tags": list(d.tags),
                "body": d.body.split(),
            }
            for d in documents
        }

    def rank(self, asked: Sequence[str]) -> dict[str, int]:
        """Id → score. Every word of ``asked`` is one of the articles, there once and in one form."""
        scores: dict[str, int] = {}
        whole = sum(map(self._weight, asked))
        for id_ in self._fields:
            found = {word: self._score(word, id_) for word in asked}
            covered = sum(self._weight(word) for word, score in found.items() if score)
            if covered:
                scores[id_] = sum(found.values()) * COVERAGE[32 * covered // whole] >> 8
        for d in self._documents:
            if " ".join(asked) == d.title:
                scores[d.id] += EXACT_TITLE
            elif " ".join(asked) in d.questions:
                scores[d.id] += EXACT_QUESTION
        return scores

    def _score(self, word: str, id_: str) -> int:
        """A sum over the word's terms."""
        terms = family(word, NO_MEANINGS)
        return sum(share * WHOLE * self._impact(term, id_) for term, share in terms)

    def _impact(self, term: str, id_: str) -> int:
        """The sum of the fields' BM25, rounded to a level."""
        found = 0.0
        for name, (weight, b) in WEIGHTS.items():
            words = self._fields[id_][name]
            times = sum(_has(word, term) for word in words)
            if times:
                average = sum(len(f[name]) for f in self._fields.values()) / len(self._fields)
                length = 1 - b + b * len(words) / average
                found += (
                    weight * self._idf(term, (name,)) * times * (K1 + 1) / (times + K1 * length)
                )
        return SCORES[int(levels(np.array([found]))[0])] if found else 0

    def _idf(self, term: str, names: Sequence[str]) -> float:
        """By the articles that have the term in one of the fields."""
        having = sum(
            any(_has(word, term) for name in names for word in fields[name])
            for fields in self._fields.values()
        )
        return max(0.05, log(len(self._fields) / (having + 1)) + 1)

    def _weight(self, word: str) -> int:
        """That of the widest term."""
        idfs = (self._idf(term, tuple(WEIGHTS)) for term, _ in family(word, NO_MEANINGS))
        return min(max(1, round(WHOLE * idf)) for idf in idfs)


def _has(word: str, term: str) -> bool:
    return term in {one for one, _ in family(word, NO_MEANINGS)}


@settings(max_examples=150)
@given(plain_corpora(), st.lists(st.sampled_from(PLAIN), min_size=1, max_size=4, unique=True))
def test_the_ranking_is_the_documented_formula(documents: list[Document], asked: list[str]) -> None:
    """Same articles, same integer scores, same order as a slow re-implementation."""
    said = {w for d in documents for w in (d.title, *d.questions, *d.tags, *d.body.split())}
    asked = [word for word in asked if word in said]
    assume(asked)
    ranker = ranker_of(documents, NO_MEANINGS)
    right = SlowRanking(documents).rank(asked)
    found = ranker.rank(" ".join(asked) + " ", 100).ranked
    told = [(ranker.shelf.shown(one.article)[0], one.score) for one in found]
    place = {ranker.shelf.shown(number)[0]: number for number in range(len(documents))}
    assert told == sorted(right.items(), key=lambda item: (-item[1], place[item[0]]))


@given(corpora(least=1), queries())
@settings(max_examples=25)
def test_what_always_holds(documents: list[Document], query: str) -> None:
    """Best first, each once, above nothing, ties by number; a limit gives the head of the whole."""
    ranker = ranker_of(documents)
    whole = ranker.rank(query, 1000).ranked
    assert [(-one.score, one.article) for one in whole] == sorted(
        (-one.score, one.article) for one in whole
    )
    assert len({one.article for one in whole}) == len(whole)
    assert all(one.score > 0 for one in whole)
    for limit in (-1, 0, 1, 3):
        assert ranker.rank(query, limit).ranked == whole[: max(0, limit)]


@given(corpora(least=1, most=6))
@settings(max_examples=15)
def test_every_title_and_wording_comes_first(documents: list[Document]) -> None:
    """An article by its title before all but those with the same one; a wording then, by all."""
    ranker = ranker_of(documents)
    for made in documents:
        for text in (made.title, *made.questions):
            key = title_key(text, "en")
            titled = [d.id for d in documents if title_key(d.title, "en") == key]
            asked = [
                d.id
                for d in documents
                if d.id not in titled and key in {title_key(q, "en") for q in d.questions}
            ]
            found = ids(ranker, text)
            assert sorted(found[: len(titled)]) == sorted(titled)
            assert sorted(found[len(titled) : len(titled) + len(asked)]) == sorted(asked)


@pytest.mark.parametrize(
    "title",
    [
        "How do I…?!", "502", "Das ist die Frage: “Wie?”", "the", "İade & ılık", "e-mail / e‑mail",
        "C++", "ﬁnd", "𝐁old title", "x" * 70 + " long", "a " * 60, "word " * 200, "don’t — can't",
        "naïve NAÏVE", "🚲 bike", "Über-Größe", "½ price", "m² & 10³", "a_b_c", "it's its",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "tr", "de", "xx"])
def test_odd_titles_are_found_exactly(title: str, lang: str) -> None:
    """Whatever a title looks like, who pastes it gets its article."""
    rivals = [document(f"a{n}", lang, f"{n} {title}", title) for n in range(3)]
    ranker = ranker_of([*rivals, document("z", lang, title, "Other text.")], lang)
    (first, *_) = ranker.rank(title, 5).ranked
    assert ranker.shelf.shown(first.article)[0] == "z"
    assert first.score >= EXACT_TITLE


@given(LANGS, st.data())
@settings(max_examples=40)
def test_capitals_and_decomposed_letters_cost_nothing(lang: str, data: st.DataObject) -> None:
    """Exactly the same answer, scores included."""
    ranker = ranker_in(lang)
    query = data.draw(queries(lang).map(lambda q: "".join(c for c in q if c.isalpha() or c == " ")))
    assume(query.upper() != query and query.lower() == query)
    wanted = ranker.rank(query, 50).ranked
    assert ranker.rank(unicodedata.normalize("NFD", query), 50).ranked == wanted
    if unicodedata.normalize("NFC", upper(query, lang).lower()) == query or lang == "tr":
        assert ranker.rank(upper(query, lang), 50).ranked == wanted


@given(LANGS, st.data())
@settings(max_examples=40)
def test_missing_diacritics_cost_nothing(lang: str, data: st.DataObject) -> None:
    """For words that differ from all others by more than their marks."""
    own = [word for word in OTHERS.get(lang, EN) if word not in ("ılık", "ilik")]
    query = " ".join(data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=4)))
    ranker = ranker_in(lang)
    assert ranker.rank(match_key(query), 50).ranked == ranker.rank(query, 50).ranked


@cache
def ranker_in(lang: str) -> Ranker:
    """What ranks an article for each word of the language."""
    words = WORDS[lang]
    return ranker_of(
        [
            document(
                f"{lang}-{n}", lang, f"{word} {words[n - 3]}", f"{words[n - 7]} {words[n - 5]}."
            )
            for n, word in enumerate(words)
        ],
        lang,
    )


@given(plain_corpora(), st.lists(st.sampled_from(PLAIN), min_size=1, max_size=4))
@settings(max_examples=30)
def test_an_article_without_the_words_changes_nobody(
    documents: list[Document], asked: list[str]
) -> None:
    """Who matches stays the same; only weights may move."""
    query = " ".join(asked) + " "
    more = [*documents, document("new", NO_MEANINGS, "Zeppelin", "Quartz umbrella.")]
    before = {w for d in documents for w in (d.title, *d.questions, *d.tags, *d.body.split())}
    assume(set(asked) <= before)
    one = set(ids(ranker_of(documents, NO_MEANINGS), query))
    assert set(ids(ranker_of(more, NO_MEANINGS), query)) == one


@given(corpora(least=1, most=5))
@settings(max_examples=10)
def test_every_beginning_of_a_titles_word_finds_it(documents: list[Document]) -> None:
    """From three letters on, while it is typed."""
    ranker = ranker_of(documents)
    for made in documents:
        for word in made.title.split():
            for size in range(3, len(word) + 1):
                assert made.id in ids(ranker, word[:size]), word[:size]


def test_more_words_outweigh_fewer() -> None:
    """All words of a query before some of them, however often those stand there."""
    documents = [
        document("a", "en", "First", "The invoice is here, invoice after invoice."),
        document("b", "en", "Second", "The helmet is there, helmet after helmet."),
        document("c", "en", "Third", "An invoice for a helmet, as you like it, in this long text."),
        *(document(f"d{n}", "en", "Unrelated", "Nothing of that sort.") for n in range(5)),
    ]
    assert ids(ranker_of(documents), "helmet invoice ")[0] == "c"


def test_of_a_long_query_the_rarest_words_are_asked() -> None:
    """A dozen; what no article has takes no place."""
    documents = [document(f"x{n}", "en", "Rain", " ".join(EN[:20])) for n in range(5)]
    documents.append(document("z", "en", "Zeppelin", "zeppelin"))
    long = [*EN[:20], *(f"qx{n}" for n in range(20)), "zeppelin"]
    assert len(long) > ASKED
    assert "z" in ids(ranker_of(documents), " ".join(long) + " ")


def test_the_filter_is_strict() -> None:
    """``inside`` leaves the scores as they are."""
    ranker = ranker_in("en")
    whole = ranker.rank("lock bike", 1000).ranked
    some = frozenset(range(0, ranker.shelf.articles, 3))
    filtered = ranker.rank("lock bike", 1000, inside=some).ranked
    assert filtered == [one for one in whole if one.article in some] != []
    assert ranker.rank("lock bike", 2, inside=some).ranked == filtered[:2]


def test_tags() -> None:
    """The articles that have it, whole."""
    documents = [document("a", "en", "A", tags=("Big-Bike x",)), document("b", "en", "B")]
    ranker = ranker_of(documents)
    assert tag_key("Big-Bike x") == tag_key("big bike X")
    assert ranker.tagged("big-bike X") == {0}
    assert ranker.tagged("bike") == ranker.tagged("") == frozenset()


def test_what_a_language_knows_of_a_query() -> None:
    """Words that articles have and stop words; of the words there are."""
    ranker = ranker_in("en")
    answer = ranker.rank("how to lock zzzzqq ", 5)
    assert (answer.known, answer.words) == (3, 4)
    assert Counter(group.known for group in answer.groups)[False] == 1
