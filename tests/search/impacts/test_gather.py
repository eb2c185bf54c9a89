"""What the articles of one language say, counted."""

from __future__ import annotations

from hypothesis import given

from kbtool.model import Document
from kbtool.search.impacts.gather import MEANING, Gathered
from kbtool.search.impacts.said import FIELDS
from kbtool.search.terms import word_keys
from tests.search.helpers import document
from tests.search.impacts.helpers import corpora, gathered


def having(found: Gathered, name: str, term: str) -> dict[int, float]:
    """The articles that have a term in a field, and how often."""
    rows = found.postings
    here = (rows.terms == found.terms.index(term)) & (rows.fields == FIELDS.index(name))
    return dict(zip(rows.articles[here].tolist(), (rows.halves[here] / 2).tolist(), strict=True))


def said(found: Gathered, name: str) -> set[str]:
    """The terms of a field."""
    here = found.postings.fields == FIELDS.index(name)
    return {found.terms[term] for term in found.postings.terms[here].tolist()}


def test_words_terms_and_lengths_by_field() -> None:
    """Wordings count as title; stop words count nowhere, unless there is nothing else."""
    found = gathered(
        [
            document(
                "a", "en", "The lock", "Locks lock.", questions=("my locks?",), tags=("keys",)
            ),
            document("b", "en", "The", "Rain", headings=("Rain, rain",)),
        ],
        "en",
    )
    assert found.articles == 2
    assert found.lengths.tolist() == [[2, 1], [0, 2], [1, 0], [2, 1]]
    assert having(found, "title", "lock/s") == {0: 2.0}
    assert having(found, "body", "lock/s") == {0: 2.0}
    assert having(found, "headings", "rain/s") == {1: 2.0}
    assert having(found, "title", "the/s") == {1: 1.0}
    assert (found.counts["lock"], found.counts["locks"], found.counts["rain"]) == (1, 1, 1)


def test_two_words_that_differ_by_marks_keep_a_half_each() -> None:
    """Half of the weight is shared, half goes to the spelling; ``ılık`` and ``ilik`` are two."""
    found = gathered([document("a", "tr", "ılık"), document("b", "tr", "ilik İLİK")], "tr")
    assert found.families.keys() == {"ilik"}
    assert found.families["ilik"].keys() == {"ılık", "ilik"}
    assert dict(found.families["ilik"]["ılık"]) == {"ilik/4": 3, "ilik/6": 5, "ılık/=": 8}
    assert having(found, "title", "ılık/=") == {0: 1.0}
    assert having(found, "title", "ilik/=") == {1: 2.0}
    assert having(found, "title", "ilik/4") == {0: 1.0, 1: 2.0}
    assert found.counts["ilik"] == 2


def test_german_umlauts_have_two_keys_for_one_word() -> None:
    """Typed as ``gebuehr`` or ``gebuhr`` it has the same terms, and counts once."""
    found = gathered([document("a", "de", "Gebühr")], "de")
    assert found.terms_of("gebuehr") == found.terms_of("gebuhr")
    assert found.counts == {"gebuhr": 1, "gebuehr": 1}
    assert said(found, "title") == {t for t, _ in found.terms_of("gebuhr")[0]} | {
        term for term in said(found, "title") if term.startswith(MEANING)
    }


def test_a_compound_counts_half_for_its_last_word() -> None:
    """``parkimistrahv`` is found by ``trahv``, an article on ``trahv`` better."""
    found = gathered(
        [document("a", "et", "parkimistrahv"), document("b", "et", "trahv parkimine")], "et"
    )
    assert found.tails["parkimistrahv"] == "trahv"
    (term, _), *_ = found.terms_of("trahv")[0]
    assert having(found, "title", term) == {0: 0.5, 1: 1.0}


def test_a_sentence_names_its_meanings() -> None:
    """By the thesaurus; a phrase does not reach over the end of a sentence."""
    (group,) = (
        term
        for term in said(gathered([document("a", "en", "turn off")], "en"), "title")
        if term.startswith(MEANING)
    )
    apart = gathered([document("a", "en", "Whose turn?", "Your turn. Off we go.")], "en")
    assert group not in said(apart, "body")


@given(corpora(least=1))
def test_counts_agree(documents: list[Document]) -> None:
    """Every word has its terms; no article has more words of a field than the field is long."""
    found = gathered(documents, "en")
    for key, spelt in found.families.items():
        assert 1 <= found.counts[key] <= len(documents)
        for word in spelt:
            assert key in word_keys(word, "en")
    for row, name in enumerate(FIELDS):
        for term in said(found, name):
            times = having(found, name, term)
            assert all(0 <= number < len(documents) for number in times)
            if not term.startswith(MEANING) and term.endswith("/s"):
                assert all(amount <= found.lengths[row][n] for n, amount in times.items())
