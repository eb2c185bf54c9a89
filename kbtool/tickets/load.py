"""The whole way from files to redacted tickets, ready to be stored, a batch at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbtool.config import Settings
from kbtool.model import Rejected
from kbtool.privacy.redact import Redactor
from kbtool.progress import Progress
from kbtool.tickets.crew import Batch, Recipe, finish
from kbtool.tickets.gather import Gatherer, load_lookups
from kbtool.tickets.mapping.choose import Plan, plan
from kbtool.tickets.mapping.engine import Engine, RecordError, Skipped
from kbtool.tickets.mapping.library import find_mapping
from kbtool.tickets.mapping.spec import GENERIC
from kbtool.tickets.normalise import agent_names, facet
from kbtool.tickets.outcome import status_meaning
from kbtool.tickets.raw import RawTicket
from kbtool.tickets.readers.files import Advance
from kbtool.tickets.readers.inputs import Input, open_inputs
from kbtool.tickets.store import TicketRow

REJECTED_KEPT = 1_000
WORDS_KEPT = 1_000
"""Different words (statuses, reasons, times) that are counted apart."""
_BATCH, _BATCH_LENGTH = 200, 2_000_000
"""Tickets and characters that are finished together."""
_WORTH_WORKERS = 3_000
"""Tickets that take longer than more processes take to begin."""
_TIMES_TOLD = 5
_NAMED = re.compile(r"ticket \S+?(?=,|$)|'[^']*'|\d[\d.,]*\d|\d")


@dataclass(slots=True)
class Words:
    """Counts of words, however many different ones a file holds."""

    counts: Counter[str] = field(default_factory=Counter)
    others: int = 0
    """How often words came that were one too many to be counted apart."""

    def add(self, word: str, count: int = 1) -> None:
        """Count a word."""
        if word in self.counts or len(self.counts) < WORDS_KEPT:
            self.counts[word] += count
        else:
            self.others += count

    def ordered(self) -> tuple[tuple[str, int], ...]:
        """Most frequent first; those not counted apart come last as "others"."""
        found = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        return (*found, ("others", self.others)) if self.others else tuple(found)


@dataclass(slots=True)
class Refused:
    """Records that could not be taken: the first of them, and how many for which reason."""

    kept: list[Rejected] = field(default_factory=list)
    reasons: Words = field(default_factory=Words)

    def add(self, rejected: Rejected) -> None:
        """Count one; its reason without what is its own (numbers, ids, quoted words)."""
        self.reasons.add(_NAMED.sub("…", rejected.reason))
        if len(self.kept) < REJECTED_KEPT:
            self.kept.append(rejected)


@dataclass(frozen=True, slots=True)
class FileRead:
    """How one file of tickets was read."""

    file: str
    encoding: str
    format: str
    mapping: str
    why: str
    second: tuple[str, ...]
    """Files whose records belong to its tickets."""
    tickets: int
    skipped: tuple[tuple[str, int], ...]
    """(what they are, records) the mapping says are no tickets."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What was read; nothing is left out without a word."""

    rejected: tuple[Rejected, ...]
    """The first 1,000."""
    rejections: tuple[tuple[str, int], ...]
    """(reason, records), most first: all of them."""
    unknown_statuses: tuple[tuple[str, int], ...]
    """Status words that no mapping knows, most frequent first; their tickets count as open."""
    files: tuple[FileRead, ...]
    notes: tuple[str, ...]

    @property
    def rejected_count(self) -> int:
        """All records that could not be taken."""
        return sum(count for _, count in self.rejections)

    @property
    def taken(self) -> int:
        """Tickets read, those included that a later one with the same id replaced."""
        return sum(file.tickets for file in self.files)

    @property
    def skipped(self) -> int:
        """Records that are no tickets."""
        return sum(count for file in self.files for _, count in file.skipped)


def plans_for(
    settings: Settings,
    files: Sequence[Path],
    *,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    propose: bool = False,
    progress: Progress | None = None,
) -> list[Plan]:
    """How the files will be read; with ``propose`` unknown columns are guessed too.

    Raises InputError for files or mappings that cannot be used.
    """
    chosen = find_mapping(mapping) if mapping and mapping != GENERIC else None
    languages = settings.languages
    inputs = open_inputs(list(dict.fromkeys(files)), languages, encoding, delimiter, progress)
    return plan(inputs, chosen, languages, encoding, generic=mapping == GENERIC, propose=propose)


class Loader:
    """Reads planned files; afterwards knows what came of them."""

    def __init__(
        self,
        settings: Settings,
        *,
        key: bytes = b"",
        source: str | None = None,
        progress: Progress | None = None,
        workers: int = 1,
    ) -> None:
        """``key`` hashes the people (empty only where nothing is stored); ``source`` replaces the
        mappings' own source names; ``workers`` processes share the work on many tickets.
        """
        self.settings = settings
        self.key = key
        self.source = source
        self.progress = progress
        self.workers = workers
        self.refused = Refused()
        self.statuses = Words()
        self._files: list[FileRead] = []
        self._notes: list[str] = []

    def rows(self, plans: Sequence[Plan]) -> Iterator[list[tuple[TicketRow, int]]]:
        """All tickets, cleaned and redacted, in batches, each with its place in the files.

        Of tickets with one source and id the one with the last place is meant. Raises InputError
        when a file cannot be read to its end.
        """
        for number, one in enumerate(plans):
            reading = _Reading(one, self)
            first = number << 40  # so that every place comes after those of earlier plans
            for batch in reading.batches():
                yield [(row, first + place) for row, place in batch]
            self._files.append(reading.told())
            self._notes += reading.notes()

    def result(self) -> LoadResult:
        """What was read, once all rows are taken."""
        return LoadResult(
            rejected=tuple(self.refused.kept),
            rejections=self.refused.reasons.ordered(),
            unknown_statuses=self.statuses.ordered(),
            files=tuple(self._files),
            notes=tuple(dict.fromkeys(self._notes)),
        )


