"""Which neighbouring sentences of a ticket's replies say what another sentence says.

All replies stand in one line, a place a sentence. A set of places is an int with a bit a place, and
the weights that are said at each place are added up in bit slices (O'Neil & Quass 1997, "Improved
query performance with variant indexes"): so a sentence is compared with all places at once, and
only the few that may support it are looked at one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from kbtool.articles.draft.meaning import Meaning, Slot, Vocabulary
from kbtool.articles.draft.replies import Said

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
_MORE = 0.001
"""What each sentence of a window costs: of those that say as much the shortest is meant."""
_HALVES = 2
"""Weights are added up in halves; ``WEIGHT`` has no smaller part."""
_GAP = (None,) * (WINDOW - 1)

Found = tuple[float, tuple[Said, ...]]
"""The share of a sentence that is said, less a little for each sentence of the window, and them."""


class Windows:
    """The replies to a topic as windows: one to three neighbouring sentences of one message."""

    def __init__(
        self, replies: Iterable[Sequence[Said]], lang: str, vocabulary: Vocabulary
    ) -> None:
        """``replies`` are one sequence a ticket, each in one language; ``lang`` is the one that is
        drafted.
        """
        tickets = [one for one in replies if one]
        self._own = _Line((one for one in tickets if one[0].lang == lang), vocabulary)
        self._abroad = _Line((one for one in tickets if one[0].lang != lang), vocabulary)

    def saying(self, meaning: Meaning, fact: int = 0) -> Iterator[Found]:
        """The window of each ticket that says most of a sentence, where it says enough.

        ``fact`` are the bits of a fact that is looked for: who says it need say little else of the
        sentence.
        """
        slots = [(slot.fills, slot.weight) for slot in meaning.slots]
        least = FACT if fact else _enough(meaning) - FIRM
        yield from self._own.best(slots, least, lambda mask: _share(meaning, mask, fact))
        slots = [(slot.abroad, slot.weight) for slot in meaning.abroad]
        if sum(weight for _, weight in slots) >= ABROAD:
            yield from self._abroad.best(slots, FAR, lambda mask: _share_abroad(meaning, mask))


class _Line:
    """The sentences of replies side by side, with empty places behind each message: no window goes
    from one message into another.
    """

    def __init__(self, replies: Iterable[Sequence[Said]], vocabulary: Vocabulary) -> None:
        said: list[Said | None] = []
        masks: list[int] = []
        self._where: dict[int, int] = {}
        """Bit of a feature → places of the sentences that have it."""
        self._near: dict[int, int] = {}
        """Bits of a slot → places where a window begins that fills it."""
        for one in (one for of_ticket in replies for one in of_ticket):
            if said and said[-1] and said[-1].message != one.message:
                said += _GAP
                masks += [0] * len(_GAP)
            mask = vocabulary.meaning(one.text, one.lang).mask
            for bit in bits_of(mask):
                self._where[bit] = self._where.get(bit, 0) | 1 << len(said)
            said.append(one)
            masks.append(mask)
        self._windows = [tuple(_windows_at(place, said, masks))[::-1] for place in range(len(said))]
        """Those that begin at each place with their masks, the longest, which says most, first."""

    def best(
        self,
        slots: Sequence[tuple[int, float]],
        least: float,
        share_of: Callable[[int], float],
    ) -> Iterable[Found]:
        """Of each ticket the first of the windows with the greatest share.

        ``slots`` are bits and weight; ``share_of`` (mask of a window → share, 0 when that is not
        enough) is only asked where the share may be ``least`` or more.
        """
        weights = [(self._filling(bits), round(_HALVES * weight)) for bits, weight in slots]
        needed = math.ceil(least * sum(weight for _, weight in weights) - 1e-9)
        wanted = 0
        for bits, _ in slots:
            wanted |= bits
        shares: dict[int, float] = {}
        found: dict[str, Found] = {}
        for bit in bits_of(_reaching(weights, max(needed, 1))):
            for window, mask in self._windows[bit.bit_length() - 1]:
                share = shares.get(mask & wanted)
                if share is None:
                    share = shares[mask & wanted] = share_of(mask)
                if not share:
                    break
                share -= _MORE * len(window)
                ticket = window[0].ticket
                if ticket not in found or share > found[ticket][0]:
                    found[ticket] = (share, window)
        return found.values()

    def _filling(self, bits: int) -> int:
        """The places where a window begins that has one of these bits."""
        if bits not in self._near:
            places = 0
            for bit in bits_of(bits):
                places |= self._where.get(bit, 0)
            for _ in range(WINDOW - 1):
                places |= places >> 1
            self._near[bits] = places
        return self._near[bits]


def _windows_at(
    place: int, said: Sequence[Said | None], masks: Sequence[int]
) -> Iterator[tuple[tuple[Said, ...], int]]:
    window: tuple[Said, ...] = ()
    mask = 0
    for one, of_one in zip(
        said[place : place + WINDOW], masks[place : place + WINDOW], strict=True
    ):
        if one is None:
            return
        window += (one,)
        mask |= of_one
        yield window, mask


def _reaching(weights: Iterable[tuple[int, int]], least: int) -> int:
    """The places whose weights add up to ``least`` (1 at least) or more; ``weights`` are pairs of
    places and the weight that each of them gets.
    """
    slices: list[int] = []
    for places, weight in weights:
        for bit in bits_of(weight):
            _add(slices, places, bit.bit_length() - 1)
    more, same = 0, -1
    for power in reversed(range(max(len(slices), least.bit_length()))):
        has = slices[power] if power < len(slices) else 0
        if least >> power & 1:
            same &= has
        else:
            more |= same & has
            same &= ~has
    return more | same


def _add(slices: list[int], places: int, power: int) -> None:
    """Add 2 to the ``power`` at these places; ``slices[n]`` are the places whose sum has bit n."""
    while places:
        slices += [0] * (power + 1 - len(slices))
        slices[power], places = slices[power] ^ places, slices[power] & places
        power += 1


def bits_of(mask: int) -> Iterator[int]:
    """The bits of a mask, the lowest first."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _enough(meaning: Meaning) -> float:
    return next(share for weight, share in ENOUGH if meaning.weight < weight)


