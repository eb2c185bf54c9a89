"""Which article answers a topic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def links(*ids: str) -> dict[str, list[str]]:
    """The topic's tickets, one after the other, answered with these articles."""
    return {f"desk:t-1-{n}": [id_] for n, id_ in enumerate(ids)}


def test_one_link_is_enough_where_the_words_agree() -> None:
    """Two signs for the same article make it surer than either alone."""
    words = cover([topic()], [LOAN, FEE], {})["t-1"]
    both = cover([topic()], [LOAN, FEE], links("kb-1", "kb-1"))["t-1"]
    assert both.article == words.article == "kb-1"
    assert (words.by, both.by) == ("text", "links")
    assert words.confidence < both.confidence
    assert both.other is None


def test_links_and_words_that_disagree_say_so() -> None:
    """Few links against clear words: the words' article, with the linked one beside it; many: the other way."""
    few = cover([topic()], [LOAN, FEE], links("kb-2", "kb-2", "kb-1"))["t-1"]
    assert (few.article, few.by, few.other) == ("kb-1", "text", "kb-2")
    many = cover([topic()], [LOAN, FEE], links(*["kb-2"] * 6))["t-1"]
    assert (many.article, many.by, many.other) == ("kb-2", "links", "kb-1")
    assert max(few.confidence, many.confidence) < 0.8


def test_an_article_that_names_the_topic_against_the_links() -> None:
    """A person's word stands; what agents link more often is told."""
    named = article("kb-9", "Something else", topic="t-1")
    found = cover([topic()], [LOAN, named], links("kb-1", "kb-1"))["t-1"]
    assert (found.article, found.confidence, found.other) == ("kb-9", 1.0, "kb-1")


def test_a_likeness_in_one_of_two_languages_is_chance() -> None:
    """An article whose translation most of those who ask would find strange does not answer."""
    asked = topic(langs=(("tr", 12), ("en", 1)))
    english = tuple(replace(wording, lang="en") for wording in asked.wordings)
    turkish = replace(english[0], text="Kartım kayboldu, ne yapmalıyım?", lang="tr")
    both = replace(asked, wordings=(turkish, *english))
    assert cover([both], [LOAN, FEE], {})["t-1"].article == "kb-1"
    assert cover([both], [LOAN, LOAN_TR, FEE], {}) == {}


@given(st.lists(st.sampled_from(["kb-1", "kb-2", "kb-gone"]), max_size=6))
def test_confidence_is_a_share_and_grows_with_links(sent: list[str]) -> None:
    """Between one half and one; a link more for the answer makes it no less sure."""
    found = cover([topic()], [LOAN, FEE], links(*sent[:5]))["t-1"]
    more = cover([topic()], [LOAN, FEE], links(*sent[:5], found.article))["t-1"]
    assert 0.5 <= found.confidence <= more.confidence <= 1
    assert found.other != found.article
