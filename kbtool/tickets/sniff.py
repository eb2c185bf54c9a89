"""Look before importing: the mapping as YAML, and how much of the file each field covers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from kbtool.config import Settings
from kbtool.privacy.redact import Redactor
from kbtool.tickets.mapping.choose import Plan
from kbtool.tickets.mapping.engine import Engine, RecordError, Skipped
from kbtool.tickets.mapping.paths import key_text, value_at
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.mapping.write import mapping_yaml
from kbtool.tickets.outcome import status_meaning
from kbtool.tickets.raw import RawTicket, Record

_LOOKED_AT = 2_000
_SAMPLES = 3
_SAMPLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of the records looked at fill a field, with redacted samples."""

    field: str
    paths: tuple[str, ...]
    filled: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file seems to be."""

    file: str
    encoding: str
    format: str
    mapping: str
    why: str
    second: str | None
    records: int
    """Records looked at, at most 2,000."""
    fields: tuple[Covered, ...]
    messages: tuple[tuple[str, int], ...]
    """("customer public", count) per role and visibility."""
    statuses: tuple[tuple[str, int, str | None], ...]
    """(status word, tickets, what it means or ``None`` when no mapping knows it)."""
    unused: tuple[str, ...]
    """Columns or top-level keys that no field reads."""
    yaml: str
    """The mapping, ready to be saved and changed."""


def sniff(plan: Plan, settings: Settings) -> Sniffed:
    """What ``plan`` would read from its file, from the first records only."""
    source = plan.tickets
    engine = Engine(plan.mapping, settings.tickets.timezone, source.name)
    records = [r for r in islice(plan.tickets.records(), _LOOKED_AT) if isinstance(r, Record)]
    _join(plan, records)
    tickets = [ticket for record in records if (ticket := _ticket(engine, record))]
    return Sniffed(
        file=source.name,
        encoding=source.encoding,
        format=plan.tickets.format,
        mapping=plan.mapping.name,
        why=plan.why,
        second=", ".join(item.name for item in plan.joins.values()) or None,
        records=len(records),
        fields=_coverage(plan.mapping, tickets, _redactor(tickets, settings)),
        messages=_messages(tickets),
        statuses=_statuses(plan.mapping, tickets),
        unused=_unused(plan),
        yaml=mapping_yaml(plan.mapping),
    )


def _ticket(engine: Engine, record: Record) -> RawTicket | None:
    try:
        return engine.ticket(record)
    except (RecordError, Skipped):
        return None


def _join(plan: Plan, records: list[Record]) -> None:
    for join in plan.mapping.joins:
        if join.name not in plan.joins:
            continue
        grouped: dict[str | None, list[dict[str, object]]] = {}
        for item in plan.joins[join.name].records():
            if isinstance(item, Record):
                grouped.setdefault(key_text(value_at(item.data, join.keys[1])), []).append(
                    item.data
                )
        for record in records:
            found = grouped.get(key_text(value_at(record.data, join.keys[0])), [])
            record.data[join.name] = found[-1] if join.one and found else found


def _redactor(tickets: list[RawTicket], settings: Settings) -> Redactor:
    names = {name for t in tickets for name in t.names}
    names |= {m.author_name for t in tickets for m in t.messages if m.author_name}
    return Redactor(sorted(names), settings.tickets.phone_regions, settings.own_words)


def _coverage(
    mapping: Mapping, tickets: list[RawTicket], redactor: Redactor
) -> tuple[Covered, ...]:
    shown = []
    for name, value in mapping.ticket.items():
        values = [getattr(ticket, name) for ticket in tickets]
        filled = [v for v in values if v is not None and v not in ("", ())]
        texts = dict.fromkeys(_shown(name, v, redactor) for v in filled)
        shown.append(Covered(name, value.sources, len(filled), tuple(islice(texts, _SAMPLES))))
    return tuple(shown)


def _shown(field: str, value: object, redactor: Redactor) -> str:
    if field in ("requester", "names"):
        return "(hidden)"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    text = " ".join(text.split())
    text = (
        text
        if field in ("id", "created_at", "solved_at", "csat", "reopens")
        else redactor.redact(text)
    )
    return text if len(text) <= _SAMPLE_LENGTH else text[: _SAMPLE_LENGTH - 1] + "…"


def _messages(tickets: list[RawTicket]) -> tuple[tuple[str, int], ...]:
    counted = Counter(f"{m.role} {m.visibility}" for t in tickets for m in t.messages)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _statuses(
    mapping: Mapping, tickets: list[RawTicket]
) -> tuple[tuple[str, int, str | None], ...]:
    counted = Counter((t.status, status_meaning(t, mapping)) for t in tickets)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0][0]))
    return tuple((word, count, meaning) for (word, meaning), count in ordered)


def _unused(plan: Plan) -> tuple[str, ...]:
    mapping = plan.mapping
    paths = [path for value in mapping.ticket.values() for path in value.sources]
    for block in mapping.messages:
        paths += [
            block.each or "",
            *(path for value in block.fields.values() for path in value.sources),
        ]
    used = {*paths, *(path.split(".")[0].removesuffix("[]") for path in paths)}
    return tuple(column for column in plan.tickets.columns if column not in used)