def _share(meaning: Meaning, mask: int, fact: int = 0) -> float:
    """The share of a sentence's weight that a window says; 0 when it is too little for a support."""
    share = meaning.filled(mask) / meaning.weight
    if fact:
        others = any(s.fills & mask for s in meaning.slots if not s.fills & fact)
        return share if fact & mask and others and share >= FACT else 0.0
    if _misses_numbers(meaning.slots, mask):
        return 0.0
    firm = any(s.fills & mask for s in meaning.slots if s.kind in ANCHORS)
    return share if share >= _enough(meaning) - FIRM * firm else 0.0


def _share_abroad(meaning: Meaning, mask: int) -> float:
    """The same for a window in another language, by what means the same in both."""
    slots = meaning.abroad
    if _misses_numbers(slots, mask):
        return 0.0
    filled = [slot for slot in slots if slot.abroad & mask]
    share = sum(slot.weight for slot in filled) / sum(slot.weight for slot in slots)
    firm = any(s.kind != "word" and s.kind != "usual" for s in filled) and len(filled) >= 2
    return share if share >= (FAR if firm else FARTHER) and (firm or len(filled) >= 4) else 0.0


def _misses_numbers(slots: Iterable[Slot], mask: int) -> bool:
    """Whether more than half of a sentence's numbers are not said."""
    numbers = [slot for slot in slots if slot.kind == "number"]
    said = sum(bool(slot.fills & mask) for slot in numbers)
    return said * 2 < len(numbers) or (len(numbers) == 1 and not said)
