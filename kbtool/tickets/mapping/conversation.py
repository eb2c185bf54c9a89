"""A whole conversation in one cell: ``[05.11.2025 12:30, Mari Kask]`` before each message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kbtool.model import Role
from kbtool.text import match_key
from kbtool.tickets.mapping.times import read_time

_HEAD = re.compile(
    r"^\[(?P<at>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[ ,T]{1,2}\d{1,2}[:.]\d\d(?::\d\d)?)[,;]? (?P<who>[^\]\n]{1,80})\][ \t]*:?[ \t]*$",
    re.MULTILINE,
)
_CUSTOMER = frozenset(
    match_key(word)
    for word in (
        "klient",
        "customer",
        "client",
        "müşteri",
        "kunde",
        "kundin",
        "cliente",
        "клиент",
        "user",
        "requester",
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a conversation; ``role`` is ``None`` for text before the first head."""

    role: Role | None
    at: datetime | None
    name: str | None
    text: str


def split_conversation(text: str, zone: str, requester_names: Sequence[str]) -> list[Part]:
    """The messages in ``text`` in order; a text without heads is one part."""
    text = text.replace("\r\n", "\n")
    heads = list(_HEAD.finditer(text))
    if not heads:
        return [Part(None, None, None, text.strip())]
    first = text[: heads[0].start()].strip()
    parts = [Part(None, None, None, first)] if first else []
    customers = {match_key(name).split("(")[0].strip() for name in requester_names}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = following.start() if following else len(text)
        who = head["who"].strip()
        key = match_key(who)
        is_customer = key in _CUSTOMER or key in customers
        body = text[head.end() : end].strip()
        parts.append(
            Part(
                "customer" if is_customer else "agent",
                read_time(head["at"], zone),
                None if key in _CUSTOMER else who,
                body,
            )
        )
    return parts
