"""Links in replies, from the database's tickets to figures: always up to date, whatever changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings
from kbtool.config.settings import TicketSettings
from kbtool.db import reading, writing
from kbtool.errors import StoreError
from kbtool.events.store import count_awaited, read_events, save_events
from kbtool.model import Event, Ticket
from kbtool.site.plan.store import remember_published
from kbtool.tickets.store import read_tickets
from kbtool.workflows import links
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.links import asks, read_book, record_links, refresh_links
from kbtool.workflows.metrics import measure
from tests.metrics.histories import NOW, article, view
from tests.metrics.test_links import SOLVED, reply, ticket
from tests.tickets.stored import save_tickets

URL = "https://help.example/"
BODY = (
    "Turn the key twice to the left and hold it until the green light blinks three times. "
    "Then press the small button under the seat and wait for ten seconds before you ride."
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base with one article, there since September."""
    made = Settings(
        root=tmp_path, config_file=tmp_path / "mkdocs.yml", site_name="Help", site_url=URL
    )
    write_article(made.content_dir, article("kb-1", body=BODY, updated=date(2026, 9, 1)))
    return made


def store(settings: Settings, *tickets: Ticket, removed: tuple[str, ...] = ()) -> None:
    """What an import does in its last transaction and after it."""
    with writing(settings.database) as connection:
        save_tickets(connection, tickets)
        record_links(connection, [one.key for one in tickets], removed)
    refresh(settings)


def refresh(settings: Settings) -> None:
    refresh_links(settings, read_articles(settings.content_dir)[0])


def events(settings: Settings) -> list[Event]:
    """What is stored."""
    with reading(settings.database) as connection:
        return list(read_events(connection))


def found(settings: Settings) -> list[tuple[str, str | None, str | None]]:
    """(kind, article, address) of each stored event."""
    kept = ((e.kind, e.article, e.address) for e in events(settings))
    return sorted(kept, key=lambda e: (e[0], e[2] or ""))


def test_an_import_again_changes_nothing(settings: Settings) -> None:
    """The same ids, the same events."""
    sent = ticket("1", reply(f"{URL}a/kb-1/", f"{URL}en/dead/"), solved=SOLVED)
    store(settings, sent)
    first = events(settings)
    assert found(settings) == [("link", "kb-1", "a/kb-1/"), ("link", None, "en/dead/")]
    assert {(e.value, e.at, e.lang) for e in first if e.article} == {("s:1", SOLVED, "en")}
    store(settings, sent)
    assert events(settings) == first


def test_a_changed_ticket_has_its_new_links_only_and_a_removed_one_none(settings: Settings) -> None:
    """What readers did stays."""
    store(settings, ticket("1", reply(f"{URL}a/kb-1/"), solved=SOLVED))
    with writing(settings.database) as connection:
        save_events(connection, [view(0)])
    store(settings, ticket("1", reply(f"{URL}en/bike/kb-1/"), solved=SOLVED))
    assert found(settings) == [("link", "kb-1", "en/bike/kb-1/"), ("view", "kb-1", None)]
    store(settings, removed=("s:1",))
    assert found(settings) == [("view", "kb-1", None)]


def test_addresses_set_later_are_found_in_stored_tickets(settings: Settings) -> None:
    """Nobody has to import again after naming a former help centre."""
    store(settings, ticket("1", reply("https://old.example/a/kb-1/"), solved=SOLVED))
    assert events(settings) == []
    tickets = TicketSettings(help_centre_urls=("https://old.example/",))
    report = measure(replace(settings, tickets=tickets), now=NOW)
    assert report.link_rate.numerator == 1


def test_a_link_is_judged_by_where_it_leads_today(settings: Settings) -> None:
    """Sent to a page that was renamed since: first broken, then named as a former address."""
    store(settings, ticket("1", reply(f"{URL}en/bike/was/"), solved=SOLVED))
    assert measure(settings, now=NOW).broken_links[0].address == "en/bike/was/"
    with writing(settings.database) as connection:
        remember_published(connection, [("en/bike/was/", "kb-1", "en")], date(2026, 1, 1))
    report = measure(settings, now=NOW)
    assert (report.link_rate.numerator, report.broken_links) == (1, ())


