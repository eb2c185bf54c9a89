"""The one engine that reads every mapping: record in, raw ticket out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from datetime import datetime
from typing import cast, get_args

from kbtool.model import Role
from kbtool.text import match_key
from kbtool.tickets.mapping.conversation import split_conversation
from kbtool.tickets.mapping.paths import value_at, values_at
from kbtool.tickets.mapping.spec import Block, Condition, Mapping, Value
from kbtool.tickets.mapping.times import in_utc, parse_time
from kbtool.tickets.raw import RawMessage, RawTicket, Record

_ROLES = get_args(Role)
_HTML = re.compile(
    r"</(?:p|div|b|i|a|li|ol|ul|span|table|td|blockquote|body|strong|em|font)>|<br ?/?>",
    re.IGNORECASE,
)
_ID_LENGTH = 200


class RecordError(Exception):
    """A record that is no ticket; the message says why."""


class Engine:
    """Applies one mapping to the records of one file; counts what it could not read."""

    def __init__(self, mapping: Mapping, zone: str, file: str) -> None:
        self.mapping = mapping
        self.zone = mapping.zone or zone
        self.file = file
        self.bad_times: Counter[str] = Counter()
        self.without_zone = False

    def ticket(self, record: Record) -> RawTicket:
        """The raw ticket of a record. Raises RecordError when it has no id."""
        data = record.data
        get = {name: self.read(data, value) for name, value in self.mapping.ticket.items()}
        number = _text(get.get("id"))
        if not number:
            raise RecordError("no id")
        if len(number) > _ID_LENGTH:
            raise RecordError(f"id longer than {_ID_LENGTH} characters")
        names = self.all_of(data, "names")
        ticket = RawTicket(
            file=self.file,
            line=record.line,
            id=number,
            subject=_text(get.get("subject")) or "",
            status=_text(get.get("status")) or "",
            created_at=self.time(get.get("created_at")),
            solved_at=self.time(get.get("solved_at")),
            language=_text(get.get("language")),
            requester=_text(get.get("requester")),
            names=names,
            group=_text(get.get("group")),
            channel=_text(get.get("channel")),
            tags=_tags(self.all_values(data, "tags")),
            csat=_share(get.get("csat")),
            reopens=_count(get.get("reopens")),
            merged_into=_text(get.get("merged_into")),
            marks=frozenset(
                mark
                for mark, rules in self.mapping.marks.items()
                if any(holds(data, rule) for rule in rules)
            ),
        )
        ticket.messages = self.messages(data, ticket)
        return ticket

    def messages(self, data: AnyMapping[str, object], ticket: RawTicket) -> list[RawMessage]:
        """The messages of every block, dated ones in order of time, numbered where they lack an id."""
        found: list[RawMessage] = []
        for block in self.mapping.messages:
            if block.unless and any(v not in (None, "", []) for v in values_at(data, block.unless)):
                continue
            items = values_at(data, block.each) if block.each else [data]
            for item in items:
                if isinstance(item, dict):
                    found.extend(self.block(block, item, data, ticket))
        found = [message for message in found if message.text.strip()]
        ordered = _by_time(found)
        for index, message in enumerate(ordered, start=1):
            message.id = message.id or f"m{index}"
        return ordered

    def block(
        self,
        block: Block,
        item: dict[str, object],
        data: AnyMapping[str, object],
        ticket: RawTicket,
    ) -> Iterable[RawMessage]:
        """The messages that one item of a block holds."""
        get = {name: self.read(item, value) for name, value in block.fields.items()}
        html, text = _text(get.get("html")), _text(get.get("text"), strip=False)
        body = html or text or ""
        is_html = bool(html) or bool(_HTML.search(body[:20_000]))
        if block.html_if is not None:
            is_html = holds(item, block.html_if) or is_html
        base = RawMessage(
            id=_text(get.get("id")) or "",
            role=self.role(block, get.get("role"), item, data),
            visibility="internal" if get.get("visibility") == "internal" else "public",
            at=self.time(get.get("at")),
            author=_text(get.get("author")),
            author_name=_text(get.get("author_name")),
            text=body,
            is_html=is_html,
        )
        yield from _parts(base, self.zone, ticket) if block.conversation else [base]

    def role(
        self, block: Block, word: object, item: dict[str, object], data: AnyMapping[str, object]
    ) -> Role:
        """The role a message's own word gives, or the requester's when both ids are equal."""
        if block.customer_if_same:
            mine, theirs = block.customer_if_same
            author = value_at(item, mine)
            if author is not None and author in (
                value_at(data, theirs),
                value_at(data, "requester.id"),
            ):
                return "customer"
        return cast("Role", word) if word in _ROLES else "agent"

    def read(self, data: AnyMapping[str, object], value: Value) -> object:
        """What a field holds: constant, first path with a value, translated and scaled."""
        if value.constant is not None:
            return value.constant
        found = next((v for path in value.paths if (v := value_at(data, path)) is not None), None)
        if value.words:
            words = dict(value.words)
            found = words.get(match_key(_word(found)), value.default)
        elif value.scale and found is not None:
            found = _scaled(found, value.scale)
        return value.default if found is None else found

    def all_values(self, data: AnyMapping[str, object], field: str) -> list[object]:
        """Every value of every path of a field."""
        value = self.mapping.ticket.get(field)
        return [v for path in value.paths for v in values_at(data, path)] if value else []

    def all_of(self, data: AnyMapping[str, object], field: str) -> tuple[str, ...]:
        """Every text of a field, once each."""
        texts = [_text(v) for v in self.all_values(data, field) if not isinstance(v, list | dict)]
        return tuple(dict.fromkeys(text for text in texts if text))

    def time(self, value: object) -> datetime | None:
        """A time, or ``None``; what cannot be read is counted."""
        if value is None or value == "":
            return None
        found = parse_time(
            value, written=self.mapping.time_format, month_first=self.mapping.month_first
        )
        if found is None:
            self.bad_times[re.sub(r"[^\d\W]", "a", str(value))[:40]] += 1
            return None
        self.without_zone |= found.tzinfo is None
        return in_utc(found, self.zone)


def holds(data: AnyMapping[str, object], condition: Condition) -> bool:
    """Whether the condition is true of the record."""
    found = [v for v in values_at(data, condition.path) if v not in (None, "", [], False)]
    if condition.contains is None:
        return bool(found)
    wanted = match_key(condition.contains)
    for value in found:
        if isinstance(value, list):
            if any(match_key(str(v)) == wanted for v in value):
                return True
        elif wanted in match_key(str(value)):
            return True
    return False


def _parts(base: RawMessage, zone: str, ticket: RawTicket) -> Iterable[RawMessage]:
    parts = split_conversation(base.text, zone, ticket.names)
    for index, part in enumerate(parts, start=1):
        yield RawMessage(
            id=f"{base.id}-{index}" if base.id and len(parts) > 1 else base.id,
            role=part.role or base.role,
            visibility=base.visibility,
            at=part.at or (base.at if part.role is None else None),
            author=part.name or (base.author if (part.role or base.role) == base.role else None),
            author_name=part.name or (base.author_name if part.role is None else None),
            text=part.text,
            is_html=base.is_html and bool(_HTML.search(part.text)),
        )


def _by_time(messages: list[RawMessage]) -> list[RawMessage]:
    """In order of time; an undated message stays behind the one it was written after."""
    keys: list[tuple[float, int]] = []
    latest = float("-inf")
    for index, message in enumerate(messages):
        if message.at is not None:
            latest = message.at.timestamp()
        keys.append((latest, index))
    return [messages[index] for _, index in sorted(keys)]


def _text(value: object, *, strip: bool = True) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return (text.strip() if strip else text) or None


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        json.dumps(value)
        if isinstance(value, dict)
        else str("" if value is None else value).strip()
    )


def _tags(values: list[object]) -> tuple[str, ...]:
    found: list[str] = []
    for value in values:
        items = value if isinstance(value, list) else re.split(r"[,;|]", str(value or ""))
        found += [
            str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in items
        ]
    return tuple(dict.fromkeys(tag.strip() for tag in found if tag.strip()))


def _scaled(value: object, scale: tuple[float, float]) -> float | None:
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        return None
    low, high = scale
    return round(min(1.0, max(0.0, (number - low) / (high - low))), 4)


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None


def _count(value: object) -> int | None:
    text = _text(value)
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else None
