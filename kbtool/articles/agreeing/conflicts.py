"""Where agents contradict each other: another number, a "not", another way through the menus.

Nothing here decides who is right: both sides go into the draft, the newest one marked, and the
draft cannot be published until a person has chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbtool.articles.agreeing.numbers import Numbers, apart_in_time, values_of
from kbtool.articles.agreeing.support import Group, gather
from kbtool.articles.saying.claims import claims_of
from kbtool.articles.saying.denials import Denials
from kbtool.articles.saying.paths import (
    differ_inside,
    leads_elsewhere,
    menu_labels,
    menu_paths,
    steps_of,
)
from kbtool.articles.saying.replies import Said
from kbtool.text import terms

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
    numbers = Numbers(kept, replies, lang)
    everything = [said for one in replies for said in one if said.lang in ("", lang)]
    labels = menu_labels((said.text for said in everything), lang)
    denials = Denials(everything, lang)
    found: dict[str, Conflict] = {}
    for group in kept:
        if group.said.ref in found:
            continue
        unit, sides = numbers.sides(group)
        sides = sides or _sides(group, denials.against(group.said))
        sides = sides or _path_sides(group, everything, lang, labels)
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
        values = values_of(side.said, conflict.unit, lang)
        alike = [
            part.said
            for part in parts
            if values and values_of(part.said, conflict.unit, lang) >= values
        ]
        others = {
            v
            for s in conflict.sides
            if s is not side
            for v in values_of(s.said, conflict.unit, lang)
        } - values
        alike = [s for s in alike if not values_of(s, conflict.unit, lang) & others]
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


def _path_sides(
    group: Group, everything: Sequence[Said], lang: str, labels: Mapping[str, int]
) -> list[Group]:
    """Another way to the same place: menus move, so nobody names the one any more since the other
    is named; or the two differ in the middle only.
    """
    mine = _paths(group.said, lang, labels)
    if not mine:
        return []
    against = {
        said: theirs
        for said in everything
        if said.ref != group.said.ref
        and (theirs := _paths(said, lang, labels))
        and any(leads_elsewhere(own, other) for own in mine for other in theirs)
    }
    sides = _sides(group, list(against))
    if not sides or apart_in_time(*sides):
        return sides
    inside = (differ_inside(own, one) for own in mine for of in against.values() for one in of)
    return sides if any(inside) else []


def _paths(said: Said, lang: str, labels: Mapping[str, int]) -> list[tuple[str, ...]]:
    return [steps_of(path) for _, path in menu_paths(said.text, lang, labels)]


def _sides(group: Group, against: Sequence[Said]) -> list[Group]:
    if not against:
        return []
    refs = {said.ref for said in against}
    supporters = [s for s in group.sources if s.ref not in refs] or [group.said]
    told = min(against, key=lambda s: (not s.fit, len(s.text), s.ref))
    return [gather(group.said, supporters), gather(told, against)]


def _newest_first(side: Group) -> tuple[int, int, str]:
    return (-(side.last_seen or date.min).toordinal(), -side.tickets, side.said.ref)
