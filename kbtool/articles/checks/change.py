"""What came and went since the last run, and who meets whom today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kbtool.articles.checks.again import Again
from kbtool.articles.checks.alike import grouped, said_alike, titles
from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.facts import Feature
from kbtool.articles.checks.store import CheckFile, DamagedError
from kbtool.articles.checks.texts import Meeting, Texts
from kbtool.model import Finding


class Met(NamedTuple):
    """A meeting, and how it was kept."""

    no: int | None
    """Its number in the file; None when it is new."""
    meeting: Meeting
    was_settled: bool = False


@dataclass
class Change:
    """Articles that are held against each other: which came, went and stayed."""

    numbers: Sequence[int] = ()
    """Of today's, by place."""
    come: Mapping[int, set[Feature]] = field(default_factory=dict)
    """What new ones have, by place."""
    gone: Mapping[int, str] = field(default_factory=dict)
    """Former paths by number; a changed article is among both."""
    met: list[Met] = field(default_factory=list)
    parted: list[int] = field(default_factory=list)
    """Numbers of former meetings that are none any more."""
    notes: dict[str, Any] = field(default_factory=dict)
    """Values to keep by name."""

    def compare_all(self, texts: Texts, file: CheckFile) -> None:
        """Hold all articles against each other."""
        if not file.is_empty:
            self.parted = [no for no, *_ in file.meetings()]
        self.met = [Met(None, one) for one in (*grouped(texts), *titles(texts), *said_alike(texts))]

    def compare(self, texts: Texts, file: CheckFile) -> None:
        """The same, holding only new ones against others, and what they change between those."""
        stayed = {no: place for place, no in enumerate(self.numbers) if place not in self.come}
        again = Again(texts, file, stayed, self.gone, self.come)
        for no, one, other, what in file.meetings():
            if one in stayed and other in stayed:
                meeting = _meeting(stayed[one], stayed[other], what)
                if not again.renews(meeting):
                    self.met.append(Met(no, meeting, meeting.settled))
                    continue
            self.parted.append(no)
        self.met += [Met(None, one) for one in again.meetings()]

    def write(self, file: CheckFile) -> None:
        """Keep it in the file, after the articles themselves."""
        changed = (
            one for one in self.met if one.no is None or one.was_settled != one.meeting.settled
        )
        rows = [
            (no, self.numbers[one.one[0]], self.numbers[one.other[0]], _plain(one))
            for no, one, _ in changed
        ]
        file.write_meetings(rows, self.parted)
        file.write_notes(self.notes)


def plain_finding(found: Finding) -> list[Any]:
    """A finding that ``finding_of`` makes again."""
    return [found.code, found.file, found.line, found.message, found.hint]


def finding_of(kept: Sequence[Any]) -> Finding:
    """A finding that was kept."""
    code, file, line, message, hint = kept
    return finding(code, file, line, message, hint)


def _plain(met: Meeting) -> list[Any]:
    found = met.finding and plain_finding(met.finding)
    return [
        met.rule, met.feature, met.one[1], met.other[1], met.terms, met.share, met.settled, found
    ]  # fmt: skip


def _meeting(one: int, other: int, kept: Sequence[Any]) -> Meeting:
    try:
        rule, feature, first, second, terms, share, settled, found = kept
        return Meeting(
            rule, feature, (one, first), (other, second), tuple(terms), share,
            settled, finding_of(found) if found else None,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError):
        raise DamagedError from None
