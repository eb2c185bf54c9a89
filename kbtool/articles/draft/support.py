"""Which sentences several agents support: groups of sentences that say the same across tickets.

A sentence is supported by a ticket when one to three neighbouring sentences of its replies hold
most of the sentence's terms and all its numbers. So the short, clean wording of a fact gathers
every longer reply that contains it, and a full answer grows out of partial ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from kbtool.articles.draft.phrases import in_digits, points_back
from kbtool.articles.draft.replies import LINK, Said
from kbtool.text import terms, words

WINDOW = 3
"""Sentences of one message that may say together what another says in one."""
SHORT = 4
"""Terms below which a sentence is short."""
CAP = 8
"""Tickets that are enough for a sentence however large the topic is."""
ALIKE = 0.45
"""Share of common terms from which two sentences are wordings of one."""
HOLDS = 0.9
"""Share of a sentence's terms in a longer one from which the shorter is not needed."""
_NUMBER = re.compile(r"\d+")
_ITEM_BONUS = 1.15
_STYLE_COST = 0.75


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of several tickets that say what ``said`` says."""

    said: Said
    """The most typical of them."""
    sources: tuple[Said, ...]
    tickets: int
    agents: int
    first_seen: date | None
    last_seen: date | None
    place: float
    """Median place (0..1) of the group in the agents' answers."""


@dataclass(frozen=True, slots=True)
class _Window:
    terms: int
    sentences: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    group: Group
    terms: int
    cover: float


class Bits:
    """Sets of terms as bit masks: comparing thousands of sentences costs one ``and`` each."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._bits: dict[str, int] = {}
        self.numbers = 0

    def of(self, text: str) -> int:
        """The mask of a sentence's terms; links to articles count as terms."""
        found = terms(in_digits(LINK.sub(" ", text), self.lang), self.lang) + LINK.findall(text)
        mask = 0
        for item in found:
            bit = self._bits.setdefault(item, 1 << len(self._bits))
            mask |= bit
            if _NUMBER.search(item):
                self.numbers |= bit
        return mask


def support_needed(tickets: int) -> int:
    """How many tickets must support a sentence when ``tickets`` answered ones were read.

    A third and at least 3, at most 8; in a topic of fewer than 9 tickets 2 are enough, which
    must be answered by two agents (see ``groups``).
    """
    return 2 if tickets < 9 else min(max(3, math.ceil(tickets / 3)), CAP)


def groups(replies: Sequence[Sequence[Said]], lang: str) -> tuple[Group, ...]:
    """The supported, non-repeating sentences of a topic's replies (one sequence a ticket), in the
    order in which agents say them.

    Each is supported by ``support_needed`` tickets and, when several agents answered, by at
    least two of them.
    """
    bits = Bits(lang)
    windows = [_windows(said, bits) for said in replies if said]
    agents = len({said.agent for one in replies for said in one})
    needed = support_needed(len(windows))
    candidates = []
    for said in _distinct(replies):
        found = _candidate(said, bits, windows)
        group = found.group
        if group.tickets >= needed and group.agents >= min(2, agents):
            candidates.append(found)
    chosen = _choose(candidates, bits)
    return tuple(sorted(chosen, key=lambda group: (group.place, group.said.ref)))


def supporters(
    sentences: Sequence[Said], replies: Sequence[Sequence[Said]], lang: str
) -> tuple[Group, ...]:
    """Who says what each of ``sentences`` says, one group a sentence, without sources where
    nobody does. ``replies`` are those of ``groups``; the sentences may come from elsewhere.
    """
    bits = Bits(lang)
    windows = [_windows(said, bits) for said in replies if said]
    return tuple(_candidate(said, bits, windows).group for said in sentences)


def gather(said: Said, sources: Iterable[Said]) -> Group:
    """A group from its sentences."""
    found = sorted(set(sources), key=lambda s: s.ref)
    places: dict[str, list[float]] = {}
    for source in found:
        places.setdefault(source.ticket, []).append(source.place)
    dates = sorted(source.on for source in found if source.on)
    return Group(
        said=said,
        sources=tuple(found),
        tickets=len(places),
        agents=len({source.agent for source in found}),
        first_seen=dates[0] if dates else None,
        last_seen=dates[-1] if dates else None,
        place=median(mean(of_ticket) for of_ticket in places.values()) if places else 0.0,
    )


def _windows(said: Sequence[Said], bits: Bits) -> list[_Window]:
    masks = [bits.of(one.text) for one in said]
    found = []
    for start in range(len(said)):
        mask = 0
        for end in range(start, min(start + WINDOW, len(said))):
            if _message(said[end]) != _message(said[start]):
                break
            mask |= masks[end]
            found.append(_Window(mask, tuple(said[start : end + 1])))
    return found


def _message(said: Said) -> str:
    return said.ref.rpartition("/")[0]


