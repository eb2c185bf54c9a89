"""The one engine that reads every mapping: record in, raw ticket out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast, get_args

from kbtool.model import Role
from kbtool.tickets.mapping.adf import document_html, is_document
from kbtool.tickets.mapping.conversation import split_conversation
from kbtool.tickets.mapping.fields import Field, Test, has_something
from kbtool.tickets.mapping.paths import (
    Chain,
    Tables,
    as_word,
    items_at,
    key_text,
    prepare,
    value_at,
)
from kbtool.tickets.mapping.spec import Block, Cells, Mapping
from kbtool.tickets.mapping.times import in_utc, parse_time
from kbtool.tickets.raw import RawMessage, RawTicket, Record

_ROLES = frozenset(get_args(Role))
_HTML = re.compile(
    r"</(?:p|div|b|i|a|li|ol|ul|span|table|td|blockquote|body|strong|em|font)>|<br ?/?>",
    re.IGNORECASE,
)
_HTML_WITHIN = 20_000
_ID_LENGTH = 200
_SENDERS = 1_000
"""Different domains that are counted."""
_NO_TABLES: Tables = MappingProxyType({})


class RecordError(Exception):
    """A record that should be a ticket and is none; the message says why."""


class Skipped(Exception):  # noqa: N818 - an outcome, not an error
    """A record that the mapping says is no ticket; the message says what it is."""


class Engine:
    """Applies one mapping to prepared records; counts the times it could not read.

    A prepared record holds its joined records as lists under the joins' names (one object for
    ``one: true``), and for ``group_by`` the first record's fields with all records in ``rows``.
    """

    def __init__(
        self,
        mapping: Mapping,
        zone: str,
        file: str,
        *,
        lookups: Tables = _NO_TABLES,
        agent_addresses: Sequence[str] = (),
    ) -> None:
        self.mapping = mapping
        self.zone = mapping.zone or zone
        self.file = file
        self.bad_times: Counter[str] = Counter()
        self.without_zone = False
        self.senders: Counter[str] = Counter()
        """Domains that messages come from, while nobody has said which are the agents'."""
        asks = any(v.agent_if for block in mapping.messages for v in block.fields.values())
        self._agents_unknown = asks and not agent_addresses
        self._fields = {
            name: Field(value, lookups, agent_addresses) for name, value in mapping.ticket.items()
        }
        self._skips = [(Test(skip.condition, lookups), skip.reason) for skip in mapping.skips]
        self._marks = {
            mark: [Test(rule, lookups) for rule in rules] for mark, rules in mapping.marks.items()
        }
        self._blocks = [_Block(block, lookups, agent_addresses) for block in mapping.messages]
        first: dict[str, int] = {}
        for index, read in enumerate(self._blocks):
            read.place = first.setdefault(read.each, index) if read.each else index

    def ticket(self, record: Record) -> RawTicket:
        """The raw ticket of a prepared record.

        Raises Skipped when the mapping says that it is no ticket, RecordError when it has no id.
        """
        chain = (self._ordered(record.data),)
        for test, reason in self._skips:
            if test.holds(chain):
                raise Skipped(reason)
        ticket = RawTicket(
            file=self.file,
            line=record.line,
            id=self._id(chain),
            subject=self._text("subject", chain) or "",
            status=self._text("status", chain) or "",
            created_at=self._time(self._read("created_at", chain)),
            solved_at=self._time(self._read("solved_at", chain)),
            language=self._text("language", chain),
            requester=self._text("requester", chain),
            names=self._texts("names", chain),
            group=self._text("group", chain),
            channel=self._text("channel", chain),
            tags=_tags(self._every("tags", chain)),
            csat=_share(self._read("csat", chain)),
            reopens=_count(self._text("reopens", chain)),
            merged_into=self._text("merged_into", chain),
            marks=frozenset(
                mark
                for mark, rules in self._marks.items()
                if any(rule.holds(chain) for rule in rules)
            ),
            product=self._text("product", chain),
            type=self._text("type", chain),
            priority=self._text("priority", chain),
            csat_comment=self._text("csat_comment", chain),
        )
        ticket.messages = self._messages(chain, ticket.names)
        asked = next((m for m in ticket.messages if m.role == "customer"), None)
        if asked is None and self.mapping.needs_customer:
            raise Skipped("conversations in which no customer says a word")
        if self._agents_unknown:
            self._count_senders(ticket.messages)
        if asked is not None:
            ticket.requester = ticket.requester or asked.author
        return ticket

    def _count_senders(self, messages: Iterable[RawMessage]) -> None:
        for message in messages:
            domain = (message.author or "").rpartition("@")[2].lower()
            if domain in self.senders or (domain and len(self.senders) < _SENDERS):
                self.senders[domain] += 1

    def _ordered(self, data: dict[str, object]) -> dict[str, object]:
        """The record with its rows in order of time and the first one's fields."""
        rows = _objects(data.get("rows"))
        if self.mapping.order_by is None or not rows:
            return data
        timed = [(value_at(row, self.mapping.order_by), row) for row in rows]
        latest = datetime.max.replace(tzinfo=UTC)
        rows = [row for _, row in sorted(timed, key=lambda pair: self._time(pair[0]) or latest)]
        return {**rows[0], "rows": rows}

    def _id(self, chain: Chain) -> str:
        number = self._text("id", chain)
        if not number:
            raise RecordError("no id")
        if len(number) > _ID_LENGTH:
            raise RecordError(f"id longer than {_ID_LENGTH} characters")
        return number

    def _read(self, name: str, chain: Chain) -> object:
        field = self._fields.get(name)
        return None if field is None else field.read(chain)

    def _text(self, name: str, chain: Chain) -> str | None:
        return key_text(self._read(name, chain))

    def _every(self, name: str, chain: Chain) -> list[object]:
        field = self._fields.get(name)
        return [] if field is None else field.every(chain)

    def _texts(self, name: str, chain: Chain) -> tuple[str, ...]:
        return _texts(self._every(name, chain))

    def _time(self, value: object) -> datetime | None:
        """A time, or ``None``; what cannot be read is counted."""
        if value is None or value == "":
            return None
        found = parse_time(
            value, written=self.mapping.time_format, month_first=self.mapping.month_first
        )
        if found is None:
            shown = re.sub(
                r"[^\d\W]", "a", str(value)[:40]
            )  # it may be anything, a phone number too
            self.bad_times[re.sub(r"\d", "0", shown)] += 1
            return None
        self.without_zone |= found.tzinfo is None
        return in_utc(found, self.zone)

    def _messages(self, chain: Chain, names: Sequence[str]) -> list[RawMessage]:
        """The messages of every block, dated ones in order of time, each with an id of its own.

        Undated ones keep the order of the list they stand in, whichever blocks read it.
        """
        found: list[tuple[tuple[int, int], RawMessage]] = []
        for block in self._blocks:
            if any(has_something(v) for path in block.unless for v in path.every(chain)):
                continue
            for index, item in block.items(chain):
                message = self._message(block, item)
                parts = _parts(message, self.zone, names) if block.conversation else [message]
                found += [((block.place, index), part) for part in parts]
        found.sort(key=lambda placed: placed[0])
        ordered = _by_time([m for _, m in found if m.text and not m.text.isspace()])
        _number(ordered)
        return ordered

    def _message(self, block: _Block, item: Chain) -> RawMessage:
        """The message that one item of a block holds."""
        html = block.read("html", item)
        found = block.read("text", item) if html is None else html
        if found is None:
            html = found = block.document(item)
        body = found if isinstance(found, str) else key_text(found) or ""
        is_html = html is not None or (
            "<" in body and _HTML.search(body, 0, _HTML_WITHIN) is not None
        )
        if block.html_if is not None:
            is_html = is_html or block.html_if.holds(item)
        return RawMessage(
            id=key_text(block.read("id", item)) or "",
            role=block.role(item),
            visibility="internal" if block.read("visibility", item) == "internal" else "public",
            at=self._time(block.read("at", item)),
            author=key_text(block.read("author", item)),
            author_name=key_text(block.read("author_name", item)),
            text=body,
            is_html=is_html,
            macros=block.macros(item),
        )


