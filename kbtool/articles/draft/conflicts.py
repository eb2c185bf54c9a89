"""Where agents contradict each other: another number, a "not", another way through the menus.

Nothing here decides who is right: both sides go into the draft, the newest one marked, and the
draft cannot be published until a person has chosen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from kbtool.articles.draft.claims import MONEY, TIME, Claim, claims_of
from kbtool.articles.draft.denials import affirmed, is_denied, says_the_opposite
from kbtool.articles.draft.meaning import Vocabulary
from kbtool.articles.draft.paths import leads_elsewhere, menu_paths, steps_of
from kbtool.articles.draft.phrases import is_condition
from kbtool.articles.draft.replies import Said
from kbtool.articles.draft.support import Group, gather
from kbtool.text import terms

_SAME_CONTEXT, _SAME_OTHER = 0.5, 0.34
"""Share of the fewer terms around two numbers that must be common: of spans of time and sums, which
are many, and of other units."""
_SAME_FACT, _SAME_PART = 0.5, 0.6
"""Share of all terms around two numbers, or of the fewer, from which they count one thing even
though the draft states both."""
_UNLIKELY = 20
"""Orders of tickets, two of which keep two sides apart: 2 in 20 is a chance of 1 in 10."""
_SAID_ALREADY = 0.5
"""Share of a sentence's terms in a conflict block from which it need not be repeated."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that cannot all be true, the newest first."""

    sides: tuple[Group, ...]
    unit: str
    """What is counted differently; empty when a "not" or a menu path makes the difference."""


def find_conflicts(
    kept: Sequence[Group], replies: Sequence[Sequence[Said]], lang: str
) -> dict[str, Conflict]:
    """Reference of a kept group's sentence → the conflict it is part of.

    ``replies`` may be in several languages: a number that is stated in another one counts too.

    A group that is only another side of an earlier one's conflict maps to the same record.
    """
    spoken = [said for one in replies for said in one]
    claims = [claim for said in spoken for claim in claims_of(said, said.lang or lang)]
    everything = [said for said in spoken if said.lang in ("", lang)]
    stated = [claim for group in kept for claim in claims_of(group.said, lang)]
    vocabulary = Vocabulary()
    found: dict[str, Conflict] = {}
    for group in kept:
        if group.said.ref in found:
            continue
        unit, sides = _number_sides(group, claims, stated, lang)
        sides = sides or _negation_sides(group, everything, lang, vocabulary)
        sides = sides or _path_sides(group, everything, lang)
        if not sides:
            continue
        conflict = Conflict(tuple(sorted(sides, key=_newest_first)), unit)
        found[group.said.ref] = conflict
        for other in kept:
            if other.said.ref not in found and _is_part(other, conflict, lang):
                found[other.said.ref] = conflict
    return found


def _is_part(group: Group, conflict: Conflict, lang: str) -> bool:
    """Whether a kept sentence only says again what one side says: it would stand there as true."""
    sources = {source.ref for side in conflict.sides for source in side.sources}
    mine = [claim for claim in claims_of(group.said, lang) if claim.unit == conflict.unit]
    theirs = [
        claim
        for side in conflict.sides
        for source in (side.said, *side.sources)
        for claim in claims_of(source, lang)
        if claim.unit == conflict.unit
    ]
    if mine and any(
        claim.values & other.values and len(claim.context & other.context) >= 2
        for claim in mine
        for other in theirs
    ):
        return True
    shown = {t for side in conflict.sides for t in terms(side.said.text, lang)}
    own = set(terms(group.said.text, lang))
    return group.said.ref in sources and len(own & shown) >= _SAID_ALREADY * len(own)


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
        sides = [_rival_side(rivals, values, lang) for values in kinds]
        sides = sides or _replaced(claim, same_unit, (*mine, *kept), lang)
        if sides:
            supporters = [c.said for c in same_unit if c.said.ref in agreeing & supporting]
            return claim.unit, [gather(group.said, [group.said, *supporters]), *sides]
    return "", []


