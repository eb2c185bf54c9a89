"""Stored tickets become suggestions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import NotFoundError
from kbtool.model import Ticket
from kbtool.suggest.store import record_rejection
from kbtool.suggest.waking import Rejection
from kbtool.workflows.suggest import suggest
from kbtool.workflows.topics import show_topic
from tests.mining.samples import ASKED, ticket
from tests.suggest.samples import article
from tests.tickets.stored import save_tickets

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def tickets(links: tuple[str, ...] = ()) -> list[Ticket]:
    """The library's tickets; those about lost cards carry ``links`` in the reply."""
    return [
        replace(
            ticket(
                text,
                id_=f"{name}-{n}",
                lang=lang,
                reply=reply,
                links=links if name == "card" else (),
            ),
            created_at=datetime(2026, 1 + n, 3, tzinfo=UTC),
        )
        for name, lines in ASKED.items()
        for n, (lang, text, reply) in enumerate(lines)
    ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty knowledge base in English and Turkish."""
    return Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/",
        languages=("en", "tr"),
    )


def store(settings: Settings, found: list[Ticket]) -> None:
    """Keep these tickets."""
    with writing(settings.database) as connection:
        save_tickets(connection, found)


def names(keys: tuple[str, ...]) -> set[str]:
    """The true topics of these tickets."""
    return {key.removeprefix("desk:").rpartition("-")[0] for key in keys}


def test_recurring_questions_are_suggested(settings: Settings) -> None:
    """Each of the three recurring questions is to be written, none of the one-offs."""
    store(settings, tickets())
    found = suggest(settings, now=NOW)
    assert [s.kind for s in found.suggestions] == ["write"] * 3
    assert set.union(*(names(s.tickets) for s in found.suggestions)) == {"renew", "fee", "card"}
    assert (found.tickets, found.questions, found.quiet) == (22, 22, 0)


def test_a_second_run_says_the_same(settings: Settings) -> None:
    """Ids, order and words stay from run to run."""
    store(settings, tickets())
    first = suggest(settings, now=NOW)
    assert suggest(settings, now=NOW) == first


def test_an_article_that_agents_link_quiets_its_topic(settings: Settings) -> None:
    """A topic whose replies link a live article is not to be written."""
    body = "Open Account > Card > Block. A new card costs 300; block the old one first. Pay."
    title = "I lost my library card. How do I replace it?"
    write_article(settings.content_dir, article("kb-7", title, body=body, path="en/kb-7.md"))
    store(settings, tickets(links=("https://help.example/a/kb-7/",)))
    found = suggest(settings, now=NOW)
    assert "card" not in set().union(
        *(names(s.tickets) for s in found.suggestions if s.kind == "write")
    )


def test_rejected_topics_are_left_out_and_counted(settings: Settings) -> None:
    """A rejection holds until the topic doubled, and the result says that one sleeps."""
    store(settings, tickets())
    first = suggest(settings, now=NOW).suggestions[0]
    assert first.topic is not None
    with writing(settings.database) as connection:
        record_rejection(connection, Rejection(first.topic, "no", len(first.tickets), NOW, run=1))
    found = suggest(settings, now=NOW)
    assert first.topic not in {s.topic for s in found.suggestions}
    assert [one.topics for one in found.rejected] == [(first.topic,)]


def test_nothing_stored_is_no_error(settings: Settings) -> None:
    """An empty database has no suggestions."""
    assert suggest(settings, now=NOW).suggestions == ()


def test_show_a_topic_with_its_replies(settings: Settings) -> None:
    """A topic is found by the beginning of its id and shows questions beside replies."""
    store(settings, tickets())
    topic = suggest(settings, now=NOW).suggestions[0].topic
    assert topic is not None
    view = show_topic(settings, topic[:8], now=NOW)
    assert view.topic.id == topic
    assert all(sample.question and sample.replies for sample in view.samples)
    with pytest.raises(NotFoundError):
        show_topic(settings, "t-none", now=NOW)
