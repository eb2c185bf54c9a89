"""What a sentence says, as slots that another sentence can fill, in its language or in another.

A slot is a content word, a number, an address, a name or the label of a button or menu. A word's slot is filled by the same word
or by one of the same meaning (the thesaurus, whose groups are the same in every language); numbers,
addresses and names only by themselves. So "Kolimistasu on 29 €" and "The moving fee is 29 euros"
can support each other, and neither supports 39.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from kbtool.articles.saying.claims import MONEY, TIME, amounts
from kbtool.articles.saying.paths import NO_LABELS, menu_paths, steps_of
from kbtool.articles.saying.phrases import in_digits, opens_with
from kbtool.articles.saying.replies import LINK
from kbtool.text import (
    concepts,
    get_language,
    is_stop_word,
    lower,
    match_key,
    term,
    words,
)

WEIGHT = {"number": 2.0, "address": 2.0, "label": 2.0, "name": 1.5, "word": 1.0, "usual": 0.5}
"""How much a slot tells. Steps open with the same few verbs: those are ``usual``."""
_URL = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]{1,63}\.){1,9}[a-z]{2,12}(?:/[^\s<>\"'()]*)?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_NAME = re.compile(r"[^\W\d_][\w]*(?:[-./][\w]+)*")
_QUOTED = re.compile(r"[„“\"«»‘][^„“”\"«»’\n]{1,80}[“”\"«»’]")
_LABEL_WORDS = 5
_NAME_LETTERS = 5
_UNITS = {"€": "eur", "eur": "eur", "euro": "eur", "$": "usd", "£": "gbp", "₺": "try", "tl": "try"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a sentence says."""

    kind: str
    """A key of ``WEIGHT``."""
    fills: int
    """Bits, any of which fills it."""
    abroad: int
    """Those of them that mean the same in every language."""
    gives: int = 0
    """Bits that it fills in others, where not the same: a bare 2 may be 2 days, 2 days no 2 hours."""

    @property
    def own(self) -> int:
        """The bits that are its own: it gives them and is filled by them."""
        return self.fills & self.gives if self.gives else self.fills

    @property
    def weight(self) -> float:
        """How much it tells."""
        return WEIGHT[self.kind]


@dataclass(frozen=True)
class Meaning:
    """All slots of a sentence."""

    slots: tuple[Slot, ...]

    @cached_property
    def mask(self) -> int:
        """Every bit of every slot: what the sentence fills in others."""
        return all_bits(slot.gives or slot.fills for slot in self.slots)

    @cached_property
    def telling(self) -> int:
        """The bits of those slots that are not ``usual``."""
        return all_bits(slot.fills for slot in self.slots if slot.kind != "usual")

    @cached_property
    def has_numbers(self) -> bool:
        """Whether it states a number."""
        return any(slot.kind == "number" for slot in self.slots)

    def goes_beyond(self, mask: int) -> bool:
        """Whether it states a number that ``mask`` does not."""
        return any(slot.kind == "number" and not slot.fills & mask for slot in self.slots)

    @cached_property
    def weight(self) -> float:
        """Of all slots."""
        return sum(slot.weight for slot in self.slots)

    @cached_property
    def abroad(self) -> tuple[Slot, ...]:
        """The slots that another language can fill."""
        return tuple(slot for slot in self.slots if slot.abroad)

    def filled(self, mask: int) -> float:
        """Weight of the slots that ``mask`` fills."""
        return sum(slot.weight for slot in self.slots if slot.fills & mask)


