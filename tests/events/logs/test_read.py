"""Hits come back as events, in order, and what is told twice counts once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from kbtool.db import reading, writing
from kbtool.events.logs.figures import event_sources
from kbtool.events.logs.read import read_all
from kbtool.events.popular import most_read
from kbtool.events.store import save_events
from kbtool.model import Event
from tests.events.logs.desk import NOON, Desk, line
from tests.events.logs.test_importing import hit


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty one."""
    return Desk(tmp_path)


def test_hits_stand_among_the_stored_events_by_time(desk: Desk) -> None:
    """In a period, of some kinds, each with an id of its own."""
    desk.take(desk.write("a.log", [line(seconds=0), line("/en/search/?q=a", seconds=20)]))
    own = Event("own", "vote", NOON + timedelta(seconds=10), "v", "kb-1", value="yes")
    with writing(desk.database) as connection:
        save_events(connection, [own])
    with reading(desk.database) as connection:
        assert [event.kind for event in read_all(connection)] == ["view", "vote", "search"]
        since, until = NOON + timedelta(seconds=1), NOON + timedelta(seconds=20)
        assert list(read_all(connection, since, until)) == [own]
        assert [e.kind for e in read_all(connection, kinds={"search"})] == ["search"]
        assert list(read_all(connection, value="yes")) == [own]
        assert len({event.id for event in read_all(connection)}) == 3


@pytest.mark.parametrize("order", [1, -1])
def test_pages_of_a_reader_whose_script_told_do_not_count_beside_it(desk: Desk, order: int) -> None:
    """On that day, in whatever file and order the lines come; another reader's do, and the same
    one's on a day on which no script told.
    """
    page, told = [line(), line(address="192.0.2.8"), line(seconds=86_400)], [
        hit("id=a1&kind=view&article=kb-1&lang=en", seconds=3)
    ]  # fmt: skip
    files = [desk.write("page.log", page), desk.write("told.log", told)]
    for path in files[::order]:
        desk.take(path)
    assert desk.counted() == {("view", "kb-1"): 3}
    assert Counter(event.excluded for event in desk.events()) == {None: 3, "reported": 1}


def test_readers_who_ask_not_to_be_followed_are_one_in_that(desk: Desk) -> None:
    """Nothing tells them apart."""
    wish = ' "-" "1" "-"'
    lines = [line(more=wish), hit("id=a1&kind=view&article=kb-2", more=wish), line()]
    desk.take(desk.write("a.log", lines))
    assert desk.counted() == {("view", "kb-1"): 1, ("view", "kb-2"): 1}


def test_what_kbtool_serve_stored_is_not_counted_from_the_log_of_the_server_before_it(
    desk: Desk,
) -> None:
    """The request that it answered says that the reader's events are there; one it refused does not."""
    lines = [
        line(),
        line("/api/events", method="POST", status=204),
        line(address="192.0.2.8"),
        line("/api/events", method="POST", status=404, address="192.0.2.8"),
    ]
    (taken,) = desk.take(desk.write("a.log", lines))
    assert +taken.account.excluded == {"reported": 1, "not-found": 1}
    assert desk.counted() == {("view", "kb-1"): 1}


def test_an_address_that_leads_on_does_not_count_beside_the_article(desk: Desk) -> None:
    """Within ten seconds, of the same reader; else it was the article itself, or came from a cache."""
    lines = [
        line("/a/kb-1/"),
        line("/en/bike/unlock/", seconds=1),
        line("/a/kb-1/", address="192.0.2.8"),
        line("/en/old/", seconds=30),
        line("/en/bike/lost/", seconds=50),
    ]
    desk.take(desk.write("a.log", lines))
    assert desk.counted() == {("view", "kb-1"): 2, ("view", "kb-2"): 2}
    assert Counter(event.excluded for event in desk.events())["redirect"] == 1


def test_the_articles_read_most_count_hits_too(desk: Desk) -> None:
    """By different visitors, as the report counts them."""
    lines = [
        *[line("/en/bike/lost/", address=f"192.0.2.{n}") for n in range(3)],
        *[line("/en/bike/unlock/", seconds=n) for n in range(5)],
        line("/a/kb-3/", address="192.0.2.9"),
    ]
    desk.take(desk.write("a.log", lines))
    with reading(desk.database) as connection:
        found = most_read(connection, NOON - timedelta(days=1), NOON + timedelta(days=1))
    assert found == ("kb-2", "kb-1")


def test_where_views_come_from_and_what_the_lines_lack(desk: Desk) -> None:
    """As many views as the report counts; a signal lacks where one file does not tell it."""
    full = ' "-" "-" "-"'
    lines = [
        line(more=full),
        line(more=full, address="192.0.2.8"),
        line("/a/kb-1/", seconds=86_400),
    ]
    told = hit("id=a1&kind=view&article=kb-1&lang=en", seconds=3, more=full)
    desk.take(desk.write("a.log", [*lines, told]))
    with writing(desk.database) as connection:
        own = [Event(f"own-{n}", "view", NOON, "v", "kb-1") for n in range(5)]
        save_events(connection, own)
    with reading(desk.database) as connection:
        server, log = event_sources(connection)
        assert (server.name, server.views) == ("server", 5)
        assert (log.name, log.kind, log.views) == ("log", "events", 3)
        assert (log.first, log.last) == (NOON.date(), NOON.date() + timedelta(days=1))
        assert log.lacks == ()
        views = [e for e in read_all(connection) if e.kind == "view" and not e.excluded]
        assert len(views) == server.views + log.views
        assert event_sources(connection, NOON + timedelta(days=2)) == ()
    desk.take(desk.write("b.log", [line(seconds=60, address="192.0.2.9")]))
    with reading(desk.database) as connection:
        assert event_sources(connection)[1].lacks == ("Sec-Purpose", "Sec-GPC", "DNT")
