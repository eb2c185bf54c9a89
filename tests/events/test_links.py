"""Links in replies as events: only agents' public ones, the same events each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kbtool.events.links import UNDATED, link_events
from kbtool.model import Message
from tests.metrics.test_links import BOOK, SOLVED, reply, ticket

LANGS = {"kb-1": "en"}
LATER = datetime(2026, 10, 7, tzinfo=UTC)


def test_an_event_says_what_was_sent_where_and_when() -> None:
    """Article and language when the address leads to one; the address in any case."""
    sent = ticket(
        "1", replace(reply("https://old.example/faq/a/kb-1?x=1"), at=LATER), solved=SOLVED
    )
    (event,) = link_events(sent, BOOK, LANGS)
    assert (event.kind, event.at, event.visitor, event.excluded) == ("link", LATER, None, None)
    assert (event.article, event.lang, event.address) == ("kb-1", "en", "a/kb-1/")
    assert event.value == "s:1"
    lost = ticket("1", reply("https://help.example/en/lost"), solved=SOLVED)
    (event,) = link_events(lost, BOOK, LANGS)
    assert (event.article, event.lang, event.address) == (None, None, "en/lost/")


def test_one_event_an_address_and_message() -> None:
    """However often and in whatever form it stands there; another message is another event."""
    twice = reply(
        "https://help.example/a/kb-1/", "http://www.help.example/a/kb-1#x", text="help.example/a/kb-1"
    )  # fmt: skip
    assert len(list(link_events(ticket("1", twice, solved=SOLVED), BOOK, LANGS))) == 1
    events = list(link_events(ticket("1", twice, twice, solved=SOLVED), BOOK, LANGS))
    assert len({event.id for event in events}) == 2


def test_only_what_agents_wrote_to_customers_counts() -> None:
    """No internal notes, no customers, no bots."""
    url = "https://help.example/a/kb-1/"
    messages: list[Message] = [
        reply(url, visibility="internal"),
        reply(url, role="customer"),
        reply(url, role="bot"),
        reply(url, role="system"),
    ]
    assert list(link_events(ticket("1", *messages, solved=SOLVED), BOOK, LANGS)) == []


def test_the_time_is_the_best_that_is_known() -> None:
    """Message, solution, creation; otherwise one that nobody takes for real."""
    undated = replace(reply("https://help.example/a/kb-1/"), at=None)
    made = ticket("1", undated, solved=None)
    times = [
        next(link_events(one, BOOK, LANGS)).at
        for one in (replace(made, solved_at=SOLVED), replace(made, created_at=LATER), made)
    ]
    assert times == [SOLVED, LATER, UNDATED]


@given(st.text(max_size=80), st.text(max_size=20))
def test_ids_follow_from_the_content(path: str, message: str) -> None:
    """The same ticket gives the same ids; they fit their column."""
    sent = ticket("1", reply("https://help.example/" + path), solved=SOLVED)
    sent = replace(sent, messages=(replace(sent.messages[0], id=message),))
    first, again = (list(link_events(sent, BOOK, LANGS)) for _ in range(2))
    assert first == again
    assert all(len(e.id) == 64 and len(e.address or "") <= 300 for e in first)
