"""What came and went since the last run, and who meets whom today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kbtool.articles.checks.again import Again
from kbtool.articles.checks.alike import COPY, WHOLE, grouped, said_alike, titles
from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.facts import Feature
from kbtool.articles.checks.store import CheckFile, DamagedError
from kbtool.articles.checks.texts import Meeting, Place, Texts
from kbtool.model import Finding


@dataclass(slots=True)
class Met:
    """Two places that met, in whatever features, and how that was kept."""

    meeting: Meeting
    features: set[Feature]
    """None of those who met in no single one."""
    no: int | None = None
    """Its number in the file; None when it is new."""
    is_kept: bool = False
    """The file says it as it is."""


@dataclass
class Change:
    """Articles that are held against each other: which came, went and stayed."""

    numbers: Sequence[int] = ()
    """Of today's, by place."""
    come: Mapping[int, Sequence[Feature]] = field(default_factory=dict)
    """What new ones have, by place."""
    gone: Mapping[int, str] = field(default_factory=dict)
    """Former paths by number; a changed article is among both."""
    met: dict[tuple[int, Place, Place], Met] = field(default_factory=dict)
    """By rule and places."""
    parted: list[int] = field(default_factory=list)
    """Numbers of former meetings that are none any more."""
    notes: dict[str, Any] = field(default_factory=dict)
    """Values to keep by name."""

    def compare_all(self, texts: Texts, file: CheckFile) -> None:
        """Hold all articles against each other."""
        if not file.is_empty:
            self.parted = [no for no, *_ in file.meetings()]
        self._add((*grouped(texts), *titles(texts), *said_alike(texts)))

    def compare(self, texts: Texts, file: CheckFile) -> None:
        """The same, holding only new ones against others, and what they change between those."""
        stayed = {no: place for place, no in enumerate(self.numbers) if place not in self.come}
        again = Again(texts, file, stayed, self.gone, self.come)
        for no, one, other, what in file.meetings():
            if one not in stayed or other not in stayed:
                self.parted.append(no)
                continue
            met, features = _meeting(stayed[one], stayed[other], what)
            left = features - again.groups
            if met.rule == COPY and (met.one[0], met.other[0]) in again.pairs:
                self.parted.append(no)
            else:
                self.met[_key(met)] = Met(met, left, no, is_kept=met.settled and left == features)
        self._add(again.meetings())
        lost = [key for key, one in self.met.items() if not one.features and key[0] not in WHOLE]
        former = [self.met.pop(key).no for key in lost]
        self.parted += [no for no in former if no is not None]

    def _add(self, meetings: Iterable[Meeting]) -> None:
        for one in meetings:
            known = self.met.setdefault(_key(one), Met(one, set()))
            if one.feature:
                known.is_kept = known.is_kept and one.feature in known.features
                known.features.add(one.feature)

    def write(self, file: CheckFile) -> None:
        """Keep it in the file, after the articles themselves."""
        rows = [
            (
                one.no,
                self.numbers[one.meeting.one[0]],
                self.numbers[one.meeting.other[0]],
                _plain(one),
            )
            for one in self.met.values()
            if not one.is_kept
        ]
        file.write_meetings(rows, self.parted)
        file.write_notes(self.notes)


def _key(met: Meeting) -> tuple[int, Place, Place]:
    return met.rule, met.one, met.other


def plain_finding(found: Finding) -> list[Any]:
    """A finding that ``finding_of`` makes again."""
    return [found.code, found.file, found.line, found.message, found.hint]


def finding_of(kept: Sequence[Any]) -> Finding:
    """A finding that was kept."""
    code, file, line, message, hint = kept
    return finding(code, file, line, message, hint)


def _plain(one: Met) -> list[Any]:
    met = one.meeting
    found = met.finding and plain_finding(met.finding)
    return [
        met.rule, sorted(one.features), met.one[1], met.other[1], met.terms, met.share,
        met.settled, found,
    ]  # fmt: skip


def _meeting(one: int, other: int, kept: Sequence[Any]) -> tuple[Meeting, set[Feature]]:
    try:
        rule, features, first, second, terms, share, settled, found = kept
        return Meeting(
            rule, 0, (one, first), (other, second), tuple(terms), share,
            settled, finding_of(found) if found else None,
        ), {*features}  # fmt: skip
    except (ValueError, TypeError, KeyError):
        raise DamagedError from None
