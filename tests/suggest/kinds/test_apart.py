"""Suggestions to write that are none: a place of their own."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.model import Ticket
from kbtool.suggest.kinds.apart import first, set_apart
from kbtool.suggest.ranking import UNANSWERED
from kbtool.suggest.worth import REMOVABLE
from tests.suggest.kinds.samples import ticket, topic_of
from tests.suggest.samples import article, suggestion
from tests.suggest.samples import topic as any_topic

TICKETS = [ticket(n, ["My card", "I have renewed your card."]) for n in range(6)]
TOPIC = topic_of(TICKETS)
OTHER = any_topic("t-2")


def find(keys: Sequence[str]) -> list[Ticket]:
    """The tickets of the form's topic."""
    return [one for one in TICKETS if one.key in keys]


def test_they_come_last_with_their_own_worth() -> None:
    """The kind, the reason and what to do are told; what an article was worth is not."""
    write = suggestion("t-1", 9.0, reasons=("6 tickets", UNANSWERED), command="kbtool draft t-1")
    found = set_apart([write, suggestion("t-2", 1.0)], [TOPIC, OTHER], [], find)
    assert [(one.topic, one.kind) for one in found] == [("t-2", "write"), ("t-1", "form")]
    form = found[1]
    assert form.instead is not None
    assert form.reasons == (form.instead.reason, "6 tickets")
    assert (form.command, form.worth) == ("kbtool suggest --show t-1", 9.0 * REMOVABLE["form"])


def test_a_begun_article_is_never_set_apart() -> None:
    """A draft is a person's word; so is one that was rejected."""
    for status in ("draft", "rejected", "archived"):
        begun = article("kb-1", status=status, topic="t-1")
        (found,) = set_apart([suggestion("t-1", 1.0)], [TOPIC], [begun], find)
        assert found.kind == "write"


def test_only_tickets_to_write_about_are_read() -> None:
    """Fixes, searches without a topic and topics with drafts cost nothing."""
    asked: list[str] = []

    def counted(keys: Sequence[str]) -> list[Ticket]:
        asked.extend(keys)
        return find(keys)

    some = [
        suggestion("t-1", 3.0, kind="fix"),
        suggestion(None, 2.0),
        suggestion("t-2", 1.0),
    ]
    begun = article("kb-1", status="draft", topic="t-2")
    assert set_apart(some, [TOPIC, OTHER], [begun], counted) == tuple(some)
    assert asked == []


def test_the_first_of_either_place() -> None:
    """A limit holds for both, so that the second place is not lost below a long first."""
    some = [suggestion(f"t-{n}", 9.0 - n) for n in range(2, 6)]
    found = set_apart([suggestion("t-1", 9.0), *some], [TOPIC], [], find)
    assert [one.topic for one in first(found, 2)] == ["t-2", "t-3", "t-1"]
    assert first(found, None) == found
