"""Which article answers a topic."""

from __future__ import annotations

import pytest

from kbtool.suggest.coverage import cover, translations
from tests.suggest.samples import article, topic

FEE = article("kb-2", "Why do I pay a late fee?", body="15 cents a day.")
LOAN = article("kb-1", also_asked=("keep a book longer",))
LOAN_TR = article("kb-11", "Süre nasıl uzatılır?", lang="tr", translation_of="kb-1")


def test_an_article_that_names_the_topic_is_sure() -> None:
    """The front matter's ``topic`` beats everything else."""
    named = article("kb-9", "Something else", topic="t-1")
    found = cover([topic()], [LOAN, named], {"desk:t-1-0": ["kb-1"], "desk:t-1-1": ["kb-1"]})
    assert (found["t-1"].article, found["t-1"].by, found["t-1"].confidence) == (
        "kb-9",
        "topic",
        1.0,
    )


def test_what_agents_link_answers() -> None:
    """Links of several tickets show the article, with a doubt that shrinks as they grow."""
    other = topic(wordings=("opening hours on Sunday",), keywords=("hours",))
    few = cover([other], [LOAN, FEE], {f"desk:t-1-{n}": ["kb-2"] for n in range(2)})["t-1"]
    many = cover([other], [LOAN, FEE], {f"desk:t-1-{n}": ["kb-2"] for n in range(6)})["t-1"]
    assert (few.article, few.by) == ("kb-2", "links")
    assert few.confidence < many.confidence < 1.0


def test_one_link_is_a_slip() -> None:
    """A single ticket with a link proves nothing."""
    other = topic(wordings=("opening hours on Sunday",), keywords=("hours",))
    assert cover([other], [LOAN, FEE], {"desk:t-1-0": ["kb-2"]}) == {}


def test_words_in_common() -> None:
    """Without links, title and questions in the topic's words are enough; others are not."""
    hours = topic("t-2", wordings=("opening hours on Sunday",), keywords=("hours",))
    found = cover([topic(), hours], [LOAN, FEE], {})
    assert found["t-1"].article == "kb-1"
    assert found["t-1"].by == "text"
    assert "t-2" not in found


@pytest.mark.parametrize("status", ["draft", "review", "archived", "rejected"])
def test_only_articles_that_readers_can_open(status: str) -> None:
    """A draft of the topic answers nobody yet."""
    assert cover([topic()], [article("kb-1", topic="t-1", status=status)], {}) == {}


def test_links_to_a_translation_count_for_the_family() -> None:
    """Links to the Turkish and the English page are links to one article."""
    both = topic(langs=(("tr", 4), ("en", 2)), wordings=("x y",))
    linked = {"desk:t-1-0": ["kb-1"], "desk:t-1-1": ["kb-11"], "desk:t-1-2": ["kb-gone"]}
    found = cover([both], [LOAN, LOAN_TR, FEE], linked)["t-1"]
    assert (found.article, found.by) == ("kb-11", "links")
    assert set(translations("kb-11", [LOAN, LOAN_TR, FEE])) == {"en", "tr"}


def test_no_articles_no_coverage() -> None:
    """An empty knowledge base covers nothing."""
    assert cover([topic()], [], {}) == {}
