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
from kbtool.tickets.mapping.engine import Engine, RecordError
from kbtool.tickets.mapping.paths import value_at
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
        notes=tuple(found.notes),
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
    engine = Engine(one.mapping, settings.tickets.timezone, name)
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
    joined = _second_records(one, found)
    join = one.mapping.join
    used: set[str] = set()
    for record in one.tickets.records():
        if isinstance(record, Rejected):
            found.rejected.append(record)
            continue
        if join and joined is not None:
            place = str(value_at(record.data, join.keys[0]))
            used.add(place)
            record.data[join.name] = [item.data for item in joined.get(place, [])]
        try:
            yield engine.ticket(record)
        except RecordError as error:
            found.rejected.append(Rejected(one.tickets.name, record.line, str(error)))
    if joined is not None and one.second is not None:
        found.rejected.extend(
            Rejected(
                one.second.name,
                record.line,
                f"belongs to ticket {place}, which is not in the tickets",
            )
            for place, records in joined.items()
            if place not in used
            for record in records
        )


def _second_records(one: Plan, found: _Found) -> dict[str, list[Record]] | None:
    """The second file's records by the ticket they belong to."""
    if one.second is None or one.mapping.join is None:
        return None
    grouped: dict[str, list[Record]] = {}
    for record in one.second.records():
        if isinstance(record, Rejected):
            found.rejected.append(record)
        else:
            grouped.setdefault(str(value_at(record.data, one.mapping.join.keys[1])), []).append(
                record
            )
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
    second: Input | None = one.second
    found.files.append(
        FileRead(
            file=source.name,
            encoding=source.encoding,
            format=one.tickets.format,
            mapping=one.mapping.name,
            why=one.why,
            second=second.name if second else None,
            tickets=len(raws),
        )
    )
    found.notes += source.notes + (second.notes if second else [])
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
