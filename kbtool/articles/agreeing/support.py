"""Which sentences several agents support: groups of sentences that say the same across tickets.

A sentence is supported by a ticket when one to three neighbouring sentences of its replies fill
most of its slots (see ``meaning``), in its own language or in another. So the short, clean wording
of a fact gathers every longer reply that contains it, and a full answer grows out of partial ones.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from statistics import fmean, median
from types import MappingProxyType

from kbtool.articles.agreeing.windows import ANCHORS, Windows, bits_of
from kbtool.articles.saying.meaning import Meaning, Vocabulary
from kbtool.articles.saying.paths import menu_labels
from kbtool.articles.saying.replies import LINK, Said
from kbtool.articles.saying.spelling import Spelling
from kbtool.articles.saying.trim import trimmed
from kbtool.text import words

CAP = 12
"""Tickets that are enough for a sentence however large the topic is."""
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
        self.may_show = cache(may_show)
        self.lang = lang
        self.trust = trust
        self.said = [one for one in replies if one]
        self.windows = Windows(self.said, lang, self.vocabulary)
        self.agents = len({said.agent for one in replies for said in one})
        self.shared = self._shared(2)
        self.spelling = Spelling((said.text for said in self.own), lang)

    def _shared(self, tickets: int) -> int:
        """The features that stand in so many tickets."""
        counted: Counter[int] = Counter()
        for of_ticket in self.said:
            mask = 0
            for said in of_ticket:
                mask |= self.vocabulary.meaning(said.text, said.lang).mask
            counted.update(bits_of(mask))
        return sum(bit for bit, count in counted.items() if count >= tickets)

    def candidates(self, needed: int) -> list[Candidate]:
        """Every sentence of the drafted language, whole or trimmed, that enough tickets support."""
        found = (self._candidate(form, needed) for _, forms in self._forms for form in forms)
        return [candidate for candidate in found if candidate]

    @cached_property
    def _forms(self) -> list[tuple[Said, tuple[Said, ...]]]:
        """Each wording of the drafted language with what can be trimmed of it."""
        return [(said, tuple(trimmed(said, self.menus))) for said in _distinct(self.own)]

    def supporting(self, said: Said) -> Group:
        """Who says what a sentence of the drafted language says; it may come from elsewhere."""
        return self._supported(said)[0]

    def _supported(self, said: Said, fact: int = 0) -> tuple[Group, list[float]]:
        """The group of a sentence and what share of it each of its tickets says."""
        meaning = self.vocabulary.meaning(said.text, said.lang)
        sources: list[Said] = []
        shares: list[float] = []
        for share, telling in self.windows.saying(meaning, fact):
            sources += telling
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
            for said, forms in self._forms
            if self.vocabulary.meaning(said.text, said.lang).mask & fact
            for form in forms
            if (candidate := self._candidate(form, needed, fact)) and not candidate.alone
        ]

        def worth(candidate: Candidate) -> float:
            new = 1 - candidate.core.filled(covered) / candidate.core.weight
            telling = candidate.trust * candidate.cover * candidate.pure**2
            return telling * new / math.sqrt(candidate.core.weight)

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
        return Candidate(group, meaning, fmean(shares), trust, pure, core, alone)

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


def support_needed(tickets: int) -> int:
    """How many tickets must support a sentence when ``tickets`` answered ones were read.

    Two in a topic of fewer than 9, then 0.6 times the square root, at most 12: what holds under a
    condition only is said in few of many tickets.
    """
    return 2 if tickets < 9 else min(max(3, round(0.6 * math.sqrt(tickets))), CAP)


def gather(said: Said, sources: Iterable[Said]) -> Group:
    """A group from its sentences, each once though it may come whole and trimmed."""
    found = [one for _, one in sorted({source.ref: source for source in sources}.items())]
    places: dict[str, list[float]] = {}
    for source in found:
        places.setdefault(source.ticket, []).append(source.place)
    dates = [source.on for source in found if source.on]
    return Group(
        said=said,
        sources=tuple(found),
        tickets=len(places),
        agents=len({source.agent for source in found}),
        first_seen=min(dates, default=None),
        last_seen=max(dates, default=None),
        place=median(map(_mean, places.values())) if places else 0.0,
    )


def _mean(places: Sequence[float]) -> float:
    return fmean(places) if len(places) > 1 else places[0]


def _distinct(own: Iterable[Said]) -> list[Said]:
    """One candidate for each masked wording, the newest (macros are sent hundreds of times)."""
    found: dict[str, Said] = {}
    for said in sorted(own, key=lambda s: (s.on or date.min, s.ref)):
        found[" ".join(words(said.text))] = said
    return sorted(found.values(), key=lambda s: s.ref)