class _Reading:
    """One plan on its way: a survey for what must be known of all tickets, then the tickets."""

    def __init__(self, one: Plan, loader: Loader) -> None:
        self._plan = one
        self._loader = loader
        self._stage = "looking at"
        refuse = loader.refused.add
        self._gatherer = Gatherer(one, refuse, self._watch)
        self._lookups = load_lookups(one, refuse, self._watch)
        self._engine = self._new_engine()
        self._skipped = Words()
        self._times = Words()
        self._shortened = 0
        self._tickets = 0
        self._replied = False

    def batches(self) -> Iterator[list[tuple[TicketRow, int]]]:
        loader = self._loader
        recipe = Recipe(
            mapping=self._plan.mapping,
            source=loader.source or self._plan.mapping.source,
            key=loader.key,
            agents=self._agents(),
            settings=loader.settings,
        )
        self._stage = "reading"
        workers = loader.workers if self._tickets > _WORTH_WORKERS else 1
        self._tickets = 0
        for rows, shortened in finish(recipe, self._batches(recipe.redactor()), workers):
            self._shortened += shortened
            yield rows

    def _batches(self, redactor: Redactor) -> Iterator[Batch]:
        """The raw tickets, as many together as make a few megabytes at most."""
        batch: list[tuple[RawTicket, int]] = []
        size = 0
        for place, raw in self._raws(self._engine, self._loader.refused, self._skipped):
            self._tickets += 1
            if status_meaning(raw, self._plan.mapping) is None:
                self._loader.statuses.add(facet(raw.status, redactor) or "")
            batch.append((raw, place))
            size += sum(len(message.text) for message in raw.messages)
            if len(batch) >= _BATCH or size > _BATCH_LENGTH:
                yield batch
                batch, size = [], 0
                self._count_times()
        yield batch
        self._count_times()

    def _agents(self) -> tuple[str, ...]:
        """The people who answer, of all tickets: every ticket's redaction needs to know them."""

        def seen() -> Iterator[RawTicket]:
            for _, raw in self._raws(self._new_engine(), Refused(), Words()):
                self._tickets += 1
                self._replied |= any(
                    m.role == "agent" and m.visibility == "public" for m in raw.messages
                )
                yield raw

        return agent_names(seen())

    def _raws(
        self, engine: Engine, refused: Refused, skipped: Words
    ) -> Iterator[tuple[int, RawTicket]]:
        for place, record in self._gatherer.records():
            if isinstance(record, Rejected):
                refused.add(record)
                continue
            try:
                yield place, engine.ticket(record)
            except Skipped as outcome:
                skipped.add(str(outcome))
            except RecordError as error:
                refused.add(Rejected(self._plan.tickets.name, record.line, str(error)))

    def _count_times(self) -> None:
        for time, count in self._engine.bad_times.items():
            self._times.add(time, count)
        self._engine.bad_times.clear()

    def _new_engine(self) -> Engine:
        settings = self._loader.settings.tickets
        return Engine(
            self._plan.mapping,
            settings.timezone,
            self._plan.tickets.name,
            lookups=self._lookups,
            agent_addresses=settings.agent_addresses,
        )

    def _watch(self, item: Input) -> Advance | None:
        tell = self._loader.progress
        if tell is None:
            return None
        stage = f"{self._stage} {item.name}"
        return lambda done: tell(stage, done, item.size)

    def told(self) -> FileRead:
        """How the file was read."""
        one = self._plan
        return FileRead(
            file=one.tickets.name,
            encoding=one.tickets.encoding,
            format=one.tickets.format,
            mapping=one.mapping.name,
            why=one.why,
            second=tuple(item.name for item in _seconds(one)),
            tickets=self._tickets,
            skipped=self._skipped.ordered(),
        )

    def notes(self) -> Iterator[str]:
        """What a user should know about the file."""
        one, name = self._plan, self._plan.tickets.name
        for item in (one.tickets, *_seconds(one)):
            yield from item.notes
        yield from one.notes
        times = self._times.ordered()
        for time, count in times[:_TIMES_TOLD]:
            many = "1 time" if count == 1 else f"{count:,} times"
            yield f"{name}: {many} like {time!r} could not be read"
        if rest := sum(count for _, count in times[_TIMES_TOLD:]):
            yield f"{name}: {rest:,} more times could not be read"
        if self._engine.without_zone:
            by = "the mapping" if self._engine.mapping.zone else "tickets.timezone"
            yield f"{name}: times without a zone were read as {self._engine.zone} ({by})"
        if self._engine.senders:
            domains = [f"{d} ({n:,})" for d, n in self._engine.senders.most_common(3)]
            yield (
                f"{name}: nobody counts as an agent, for tickets.agent_addresses is empty; most "
                f"messages come from {', '.join(domains)}: name your own domain there"
            )
        if not self._tickets:
            return
        if "status" not in one.mapping.ticket and one.mapping.no_status == "resolved":
            yield f"{name}: no column says the status; all count as resolved"
        if self._shortened:
            yield (
                f"{name}: {self._shortened:,} messages were longer than 64,000 characters "
                "and were cut there"
            )
        if not self._replied:
            yield (
                f"{name}: no public agent reply in it, so nothing can be drafted from it; "
                "export the tickets with their comments"
            )


def _seconds(one: Plan) -> list[Input]:
    return [*one.joins.values(), *one.lookups.values()]
