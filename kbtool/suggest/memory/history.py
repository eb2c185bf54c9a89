"""How the loop does: what is accepted of each kind, and which promises held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from kbtool.intervals import rate
from kbtool.model import Effect, InsteadKind, Rate, SuggestionKind, Topic
from kbtool.suggest.memory.outcome import Outcome, outcome
from kbtool.suggest.memory.records import Decision

PATIENCE = timedelta(days=30)
"""A suggestion that nobody did anything about counts as not accepted from so many days on."""
KINDS: tuple[SuggestionKind, ...] = (
    "write", "fix", "wording", "translate", "promote", "retire", *get_args(InsteadKind),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindFigures:
    """What became of all suggestions of a kind."""

    kind: SuggestionKind
    shown: int
    accepted: int
    rejected: int
    waiting: int
    gone: int
    """Suggested no more before anybody did anything."""
    acceptance: Rate
    """Accepted ÷ accepted, rejected, or waiting for 30 days and more."""


@dataclass(frozen=True, slots=True)
class History:
    """All that is remembered of suggestions."""

    kinds: tuple[KindFigures, ...]
    """Those that were shown."""
    outcomes: tuple[Outcome, ...]
    """Of the accepted ones that readers have, the latest first."""
    decisions: tuple[Decision, ...]
    """All, the latest shown first."""


def history(
    known: Sequence[Decision],
    topics: Sequence[Topic],
    covered: Sequence[str],
    forwarded: Mapping[str, str],
    effects: Mapping[str, Effect],
    today: date,
) -> History:
    """The history of settled decisions; ``covered`` are the months that all tickets cover."""
    by_id = {topic.id: topic for topic in topics}
    newest = sorted(known, key=lambda one: (one.shown, one.number), reverse=True)
    accepted = [one for one in newest if one.is_settled]
    return History(
        kinds=tuple(
            _figures(kind, own, today)
            for kind in KINDS
            if (own := [one for one in newest if one.kind == kind])
        ),
        outcomes=tuple(
            outcome(one, by_id.get(_now(one, forwarded)), covered, effects, today)
            for one in sorted(accepted, key=lambda one: one.since or today, reverse=True)
        ),
        decisions=tuple(newest),
    )


def _now(one: Decision, forwarded: Mapping[str, str]) -> str:
    topic = one.topic or ""
    return forwarded.get(topic, topic)


def _figures(kind: SuggestionKind, own: Sequence[Decision], today: date) -> KindFigures:
    states = [one.state for one in own]
    late = sum(one.state == "open" and today - one.shown.date() >= PATIENCE for one in own)
    accepted, rejected = states.count("accepted"), states.count("rejected")
    return KindFigures(
        kind=kind,
        shown=len(own),
        accepted=accepted,
        rejected=rejected,
        waiting=states.count("open"),
        gone=states.count("gone"),
        acceptance=rate(accepted, accepted + rejected + late, 1),
    )
