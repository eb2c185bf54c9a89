"""Which sentences several agents support: groups of sentences that say the same across tickets.

A sentence is supported by a ticket when one to three neighbouring sentences of its replies fill
most of its slots (see ``meaning``), in its own language or in another. So the short, clean wording
of a fact gathers every longer reply that contains it, and a full answer grows out of partial ones.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import mean, median
from types import MappingProxyType

from kbtool.articles.draft.meaning import Meaning, Slot, Vocabulary
from kbtool.articles.draft.paths import menu_labels
from kbtool.articles.draft.replies import LINK, Said
from kbtool.articles.draft.spelling import Spelling
from kbtool.articles.draft.trim import trimmed
from kbtool.text import words

WINDOW = 3
"""Sentences of one message that may say together what another says in one."""
CAP = 12
"""Tickets that are enough for a sentence however large the topic is."""
ABROAD = 3.0
"""Weight that a sentence's language-free slots must have for tickets in other languages to count."""
ANCHORS = frozenset({"number", "address", "label"})
"""Kinds of slots that hold a fact by themselves."""
FACT = 0.3
"""Share of a sentence's weight that must be said by whoever says the fact it stands for."""
NEW_FACT = 0.3
"""Share of its weight that a sentence which stands for a fact must add to the others."""
PURE, PURE_FACT = 0.6, 0.5
"""Share of a sentence's weight that other tickets must also say somewhere, and of one that stands
for a fact."""


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
class Candidate:
    """A sentence that could stand in a draft, and who supports it."""

    group: Group
    meaning: Meaning
    cover: float
    """Mean share of its weight that its supporters say."""
    trust: float
    """Sum over its tickets of how far each can be trusted (0..1)."""
    pure: float
    """Share of its weight that other tickets say somewhere."""
    core: Meaning
    """The slots that other tickets say too: what it has in common with other candidates counts."""
    alone: bool = False
    """Only one of several agents says it."""


@dataclass(frozen=True, slots=True)
class _Window:
    mask: int
    sentences: tuple[Said, ...]


