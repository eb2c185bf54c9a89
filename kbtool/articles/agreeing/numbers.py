"""Where agents give different numbers of one thing, in any of their languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from kbtool.articles.agreeing.support import Group, gather
from kbtool.articles.saying.claims import MONEY, TIME, Claim, agree, claims_of
from kbtool.articles.saying.replies import Said

SAME_CONTEXT, SAME_OTHER = 0.42, 0.34
"""Share of the fewer terms around two numbers that must be common: of spans of time and sums, which
are many, and of other units."""
SAME_FACT, SAME_PART = 0.5, 0.42
"""Share of all terms around two numbers, or of the fewer, from which they count one thing even
though the draft states both."""
UNLIKELY = 0.1
"""Chance below which what tickets have in common is none: the order of their dates, or that none of
them states both numbers."""
FEW = 2


class Numbers:
    """Every number that a topic's agents give."""

    def __init__(self, kept: Sequence[Group], replies: Sequence[Sequence[Said]], lang: str) -> None:
        """``kept`` are the drafted sentences, ``replies`` one sequence a ticket."""
        self.lang = lang
        self.tickets = sum(bool(one) for one in replies)
        self.claims = [
            c for one in replies for said in one for c in claims_of(said, said.lang or lang)
        ]
        self.drafted = [c for group in kept for c in claims_of(group.said, lang)]
        self._by_unit: dict[str, list[Claim]] = {}
        for claim in self.claims:
            self._by_unit.setdefault(claim.unit, []).append(claim)
        self._agreed: dict[tuple[str, frozenset[str]], list[Claim]] = {}

    def sides(self, group: Group) -> tuple[str, list[Group]]:
        """The unit that is counted differently and the sides; no sides when nothing contradicts."""
        unit = ""
        supporters = [group.said]
        found: dict[str, Group] = {}
        for claim in claims_of(group.said, self.lang):
            others = self._against(claim)
            if not others:
                continue
            unit = unit or claim.unit
            supporters += self._others_who_say(claim.values, claim)
            agreeing = {c.said.ref for c in self._agreeing(claim)}
            supporters += [source for source in group.sources if source.ref in agreeing]
            own = gather(group.said, supporters)
            for side in others:
                values = values_of(side.said, claim.unit, self.lang)
                whole = gather(side.said, (*side.sources, *self._others_who_say(values, claim)))
                if not self._is_aside(whole, own, claim):
                    found[side.said.ref] = whole
        return (unit, [gather(group.said, supporters), *found.values()]) if found else ("", [])

    def _same_unit(self, claim: Claim) -> list[Claim]:
        return self._by_unit.get(claim.unit, [])

    def _agreeing(self, claim: Claim) -> list[Claim]:
        """All claims of its unit, of whatever, whose numbers can be true where its numbers are."""
        key = claim.unit, claim.values
        if key not in self._agreed:
            self._agreed[key] = [c for c in self._same_unit(claim) if agree(c.values, claim.values)]
        return self._agreed[key]

    def _others_who_say(self, values: frozenset[str], claim: Claim) -> list[Said]:
        """Everybody who gives one of these numbers of something that ``claim`` is about too; of
        other numbers only who does not give its own in the same sentence.
        """
        same_unit = self._same_unit(claim)
        beside = [] if values & claim.values else self._agreeing(claim)
        agreeing = {c.said.ref for c in beside}
        return [
            c.said
            for c in same_unit
            if c.values <= values and c.context & claim.context and c.said.ref not in agreeing
        ]

    def _against(self, claim: Claim) -> list[Group]:
        """Who gives other numbers of the same thing, a group a number."""
        same_unit = self._same_unit(claim)
        agreeing = {c.said.ref for c in self._agreeing(claim)}
        rivals = [
            rival
            for rival in same_unit
            if rival.said.ref not in agreeing and self._is_rival(rival, claim)
        ]
        kinds = sorted({rival.values for rival in rivals}, key=sorted)
        apart = [values for values in kinds if not _said_together(same_unit, claim.values, values)]
        sides = [self._side(rivals, values) for values in apart] or self._replaced(claim)
        return [side for side in sides if self._is_witness(side, same_unit)]

    def _is_rival(self, rival: Claim, claim: Claim) -> bool:
        """Whether another number is said of the same thing, and of none that the draft states
        beside.

        A span of time or a sum that the draft states elsewhere must be said of very much the same.
        Of two numbers that no ticket states both, by no chance, little need be common.
        """
        common = claim.unit == TIME or claim.unit in MONEY
        shared = len(rival.context & claim.context)
        part = shared / max(min(len(rival.context), len(claim.context)), 1)
        near = part >= (SAME_CONTEXT if common else SAME_OTHER) and (shared > 1 or part == 1)
        if not near and not (shared and self._exclude_each_other(rival, claim)):
            return False
        own = _nearness(rival, claim)
        others = [
            c
            for c in (*claims_of(claim.said, self.lang), *self.drafted)
            if c.unit == claim.unit and not agree(c.values, claim.values)
        ]
        if any(_nearness(rival, c) > own for c in others if not agree(c.values, rival.values)):
            return False
        beside = (c for c in others if c.said == claim.said and c.values & rival.values)
        if any(_nearness(rival, c) >= own for c in beside):
            return False
        same = own >= SAME_FACT or part >= SAME_PART
        return same or not common or not any(c.values & rival.values for c in others)

    def _exclude_each_other(self, rival: Claim, claim: Claim) -> bool:
        """Whether no message gives both numbers, though so many tickets give one that by chance
        some would (hypergeometric; wrong in one case of ten).
        """
        mine = {c.said.ticket for c in self._agreeing(claim)}
        theirs = {c.said.ticket for c in self._agreeing(rival)}
        if mine & theirs:
            return False
        rest = self.tickets - len(mine)
        ways = math.comb(rest, len(theirs)) / math.comb(self.tickets, len(theirs))
        return ways <= UNLIKELY

    def _replaced(self, claim: Claim) -> list[Group]:
        """Another number that took this one's place on some day: all of the one are said before
        all of the other, which chance would hardly do, of something in common.
        """
        same_unit = self._same_unit(claim)
        alike = [c for c in same_unit if c.values == claim.values and c.context & claim.context]
        mine = gather(claim.said, [claim.said, *(c.said for c in alike)])
        context = frozenset().union(claim.context, *(c.context for c in alike))
        rest = [c for c in same_unit if not agree(c.values, claim.values) and c.context & context]
        for values in sorted({c.values for c in rest}, key=sorted):
            theirs = self._side(rest, values)
            chance = 2 / math.comb(mine.tickets + theirs.tickets, mine.tickets)
            if chance <= UNLIKELY and apart_in_time(mine, theirs):
                return [theirs]
        return []

    def _side(self, claims: Iterable[Claim], values: frozenset[str]) -> Group:
        """In the newest words, which are most likely right, of somebody who writes in the draft's
        language.
        """
        said = [claim.said for claim in claims if claim.values == values]
        told = max(said, key=lambda s: (self._is_own(s), s.fit, s.on or date.min, s.ref))
        return gather(told, said)

    def _is_own(self, said: Said) -> bool:
        return said.lang in ("", self.lang)

    def _is_witness(self, side: Group, same_unit: Sequence[Claim]) -> bool:
        """Whether a side may speak: in another language with two agents, or as the newest word."""
        if self._is_own(side.said) or side.agents > 1:
            return True
        own = [c.said.on for c in same_unit if self._is_own(c.said) and c.said.on]
        return bool(side.last_seen and own and side.last_seen > max(own))

    def _is_aside(self, side: Group, own: Group, claim: Claim) -> bool:
        """Whether a side is said on one day only, in the middle of the other, and of something
        that is only partly the same: another fact, most likely.
        """
        if not (side.first_seen and own.first_seen and own.last_seen and side.tickets <= FEW):
            return False
        inside = own.first_seen <= side.first_seen < own.last_seen
        if side.first_seen != side.last_seen or not inside:
            return False
        near = (
            _nearness(claim, c) for s in side.sources for c in claims_of(s, s.lang or self.lang)
        )
        return max(near, default=0.0) < SAME_FACT


