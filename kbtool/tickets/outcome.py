"""What became of a ticket: resolved or not, and whether a person answered it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kbtool.model import Message, Resolution
from kbtool.text import lower, match_key
from kbtool.text.languages import KNOWN, get_language
from kbtool.tickets.cleaning.marks import AUTOMATIC_BODY, AUTOMATIC_SUBJECT
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.raw import RawMessage, RawTicket

_AUTOMATIC_WITHIN = 400
_THANKS_WORDS = 12


def status_meaning(ticket: RawTicket, mapping: Mapping) -> str | None:
    """What the help desk's word means (``resolved``, ``open``, ``spam`` …); ``None`` = unknown word.

    A word that the mapping does not list may still be told by its marks ``open`` and ``resolved``.
    """
    known = mapping.statuses.get(match_key(ticket.status)) if ticket.status else None
    if known is None:
        known = next((mark for mark in ("open", "resolved") if mark in ticket.marks), None)
    tells = mapping.statuses or not mapping.marks.keys().isdisjoint(("open", "resolved"))
    return known if known is not None or (ticket.status and tells) else mapping.no_status


def is_automatic(message: RawMessage, subject: str, first: bool) -> bool:
    """Whether no person wrote this message: out of office, bounce, "we have received …"."""
    if first and message.role == "customer" and AUTOMATIC_SUBJECT.search(subject):
        return True
    return bool(AUTOMATIC_BODY.search(message.text[:_AUTOMATIC_WITHIN]))


def outcome(
    ticket: RawTicket, meaning: str | None, messages: Sequence[Message]
) -> tuple[bool, Resolution]:
    """(resolved, resolution) of a ticket with these cleaned messages.

    Of a source without statuses (``meaning`` is ``answered``) a ticket is resolved when an agent
    has the last word, but for a thank-you.
    A ticket merged into another is not resolved by itself; ``answered`` needs a public reply of a
    human agent that no question of the customer follows.
    """
    if meaning == "answered":
        meaning = "resolved" if _has_last_word(messages) else "open"
    marks = ticket.marks | ({meaning} if meaning else set())
    resolved = meaning is not None and meaning not in ("open", "merged")
    for mark in ("spam", "merged", "duplicate", "wontfix"):
        if mark in marks:
            return resolved, mark
    if resolved and _ends_answered(messages):
        return True, "answered"
    return resolved, "unknown"


def _ends_answered(messages: Sequence[Message]) -> bool:
    after = _after_reply(messages)
    return after is not None and not any(_asks(message.text) for message in after)


def _has_last_word(messages: Sequence[Message]) -> bool:
    after = _after_reply(messages)
    return after is not None and all(
        len(m.text.split()) <= _THANKS_WORDS and _is_thanks(m.text) and not _asks(m.text)
        for m in after
    )


def _after_reply(messages: Sequence[Message]) -> Sequence[Message] | None:
    """What came after the last public reply of an agent; ``None`` when there is no reply."""
    public = [m for m in messages if m.visibility == "public" and m.role in ("customer", "agent")]
    last = max((i for i, m in enumerate(public) if m.role == "agent"), default=None)
    return None if last is None else public[last + 1 :]


def _asks(text: str) -> bool:
    """Whether a customer's last message still wants something (a thank-you may end in "?")."""
    if "?" not in text:
        return False
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    asking = [s for s in sentences if s.endswith("?")]
    return any(len(s.split()) > 2 and not _is_thanks(s) for s in asking)


def _is_thanks(sentence: str) -> bool:
    return lower(sentence).startswith(_thanks())


@cache
def _thanks() -> tuple[str, ...]:
    """Of every known language: people thank in one that they do not write in."""
    return tuple(word for code in KNOWN for word in get_language(code).thanks)