class Vocabulary:
    """Numbers every feature, so that comparing thousands of sentences costs one ``and`` each."""

    def __init__(self, menus: Mapping[str, int] = NO_LABELS) -> None:
        """``menus`` tell where menu paths end (see ``menu_labels``)."""
        self._menus = menus
        self._bits: dict[str, int] = {}
        self._known: dict[tuple[str, str], Meaning] = {}

    def meaning(self, text: str, lang: str) -> Meaning:
        """The slots of a plain sentence (links to articles as LINK marks)."""
        found = self._known.get((text, lang))
        if found is None:
            found = self._known[text, lang] = Meaning(tuple(self._slots(text, lang)))
        return found

    def bit(self, feature: str) -> int:
        """The bit of a feature."""
        return self._bits.setdefault(feature, 1 << len(self._bits))

    def _slots(self, text: str, lang: str) -> Iterable[Slot]:
        for id_ in dict.fromkeys(LINK.findall(text)):
            yield self._same("address", f"a:{id_.lower()}")
        text = LINK.sub(" ", text)
        for address in dict.fromkeys(addresses(text)):
            yield self._same("address", f"u:{address}")
        text = _URL.sub(lambda m: " " if _is_address(m[0]) else m[0], text)
        for label in dict.fromkeys(labels(text, lang, self._menus)):
            yield Slot("label", self.bit(f"l:{lang}:{label}"), 0)
        shown = in_digits(text, lang)
        for number, comes_to in _counted(shown, lang).items():
            bare, counted = self.bit(f"n:{number}"), self.bit(f"counted:{number}")
            if not comes_to:
                yield Slot("number", bare | counted, bare | counted, bare)
                continue
            value = 0
            for one in comes_to:
                value |= self.bit(one)
            yield Slot("number", value | bare, value | bare, value | counted)
        called = set(names(text, lang))
        first = opens_with(text, get_language(lang).imperatives, lang)
        seen: set[int] = set()
        for place, word in enumerate(words(shown, lang)):
            if word[0].isdigit() or (len(word) < 2 and word not in _UNITS):
                continue
            slot = self._word(word, lang, called, usual=first and place == 0)
            if slot and slot.fills not in seen:
                seen.add(slot.fills)
                yield slot
        for sign in dict.fromkeys(re.findall(r"[€$£₺%]", text)):
            yield self._same("usual", f"s:{_UNITS.get(sign, sign)}")

    def _same(self, kind: str, feature: str) -> Slot:
        bit = self.bit(feature)
        return Slot(kind, bit, bit)

    def _word(self, word: str, lang: str, called: set[str], *, usual: bool) -> Slot | None:
        unit = _UNITS.get(word) or ("eur" if word.startswith("euro") else None)
        if unit:
            return self._same("usual", f"s:{unit}")
        negates = word in get_language(lang).negations
        if is_stop_word(word, lang) and not negates:
            return None
        own = self.bit(f"{lang}:{term(word, lang)}")
        meant = 0
        for group in concepts([word], lang):
            meant |= self.bit(f"c:{group}")
        if name_key(word) in called:
            name = self.bit(f"m:{name_key(word)}")
            return Slot("name", own | name, name)
        return Slot("usual" if usual else "word", own | meant, meant)


def all_bits(masks: Iterable[int]) -> int:
    """What any of the masks has."""
    return reduce(or_, masks, 0)


def labels(text: str, lang: str, menus: Mapping[str, int] = NO_LABELS) -> list[str]:
    """What is written on the screen: quoted words and the ends of menu paths, as they compare."""
    ends = [steps_of(path)[-1] for _, path in menu_paths(text, lang, menus)]
    quoted = [match_key(m[0][1:-1].strip(" .,")) for m in _QUOTED.finditer(text)]
    return [label for label in (*ends, *quoted) if 0 < len(label.split()) <= _LABEL_WORDS]


def numbers(text: str) -> list[str]:
    """The numbers of a text as they are compared: ``1.000`` and ``1,000`` are 1000, 4,90 is 4.90."""
    return [m.replace(",", ".") for m in _NUMBER.findall(_THOUSANDS.sub("", text))]


def addresses(text: str) -> list[str]:
    """Web addresses (host and path, lower case) of a text."""
    return [_address(m[0]) for m in _URL.finditer(text) if _is_address(m[0])]


def _counted(text: str, lang: str) -> dict[str, list[str]]:
    """Number as written → what it comes to: "24 hours" and "1 day" are one, "10 cents" is 0.10."""
    found: dict[str, list[str]] = {number: [] for number in numbers(text)}
    for amount in amounts(text, lang):
        kind = "t" if amount.unit == TIME else "m" if amount.unit in MONEY else ""
        if kind and len(amount.written) == 1 and amount.written[0] in found:
            found[amount.written[0]] += [f"{kind}:{value}" for value in amount.values]
    return found


def name_key(word: str) -> str:
    """How names are compared, whatever case ending a language puts on them."""
    return match_key(word)[:_NAME_LETTERS]


def names(text: str, lang: str) -> list[str]:
    """What is written like a name inside a sentence, as ``name_key``: a capital that no beginning
    of a sentence, label or quotation explains, or capitals and digits within a word.
    """
    nouns = get_language(lang).code == "de"
    bare = _QUOTED.sub(" . ", text)
    found = []
    for match in _NAME.finditer(bare):
        word = match[0]
        before = bare[: match.start()].rstrip()
        inside = any(c.isupper() or c.isdigit() for c in word[1:]) and not word.isupper()
        opens = not before or before[-1] in ".!?:>(–-•*/|"
        if inside or (word[0].isupper() and not opens and not nouns and not _in_path(bare, match)):
            found += [name_key(part) for part in re.split(r"[-./_]", word) if part]
    return found


def _in_path(text: str, match: re.Match[str]) -> bool:
    """Whether a word is part of a menu path (``Open My Orders > Return item``)."""
    after = text[match.end() : match.end() + 30]
    return (
        bool(re.match(r"(?: [^\W\d_]+){0,2} > ", after))
        or " > " in text[max(0, match.start() - 30) : match.start()]
    )


def _is_address(text: str) -> bool:
    return "://" in text or bool(re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,12}(?:/\S*)?", text))


def _address(text: str) -> str:
    return lower(re.sub(r"^https?://(?:www\.)?", "", text)).rstrip("/.,;:!?")
