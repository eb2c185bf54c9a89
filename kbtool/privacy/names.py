"""Names of people that the ticket itself knows, in the forms they take in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain

from kbtool.privacy.inflected import changed_stems
from kbtool.privacy.spans import CAPITALISED, Span
from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "del", "di", "da", "dos", "la", "le", "el", "al", "bin"}
)
_ORGANISATION = frozenset(
    "team support service services help helpdesk desk mail mailer system delivery daemon admin bot helper group"
    " customer client klient tundmatu unknown kunde müşteri anonymous klienditugi klienditeenindus selts destek ekibi"
    " yardım hizmetleri danışman info office expert ou as ltd gmbh llc inc oü ab as kredi growth billing sales"
    " via guest user visitor web form".split()
)
_ALSO_WORDS = frozenset(
    "will mark may april june rose grace hope bill jack art faith joy sky deniz umut barış güneş yağmur can"
    " mai juuli kai".split()
)
"""First names that are also words: alone at the start of a sentence they are left."""
_ENDINGS = frozenset(
    "i e u a l le lt s st sse ga t d ks ni na ta il ile ilt is ist iga el ele elt es est ega ul ule ult us ust uga"
    " al ale alt as ast aga it in un nin nun ya ye yi yu dan den da de la".split()
)
"""Estonian and Turkish case endings without diacritics (Turkish: when the apostrophe is missing)."""
_LONGEST_ENDING = 3
_LONGEST_NAME = 300
"""Characters of what a help desk calls a name; more is a text in the wrong place."""

_BESIDE_CONTACT = re.compile(
    rf"((?:{CAPITALISED} ){{1,2}}{CAPITALISED})(?:[ ,:(<\[\"'*_–]| -){{1,4}}(?:(?i:tel|phone|mob|e-?mail|mailto)[.:]? ?)?$"
)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names to look for: single words, whole phrases (organisations) and literal identifiers."""

    words: frozenset[str] = frozenset()
    """Match keys of the parts of people's names, and of their changed stems."""
    phrases: tuple[str, ...] = ()
    numbers: frozenset[str] = field(default_factory=frozenset)
    """Digits written beside a name (customer numbers)."""
    literals: frozenset[tuple[str, str]] = frozenset()
    """(value, kind) of what else is known: what a cue gave away elsewhere in the ticket."""

    def merged(self, other: KnownNames) -> KnownNames:
        """Both sets of names."""
        return KnownNames(
            self.words | other.words,
            tuple(sorted({*self.phrases, *other.phrases})),
            self.numbers | other.numbers,
            self.literals | other.literals,
        )

    def may_be_in(self, text: str, keys: Set[str]) -> bool:
        """Whether a name may stand in ``text``, whose ``name_keys`` are ``keys``."""
        return (
            not self.words.isdisjoint(keys)
            or any(phrase in text for phrase in self.phrases)
            or (bool(self.numbers) and any(map(str.isdigit, text)))
            or any(value in text for value, _ in self.literals)
        )


def known_names(names: Iterable[str], product_words: Iterable[str] = ()) -> KnownNames:
    """What to look for, from full names as a help desk gives them (``"Maie Sepp (20391)"``)."""
    own = {word_key(word) for phrase in product_words for word in _WORD.findall(phrase)}
    words: set[str] = set()
    phrases: set[str] = set()
    numbers: set[str] = set()
    for name in names:
        plain = re.sub(r"<[^>]*>|\S+@\S+", " ", name[:_LONGEST_NAME])
        numbers.update(re.findall(r"\d{4,20}", plain))
        plain = re.sub(r"\([^)]*\)| via .*", " ", plain)
        parts = _WORD.findall(plain)
        keys = {word_key(part) for part in parts}
        if keys & own:
            continue
        if keys & ORGANISATION_KEYS:
            phrases.add(" ".join(parts))
            continue
        words |= {key for key in keys - _PARTICLES if len(key) >= 2}
        words |= {word_key(piece) for part in parts for piece in part.split("-") if len(piece) > 2}
    words |= {form for word in words for form in changed_stems(word)}
    kept = frozenset(word for word in words if len(word) >= 2)
    return KnownNames(
        kept, tuple(sorted(p for p in phrases if len(p) > 5 and " " in p)), frozenset(numbers)
    )


def is_person(name: str) -> bool:
    """Whether a name is a person's, not a team's or a system's."""
    return (
        not {word_key(part) for part in _WORD.findall(name[:_LONGEST_NAME].partition(" via ")[0])}
        & ORGANISATION_KEYS
    )


