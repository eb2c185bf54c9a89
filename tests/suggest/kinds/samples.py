"""Tickets and topics to judge, from texts."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.model import Message, Provenance, Ticket, Topic, Trend
from tests.suggest.samples import topic

NOTE = "note:"


def ticket(number: int, texts: Sequence[str], lang: str = "en", **changes: object) -> Ticket:
    """Customer and agent in turn; a text that opens with ``note:`` is an internal note."""
    messages: list[Message] = []
    role: str = "customer"
    for place, text in enumerate(texts):
        if text.startswith(NOTE):
            messages.append(_message(place, "agent", "internal", text.removeprefix(NOTE).strip()))
            continue
        messages.append(_message(place, role, "public", text))
        role = "agent" if role == "customer" else "customer"
    fields: dict[str, object] = {
        "source": "desk",
        "id": f"t-1-{number}",
        "subject": "",
        "status": "closed",
        "resolved": True,
        "resolution": "answered",
        "created_at": None,
        "solved_at": None,
        "language": lang,
        "language_confidence": 1.0,
        "requester": f"person-{number}",
        "group": None,
        "channel": None,
        "tags": (),
        "csat": None,
        "reopens": None,
        "merged_into": None,
        "messages": tuple(messages),
        "provenance": Provenance("desk.jsonl", number + 1, "kbtool"),
    }
    return Ticket(**{**fields, **changes})  # type: ignore[arg-type]  # a test builder


def topic_of(tickets: Sequence[Ticket], lang: str = "en", trend: Trend = "steady") -> Topic:
    """The topic of all these tickets, in this order."""
    found = topic("t-1", size=len(tickets), langs=((lang, len(tickets)),), trend=trend)
    assert found.tickets == tuple(one.key for one in tickets)
    return found


def _message(place: int, role: str, visibility: str, text: str) -> Message:
    return Message(f"m{place}", role, visibility, None, role, text)  # type: ignore[arg-type]  # a test builder