def _distinct(replies: Sequence[Sequence[Said]]) -> list[Said]:
    """One candidate for each masked wording, the newest (macros are sent hundreds of times)."""
    found: dict[str, Said] = {}
    fit = (said for one in replies for said in one if said.fit)
    for said in sorted(fit, key=lambda s: (s.on or date.min, s.ref)):
        found[" ".join(words(said.text))] = said
    return sorted(found.values(), key=lambda s: s.ref)


def _candidate(said: Said, bits: Bits, windows: Sequence[Sequence[_Window]]) -> _Candidate:
    mask = bits.of(said.text)
    size = mask.bit_count()
    needed = _threshold(size) * size
    numbers = mask & bits.numbers
    sources: list[Said] = []
    covers: list[float] = []
    for of_ticket in windows:
        best: tuple[float, _Window] | None = None
        for window in of_ticket:
            shared = (mask & window.terms).bit_count()
            if shared < needed or numbers & ~window.terms:
                continue
            value = shared - 0.01 * len(window.sentences)
            if best is None or value > best[0]:
                best = (value, window)
        if best:
            sources.extend(s for s in best[1].sentences if bits.of(s.text) & mask)
            covers.append(best[0] / size)
    return _Candidate(gather(said, sources), mask, mean(covers) if covers else 0.0)


def _threshold(size: int) -> float:
    """Short sentences must be met whole: two shared words of three are no agreement."""
    return 0.9 if size < SHORT else 0.7 if size < 8 else 0.6


def _choose(candidates: Sequence[_Candidate], bits: Bits) -> list[Group]:
    """Greedily the sentence that says most that is new for most tickets, until nothing is new."""
    chosen: list[_Candidate] = []
    covered = 0
    rest = list(candidates)
    while rest:
        rest = [c for c in rest if not _is_repetition(c, chosen, covered, bits)]
        if not rest:
            break
        best = max(rest, key=lambda c: (_gain(c, covered, bits), c.group.said.ref))
        best = _medoid(best, rest, bits)
        chosen.append(best)
        covered |= best.terms
        rest.remove(best)
    return [
        candidate.group
        for candidate in chosen
        if not any(_holds(other, candidate) for other in chosen if other is not candidate)
    ]


def _holds(longer: _Candidate, shorter: _Candidate) -> bool:
    """Whether one chosen sentence says all that another does, and more."""
    shared = (longer.terms & shorter.terms).bit_count()
    return (
        longer.terms.bit_count() > shorter.terms.bit_count()
        and shared >= HOLDS * shorter.terms.bit_count()
    )


def _gain(candidate: _Candidate, covered: int, bits: Bits) -> float:
    new = (candidate.terms & ~covered).bit_count()
    size = candidate.terms.bit_count()
    return (
        candidate.group.tickets
        * candidate.cover
        * new
        / math.pow(size, 0.4)
        * _style(candidate, bits.lang)
    )


def _medoid(best: _Candidate, rest: Sequence[_Candidate], bits: Bits) -> _Candidate:
    """The candidate most like all that support ``best``: the usual wording, not the luckiest."""
    sources = [bits.of(source.text) for source in best.group.sources]
    numbers = best.terms & bits.numbers

    def typical(candidate: _Candidate) -> float:
        return sum(_likeness(candidate.terms, source) for source in sources) * _style(
            candidate, bits.lang
        )

    alike = [
        candidate
        for candidate in rest
        if _likeness(candidate.terms, best.terms) >= ALIKE
        and candidate.terms & bits.numbers == numbers
    ]
    return max([best, *alike], key=lambda c: (typical(c), c.group.said.ref))


def _likeness(one: int, other: int) -> float:
    return (one & other).bit_count() / max((one | other).bit_count(), 1)


def _style(candidate: _Candidate, lang: str) -> float:
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


def _is_repetition(
    candidate: _Candidate, chosen: Sequence[_Candidate], covered: int, bits: Bits
) -> bool:
    """Whether a candidate adds too little to what was chosen.

    More than half of its terms, or all its numbers, must be new; one that only repeats a chosen
    sentence's numbers in other words is a repetition too. A short item of a list is a step of
    its own unless another sentence holds it whole.
    """
    if not chosen:
        return False
    size = candidate.terms.bit_count()
    new = (candidate.terms & ~covered).bit_count()
    numbers = candidate.terms & bits.numbers
    if numbers and not numbers & covered:
        return False
    if candidate.group.said.item and size < SHORT:
        path = _menu_path(candidate.group.said.text)
        return any(
            _holds(other, candidate) or (path and path in other.group.said.text) for other in chosen
        )
    if new < 2 or new < 0.55 * size:
        return True
    if not numbers:
        return False
    return any(
        not numbers & ~other.terms
        and (candidate.terms & other.terms & ~bits.numbers).bit_count() >= max(1, 0.25 * size)
        for other in chosen
    )
