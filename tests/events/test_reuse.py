"""Hidden reuse: pasted article text is seen, however it was edited; talk about the same is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.events.reuse import ReuseFinder, available_since, reuse_events, words_of
from kbtool.model import Evidence, Message, PublishedAddress
from tests.metrics.histories import article
from tests.metrics.test_links import BOOK, reply, ticket

BODY = """Most charging problems are solved by drying the contacts and letting the battery get warm.

1. Unplug the charger and wipe the contacts on the battery and the plug with a dry cloth.
2. Take the battery somewhere between 5 and 40 °C.
3. Plug the charger in again and look at the light. See [lights](../lights.md).

> **Note:** A red light means that the battery is too cold or too hot. Wait 30 minutes, then try.
"""
SINCE = date(2026, 5, 1)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
ARTICLE = article("kb-1", body=BODY)
STEPS = (
    "Unplug the charger and wipe the contacts on the battery and the plug with a dry cloth. "
    "Take the battery somewhere between 5 and 40 °C. Plug the charger in again and look at the light."
)


def finder(*articles: object, since: date = SINCE) -> ReuseFinder:
    """One for these articles, or the sample."""
    found = [a for a in articles if isinstance(a, type(ARTICLE))] or [ARTICLE]
    return ReuseFinder(found, {a.id: since for a in found})


@pytest.mark.parametrize(
    "text",
    [
        STEPS,
        "Hello,\n\nsorry to hear that!\n\n" + STEPS + "\n\nDid that help?",
        STEPS.upper().replace(".", " !"),
        "- Unplug the charger and wipe the contacts on the battery and the plug with a dry cloth.\n"
        "- Take the battery somewhere between **5 and 40 °C**.\n- Plug the charger in again",
        "1) Take the battery somewhere between 5 and 40 °C.\n\n"
        "A red light means that the battery is too cold or too hot.",
        STEPS.replace("a dry cloth", "a soft cloth").replace("again", "once more"),
    ],
)
def test_pasted_text_is_recognised(text: str) -> None:
    """With a greeting, in capitals, as another list, in part, with a word changed here and there."""
    found = finder().find(text)
    assert found is not None
    assert found.article == "kb-1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Please unplug the charger, dry the contacts with a cloth and warm the battery up a bit.",
        "A red light means that the battery is too cold or too hot.",
        "The battery has to be between 5 and 40 °C, then plug the charger in again and look.",
        "Thank you for your message. We have sent you a new charger, it should be there on Friday. "
        "Please send the old one back in the same box; the label is inside.",
    ],
)
def test_the_same_advice_in_other_words_is_not(text: str) -> None:
    """Nor is one sentence that both happen to have."""
    assert finder().find(text) is None


def test_replies_from_before_and_those_it_was_drafted_from_are_left_out() -> None:
    """The article copied them, not the other way round."""
    drafted = replace(ARTICLE, evidence=(Evidence("x", ("s:9/m/1/s1",), 1, 1, None),))
    one = finder(drafted)
    assert one.find(STEPS, on=date(2026, 5, 2), ticket="s:1")
    assert one.find(STEPS, on=SINCE, ticket="s:1") is None
    assert one.find(STEPS, on=date(2026, 5, 2), ticket="s:9/m") is None


def test_text_of_many_articles_belongs_to_none() -> None:
    """What every article says at its end; two translations of one article are one."""
    ending = " ".join(STEPS.split()[:30])
    same = [article(f"kb-{n}", body=ending) for n in range(1, 4)]
    assert finder(*same).find(ending) is None
    family = [same[0], *(replace(a, translation_of="kb-1") for a in same[1:])]
    assert finder(*family).find(ending)


def test_the_article_with_most_of_the_text_is_told() -> None:
    """Once, whichever order they come in; a draft is no article."""
    shorter = article("kb-0", body=STEPS.partition("Plug")[0])
    draft = replace(ARTICLE, id="kb-9", status="draft")
    for articles in ([ARTICLE, shorter, draft], [draft, shorter, ARTICLE]):
        found = finder(*articles).find(STEPS)
        assert found is not None
        assert (found.article, found.sentences) == ("kb-1", 3)


def test_a_ticket_that_links_the_article_reuses_it_openly() -> None:
    """Wherever in the ticket the link is; internal notes and undated replies are no reuse."""
    pasted = replace(reply(text=STEPS), at=LATER)
    link = reply("https://help.example/a/kb-1/")

    def found(*messages: Message) -> list[str | None]:
        made = reuse_events(ticket("1", *messages, solved=None), finder(), BOOK, {"kb-1": "en"})
        return [event.article for event in made]

    assert found(pasted, reply("https://help.example/a/kb-2/")) == ["kb-1"]
    assert found(pasted, link) == found(link, pasted) == []
    assert found(replace(pasted, visibility="internal")) == []
    assert found(replace(pasted, role="customer")) == []
    assert found(replace(pasted, at=None)) == []


def test_an_article_is_there_from_its_change_or_its_first_build_on() -> None:
    """Whichever came first; of an article without either nothing can be told."""
    built = (
        PublishedAddress("a/kb-1/", "kb-1", "en", date(2026, 3, 1)),
        PublishedAddress("en/x/", "kb-1", "en", date(2026, 2, 1)),
    )
    articles = [
        article("kb-1", updated=date(2026, 4, 1)),
        article("kb-2", updated=date(2026, 4, 1)),
        article("kb-3"),
    ]
    assert available_since(articles, built) == {"kb-1": date(2026, 2, 1), "kb-2": date(2026, 4, 1)}


def test_words_are_folded_and_targets_left_out() -> None:
    """Letter case, accents, list markers and addresses say nothing about where text comes from."""
    assert words_of("1. ŞİFRE [Açın](https://x.example/a) – https://y.example") == ["sifre", "acin"]


@given(st.text(max_size=400))
def test_any_text_is_compared_without_error(text: str) -> None:
    """And twice the same."""
    assert finder().find(text) == finder().find(text)