def test_reuse_is_found_again_when_an_article_changes(settings: Settings) -> None:
    """Text pasted from the new wording counts as soon as it is there."""
    store(settings, ticket("1", reply(text="Hello.\n\n" + BODY), solved=SOLVED))
    assert found(settings) == [("reuse", "kb-1", None)]
    other = "Something else entirely, so that nothing is alike any more. " * 3
    write_article(
        settings.content_dir, article("kb-1", body=other, updated=SOLVED.date() - timedelta(9))
    )
    refresh(settings)
    assert found(settings) == []


def test_an_article_that_cannot_be_read_for_a_while_costs_nothing(settings: Settings) -> None:
    """Its events stay, and nothing is read again when it is back."""
    store(settings, ticket("1", reply(text=BODY), solved=SOLVED))
    before = events(settings)
    refresh_links(settings, ())
    with reading(settings.database) as connection:
        assert count_awaited(connection) == 0
    refresh(settings)
    assert events(settings) == before != []


def test_an_interrupted_run_is_taken_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not read before the stop is read by the next command; nothing is counted twice."""
    monkeypatch.setattr(links, "BATCH", 2)
    sent = [ticket(str(n), reply(f"{URL}a/kb-1/"), solved=SOLVED) for n in range(5)]
    with writing(settings.database) as connection:
        save_tickets(connection, sent)
        record_links(connection, [one.key for one in sent])

    def stop(_stage: str, done: int, _total: int | None) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh_links(settings, read_articles(settings.content_dir)[0], stop)
    assert len(events(settings)) == 4
    told: list[tuple[str, int, int | None]] = []
    refresh_links(settings, read_articles(settings.content_dir)[0], lambda *step: told.append(step))
    assert (len(events(settings)), told) == (5, [("Reading replies", 1, 1)])


def test_tickets_stay_when_their_links_cannot_be_stored(settings: Settings, tmp_path: Path) -> None:
    """The error says that they are stored; the next run reads the links."""
    said = [
        {"id": 1, "public": True, "author_id": 7, "plain_body": "How do I ride?"},
        {"id": 2, "public": True, "author_id": 8, "plain_body": f"See {URL}a/kb-1/ please."},
    ]
    record = {"id": 5, "subject": "Ride", "status": "solved", "requester_id": 7, "comments": said}
    export = tmp_path / "t.jsonl"
    export.write_text(json.dumps(record) + "\n", encoding="utf-8")
    with writing(settings.database) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON events"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    with pytest.raises(StoreError, match=r"tickets are stored, the links .* not yet: .*full"):
        import_tickets(settings, [export], now=NOW, fresh_key=bytes(32))
    with writing(settings.database) as connection:
        assert [one.key for one in read_tickets(connection)] == ["zendesk:5"]
        connection.exec_driver_sql("DROP TRIGGER full")
    refresh(settings)
    assert found(settings) == [("link", "kb-1", "a/kb-1/")]


def test_keys_with_colons_are_found(settings: Settings) -> None:
    """In the source or in the id."""
    sent = ticket("1:2", reply(f"{URL}a/kb-1/"), solved=SOLVED)
    store(settings, sent, replace(sent, source="a:b"))
    assert measure(settings, now=NOW).link_rate.numerator == 2


def test_visitors_figures_know_nothing_of_replies(settings: Settings) -> None:
    """Links and reuse are no events of readers, nor the first of them."""
    store(settings, ticket("1", reply(f"{URL}a/kb-1/"), solved=SOLVED))
    report = measure(settings, now=NOW)
    assert (report.events, report.without_visitor, report.first_event) == (0, 0, None)


def test_the_book_knows_what_builds_published(settings: Settings) -> None:
    """Also for an article that is gone."""
    with writing(settings.database) as connection:
        remember_published(connection, [("en/x/", "kb-9", "en")], date(2026, 1, 1))
    assert read_book(settings, ()).article_from_url(f"{URL}en/x") == "kb-9"


@pytest.mark.parametrize(
    ("text", "lang", "asked"),
    [
        ("Thanks, that worked!", "en", False),
        ("It is still not working.", "en", True),
        ("Where do I find that?", "en", True),
        ("Teşekkürler, oldu.", "tr", False),
        ("Suur tänu!", "et", False),
    ],
)
def test_thanks_ask_nothing(text: str, lang: str, asked: bool) -> None:
    """A question or a problem does."""
    assert asks(text, lang) is asked