def _replaced(
    claim: Claim, same_unit: Sequence[Claim], drafted: Sequence[Claim], lang: str
) -> list[Group]:
    """Another number that took this one's place on some day: all of the one are said before all
    of the other, by more tickets than chance would order so (1 in 10), of something in common.
    """
    alike = [c for c in same_unit if c.values == claim.values and c.context & claim.context]
    mine = gather(claim.said, [claim.said, *(c.said for c in alike)])
    for values in sorted({c.values for c in same_unit if not c.values & claim.values}, key=sorted):
        rivals = [
            c
            for c in same_unit
            if c.values == values and any(c.context & own.context for own in (claim, *alike))
        ]
        if not rivals or any(values & other.values for other in drafted if other is not claim):
            continue
        theirs = _rival_side(rivals, values, lang)
        ways = math.comb(mine.tickets + theirs.tickets, mine.tickets)
        if ways >= _UNLIKELY and _apart_in_time(mine, theirs):
            return [theirs]
    return []


def _is_rival(rival: Claim, claim: Claim, drafted: Sequence[Claim]) -> bool:
    """Whether another number is said of the same thing, and of none that the draft states beside.

    A span of time or a sum that the draft states elsewhere must be said of very much the same.
    """
    common = claim.unit == TIME or claim.unit in MONEY
    shared = len(rival.context & claim.context)
    part = shared / max(min(len(rival.context), len(claim.context)), 1)
    if shared < 2 or part < (_SAME_CONTEXT if common else _SAME_OTHER):
        return False
    own = _nearness(rival, claim)
    others = [c for c in drafted if c.unit == claim.unit and not c.values & claim.values]
    if any(_nearness(rival, other) > own for other in others):
        return False
    beside = (c for c in others if c.said == claim.said and c.values & rival.values)
    if any(_nearness(rival, c) >= own for c in beside):
        return False
    same = own >= _SAME_FACT or part >= _SAME_PART
    return same or not common or not any(c.values & rival.values for c in others)


def _nearness(one: Claim, other: Claim) -> float:
    return len(one.context & other.context) / max(len(one.context | other.context), 1)


def _rival_side(rivals: Sequence[Claim], values: frozenset[str], lang: str) -> Group:
    said = [rival.said for rival in rivals if rival.values == values]
    told = min(said, key=lambda s: (s.lang not in ("", lang), not s.fit, len(s.text), s.ref))
    return gather(told, said)


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


def _negation_sides(
    group: Group, everything: Sequence[Said], lang: str, vocabulary: Vocabulary
) -> list[Group]:
    if is_condition(group.said.text, lang):
        return []
    mine = affirmed(group.said.text, lang, vocabulary)
    negated = is_denied(group.said.text, lang)
    against = [
        said
        for said in everything
        if said.ref != group.said.ref
        and said.fit
        and is_denied(said.text, lang) != negated
        and not is_condition(said.text, lang)
        and says_the_opposite(mine, affirmed(said.text, lang, vocabulary))
    ]
    return _sides(group, against)


def _path_sides(group: Group, everything: Sequence[Said], lang: str) -> list[Group]:
    """The way that agents sent people to the same place before, or since: menus move."""
    mine = [steps_of(path) for _, path in menu_paths(group.said.text, lang)]
    against = [
        said
        for said in everything
        if said.ref != group.said.ref
        and any(
            leads_elsewhere(own, steps_of(path))
            for _, path in menu_paths(said.text, lang)
            for own in mine
        )
    ]
    sides = _sides(group, against)
    return sides if sides and _apart_in_time(*sides) else []


def _apart_in_time(one: Group, other: Group) -> bool:
    """Whether nobody says the one any more since the other is said."""
    if not (one.first_seen and one.last_seen and other.first_seen and other.last_seen):
        return False
    return one.last_seen < other.first_seen or other.last_seen < one.first_seen


def _sides(group: Group, against: Sequence[Said]) -> list[Group]:
    if not against:
        return []
    refs = {said.ref for said in against}
    supporters = [s for s in group.sources if s.ref not in refs] or [group.said]
    told = min(against, key=lambda s: (not s.fit, len(s.text), s.ref))
    return [gather(group.said, supporters), gather(told, against)]


def _newest_first(side: Group) -> tuple[int, int, str]:
    return (-(side.last_seen or date.min).toordinal(), -side.tickets, side.said.ref)
