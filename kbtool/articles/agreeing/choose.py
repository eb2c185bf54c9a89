"""Which supported sentences make the draft: each fact once, in its usual wording."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kbtool.articles.agreeing.order import in_order
from kbtool.articles.agreeing.support import Candidate, Group, Replies, support_needed
from kbtool.articles.saying.phrases import points_back

ALIKE = 0.45
"""Share of common weight from which two sentences are wordings of one."""
HOLDS = 0.85
"""Share of a sentence's weight in a longer one from which the shorter is not needed; of a short
one all of it."""
NEW = 0.5
"""Share of a sentence's weight that must be new."""
SHORT = 3.5
"""Weight below which a list item is a step of its own unless another holds it."""
MOST = 24
"""Sentences of a draft; what comes later is said by few and long to read."""
TOGETHER = 0.75
"""Share of a sentence's weight in all others from which it is not needed; of a short one all."""
MOSTLY = 0.65
"""Share of a sentence's weight in another from which its new number does not make it new."""
LIKE = 0.4
"""Share of a sentence's weight in another one that makes it other words for that one."""
_LEAST_NEW = 1.5
_BESIDE = 2
"""Chosen items of a list that make its other items worth keeping."""
_ITEM_BONUS = 1.3
_STYLE_COST = 0.75


def groups(read: Replies) -> tuple[Group, ...]:
    """The supported, non-repeating sentences of a topic's replies in the order of the answer.

    First the sentences that enough tickets say, then those that state a fact which enough tickets
    state each in other words, then the steps between chosen ones.
    """
    needed = support_needed(sum(any(s.lang == read.lang for s in one) for one in read.said))
    found = read.candidates(needed)
    chosen = choose([c for c in found if not c.alone], read.lang)
    for fact in read.facts(needed):
        covered = _covered(chosen)
        stating = None if fact & covered else read.stating(fact, needed, covered)
        if stating and len(chosen) < MOST:
            chosen = [c for c in chosen if not _holds(stating, c)] + [stating]
    chosen = _needed([*chosen, *_between(chosen, found)])
    return in_order([c.group for c in chosen])


