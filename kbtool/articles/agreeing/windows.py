"""Which neighbouring sentences of a ticket's replies say what another sentence says.

All replies stand in one line, a place a sentence. A set of places is an int with a bit a place, and
the weights that are said at each place are added up in bit slices (O'Neil & Quass 1997, "Improved
query performance with variant indexes"): so a sentence is compared with all places at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from kbtool.articles.saying.meaning import Meaning, Vocabulary, all_bits
from kbtool.articles.saying.replies import Said

WINDOW = 3
"""Sentences of one message that may say together what another says in one."""
ABROAD = 3.0
"""Weight that a sentence's language-free slots must have for tickets in other languages to count."""
ANCHORS = frozenset({"number", "address", "label"})
"""Kinds of slots that hold a fact by themselves."""
FACT = 0.3
"""Share of a sentence's weight that must be said by whoever says the fact it stands for."""
ENOUGH, FIRM = ((3.0, 0.85), (5.0, 0.7), (math.inf, 0.6)), 0.1
"""(Weight below which a sentence needs it, share that must be said), and how much less is enough
where an anchor is said."""
FAR, FARTHER = 0.6, 0.75
"""The same between languages, where more than words is said, and where only words are."""
_FEW_SLOTS, _SLOTS = 2, 4
"""Slots that must be filled between languages, where more than words is said and where not."""
_MORE = 0.001
"""What each sentence of a window costs: of those that say as much the shortest is meant."""
_HALVES = 2
"""Weights are added up in halves; ``WEIGHT`` has no smaller part."""
_GAP = ((None, 0),) * (WINDOW - 1)

_Places: TypeAlias = tuple[int, ...]
"""For windows of one, two and three sentences: the set of places where they begin."""
_Rule: TypeAlias = tuple[float, _Places]
"""A share of a sentence's weight, and the windows from which it is enough."""


class Windows:
    """The replies to a topic as windows: one to three neighbouring sentences of one message."""

    def __init__(
        self, replies: Iterable[Sequence[Said]], lang: str, vocabulary: Vocabulary
    ) -> None:
        """``replies`` are one sequence a ticket, each in one language; ``lang`` is the one that is
        drafted.
        """
        tickets = [one for one in replies if one]
        self._own = _Line([one for one in tickets if one[0].lang == lang], vocabulary)
        self._abroad = _Line([one for one in tickets if one[0].lang != lang], vocabulary)

    def saying(self, meaning: Meaning, fact: int = 0) -> Iterator[tuple[float, list[Said]]]:
        """Of each ticket that says enough of a sentence: the share that its best window says, less
        a little for each sentence of the window, and those of them that say something of it.

        ``fact`` are the bits of a fact that is looked for: who says it need say little else of the
        sentence.
        """
        slots = [(slot.fills, slot.weight) for slot in meaning.slots]
        abroad = [(slot.abroad, slot.weight) for slot in meaning.abroad]
        told = fact or meaning.telling
        yield from self._own.best(slots, _rules(self._own, meaning, fact), told)
        if sum(weight for _, weight in abroad) >= ABROAD:
            yield from self._abroad.best(abroad, _rules_abroad(self._abroad, meaning), told)


class _Line:
    """The sentences of replies side by side, with empty places behind each message: no window goes
    from one message into another.
    """

    def __init__(self, replies: Sequence[Sequence[Said]], vocabulary: Vocabulary) -> None:
        self._line: list[tuple[Said | None, int]] = []
        """A sentence and its mask a place."""
        self._of_ticket: dict[str, int] = {}
        """Ticket → its places."""
        self._where: dict[int, int] = {}
        """Bit of a feature → places of the sentences that have it."""
        self._known: dict[int, _Places] = {}
        for said in (said for one in replies for said in one):
            before = self._line[-1][0] if self._line else None
            if before and before.message != said.message:
                self._line += _GAP
            place = 1 << len(self._line)
            mask = vocabulary.meaning(said.text, said.lang).mask
            for bit in bits_of(mask):
                self._where[bit] = self._where.get(bit, 0) | place
            self._of_ticket[said.ticket] = self._of_ticket.get(said.ticket, 0) | place
            self._line.append((said, mask))

    def having(self, bits: int) -> _Places:
        """The windows that have one of these bits."""
        if bits not in self._known:
            places = all_bits(self._where.get(bit, 0) for bit in bits_of(bits))
            found = [places]
            for _ in range(WINDOW - 1):
                found.append(found[-1] | found[-1] >> 1)
            self._known[bits] = tuple(found)
        return self._known[bits]

    def best(
        self, slots: Sequence[tuple[int, float]], rules: Sequence[_Rule], told: int
    ) -> Iterator[tuple[float, list[Said]]]:
        """Of each ticket with a window from which a rule is content, the one that says most, the
        shortest and first of those; ``slots`` are bits and weight; the sentences that have
        one of the bits ``told`` are named.
        """
        whole = sum(weight for _, weight in slots)
        having = [(self.having(bits), round(_HALVES * weight)) for bits, weight in slots]
        sums = [_Sums((of[n], weight) for of, weight in having) for n in range(WINDOW)]
        left = all_bits(self._of_ticket.values())
        for half in range(round(_HALVES * whole), 0, -1):
            share = half / _HALVES / whole
            content = [places for least, places in rules if share >= least]
            if not content:
                return
            for n, of_size in enumerate(sums):
                places = left & all_bits(one[n] for one in content)
                places &= of_size.equal(half) if places else 0
                while places:
                    place = (places & -places).bit_length() - 1
                    window = self._line[place : place + n + 1]
                    saying = [said for said, mask in window if said and mask & told]
                    yield share - _MORE * (n + 1), saying
                    ticket = self._of_ticket[window[0][0].ticket]  # type: ignore[union-attr]  # left holds places of sentences only
                    places &= ~ticket
                    left &= ~ticket


