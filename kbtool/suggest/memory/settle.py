"""Decisions as they stand today, and those that begin with a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kbtool.model import Suggestion
from kbtool.suggest.memory.records import Decision
from kbtool.suggest.memory.world import World

REST = timedelta(days=91)
"""An article that was promoted is not to be promoted again so soon: readers need time to find it."""


def settle(known: Iterable[Decision], world: World) -> tuple[Decision, ...]:
    """The decisions, those changed that something was done about, or that were rejected since."""
    return tuple(one if one.is_settled else _settled(one, world) for one in known)


def keep_up(known: Iterable[Decision], made: Mapping[str, int]) -> tuple[Decision, ...]:
    """The decisions after a run that made the suggestions ``made`` (key → weight), rejected ones
    too: with their weights, and *gone* where it makes an open one no more.
    """
    found = []
    for one in known:
        state = one.state
        if state in ("open", "gone"):
            state = "open" if one.key in made else "gone"
        found.append(replace(one, state=state, weight=made.get(one.key, one.weight)))
    return tuple(found)


def begin(
    shown: Sequence[Suggestion], known: Iterable[Decision], world: World
) -> tuple[Decision, ...]:
    """New decisions for what was shown and has none that waits: of each kind and target the best.

    What was accepted and comes back is a suggestion of its own, with a promise of its own.
    """
    waiting = {one.key for one in known if not _is_over(one)}
    found: dict[str, Decision] = {}
    for one in shown:
        if one.key not in waiting and one.key not in found:
            found[one.key] = Decision(
                kind=one.kind,
                target=one.target,
                topic=one.topic,
                article=one.article,
                shown=world.now,
                promised=one.worth,
                interval=one.parts.interval,
                weight=one.weight,
                basis=world.basis(one),
            )
    return tuple(found.values())


def mended(known: Iterable[Decision]) -> dict[str, int]:
    """Article → how many readers it had failed when it was mended last."""
    found: dict[str, int] = {}
    for one in known:
        if one.kind == "fix" and one.state == "accepted" and one.article:
            found[one.article] = max(found.get(one.article, 0), one.failed)
    return found


def resting(known: Iterable[Decision], world: World) -> frozenset[str]:
    """Keys of what was done too lately to be suggested again."""
    return frozenset(
        one.key
        for one in known
        if one.kind == "promote"
        and one.state == "accepted"
        and one.decided is not None
        and world.now - one.decided < REST
    )


def _settled(one: Decision, world: World) -> Decision:
    rejection, done = world.rejected(one), world.done(one)
    if rejection is not None and rejection.at >= one.shown and not (done and done[1]):
        why = rejection.reason or ""
        return replace(one, state="rejected", how=why, decided=rejection.at, since=None)
    if done is not None:
        how, since = done
        first = one.decided if one.state == "accepted" else world.now
        failed = world.failed.get(one.article or "", 0)
        return replace(one, state="accepted", how=how, decided=first, since=since, failed=failed)
    if one.state in ("rejected", "accepted"):  # it was taken back, or its draft was thrown away
        return replace(one, state="open", how="", decided=None, since=None)
    return one


def _is_over(one: Decision) -> bool:
    """Whether a new suggestion of the same may begin: not while a draft waits."""
    return one.is_settled or one.state == "rejected"
