"""Suggestions as a page, from a knowledge base and from files alone."""

from __future__ import annotations

from kbtool.articles.files.store import write_article
from kbtool.config import Settings
from kbtool.workflows.judging import View
from kbtool.workflows.reject import reject
from kbtool.workflows.suggest import suggest
from kbtool.workflows.suggest_report import report
from tests.dom import Node, parse
from tests.suggest.samples import article
from tests.workflows.test_suggest import NOW, settings, store, tickets

__all__ = ["settings"]
LINK = "https://help.example/a/kb-9/"


def test_topics_with_articles_and_samples(settings: Settings) -> None:
    """The stored tickets' words, the article's title, and what the miner found."""
    body = "Block it at Account > Card > Block; a new card costs 300."
    lost = article("kb-9", "What if I lose my card?", body=body, path="en/kb-9.md")
    write_article(settings.content_dir, lost)
    store(settings, tickets(links=(LINK,)))
    found = suggest(settings, now=NOW)
    page = parse(report(settings, found, now=NOW))
    cards = page.all("article")
    assert [card["id"] for card in cards if (card["id"] or "").startswith("t-")]
    assert {card["id"] for card in cards} >= {topic.id for topic in found.topics}
    about = next(c for c in cards if "lost card" in c.text)
    assert "What if I lose my card? kb-9agents link it in their replies" in about.text
    assert len(about.all("section", "sample")) == 3
    assert "Account > Card > Block" in about.all("blockquote")[1].text
    assert "22 November" not in page.one("header").text
    assert page.one("header").one("time").text == "21 November 2026"


def test_top_limits_what_is_listed_and_not_what_is_counted(settings: Settings) -> None:
    """One entry; the chart has a bar and the table a row for every topic."""
    store(settings, tickets())
    found = suggest(settings, now=NOW)
    page = parse(report(settings, found, view=View(1), now=NOW))
    (card,) = page.all("article")
    assert card["id"] == found.suggestions[0].topic
    assert len(_section(page, "pareto").one("tbody").all("tr")) == len(found.topics) == 3
    assert "Not listed: 2 more topics" in page.text


def test_the_same_again(settings: Settings) -> None:
    """A second report of the same day has the same bytes."""
    store(settings, tickets())
    first = report(settings, suggest(settings, now=NOW), now=NOW)
    assert report(settings, suggest(settings, now=NOW), now=NOW) == first


def test_an_empty_knowledge_base(settings: Settings) -> None:
    """A page that says what is missing."""
    page = parse(report(settings, suggest(settings, now=NOW), now=NOW))
    assert "No topics yet: of 0 tickets" in page.text


def test_rejected_topics_say_why(settings: Settings) -> None:
    """The reason a person gave stands where the action would."""
    store(settings, tickets())
    found = suggest(settings, now=NOW)
    first = found.suggestions[0].topic
    assert first
    reject(settings, first, reason="we stop doing this", now=NOW)
    page = parse(report(settings, suggest(settings, now=NOW), now=NOW))
    card = next(c for c in page.all("article") if c["id"] == first)
    assert "Rejected: we stop doing this" in card.text


def _section(page: Node, name: str) -> Node:
    return next(node for node in page.all("section") if node["id"] == name)
