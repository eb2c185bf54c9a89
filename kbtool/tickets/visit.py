"""The visit token that a ticket carries when its customer came from the help centre's contact page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbtool.handoff import tokens_in, without_tokens
from kbtool.tickets.raw import RawTicket


def visit_of(ticket: RawTicket, record: Mapping[str, object]) -> str | None:
    """The token in the subject, else in a customer's message, else in any field of the record.

    What agents wrote does not count: they may quote another ticket's.
    """
    asked = [m.text for m in ticket.messages if m.role == "customer"]
    if found := tokens_in([ticket.subject, *asked]):
        return found[0]
    elsewhere = tokens_in(_suspects(record))
    if not elsewhere:
        return None
    answered = tokens_in(m.text for m in ticket.messages if m.role == "agent")
    return next((token for token in elsewhere if token not in answered), None)


def cut_visits(ticket: RawTicket) -> None:
    """Take visit tokens out of all that people wrote, and out of tags."""
    ticket.subject = without_tokens(ticket.subject)
    for message in ticket.messages:
        message.text = without_tokens(message.text)
    ticket.tags = tuple(tag for tag in map(without_tokens, ticket.tags) if tag)
    if ticket.csat_comment:
        ticket.csat_comment = without_tokens(ticket.csat_comment)


def _suspects(value: object) -> Iterator[str]:
    """The texts of a record, however deep, that may hold a token."""
    if isinstance(value, str):
        if "kbv-" in value or "KBV-" in value:
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _suspects(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _suspects(item)