def known_name_spans(text: str, names: KnownNames) -> Iterator[Span]:
    """Where the known names stand: any case for whole names, capitalised for single words."""
    for phrase in names.phrases:
        start = text.find(phrase)
        while start >= 0:
            yield Span(start, start + len(phrase), "name")
            start = text.find(phrase, start + len(phrase))
    if names.numbers:
        for match in re.finditer(r"(?<![\w.])\d{4,20}(?![\w])", text):
            if match.group() in names.numbers:
                yield Span(match.start(), match.end(), "number")
    for value, kind in sorted(names.literals):
        for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text):
            yield Span(match.start(), match.end(), kind)
    if names.words:
        yield from _word_spans(text, names.words)


def beside_contact(text: str, end: int) -> Span | None:
    """The name that stands right before ``end``, where a phone number or mail address begins."""
    start = max(0, end - 100)
    match = _BESIDE_CONTACT.search(text[start:end])
    if match is None or not is_person(match[1]):
        return None
    return Span(start + match.start(1), start + match.end(1), "name")


@lru_cache(maxsize=100_000)
def _key(word: str) -> str:
    return word_key(re.split(r"['’]", word)[0] if word.count("'") + word.count("’") else word)


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """The keys under one of which the word is a name, if it is one."""
    key = _key(word)
    found = [key]
    if "'" in word:
        found.append(word_key(word))
    if "-" in word:
        found += map(_key, word.split("-"))
    for cut in range(1, _LONGEST_ENDING + 1):
        if len(key) - cut >= 3 and key[-cut:] in _ENDINGS:
            found.append(key[:-cut])
    return tuple(found)


def name_keys(text: str) -> Iterator[str]:
    """The keys under one of which a word of ``text`` is a name, if one is."""
    return chain.from_iterable(map(stems, _WORD.findall(text)))


def _word_spans(text: str, names: frozenset[str]) -> Iterator[Span]:
    words = _WORD.findall(text)
    told = {word for word in set(words) if not names.isdisjoint(stems(word))}
    if not told:
        return
    found = list(_WORD.finditer(text))
    known = [word in told for word in words]
    known.append(True)  # the end
    index = -1
    while (first := known.index(True, index + 1)) < len(found):
        index = first
        while index + 1 < len(found) and _joined(text, found, index, known):
            index += 1
        while not known[index]:  # a particle does not end a name
            index -= 1
        previous = found[first - 1].group() if first else ""
        if index > first or _stands_alone(text, found[first], previous):
            start = found[first].start()
            yield Span(start, without_suffix(text, start, found[index].end()), "name")
        if index > first:  # each by itself: an address may have taken the last of them
            yield from (Span(*m.span(), "name") for m in found[first : index + 1])


def _joined(text: str, found: Sequence[re.Match[str]], at: int, known: Sequence[bool]) -> bool:
    """Whether the next word belongs to the same name."""
    between = text[found[at].end() : found[at + 1].start()]
    word = found[at + 1].group()
    return between in (" ", ". ", "\u00a0") and (known[at + 1] or word.lower() in _PARTICLES)


def _stands_alone(text: str, match: re.Match[str], previous: str) -> bool:
    word = match.group()
    if not word[0].isupper():
        return len(word) > 2 and word_key(previous) in greeting_words()
    if len(word) < 3:
        return False
    before = text[max(0, match.start() - 3) : match.start()]
    opens = not before.strip() or before.rstrip().endswith((".", "!", "?", "\n"))
    after = text[match.end() : match.end() + 2]
    return not (word_key(word) in _ALSO_KEYS and opens and after[:1] == " " and after[1:].islower())


def without_suffix(text: str, start: int, end: int) -> int:
    """The end of a name without what Turkish and Estonian attach after an apostrophe."""
    name = text[start:end]
    for mark in ("'", "’"):
        head, found, tail = name.rpartition(mark)
        if found and tail.islower() and len(head) > 1:
            return start + len(head)
    return end


ORGANISATION_KEYS = frozenset(word_key(word) for word in _ORGANISATION)
_ALSO_KEYS = frozenset(word_key(word) for word in _ALSO_WORDS)


@cache
def greeting_words() -> frozenset[str]:
    """Match keys of the words that greetings are made of."""
    return frozenset(
        word_key(word)
        for code in KNOWN
        for greeting in get_language(code).greetings
        for word in greeting.split()
    )
