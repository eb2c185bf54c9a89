"""The whole way from files to tickets, without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbtool.config import Settings
from kbtool.model import Rejected, Ticket
from kbtool.privacy.redact import Redactor
from kbtool.progress import Progress
from kbtool.tickets.mapping.choose import Plan, plan
from kbtool.tickets.mapping.engine import Engine, RecordError, Skipped
from kbtool.tickets.mapping.paths import key_text, value_at
from kbtool.tickets.mapping.spec import find_mapping
from kbtool.tickets.normalise import Normaliser, agent_names
from kbtool.tickets.outcome import status_meaning
from kbtool.tickets.raw import RawTicket, Record
from kbtool.tickets.readers.inputs import Input, open_inputs

_TOLD_EVERY = 200


@dataclass(frozen=True, slots=True)
class FileRead:
    """How one file was read."""

    file: str
    encoding: str
    format: str
    mapping: str
    why: str
    second: str | None
    tickets: int


@dataclass(frozen=True, slots=True)
class LoadResult:
    """Everything that came out of the files; nothing is left out without a word."""

    tickets: tuple[Ticket, ...]
    """By source and id, each once."""
    rejected: tuple[Rejected, ...]
    duplicates: int
    """Records that a later one with the same id replaced."""
    unknown_statuses: tuple[tuple[str, int], ...]
    """Status words that no mapping knows, most frequent first; their tickets count as open."""
    files: tuple[FileRead, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    tickets: dict[tuple[str, str], Ticket] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    duplicates: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    files: list[FileRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plans_for(
    settings: Settings,
    files: Sequence[Path],
    *,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    propose: bool = False,
) -> list[Plan]:
    """How the files will be read; with ``propose`` unknown columns are guessed too.

    Raises InputError for files or mappings that cannot be used.
    """
    chosen = find_mapping(mapping) if mapping and mapping != "generic" else None
    languages = settings.languages
    inputs = open_inputs(list(dict.fromkeys(files)), languages, encoding, delimiter)
    return plan(inputs, chosen, languages, encoding, generic=mapping == "generic", propose=propose)


def load(
    settings: Settings,
    plans: Sequence[Plan],
    *,
    key: bytes = b"",
    source: str | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """All tickets of the planned files, cleaned and redacted; the last of equal ids wins.

    ``key`` hashes the people (empty only where nothing is stored); ``source`` replaces the
    mappings' own source names. Raises InputError when a file cannot be read to its end.
    """
    found = _Found()
    for one in plans:
        _load_one(one, settings, key, source, found, progress)
    return LoadResult(
        tickets=tuple(ticket for _, ticket in sorted(found.tickets.items())),
        rejected=tuple(found.rejected),
        duplicates=found.duplicates,
        unknown_statuses=tuple(
            sorted(found.statuses.items(), key=lambda item: (-item[1], item[0]))
        ),
        files=tuple(found.files),
        notes=(*found.notes, *(f"{what} ({n:,})" for what, n in sorted(found.skipped.items()))),
    )


def _load_one(
    one: Plan,
    settings: Settings,
    key: bytes,
    source: str | None,
    found: _Found,
    progress: Progress | None,
) -> None:
    name = one.tickets.name
    engine = Engine(
        one.mapping,
        settings.tickets.timezone,
        name,
        lookups={
            lookup.name: {
                place: records[-1].data
                for place, records in _by_key(one.lookups[lookup.name], lookup.key, found).items()
                if place is not None
            }
            for lookup in one.mapping.lookups
            if lookup.name in one.lookups
        },
        agent_addresses=settings.tickets.agent_addresses,
    )
    raws = list(_raw_tickets(one, engine, found))
    normaliser = _normaliser(one, settings, key, source or one.mapping.source, agent_names(raws))
    for done, raw in enumerate(raws):
        if progress and done % _TOLD_EVERY == 0:
            progress(f"cleaning {name}", done, len(raws))
        if status_meaning(raw, one.mapping) is None:
            found.statuses[raw.status[:100]] += 1
        ticket = normaliser.ticket(raw)
        place = (ticket.source, ticket.id)
        found.duplicates += place in found.tickets
        found.tickets[place] = ticket
    if progress:
        progress(f"cleaning {name}", len(raws), len(raws))
    _note(one, engine, normaliser, raws, found)


def _raw_tickets(one: Plan, engine: Engine, found: _Found) -> Iterator[RawTicket]:
    joined = {
        join.name: _by_key(one.joins[join.name], join.keys[1], found)
        for join in one.mapping.joins
        if join.name in one.joins
    }
    used: dict[str, set[str | None]] = {name: set() for name in joined}
    for record in _grouped(one, found):
        for join in one.mapping.joins:
            if join.name in joined:
                place = key_text(value_at(record.data, join.keys[0]))
                used[join.name].add(place)
                items = [item.data for item in joined[join.name].get(place, [])]
                record.data[join.name] = items[-1] if join.one and items else items
        try:
            yield engine.ticket(record)
        except Skipped as skipped:
            found.skipped[f"{one.tickets.name}: left out: {skipped}"] += 1
        except RecordError as error:
            found.rejected.append(Rejected(one.tickets.name, record.line, str(error)))
    for name, groups in joined.items():
        found.rejected.extend(
            Rejected(
                one.joins[name].name,
                record.line,
                f"belongs to ticket {place}, which is not in the tickets",
            )
            for place, records in groups.items()
            if place not in used[name]
            for record in records
        )


def _grouped(one: Plan, found: _Found) -> Iterator[Record]:
    """The records of tickets, those of one ticket put together."""
    if one.mapping.group_by is None:
        for record in one.tickets.records():
            if isinstance(record, Rejected):
                found.rejected.append(record)
            else:
                yield record
        return
    for records in _by_key(one.tickets, one.mapping.group_by, found).values():
        rows = [record.data for record in records]
        yield Record(records[0].line, {**rows[0], "rows": rows})


def _by_key(item: Input, path: str, found: _Found) -> dict[str | None, list[Record]]:
    """The records of an input by the ticket they belong to."""
    grouped: dict[str | None, list[Record]] = {}
    for record in item.records():
        if isinstance(record, Rejected):
            found.rejected.append(record)
        else:
            grouped.setdefault(key_text(value_at(record.data, path)), []).append(record)
    return grouped


def _normaliser(
    one: Plan, settings: Settings, key: bytes, source: str, agents: tuple[str, ...]
) -> Normaliser:
    return Normaliser(
        mapping=one.mapping,
        source=source,
        key=key,
        languages=settings.languages,
        redactor=Redactor(agents, settings.tickets.phone_regions, settings.own_words),
        agents=agents,
        own_words=settings.own_words,
    )


def _note(
    one: Plan, engine: Engine, normaliser: Normaliser, raws: list[RawTicket], found: _Found
) -> None:
    """Write down how the file was read and all that a user should know about it."""
    source = one.tickets
    seconds = [*one.joins.values(), *one.lookups.values()]
    found.files.append(
        FileRead(
            file=source.name,
            encoding=source.encoding,
            format=one.tickets.format,
            mapping=one.mapping.name,
            why=one.why,
            second=", ".join(item.name for item in seconds) or None,
            tickets=len(raws),
        )
    )
    found.notes += [*source.notes, *(note for item in seconds for note in item.notes), *one.notes]
    for time, count in sorted(engine.bad_times.items()):
        times = "1 time" if count == 1 else f"{count:,} times"
        found.notes.append(f"{source.name}: {times} like {time!r} could not be read")
    if engine.without_zone:
        found.notes.append(
            f"{source.name}: times without a zone were read as {engine.zone} (tickets.timezone)"
        )
    if raws and "status" not in one.mapping.ticket and one.mapping.no_status == "resolved":
        found.notes.append(f"{source.name}: no column says the status; all count as resolved")
    if normaliser.shortened:
        found.notes.append(
            f"{source.name}: {normaliser.shortened} messages were longer than 64,000 characters and were cut there"
        )
    if raws and not any(
        m.role == "agent" and m.visibility == "public" for raw in raws for m in raw.messages
    ):
        found.notes.append(
            f"{source.name}: no public agent reply in it, so nothing can be drafted from it; export the tickets with their comments"
        )