class Replies:
    """A topic's replies, one sequence a ticket, as windows that can support a sentence."""

    def __init__(
        self,
        replies: Sequence[Sequence[Said]],
        lang: str,
        may_show: Callable[[str], bool] = lambda _: True,
        trust: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """``replies`` may be in several languages; ``lang`` is the one that is drafted.

        ``may_show`` tells whether a text is free of personal data, ``trust`` how far a ticket's
        answer can be trusted (0..1, 1 when it is not in it).
        """
        self.own = [said for one in replies for said in one if said.lang == lang]
        self.menus = menu_labels((said.text for said in self.own), lang)
        self.vocabulary = Vocabulary(self.menus)
        self.may_show = may_show
        self.lang = lang
        self.trust = trust
        self.said = [one for one in replies if one]
        self.tickets = [self._windows(one) for one in self.said]
        self.agents = len({said.agent for one in replies for said in one})
        self.shared = self._shared(2)
        self.spelling = Spelling((said.text for said in self.own), lang)

    def _windows(self, said: Sequence[Said]) -> tuple[_Window, ...]:
        masks = [self.vocabulary.meaning(one.text, one.lang).mask for one in said]
        found = []
        for start in range(len(said)):
            mask = 0
            for end in range(start, min(start + WINDOW, len(said))):
                if message_of(said[end]) != message_of(said[start]):
                    break
                mask |= masks[end]
                found.append(_Window(mask, tuple(said[start : end + 1])))
        return tuple(found)

    def _shared(self, tickets: int) -> int:
        """The features that stand in so many tickets."""
        counted: Counter[int] = Counter()
        for windows in self.tickets:
            mask = 0
            for window in windows:
                mask |= window.mask
            while mask:
                bit = mask & -mask
                counted[bit] += 1
                mask ^= bit
        return sum(bit for bit, count in counted.items() if count >= tickets)

    def candidates(self, needed: int) -> list[Candidate]:
        """Every sentence of the drafted language, whole or trimmed, that enough tickets support."""
        found = (
            self._candidate(one, needed)
            for said in _distinct(self.own)
            for one in trimmed(said, self.menus)
        )
        return [candidate for candidate in found if candidate]

    def supporting(self, said: Said) -> Group:
        """Who says what a sentence of the drafted language says; it may come from elsewhere."""
        return self._supported(said)[0]

    def _supported(self, said: Said, fact: int = 0) -> tuple[Group, list[float]]:
        """The group of a sentence and what share of it each of its tickets says."""
        meaning = self.vocabulary.meaning(said.text, said.lang)
        sources: list[Said] = []
        shares: list[float] = []
        for windows in self.tickets:
            best = _best(meaning, windows, said.lang, fact)
            if best:
                share, window = best
                sources += [s for s in window.sentences if self._says(s, meaning, fact)]
                shares.append(share)
        return gather(said, sources), shares

    def facts(self, needed: int) -> list[int]:
        """The bits of numbers, addresses and labels that enough tickets and agents state, those
        that most state first.
        """
        stated: dict[int, tuple[set[str], set[str | None]]] = {}
        for said in self.own:
            for slot in self.vocabulary.meaning(said.text, said.lang).slots:
                if slot.kind in ANCHORS:
                    tickets, agents = stated.setdefault(slot.own, (set(), set()))
                    tickets.add(said.ticket)
                    agents.add(said.agent)
        least = min(2, self.agents)
        found = [
            (len(tickets), bits)
            for bits, (tickets, agents) in stated.items()
            if len(tickets) >= needed and len(agents) >= least
        ]
        return [bits for _, bits in sorted(found, key=lambda one: (-one[0], one[1]))]

    def stating(self, fact: int, needed: int, covered: int) -> Candidate | None:
        """The sentence, whole or trimmed, that states a fact most as all do who state it, and says
        least that is ``covered`` already.
        """
        made = [
            candidate
            for said in _distinct(self.own)
            if self.vocabulary.meaning(said.text, said.lang).mask & fact
            for one in trimmed(said, self.menus)
            if (candidate := self._candidate(one, needed, fact)) and not candidate.alone
        ]

        def worth(candidate: Candidate) -> float:
            new = 1 - candidate.core.filled(covered) / candidate.core.weight
            return candidate.trust * candidate.cover * candidate.pure**2 * new

        return max(
            made, key=lambda c: (worth(c), c.group.said.ref, c.group.said.text), default=None
        )

    def _candidate(self, said: Said, needed: int, fact: int = 0) -> Candidate | None:
        meaning = self.vocabulary.meaning(said.text, said.lang)
        pure = self._pure(meaning)
        if not said.fit or pure < (PURE_FACT if fact else PURE) or fact & ~meaning.mask:
            return None
        group, shares = self._supported(said, fact)
        if group.tickets < needed or not self.may_show(LINK.sub(" ", said.text)):
            return None
        trust = sum(self.trust.get(key, 1.0) for key in {s.ticket for s in group.sources})
        trust *= self.spelling.quality(said.text)
        alone = group.agents < min(2, self.agents)
        core = Meaning(tuple(slot for slot in meaning.slots if slot.fills & self.shared))
        return Candidate(group, meaning, mean(shares), trust, pure, core, alone)

    def _pure(self, meaning: Meaning) -> float:
        """Share of the weight that stands in other tickets too; 0 when something rare is in it: a
        number, an address or a name that only one ticket holds.
        """
        weight = 0.0
        for slot in meaning.slots:
            if slot.fills & self.shared:
                weight += slot.weight
            elif slot.kind in ("number", "address", "name"):
                return 0.0
        return weight / meaning.weight if weight else 0.0

    def _says(self, said: Said, meaning: Meaning, fact: int = 0) -> bool:
        mask = self.vocabulary.meaning(said.text, said.lang).mask
        if fact:
            return bool(fact & mask)
        return any(slot.fills & mask and slot.kind != "usual" for slot in meaning.slots)


def supporters(
    sentences: Sequence[Said], replies: Sequence[Sequence[Said]], lang: str
) -> tuple[Group, ...]:
    """Who says what each of ``sentences`` says, one group a sentence, without sources where
    nobody does; the sentences, all in ``lang``, may come from elsewhere.
    """
    read = Replies(replies, lang)
    return tuple(read.supporting(replace(said, lang=lang)) for said in sentences)


def support_needed(tickets: int) -> int:
    """How many tickets must support a sentence when ``tickets`` answered ones were read.

    Two in a topic of fewer than 9, then 0.6 times the square root, at most 12: what holds under a
    condition only is said in few of many tickets.
    """
    return 2 if tickets < 9 else min(max(3, round(0.6 * math.sqrt(tickets))), CAP)


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


def message_of(said: Said) -> str:
    """Ticket and message of a sentence."""
    return said.ref.rpartition("/")[0]


def _distinct(own: Iterable[Said]) -> list[Said]:
    """One candidate for each masked wording, the newest (macros are sent hundreds of times)."""
    found: dict[str, Said] = {}
    for said in sorted(own, key=lambda s: (s.on or date.min, s.ref)):
        found[" ".join(words(said.text))] = said
    return sorted(found.values(), key=lambda s: s.ref)


def _best(
    meaning: Meaning, windows: Sequence[_Window], lang: str, fact: int = 0
) -> tuple[float, _Window] | None:
    """The window that says most of a sentence and its share, if it says enough."""
    best: tuple[float, _Window] | None = None
    for window in windows:
        if not meaning.mask & window.mask:
            continue
        same = window.sentences[0].lang == lang
        share = _share(meaning, window.mask, fact) if same else _share_abroad(meaning, window.mask)
        share -= 0.001 * len(window.sentences)
        if share > 0 and (best is None or share > best[0]):
            best = (share, window)
    return best


def _share(meaning: Meaning, mask: int, fact: int = 0) -> float:
    """The share of the weight that is said; 0 when it is too little for a support.

    ``fact`` are the bits of a fact that is looked for: who says it need say little else of the
    sentence.
    """
    share = meaning.filled(mask) / meaning.weight
    if fact:
        others = any(s.fills & mask for s in meaning.slots if not s.fills & fact)
        return share if fact & mask and others and share >= FACT else 0.0
    if _misses_numbers(meaning.slots, mask):
        return 0.0
    firm = any(s.fills & mask for s in meaning.slots if s.kind in ANCHORS)
    short = 0.85 if meaning.weight < 3 else 0.7 if meaning.weight < 5 else 0.6
    return share if share >= short - 0.1 * firm else 0.0


def _share_abroad(meaning: Meaning, mask: int) -> float:
    """The same for a window in another language, by what means the same in both."""
    slots = meaning.abroad
    weight = sum(slot.weight for slot in slots)
    if weight < ABROAD or _misses_numbers(slots, mask):
        return 0.0
    filled = [slot for slot in slots if slot.abroad & mask]
    share = sum(slot.weight for slot in filled) / weight
    firm = any(s.kind != "word" and s.kind != "usual" for s in filled) and len(filled) >= 2
    return share if share >= (0.6 if firm else 0.75) and (firm or len(filled) >= 4) else 0.0


def _misses_numbers(slots: Iterable[Slot], mask: int) -> bool:
    """Whether more than half of a sentence's numbers are not said."""
    numbers = [slot for slot in slots if slot.kind == "number"]
    said = sum(bool(slot.fills & mask) for slot in numbers)
    return said * 2 < len(numbers) or (len(numbers) == 1 and not said)
