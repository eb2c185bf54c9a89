"""Links to our articles in agents' replies: how many, which end the ticket, which are dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.addresses import address_book
from kbtool.config import Settings
from kbtool.config.settings import TicketSettings
from kbtool.events.links import UNDATED, link_events
from kbtool.metrics.links import (
    LinkedTicket,
    LinkFigures,
    broken_links,
    likely_heir,
    link_figures,
    linked_ticket,
)
from kbtool.model import (
    BrokenLink,
    Event,
    Message,
    Provenance,
    Rate,
    Resolution,
    Role,
    Ticket,
    Visibility,
)
from tests.metrics.histories import NONE, article

ARTICLES = [
    article("kb-1"),
    article("kb-2", status="stale"),
    article("kb-3", status="archived"),
]
SOLVED = datetime(2026, 10, 5, tzinfo=UTC)
BOOK = address_book(
    ARTICLES,
    Settings(
        root=Path("/kb"), config_file=Path("/kb/mkdocs.yml"), site_name="Help",
        site_url="https://help.example/",
        tickets=TicketSettings(help_centre_urls=("https://old.example/faq/",)),
    ),
)  # fmt: skip


def reply(
    *links: str, role: Role = "agent", visibility: Visibility = "public", text: str = "text"
) -> Message:
    """A message with these links."""
    return Message("m", role, visibility, SOLVED, None, text, links=links)


def ticket(
    id_: str, *messages: Message, resolution: Resolution = "answered", solved: datetime | None
) -> Ticket:
    """A ticket with these messages, their ids being their places."""
    return Ticket(
        source="s", id=id_, subject="", status="closed", resolved=True, resolution=resolution,
        created_at=None, solved_at=solved, language="en", language_confidence=None,
        requester=None, group=None, channel=None, tags=(), csat=None, reopens=None,
        merged_into=None, provenance=Provenance("f", 1, "m"),
        messages=tuple(replace(m, id=str(n)) for n, m in enumerate(messages)),
    )  # fmt: skip


def events(*tickets: Ticket) -> list[Event]:
    """Their link events."""
    langs = {a.id: a.lang for a in ARTICLES}
    return [event for one in tickets for event in link_events(one, BOOK, langs)]


def asks(text: str, lang: str | None) -> bool:
    """A customer asks with a question mark."""
    return lang == "en" and "?" in text


def linked(one: Ticket) -> LinkedTicket:
    """What a ticket says, with its own events."""
    return linked_ticket(one, events(one), BOOK, asks)


TICKETS = [
    ticket("1", reply("https://help.example/a/kb-1/"), solved=SOLVED),
    ticket("2", reply("https://help.example/en/bike/kb-1/#top"), reply("https://help.example/a/kb-1/"), solved=SOLVED),
    ticket("3", reply("https://old.example/faq/a/kb-2", "https://help.example/a/kb-1/"), solved=SOLVED),
    ticket("4", reply("https://help.example/a/kb-3/"), solved=SOLVED),
    ticket("5", reply("https://help.example/a/kb-77/", "https://else.example/a/kb-1/"), solved=SOLVED),
    ticket("6", reply("https://help.example/a/kb-1/", role="customer"), solved=SOLVED),
    ticket("7", reply("https://help.example/a/kb-1/", visibility="internal"), solved=SOLVED),
    ticket("8", reply("https://help.example/a/kb-1/"), resolution="spam", solved=SOLVED),
    ticket("9", reply("https://help.example/a/kb-2/"), solved=None),
]  # fmt: skip


def figures(
    tickets: list[Ticket], since: datetime | None = None, until: datetime | None = None
) -> LinkFigures:
    """The figures of these tickets, any number being too few."""
    return link_figures(
        [linked(one) for one in tickets],
        ARTICLES,
        answered=sum(one.resolution == "answered" for one in tickets),
        since=since,
        until=until,
        min_count=100,
        broken=broken_links(events(*tickets), BOOK),
    )


def test_reopening_is_a_share_of_the_tickets_that_could_be() -> None:
    """Open ones that were reopened count too; those whose source does not tell are in neither part."""
    link = reply("https://help.example/a/kb-1/")
    both = reply("https://help.example/a/kb-1/", "https://help.example/a/kb-2/")
    open_ = replace(ticket("3", both, solved=SOLVED), resolved=False, resolution="unknown")
    tickets = [
        replace(ticket("1", link, solved=SOLVED), reopens=0),
        replace(ticket("2", link, solved=SOLVED), reopens=1),
        replace(open_, reopens=1),
        replace(open_, id="4", reopens=0),
        ticket("5", link, solved=SOLVED),
        replace(ticket("6", reply(), solved=SOLVED), reopens=3),
        replace(ticket("7", reply("https://help.example/a/kb-3/"), solved=SOLVED), reopens=3),
    ]
    found = figures(tickets)
    assert (found.reopened.numerator, found.reopened.denominator) == (2, 3)
    assert found.reopened_by == {"kb-1": (2, 3), "kb-2": (1, 1)}


def test_only_public_agent_replies_of_answered_tickets_count() -> None:
    """Counted by hand: 1, 2, 3, 9 link an article of 8 answered tickets; a ticket counts once."""
    assert figures(TICKETS) == LinkFigures(
        rate=Rate(4, 8, None, None),
        resolving=Rate(4, 4, None, None),
        reuse=Rate(0, 8, None, None),
        articles=(("kb-1", 3), ("kb-2", 2)),
        ended=(("kb-1", 3), ("kb-2", 2), ("kb-3", 1)),
        gone=(("kb-3", 1),),
        broken=(BrokenLink("a/kb-77/", 1, SOLVED, SOLVED, "s:5"),),
    )


def test_the_period_goes_by_the_day_a_ticket_was_solved() -> None:
    """The end does not belong to it; a ticket without dates belongs to no bounded period."""
    later = SOLVED.replace(month=11)
    assert figures(TICKETS, since=SOLVED).rate.numerator == 3
    assert figures(TICKETS, until=SOLVED).rate.numerator == 0
    assert figures(TICKETS, since=SOLVED, until=later).rate.numerator == 3
    created = replace(TICKETS[-1], created_at=later)
    assert figures([created], since=later).rate.numerator == 1


LINK = "https://help.example/a/kb-1/"
ASKED = reply(role="customer", text="And now?")
THANKS = reply(role="customer", text="Thanks.")


@pytest.mark.parametrize(
    ("messages", "ended"),
    [
        ((ASKED, reply(LINK)), True),
        ((ASKED, reply(LINK), THANKS), True),
        ((ASKED, reply(LINK), ASKED, reply()), False),
        ((ASKED, reply(LINK), ASKED, reply(LINK)), False),
        ((reply(LINK), replace(ASKED, visibility="internal")), True),
    ],
)
def test_a_link_ends_a_ticket_when_nothing_is_asked_after_it(
    messages: tuple[Message, ...], ended: bool
) -> None:
    """After the first link, not after the one that was sent again; thanks ask nothing."""
    assert linked(ticket("1", *messages, solved=SOLVED)).ended == (("kb-1",) if ended else ())


def test_a_ticket_that_came_back_was_not_ended() -> None:
    """Neither one that was reopened nor one that was not answered."""
    one = ticket("1", reply(LINK), solved=SOLVED)
    assert linked(replace(one, reopens=0)).ended == ("kb-1",)
    assert linked(replace(one, reopens=1)).ended == ()
    assert linked(replace(one, resolution="unknown")).ended == ()


def test_hidden_reuse_stands_apart_from_links() -> None:
    """Text without a link is in its own figures; an article that is linked is not reused."""
    one = ticket("1", reply(LINK), solved=SOLVED)
    text = [Event(f"r{n}", "reuse", SOLVED, None, f"kb-{n}", value="s:1") for n in (1, 2, 3)]
    found = linked_ticket(one, [*events(one), *text], BOOK, asks)
    assert (found.articles, found.reused) == (("kb-1",), ("kb-2", "kb-3"))
    made = link_figures(
        [found], ARTICLES, answered=1, since=None, until=None, min_count=1
    )  # fmt: skip
    assert (made.rate.numerator, made.reuse.numerator) == (1, 1)
    assert made.reused == (("kb-2", 1),)


def test_broken_links_are_told_by_tickets_and_the_last_day() -> None:
    """Most tickets first, then the newest; what leads to any page of the site is not broken."""
    dead, late = "https://help.example/en/dead/", SOLVED + timedelta(days=3)
    sent = events(
        ticket("1", reply(dead), reply(dead, "https://help.example/en/"), solved=SOLVED),
        ticket("2", replace(reply(dead, "https://help.example/en/later/"), at=late), solved=SOLVED),
        ticket("3", replace(reply("https://help.example/x"), at=None), solved=None),
    )
    found = broken_links(sent, BOOK, undated=UNDATED)
    assert found == (
        BrokenLink("en/dead/", 2, late, SOLVED, "s:2"),
        BrokenLink("en/later/", 1, late, late, "s:2"),
        BrokenLink("x/", 1, None, None, "s:3"),
    )
    assert broken_links(sent, BOOK, since=late, undated=UNDATED) == (
        BrokenLink("en/dead/", 1, late, late, "s:2"),
        BrokenLink("en/later/", 1, late, late, "s:2"),
    )


def test_without_tickets_there_is_nothing_to_tell() -> None:
    """No share of nothing."""
    assert figures([]) == LinkFigures(NONE, NONE, NONE)


@pytest.mark.parametrize(
    ("address", "heir"),
    [
        ("en/old-shelf/flat-tyres/", "kb-1"),
        ("flat-tyre.html", "kb-1"),
        ("en/refund/", None),
        ("", None),
    ],
)
def test_an_address_is_told_to_the_article_that_is_called_like_it(
    address: str, heir: str | None
) -> None:
    """By its last part; articles that nobody can read are none."""
    articles = [
        article("kb-1", path="en/bike/flat-tyre.md"),
        article("kb-2", path="en/bike/refund.md", status="archived"),
    ]
    found = likely_heir(address, articles)
    assert (found.id if found else None) == heir