class _Sums:
    """A sum a place, kept as bit slices: the n-th holds the places whose sum has bit n."""

    def __init__(self, weights: Iterable[tuple[int, int]]) -> None:
        """``weights`` are places and the weight that is added at each of them."""
        self._slices: list[int] = []
        for places, weight in weights:
            for bit in bits_of(weight):
                self._add(places, bit.bit_length() - 1)

    def _add(self, places: int, power: int) -> None:
        slices = self._slices
        while places:
            slices += [0] * (power + 1 - len(slices))
            slices[power], places = slices[power] ^ places, slices[power] & places
            power += 1

    def equal(self, wanted: int) -> int:
        """The places whose sum is ``wanted``."""
        if wanted.bit_length() > len(self._slices):
            return 0
        found = -1
        for power, has in enumerate(self._slices):
            found &= has if wanted >> power & 1 else ~has
        return found

    def reaching(self, least: int) -> int:
        """The places whose sum is ``least``, which is positive, or more."""
        more, same = 0, -1
        for power in reversed(range(max(len(self._slices), least.bit_length()))):
            has = self._slices[power] if power < len(self._slices) else 0
            if least >> power & 1:
                same &= has
            else:
                more |= same & has
                same &= ~has
        return more | same


def _rules(line: _Line, meaning: Meaning, fact: int) -> list[_Rule]:
    """When a window supports a sentence: it says enough of it and half of its numbers at least."""
    if fact:
        beside = all_bits(slot.fills for slot in meaning.slots if not slot.fills & fact)
        return [(FACT, _both(line.having(fact), line.having(beside)))]
    enough = next(share for weight, share in ENOUGH if meaning.weight < weight)
    numbers = _counting(line, [slot.fills for slot in meaning.slots if slot.kind == "number"])
    anchors = all_bits(slot.fills for slot in meaning.slots if slot.kind in ANCHORS)
    return [(enough, numbers), (enough - FIRM, _both(numbers, line.having(anchors)))]


def _rules_abroad(line: _Line, meaning: Meaning) -> list[_Rule]:
    """The same for windows in another language, by what means the same in both."""
    slots = meaning.abroad
    numbers = _counting(line, [slot.abroad for slot in slots if slot.kind == "number"])
    marks = all_bits(slot.abroad for slot in slots if slot.kind not in ("word", "usual"))
    every = [slot.abroad for slot in slots]
    few = _both(line.having(marks), _filling(line, every, _FEW_SLOTS))
    return [
        (FAR, _both(numbers, few)),
        (FARTHER, _both(numbers, _filling(line, every, _SLOTS))),
    ]


def _counting(line: _Line, numbers: Sequence[int]) -> _Places:
    """The windows that say half of a sentence's numbers or more."""
    return _filling(line, numbers, math.ceil(len(numbers) / 2)) if numbers else (-1,) * WINDOW


def _filling(line: _Line, slots: Iterable[int], least: int) -> _Places:
    """The windows that fill so many of the slots."""
    having = [line.having(bits) for bits in slots]
    return tuple(_Sums((of[n], 1) for of in having).reaching(least) for n in range(WINDOW))


def _both(one: _Places, other: _Places) -> _Places:
    return tuple(a & b for a, b in zip(one, other, strict=True))


def bits_of(mask: int) -> Iterator[int]:
    """The bits of a mask, the lowest first."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
