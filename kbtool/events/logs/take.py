"""Lines → hits, events and counts: the loop that every line of a log goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from kbtool.events.logs.readers import Readers
from kbtool.events.logs.records import Account, NotTakenError
from kbtool.events.logs.targets import REPORTED, HitLine, Targets
from kbtool.events.logs.times import DAY
from kbtool.events.logs.who import Format

MAX_LINE = 1 << 16
"""Bytes; no server writes longer ones, and what did was no server."""
EXAMPLES = 1_000
"""Rejected lines of a batch that are named; all are counted."""

Row: TypeAlias = tuple[int, int, int, int | None, str | None]
"""A hit: when, offset of its line, number of its page, visitor, why it is not counted."""


class Told(NamedTuple):
    """What the page's script told, or kbtool serve was asked to store."""

    at: int
    visitor: int | None
    excluded: str | None
    line: int
    """Number of its line, from 1."""
    rule: str
    """What its status says."""
    target: HitLine | int


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a log."""

    text: bytes
    """All of them, with their ends; of a line longer than ``MAX_LINE``, alone, only its beginning."""
    count: int
    """How many they are."""
    offset: int
    """Where the first one begins, in bytes of the unpacked file."""
    number: int
    """Its number, from 1."""
    size: int
    """Bytes of all, with their ends."""
    end: bytes
    """The last of these bytes."""

    @property
    def lines(self) -> list[bytes]:
        """The lines without their ends."""
        return self.text.removesuffix(b"\n").split(b"\n")


@dataclass(slots=True)
class Batch:
    """What some lines became, before it is stored."""

    account: Account = field(default_factory=Account)
    """Without the rows and what was told: how they end is known when they are stored."""
    rows: list[Row] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    reported: set[tuple[int, int]] = field(default_factory=set)
    """(day, visitor or 0) of readers whose events were stored otherwise."""
    rejected: list[tuple[int, str]] = field(default_factory=list)
    """(number of the line, reason) of the first ones."""

    def reject(self, line: int, reason: str) -> None:
        """Count a line that cannot be taken."""
        self.account.rejected[reason] += 1
        if len(self.rejected) < EXAMPLES:
            self.rejected.append((line, reason))


def _statuses() -> dict[bytes, str]:
    """Each status as it stands in a line: empty when a page was shown, else the rule."""
    rules = {3: "redirect", 4: "error", 5: "error"}
    found = {status: rules.get(status // 100, "status") for status in range(1000)}
    found |= {200: "", 304: "", 404: "not-found", 410: "not-found"}
    return {b" %03d " % status: rule for status, rule in found.items()}


STATUSES: Mapping[bytes, str] = _statuses()


@dataclass(frozen=True, slots=True)
class Period:
    """Times that are taken."""

    first: int
    """Seconds since 1970; what is older would be deleted at once."""
    last: int


class Taker:
    """Takes the lines of one log."""

    def __init__(self, read: Format, targets: Targets, readers: Readers, period: Period) -> None:
        self._read, self._targets, self._readers, self._period = read, targets, readers, period
        self._is_ours = lru_cache(maxsize=1 << 8)(targets.is_ours)

    def ahead(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks."""
        return iter(blocks)

    def take(self, block: Block, batch: Batch) -> None:
        """Add what the lines of a block became."""
        lines = block.lines
        odd = b"\0" in block.text or max(map(len, lines)) > MAX_LINE
        split = self._careful if odd else self._read.split
        known, find, statuses = self._targets.known, self._targets.find, STATUSES
        counted, append, whose = batch.account.excluded, batch.rows.append, self._whose
        begin = block.offset
        for place, line in enumerate(lines):
            try:
                request, status, rest = split(line)
                rule = statuses.get(status)
                target = known.get(request)
                if target is None:
                    target = find(request)
                if rule is None:
                    raise NotTakenError("bad-status")
                if isinstance(target, str):
                    counted[rule or target] += 1
                elif not isinstance(target, int) or target < 0:
                    told = Told(*whose(rest), block.number + place, rule, target)
                    self._report(told, batch)
                elif rule:
                    counted[rule] += 1
                else:
                    at, visitor, excluded = whose(rest)
                    append((at, begin, target, visitor, excluded))
            except NotTakenError as error:
                if error.rule:
                    counted[error.rule] += 1
                else:
                    batch.reject(block.number + place, str(error) if line.strip() else "empty")
            begin += len(line) + 1
        batch.account.lines += len(lines)

    def _careful(self, line: bytes) -> tuple[bytes, bytes, Any]:
        """``split`` where a block holds something no log should."""
        if len(line) > MAX_LINE:
            raise NotTakenError("too-long")
        if b"\0" in line:
            raise NotTakenError("nul")
        return self._read.split(line)

    def _whose(self, rest: Any) -> tuple[int, int | None, str | None]:
        """When, by whom, and why it is not counted. Raises NotTakenError."""
        at, address, agent, purpose, unfollowed, host = self._read.who(rest)
        if not self._period.first <= at <= self._period.last:
            raise (
                NotTakenError("future") if at > self._period.last else NotTakenError(rule="too-old")
            )
        if host and not self._is_ours(host):
            raise NotTakenError(rule="other-host")
        key = (at // DAY, address, agent)
        reader = self._readers.known.get(key) or self._readers.find(key)
        excluded = reader.excluded
        if purpose and self._readers.is_early(purpose):
            excluded = "prefetch"
        return at, None if unfollowed or excluded else reader.visitor, excluded

    def _report(self, told: Told, batch: Batch) -> None:
        """What the page's script told: an event of its own, or one that kbtool serve stored."""
        if told.target != REPORTED:
            batch.told.append(told)
            return
        if told.rule in ("not-found", "error"):
            batch.account.excluded[told.rule] += 1
            return
        batch.account.excluded["reported"] += 1
        if told.excluded is None:
            batch.reported.add((told.at // DAY, told.visitor or 0))
