"""Hand-offs and the tickets that came of them, by their visit token. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kbtool.model import Event


@dataclass(frozen=True, slots=True)
class HandOff:
    """One visit token: when its reader went on to a person, and the tickets that carry it."""

    token: str
    events: tuple[Event, ...]
    """In order of time; several when he went on more than once from one tab."""
    tickets: tuple[str, ...]
    """Keys, in order; empty when no ticket was written, or none was imported yet."""


def join_hand_offs(
    events: Iterable[Event], carried: Iterable[tuple[str, str]]
) -> tuple[HandOff, ...]:
    """Every counted hand-off with a token, by time of the first, with its tickets.

    ``carried`` are (token, ticket key). Tokens that no hand-off has fall: those of other sites, or
    of events that were lost.
    """
    handed: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda e: (e.at, e.id)):
        if event.value == "handoff" and event.token and event.excluded is None:
            handed.setdefault(event.token, []).append(event)
    tickets: dict[str, set[str]] = {}
    for token, key in carried:
        tickets.setdefault(token, set()).add(key)
    return tuple(
        HandOff(token, tuple(found), tuple(sorted(tickets.get(token, ()))))
        for token, found in handed.items()
    )