def _needed(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Those that the others together do not say already, the longest left out first."""
    kept = list(chosen)
    longest = sorted(chosen, key=lambda c: (-c.core.weight, c.group.said.ref, c.group.said.text))
    for candidate in longest:
        others = _covered([other for other in kept if other is not candidate])
        share = 1.0 if candidate.core.weight < SHORT else TOGETHER
        said = candidate.core.filled(others) >= share * candidate.core.weight
        if said and not candidate.core.goes_beyond(others) and len(kept) > 1:
            kept.remove(candidate)
    return kept


def _covered(chosen: Sequence[Candidate]) -> int:
    mask = 0
    for candidate in chosen:
        mask |= candidate.meaning.mask
    return mask


def _between(chosen: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """Steps that one agent's list has between chosen ones: a list with holes is worse than none."""
    lists: dict[str, set[int]] = {}
    for at, candidate in enumerate(chosen):
        for source in candidate.group.sources:
            if source.item:
                lists.setdefault(source.message, set()).add(at)
    added: list[Candidate] = []
    covered = _covered(chosen)
    alone = (c for c in found if c.alone and c.group.said.item)
    for candidate in sorted(alone, key=lambda c: (-c.trust, c.group.said.ref, c.group.said.text)):
        beside = len(lists.get(candidate.group.said.message, ()))
        if beside >= _BESIDE and not _is_repetition(candidate, [*chosen, *added], covered):
            added.append(candidate)
            covered |= candidate.meaning.mask
    return added


def choose(candidates: Sequence[Candidate], lang: str) -> list[Candidate]:
    """Greedily the sentence that says most that is new for most tickets, until nothing is new."""
    chosen: list[Candidate] = []
    covered = 0
    rest = list(candidates)
    while rest and len(chosen) < MOST:
        rest = [c for c in rest if not _is_repetition(c, chosen, covered)]
        if not rest:
            break
        best = max(
            rest, key=lambda c: (_gain(c, covered, lang), c.group.said.ref, c.group.said.text)
        )
        best = _usual(best, rest, lang)
        chosen.append(best)
        covered |= best.meaning.mask
        rest.remove(best)
    return [
        candidate
        for place, candidate in enumerate(chosen)
        if not any(
            _holds(other, candidate) and (other.core.weight, -at) > (candidate.core.weight, -place)
            for at, other in enumerate(chosen)
            if at != place
        )
    ]


def _holds(longer: Candidate, shorter: Candidate) -> bool:
    """Whether one sentence says all that another does, but for what nobody else says."""
    said = shorter.core.filled(longer.meaning.mask)
    share = 1.0 if shorter.core.weight < SHORT else HOLDS
    return said >= share * shorter.core.weight and not shorter.meaning.goes_beyond(
        longer.meaning.mask
    )


def _new(candidate: Candidate, covered: int) -> float:
    return candidate.core.weight - candidate.core.filled(covered)


def _gain(candidate: Candidate, covered: int, lang: str) -> float:
    return (
        candidate.trust
        * candidate.cover
        * candidate.pure**2
        * _new(candidate, covered)
        / math.pow(candidate.meaning.weight, 0.6)
        * _style(candidate, lang)
    )


def _usual(best: Candidate, rest: Sequence[Candidate], lang: str) -> Candidate:
    """The candidate most like all that support ``best``: the usual wording, not the luckiest."""
    refs = {source.ref for source in best.group.sources}
    alike = [
        candidate
        for candidate in rest
        if candidate.group.said.ref in refs
        and not candidate.meaning.goes_beyond(best.meaning.mask)
        and not best.meaning.goes_beyond(candidate.meaning.mask)
        and likeness(candidate, best) >= ALIKE
    ]

    def typical(candidate: Candidate) -> float:
        said = sum(likeness(candidate, other) for other in alike)
        worth = candidate.trust * candidate.pure**2 * _style(candidate, lang)
        return (1 + said) * worth

    return max([best, *alike], key=lambda c: (typical(c), c.group.said.ref, c.group.said.text))


def likeness(one: Candidate, other: Candidate) -> float:
    """Common weight over all weight of two sentences, 0 to 1."""
    shared = min(one.meaning.filled(other.meaning.mask), other.meaning.filled(one.meaning.mask))
    return shared / max(one.meaning.weight + other.meaning.weight - shared, 1.0)


def _style(candidate: Candidate, lang: str) -> float:
    said = candidate.group.said
    if points_back(said.text, lang):
        return _STYLE_COST
    if said.item:
        return _ITEM_BONUS
    return 1.0 if said.text[:1].isupper() else _STYLE_COST


def _menu_path(text: str) -> str:
    """``Ride > Unlock`` of "Tap Ride > Unlock."; empty when there is none."""
    head, arrow, tail = text.partition(" > ")
    return f"{head.rpartition(' ')[2]} > {tail.rstrip(' .,;:!')}" if arrow else ""


def _is_repetition(candidate: Candidate, chosen: Sequence[Candidate], covered: int) -> bool:
    """Whether a candidate adds too little to what was chosen.

    Half of its weight, or a number, must be new; one that only repeats a chosen sentence's numbers
    in other words is a repetition too. A short item of a list is a step of its own unless another
    sentence holds it whole.
    """
    if not chosen:
        return False
    if any(other.group.said.ref == candidate.group.said.ref for other in chosen):
        return True
    meaning = candidate.meaning
    if meaning.goes_beyond(covered) and _new(candidate, covered) >= _LEAST_NEW + 0.5:
        core = candidate.core
        return any(core.filled(c.meaning.mask) >= MOSTLY * core.weight for c in chosen)
    if candidate.group.said.item and meaning.weight < SHORT:
        path = _menu_path(candidate.group.said.text)
        return any(
            _holds(other, candidate) or (path and path in other.group.said.text) for other in chosen
        )
    new = _new(candidate, covered)
    core = candidate.core
    likest = max(core.filled(other.meaning.mask) for other in chosen) / core.weight
    if new < _LEAST_NEW or (new < NEW * core.weight and likest >= LIKE):
        return True
    if not meaning.has_numbers:
        return False
    return any(
        not meaning.goes_beyond(other.meaning.mask)
        and meaning.filled(other.meaning.mask) >= meaning.weight / 2
        for other in chosen
    )