class _Block:
    """A block of messages, ready to be read."""

    def __init__(self, block: Block, tables: Tables, agent_addresses: Sequence[str]) -> None:
        self.fields = {
            name: Field(value, tables, agent_addresses) for name, value in block.fields.items()
        }
        self.each = block.each
        self.place = 0
        """Position of the first block that reads the same list."""
        self.unless = [prepare(path, tables) for path in block.unless]
        self.only = [Test(condition, tables) for condition in block.only]
        self.skip = [Test(condition, tables) for condition in block.skip]
        self.cells = block.cells
        self.conversation = block.conversation
        self.same = [prepare(path, tables) for path in block.customer_if_same]
        self.inside = [path.startswith("^") for path in block.customer_if_same]
        self.html_if = Test(block.html_if, tables) if block.html_if else None

    def items(self, chain: Chain) -> Iterator[tuple[int, Chain]]:
        """The items that are messages: position in the list, item with the objects around it."""
        if self.each is None:
            found: Iterable[tuple[object, Chain]] = [(chain[0], ())]
        else:
            found = items_at(chain[0], self.each)
        for index, (value, around) in enumerate(found):
            item = self._object(value)
            if item is None:
                continue
            inner = (item, *around)
            if all(test.holds(inner) for test in self.only) and not any(
                test.holds(inner) for test in self.skip
            ):
                yield index, inner

    def _object(self, value: object) -> dict[str, object] | None:
        if isinstance(value, dict):
            return value
        text = key_text(value)
        if text is None:
            return None
        return {"text": text} if self.cells is None else _split(text, self.cells)

    def read(self, name: str, item: Chain) -> object:
        """What a field of the message holds, ``None`` when the block does not name it."""
        field = self.fields.get(name)
        return None if field is None else field.read(item)

    def document(self, item: Chain) -> str | None:
        """The text as HTML where it is a tree of nodes."""
        field = self.fields.get("text")
        values = field.every(item) if field else ()
        return next((document_html(value) for value in values if is_document(value)), None)

    def role(self, item: Chain) -> Role:
        """The requester's when both ids are equal, else what the message's own word gives.

        Without any word it is an agent's; a word that is no role is the system's, for an answer
        must not be made out of it.
        """
        if self.same:
            mine = as_word(self.same[0].scalar(item))
            if mine and any(
                mine == as_word(path.scalar(item if inside else item[-1:]))
                for path, inside in zip(self.same[1:], self.inside[1:], strict=True)
            ):
                return "customer"
        word = self.read("role", item)
        if word is None:
            return "agent"
        folded = as_word(word)
        return cast("Role", folded) if folded in _ROLES else "system"

    def macros(self, item: Chain) -> tuple[str, ...]:
        """The macros that the message says it was written with."""
        field = self.fields.get("macros")
        texts = () if field is None else _texts(field.every(item))
        return tuple(text for text in texts if text != "0")  # 0: written without one