def values_of(said: Said, unit: str, lang: str) -> frozenset[str]:
    """All values of a unit that a sentence states."""
    found = (c.values for c in claims_of(said, said.lang or lang) if c.unit == unit)
    return frozenset(value for values in found for value in values)


def apart_in_time(one: Group, other: Group) -> bool:
    """Whether nobody says the one any more since the other is said."""
    if not (one.first_seen and one.last_seen and other.first_seen and other.last_seen):
        return False
    return one.last_seen < other.first_seen or other.last_seen < one.first_seen


def _nearness(one: Claim, other: Claim) -> float:
    return len(one.context & other.context) / max(len(one.context | other.context), 1)


def _said_together(claims: Sequence[Claim], mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether agents who give one of two numbers mostly give the other in a sentence beside it:
    two facts, no contradiction.

    Both in one sentence prove nothing: "it used to be 14 days, now it is 5".
    """
    messages: dict[str, tuple[set[str], set[str]]] = {}
    for claim in claims:
        message = messages.setdefault(claim.said.message, (set(), set()))
        for where, values in zip(message, (mine, theirs), strict=True):
            if claim.values & values:
                where.add(claim.said.ref)
    apart = sum(
        bool(found[0] and found[1]) and not found[0] & found[1] for found in messages.values()
    )
    with_mine = sum(bool(found[0]) for found in messages.values())
    with_theirs = sum(bool(found[1]) for found in messages.values())
    return apart * 2 > with_theirs or (with_mine >= FEW and apart * 2 > with_mine)
