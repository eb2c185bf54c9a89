"""Where agents contradict each other: the same sentence with another number, or with a "not".

Nothing here decides who is right: both sides go into the draft, the newest one marked, and the
draft cannot be published until a person has chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import partial

from kbtool.articles.draft.claims import MONEY, TIME, Claim, claims_of, denied
from kbtool.articles.draft.phrases import is_condition
from kbtool.articles.draft.replies import Said
from kbtool.articles.draft.support import Group, gather
from kbtool.text import terms

_SAME_CONTEXT = 0.5
_SAME_SHORT = 0.6
"""The same for two common terms only."""
_SAME_FACT = 0.5
_SAME_SENTENCE = 0.75
_SAID_ALREADY = 0.5
"""Share of a sentence's terms in a conflict block from which it need not be repeated."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that cannot all be true, the newest first."""

    sides: tuple[Group, ...]
    unit: str
    """What is counted differently; empty when a "not" makes the difference."""


def find_conflicts(
    kept: Sequence[Group], replies: Sequence[Sequence[Said]], lang: str
) -> dict[str, Conflict]:
    """Reference of a kept group's sentence → the conflict it is part of.

    A group that is only another side of an earlier one's conflict maps to the same record.
    """
    everything = [said for one in replies for said in one]
    claims = [claim for said in everything for claim in claims_of(said, lang)]
    stated = [claim for group in kept for claim in claims_of(group.said, lang)]
    found: dict[str, Conflict] = {}
    for group in kept:
        if group.said.ref in found:
            continue
        unit, sides = _number_sides(group, claims, stated, lang)
        sides = sides or _negation_sides(group, everything, lang)
        if not sides:
            continue
        conflict = Conflict(tuple(sorted(sides, key=_newest_first)), unit)
        found[group.said.ref] = conflict
        for other in kept:
            if other.said.ref not in found and _is_part(other, conflict, lang):
                found[other.said.ref] = conflict
    return found


def _is_part(group: Group, conflict: Conflict, lang: str) -> bool:
    """Whether a kept sentence only says again what one side says."""
    shown = {t for side in conflict.sides for t in terms(side.said.text, lang)}
    own = set(terms(group.said.text, lang))
    if len(own & shown) < _SAID_ALREADY * len(own):
        return False
    sources = [source for side in conflict.sides for source in side.sources]
    if group.said in sources:
        return True
    mine = list(claims_of(group.said, lang))
    theirs = [c for s in sources for c in claims_of(s, lang) if c.unit == conflict.unit]
    return bool(mine) and all(
        any(
            claim.unit == other.unit
            and claim.values & other.values
            and len(claim.context & other.context) >= 2
            for other in theirs
        )
        for claim in mine
    )


def _number_sides(
    group: Group, claims: Sequence[Claim], kept: Sequence[Claim], lang: str
) -> tuple[str, list[Group]]:
    """The unit that is counted differently and the sides; no sides when nothing contradicts."""
    supporting = {source.ref for source in group.sources}
    mine = list(claims_of(group.said, lang))
    for claim in mine:
        same_unit = [other for other in claims if other.unit == claim.unit]
        agreeing = {c.said.ref for c in same_unit if c.values & claim.values}
        rivals = [
            rival
            for rival in same_unit
            if rival.said.ref not in agreeing and _is_rival(rival, claim, (*mine, *kept))
        ]
        together = partial(_said_together, same_unit, claim.values)
        kinds = sorted({r.values for r in rivals if not together(r.values)}, key=sorted)
        sides = [_rival_side(rivals, values) for values in kinds]
        if sides:
            supporters = [c.said for c in same_unit if c.said.ref in agreeing & supporting]
            return claim.unit, [gather(group.said, [group.said, *supporters]), *sides]
    return "", []


def _is_rival(rival: Claim, claim: Claim, drafted: Sequence[Claim]) -> bool:
    """Whether another number is said of the same thing, and of none that the draft states beside.

    A span of time or a sum that the draft states elsewhere must be said of very much the same.
    """
    shared = len(rival.context & claim.context)
    smaller = min(len(rival.context), len(claim.context))
    if shared < 2 or shared < (_SAME_CONTEXT if shared > 2 else _SAME_SHORT) * smaller:
        return False
    own = _nearness(rival, claim)
    others = [c for c in drafted if c.unit == claim.unit and not c.values & claim.values]
    if any(_nearness(rival, other) > own for other in others):
        return False
    common = claim.unit == TIME or claim.unit in MONEY
    return not common or own >= _SAME_FACT or not any(c.values & rival.values for c in others)


def _nearness(one: Claim, other: Claim) -> float:
    return len(one.context & other.context) / max(len(one.context | other.context), 1)


def _rival_side(rivals: Sequence[Claim], values: frozenset[str]) -> Group:
    said = [rival.said for rival in rivals if rival.values == values]
    return gather(min(said, key=lambda s: (not s.fit, len(s.text), s.ref)), said)


def _said_together(claims: Sequence[Claim], mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Numbers that agents mostly give in neighbouring sentences are two facts, no contradiction.

    Both in one sentence prove nothing: "it used to be 14 days, now it is 5".
    """
    messages: dict[str, tuple[set[str], set[str]]] = {}
    for claim in claims:
        message = messages.setdefault(claim.said.ref.rpartition("/")[0], (set(), set()))
        for where, values in zip(message, (mine, theirs), strict=True):
            if claim.values & values:
                where.add(claim.said.ref)
    with_theirs = [found for found in messages.values() if found[1]]
    apart = sum(bool(found[0]) and not found[0] & found[1] for found in with_theirs)
    return apart * 2 > len(with_theirs)


def _negation_sides(group: Group, everything: Sequence[Said], lang: str) -> list[Group]:
    if is_condition(group.said.text, lang):
        return []
    mine, negated = denied(group.said.text, lang)
    against = []
    for said in everything:
        theirs, other = denied(said.text, lang)
        if other == negated or not said.fit or is_condition(said.text, lang):
            continue
        if said.ref == group.said.ref:
            continue
        if len(mine) >= 3 and SequenceMatcher(None, mine, theirs).ratio() >= _SAME_SENTENCE:
            against.append(said)
    if not against:
        return []
    refs = {said.ref for said in against}
    supporters = [s for s in group.sources if s.ref not in refs] or [group.said]
    return [gather(group.said, supporters), gather(min(against, key=lambda s: s.ref), against)]


def _newest_first(side: Group) -> tuple[int, int, str]:
    return (-(side.last_seen or date.min).toordinal(), -side.tickets, side.said.ref)