def _split(text: str, cells: Cells) -> dict[str, object]:
    """A cell's parts by name; the whole as ``text`` when it has too few, or no time where one is."""
    parts = text.split(cells.separator, len(cells.names) - 1)
    item: dict[str, object] = dict(zip(cells.names, parts, strict=False))
    if len(parts) < len(cells.names) or ("at" in item and parse_time(item["at"]) is None):
        return {"text": text}
    return item


def _parts(base: RawMessage, zone: str, names: Sequence[str]) -> list[RawMessage]:
    parts = split_conversation(base.text, zone, names)
    found = []
    for index, part in enumerate(parts, start=1):
        own = part.role is None
        role = part.role or base.role
        message = RawMessage(
            id=f"{base.id}-{index}" if base.id and len(parts) > 1 else base.id,
            role=role,
            visibility=part.visibility or base.visibility,
            at=part.at or (base.at if own else None),
            author=part.name or (base.author if role == base.role else None),
            author_name=part.name or (base.author_name if own else None),
            text=part.text,
            is_html=base.is_html and _HTML.search(part.text) is not None,
            macros=base.macros,
        )
        found.append(message)
    return found


def _by_time(messages: list[RawMessage]) -> list[RawMessage]:
    """In order of time; an undated message stays behind the one it was written after."""
    keys: list[tuple[float, int]] = []
    latest = float("-inf")
    for index, message in enumerate(messages):
        if message.at is not None:
            latest = message.at.timestamp()
        keys.append((latest, index))
    return [messages[index] for _, index in sorted(keys)]


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _number(messages: list[RawMessage]) -> None:
    """Give every message an id that no other of the ticket has."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for index, message in enumerate(messages, start=1):
        wanted = name = message.id or f"m{index}"
        while name in taken:
            times[wanted] += 1
            name = f"{wanted}-{times[wanted] + 1}"
        message.id = name
        taken.add(name)


def _texts(values: list[object]) -> tuple[str, ...]:
    """Every text among the values and in the lists among them, once each."""
    pieces = (piece for v in values for piece in (v if isinstance(v, list) else (v,)))
    return tuple(dict.fromkeys(text for piece in pieces if (text := key_text(piece))))


def _tags(values: list[object]) -> tuple[str, ...]:
    """Tags of lists as they are (an object by its name), those in a text parted."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            named = [item.get("name") if isinstance(item, dict) else item for item in value]
            found += [key_text(item) or "" for item in named]
        else:
            text = key_text(value) or ""
            listed = re.fullmatch(r"\[(.*)\]", text)  # as Python and JSON write lists
            pieces = re.split(r"[,;|]", listed[1] if listed else text)
            found += [piece.strip(" '\"") for piece in pieces] if listed else pieces
    return tuple(dict.fromkeys(tag.strip() for tag in found if tag.strip()))


def _share(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None


def _count(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else None
