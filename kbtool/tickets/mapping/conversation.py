"""A whole conversation in one text, each message under a line with its time and its writer.

Known are ``[05.11.2025 12:30, Mari Kask]`` and ServiceNow's journal, newest entry first:
``2026-01-02 10:00:00 - Jane Roe (Work notes)``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kbtool.model import Role, Visibility
from kbtool.text import match_key
from kbtool.tickets.mapping.times import read_time

_TIME = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[ ,T]{1,2}\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[AaPp][Mm])?"
_HEAD = re.compile(
    rf"^(?:\[(?P<at>{_TIME})[,;]? (?P<who>[^\]\n]{{1,80}})\][ \t]*:?"
    rf"|(?P<entered>{_TIME}) - (?P<by>[^\n()]{{1,80}}(?:\([^\n()]{{1,40}}\)[^\n()]{{0,40}})?) "
    r"\((?P<kind>[^\n()]{3,40})\))[ \t]*$",
    re.MULTILINE,
)
_CUSTOMER = frozenset(
    match_key(word)
    for word in (
        "klient", "customer", "client", "müşteri", "kunde", "kundin", "cliente", "клиент", "user",
        "requester",
    )
)  # fmt: skip
_NOTES = frozenset(
    match_key(word)
    for word in (
        "Work notes", "Arbeitsnotizen", "Arbeitsnotiz", "Notes de travail", "Notas de trabajo",
        "İş notları", "Çalışma notları", "Töömärkused", "Рабочие заметки", "Internal",
    )
)  # fmt: skip
"""What ServiceNow calls the journal that the caller does not see."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a conversation; ``role`` is ``None`` for text before the first head."""

    role: Role | None
    at: datetime | None
    name: str | None
    text: str
    visibility: Visibility | None = None
    """``None`` where the head does not say."""


def split_conversation(text: str, zone: str, requester_names: Sequence[str]) -> list[Part]:
    """The messages in ``text`` as they stand; a text without heads is one part."""
    text = text.replace("\r\n", "\n")
    heads = list(_HEAD.finditer(text))
    if not heads:
        return [Part(None, None, None, text.strip())]
    first = text[: heads[0].start()].strip()
    parts = [Part(None, None, None, first)] if first else []
    customers = {match_key(name).split("(")[0].strip() for name in requester_names}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : following.start() if following else len(text)].strip()
        parts.append(_part(head, body, zone, customers))
    return parts


def _part(head: re.Match[str], body: str, zone: str, customers: set[str]) -> Part:
    who = (head["who"] or head["by"]).strip()
    key = match_key(who)
    plain = key.split("(")[0].strip()
    visibility: Visibility | None = None
    if head["kind"]:
        visibility = "internal" if match_key(head["kind"]) in _NOTES else "public"
    return Part(
        role="customer" if key in _CUSTOMER or plain in customers else "agent",
        at=read_time(head["at"] or head["entered"], zone),
        name=None if key in _CUSTOMER else who,
        text=body,
        visibility=visibility,
    )
