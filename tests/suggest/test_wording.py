"""Queries find the topic that asks the same."""

from __future__ import annotations

import pytest

from kbtool.model import Topic, Wording
from kbtool.suggest.wording import TopicWords


def topic(id_: str, lang: str, question: str, *wordings: str) -> Topic:
    """A topic with these wordings."""
    return Topic(
        id_, question, (), (), 0, (), (), "steady", tuple(Wording(w, lang, "s:1") for w in wordings)
    )


WORDS = TopicWords(
    [
        topic("t-unlock", "en", "My bike will not unlock", "the bike lock stays closed"),
        topic("t-pause", "en", "Can I pause my subscription?", "freeze the bike plan"),
        topic("t-tyre", "en", "My bike has a flat tyre"),
        topic("t-kilit", "tr", "Bisikletimin kilidi açılmıyor"),
    ]
)


@pytest.mark.parametrize(
    ("query", "lang", "expected"),
    [
        ("pausing", "en", "t-pause"),
        ("FREEZE plan", "en", "t-pause"),
        ("flat tyres", "en", "t-tyre"),
        ("bisiklet kilidi", "tr", "t-kilit"),
        ("BISIKLET KILIDI", "tr", "t-kilit"),
        ("insurance", "en", None),
        ("bike insurance abroad", "en", None),
        ("???", "en", None),
    ],
)
def test_a_query_finds_the_topic_with_its_telling_words(
    query: str, lang: str, expected: str | None
) -> None:
    """A word that every topic has ("bike") does not decide; unknown words count against."""
    assert WORDS.match(query, lang) == expected


def test_without_topics_nothing_matches() -> None:
    """An empty knowledge base has no topics yet."""
    assert TopicWords([]).match("pause", "en") is None
