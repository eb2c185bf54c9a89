"""Where agents contradict each other: the same sentence with another number, or with a "not".

Nothing here decides who is right: both sides go into the draft, the newest one marked, and the
draft cannot be published until a person has chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from kbtool.articles.draft.phrases import in_digits, is_condition
from kbtool.articles.draft.replies import LINK, Said
from kbtool.articles.draft.support import Group, gather
from kbtool.text import get_language, is_stop_word, term, terms, words

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%£€$₺¥]")
_CURRENCY = "%£€$₺¥"
_AROUND = 6
"""Tokens on each side of a number that say what is counted."""
_SAME_CONTEXT = 0.5
_SAME_SHORT = 0.6
"""The same for two common terms only."""
_SAME_SENTENCE = 0.75


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with its unit and the terms around it: "at least [5 days] before billing"."""

    value: str
    unit: str
    context: frozenset[str]
    said: Said


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
    found: dict[str, Conflict] = {}
    for group in kept:
        if group.said.ref in found:
            continue
        unit, sides = _number_sides(group, claims, lang)
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
    sources = [source for side in conflict.sides for source in side.sources]
    if group.said in sources:
        return True
    mine = list(claims_of(group.said, lang))
    theirs = [c for s in sources for c in claims_of(s, lang) if c.unit == conflict.unit]
    return bool(mine) and all(
        any(
            claim.unit == other.unit
            and claim.value == other.value
            and len(claim.context & other.context) >= 2
            for other in theirs
        )
        for claim in mine
    )


def claims_of(said: Said, lang: str) -> Iterator[Claim]:
    """The numbers with units that a sentence states."""
    tokens = _TOKEN.findall(in_digits(LINK.sub(" ", said.text), lang))
    for index, token in enumerate(tokens):
        unit = _unit(tokens, index, lang) if token[0].isdigit() else ""
        if not unit:
            continue
        near = tokens[max(0, index - _AROUND) : index] + tokens[index + 1 : index + 1 + _AROUND]
        context = {term(word, lang) for word in near if _means(word, lang)} - {unit}
        yield Claim(token.replace(",", "."), unit, frozenset(context), said)


def _unit(tokens: Sequence[str], index: int, lang: str) -> str:
    """What a number counts; in "1, 2 or 3 months" all three count months."""
    if index and tokens[index - 1] in _CURRENCY:
        return tokens[index - 1]
    for step, token in enumerate(tokens[index + 1 : index + 5]):
        if token in _CURRENCY:
            return token
        if token[0].isdigit():
            continue
        if not is_stop_word(token, lang):
            return term(token, lang)
        if step + index + 2 >= len(tokens) or not tokens[step + index + 2][0].isdigit():
            return ""
    return ""


def _means(word: str, lang: str) -> bool:
    return word[0].isalpha() and len(word) > 1 and not is_stop_word(word, lang)


def _number_sides(group: Group, claims: Sequence[Claim], lang: str) -> tuple[str, list[Group]]:
    """The unit that is counted differently and the sides; no sides when nothing contradicts."""
    own = [claim for claim in claims if claim.said.ref in {s.ref for s in group.sources}]
    for claim in claims_of(group.said, lang):
        same = {c.value for c in own if c.unit == claim.unit and c.said.ref == group.said.ref}
        rivals = [
            rival
            for rival in claims
            if rival.unit == claim.unit
            and rival.value not in same
            and _about_the_same(claim, rival)
            and not same & _values(claims, rival.unit, rival.said.ref)
        ]
        sides = [_rival_side(rivals, value) for value in sorted({r.value for r in rivals})]
        supporters = [c.said for c in own if c.unit == claim.unit and c.value in same]
        mine = gather(group.said, supporters or [group.said])
        sides = [side for side in sides if not _said_together(mine, side)]
        if sides:
            return claim.unit, [mine, *sides]
    return "", []


def _about_the_same(one: Claim, other: Claim) -> bool:
    shared = len(one.context & other.context)
    smaller = min(len(one.context), len(other.context))
    return shared >= 2 and shared >= (_SAME_CONTEXT if shared > 2 else _SAME_SHORT) * smaller


def _values(claims: Sequence[Claim], unit: str, ref: str) -> set[str]:
    return {c.value for c in claims if c.unit == unit and c.said.ref == ref}


def _rival_side(rivals: Sequence[Claim], value: str) -> Group:
    said = [rival.said for rival in rivals if rival.value == value]
    fit = [s for s in said if s.fit] or said
    return gather(min(fit, key=lambda s: (not s.fit, len(s.text), s.ref)), said)


def _said_together(one: Group, other: Group) -> bool:
    """Numbers that agents give side by side in one message are two facts, not a contradiction."""
    messages = [{s.ref.rpartition("/")[0] for s in side.sources} for side in (one, other)]
    return len(messages[0] & messages[1]) * 2 > len(messages[1])


def _negation_sides(group: Group, everything: Sequence[Said], lang: str) -> list[Group]:
    if is_condition(group.said.text, lang):
        return []
    mine, negated = _without_negation(group.said.text, lang)
    against = []
    for said in everything:
        theirs, other = _without_negation(said.text, lang)
        if other == negated or not said.fit or is_condition(said.text, lang):
            continue
        if len(mine) >= 3 and SequenceMatcher(None, mine, theirs).ratio() >= _SAME_SENTENCE:
            against.append(said)
    if not against:
        return []
    refs = {said.ref for said in against}
    supporters = [s for s in group.sources if s.ref not in refs] or [group.said]
    return [gather(group.said, supporters), gather(min(against, key=lambda s: s.ref), against)]


def _without_negation(text: str, lang: str) -> tuple[list[str], bool]:
    """The terms of a sentence in order without its negations, and whether it had any."""
    negations = get_language(lang).negations
    found = words(LINK.sub(" ", text), lang)
    plain = [word for word in found if word not in negations]
    return terms(" ".join(plain), lang), len(plain) != len(found)


def _newest_first(side: Group) -> tuple[int, int, str]:
    return (-(side.last_seen or date.min).toordinal(), -side.tickets, side.said.ref)
