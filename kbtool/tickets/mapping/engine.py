"""The one engine that reads every mapping: record in, raw ticket out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from kbtool.tickets.mapping.fields import Field, Test, texts_of
from kbtool.tickets.mapping.messages import Messages
from kbtool.tickets.mapping.paths import Chain, Tables, key_text, objects_in, value_at
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.mapping.times import in_utc, parse_time
from kbtool.tickets.raw import RawMessage, RawTicket, Record
from kbtool.tickets.visit import visit_of

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
        self._messages = Messages(mapping.messages, self.zone, self._time, lookups, agent_addresses)

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
        ticket.messages = self._messages.read(chain, ticket.names)
        asked = next((m for m in ticket.messages if m.role == "customer"), None)
        if asked is None and self.mapping.needs_customer:
            raise Skipped("conversations in which no customer says a word")
        if self._agents_unknown:
            self._count_senders(ticket.messages)
        ticket.visit = visit_of(ticket, record.data)
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
        rows = objects_in(data.get("rows"))
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
        return texts_of(self._every(name, chain))

    def _time(self, value: object) -> datetime | None:
        """A time, or ``None``; what cannot be read is counted."""
        if value is None or value == "":
            return None
        found = parse_time(
            value, written=self.mapping.time_format, month_first=self.mapping.month_first
        )
        if found is None:
            # Its shape alone: what stands where a time should may be anything, a phone number too.
            shape = re.sub(r"\d", "0", re.sub(r"[^\d\W]", "a", str(value)[:40]))
            self.bad_times[shape] += 1
            return None
        self.without_zone |= found.tzinfo is None
        return in_utc(found, self.zone)


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
