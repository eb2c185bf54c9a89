"""Where agents contradict each other: another number, a "not", another way through the menus.

Nothing here decides who is right: both sides go into the draft, the newest one marked, and the
draft cannot be published until a person has chosen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from kbtool.articles.draft.claims import MONEY, TIME, Claim, agree, claims_of
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
_SAME_FACT, _SAME_PART = 0.5, 0.5
"""Share of all terms around two numbers, or of the fewer, from which they count one thing even
though the draft states both."""
_FEW = 2
_UNLIKELY = 20
"""Orders of tickets, two of which keep two sides apart: 2 in 20 is a chance of 1 in 10."""
_SAID_ALREADY = 3
"""Terms, the number among them, that a sentence shares with one in a conflict block from which it
need not be repeated."""


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
        parts = [g for g in kept if g.said.ref not in found and is_part(g, conflict, lang)]
        whole = _told_fully(conflict, [group, *parts], lang)
        found |= {one.said.ref: whole for one in (group, *parts)}
    return found


def _told_fully(conflict: Conflict, parts: Sequence[Group], lang: str) -> Conflict:
    """The conflict with each side in the words of the fullest kept sentence that takes it."""
    sides = []
    for side in conflict.sides:
        values = _values_of(side.said, conflict.unit, lang)
        alike = [
            part.said
            for part in parts
            if values and _values_of(part.said, conflict.unit, lang) >= values
        ]
        others = {
            v
            for s in conflict.sides
            if s is not side
            for v in _values_of(s.said, conflict.unit, lang)
        } - values
        alike = [s for s in alike if not _values_of(s, conflict.unit, lang) & others]
        told = max([side.said, *alike], key=lambda s: (s.lang in ("", lang), len(s.text), s.ref))
        sides.append(replace(side, said=told))
    return replace(conflict, sides=tuple(sides))


def is_part(group: Group, conflict: Conflict, lang: str) -> bool:
    """Whether a kept sentence only says again what one side says: it would stand there as true."""
    sources = {source.ref for side in conflict.sides for source in side.sources}
    own = set(terms(group.said.text, lang))
    mine = [claim for claim in claims_of(group.said, lang) if claim.unit == conflict.unit]
    for source in (said for side in conflict.sides for said in (side.said, *side.sources)):
        shared = own & set(terms(source.text, lang))
        if len(shared) >= _SAID_ALREADY and any(
            claim.unit == conflict.unit and any(claim.values & c.values for c in mine)
            for claim in claims_of(source, lang)
        ):
            return True
    shown = {t for side in conflict.sides for t in terms(side.said.text, lang)}
    return group.said.ref in sources and len(own & shown) * 2 >= len(own)


def _number_sides(
    group: Group, claims: Sequence[Claim], kept: Sequence[Claim], lang: str
) -> tuple[str, list[Group]]:
    """The unit that is counted differently and the sides; no sides when nothing contradicts."""
    supporting = {source.ref for source in group.sources}
    mine = list(claims_of(group.said, lang))
    found: dict[str, Group] = {}
    unit, supporters = "", [group.said]
    for claim in mine:
        same_unit = [other for other in claims if other.unit == claim.unit]
        agreeing = {c.said.ref for c in same_unit if agree(c.values, claim.values)}
        rivals = [
            rival
            for rival in same_unit
            if rival.said.ref not in agreeing and _is_rival(rival, claim, (*mine, *kept))
        ]
        together = partial(_said_together, same_unit, claim.values)
        kinds = sorted({r.values for r in rivals if not together(r.values)}, key=sorted)
        sides = [_rival_side(rivals, values, lang) for values in kinds]
        sides = sides or _replaced(claim, same_unit, (*mine, *kept), lang)
        if sides := [side for side in sides if _is_witness(side, same_unit, lang)]:
            unit = unit or claim.unit
            supporters += [c.said for c in same_unit if c.said.ref in agreeing & supporting]
            supporters += _others_who_say(claim.values, claim, same_unit)
            own = gather(group.said, supporters)
            for side in sides:
                values = _values_of(side.said, claim.unit, lang)
                told = (*side.sources, *_others_who_say(values, claim, same_unit))
                whole = gather(side.said, told)
                if not _is_aside(whole, own, claim, lang):
                    found[side.said.ref] = whole
    if not found:
        return "", []
    return unit, [gather(group.said, supporters), *found.values()]


def _is_aside(side: Group, own: Group, claim: Claim, lang: str) -> bool:
    """Whether a side is said on one day only, in the middle of the other, and of something that is
    only partly the same: another fact, most likely.
    """
    if not (side.first_seen and own.first_seen and own.last_seen and side.tickets <= _FEW):
        return False
    if side.first_seen != side.last_seen or not own.first_seen <= side.first_seen < own.last_seen:
        return False
    near = (
        _nearness(claim, c) for said in side.sources for c in claims_of(said, said.lang or lang)
    )
    return max(near, default=0.0) < _SAME_FACT


def _values_of(said: Said, unit: str, lang: str) -> frozenset[str]:
    found = (c.values for c in claims_of(said, said.lang or lang) if c.unit == unit)
    return frozenset(value for values in found for value in values)


def _others_who_say(values: frozenset[str], claim: Claim, same_unit: Sequence[Claim]) -> list[Said]:
    """Everybody who gives one of these numbers of something that ``claim`` is about too."""
    return [c.said for c in same_unit if c.values <= values and c.context & claim.context]


def _is_witness(side: Group, same_unit: Sequence[Claim], lang: str) -> bool:
    """Whether a side may speak: in another language only with two agents, or as the newest word."""
    if side.said.lang in ("", lang) or side.agents > 1:
        return True
    own = [c.said.on for c in same_unit if c.said.lang in ("", lang) and c.said.on]
    return bool(side.last_seen and own and side.last_seen > max(own))


def _replaced(
    claim: Claim, same_unit: Sequence[Claim], drafted: Sequence[Claim], lang: str
) -> list[Group]:
    """Another number that took this one's place on some day: all of the one are said before all
    of the other, by more tickets than chance would order so (1 in 10), of something in common.
    """
    alike = [c for c in same_unit if c.values == claim.values and c.context & claim.context]
    mine = gather(claim.said, [claim.said, *(c.said for c in alike)])
    for values in sorted(
        {c.values for c in same_unit if not agree(c.values, claim.values)}, key=sorted
    ):
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
    if part < (_SAME_CONTEXT if common else _SAME_OTHER) or (shared < 2 and part < 1):
        return False
    own = _nearness(rival, claim)
    others = [c for c in drafted if c.unit == claim.unit and not agree(c.values, claim.values)]
    if any(_nearness(rival, c) > own for c in others if not agree(c.values, rival.values)):
        return False
    beside = (c for c in others if c.said == claim.said and c.values & rival.values)
    if any(_nearness(rival, c) >= own for c in beside):
        return False
    same = own >= _SAME_FACT or part >= _SAME_PART
    return same or not common or not any(c.values & rival.values for c in others)


def _nearness(one: Claim, other: Claim) -> float:
    return len(one.context & other.context) / max(len(one.context | other.context), 1)


def _rival_side(rivals: Sequence[Claim], values: frozenset[str], lang: str) -> Group:
    """In the newest words, which are most likely right, of somebody who writes in ``lang``."""
    said = [rival.said for rival in rivals if rival.values == values]
    told = max(said, key=lambda s: (s.lang in ("", lang), s.fit, s.on or date.min, s.ref))
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
