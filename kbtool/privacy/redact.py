"""Automatic redaction: text in, text with typed placeholders out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from operator import itemgetter

from kbtool.privacy.identifiers import (
    EMAIL,
    address_spans,
    code_spans,
    cued_spans,
)
from kbtool.privacy.names import (
    KnownNames,
    beside_contact,
    known_name_spans,
    known_names,
    name_keys,
)
from kbtool.privacy.numbers import iban_spans, number_spans
from kbtool.privacy.persons import cued_name_spans
from kbtool.privacy.placeholders import PLACEHOLDER, Numbering
from kbtool.privacy.secrets import URL, code_word_spans, secret_spans
from kbtool.privacy.spans import Span, first_come
from kbtool.privacy.streets import street_spans
from kbtool.text import match_key
from kbtool.text.fold import word_key
from kbtool.urls import address_below

_DIGIT = re.compile(r"\d")
_ARTICLE = re.compile(r"^a/[a-z0-9-]{1,64}/$|(?:^|/)articles/\d{3,20}(?:-[^/]*)?/$", re.IGNORECASE)
"""Addresses that name an article: a permanent one, or Zendesk Guide's."""
_BEHIND_PATH = re.compile(r"[?#;]")
_REMEMBERED, _REMEMBERED_LENGTH = 20_000, 300
"""Texts whose cues are remembered: greetings, signatures, tags and macros come again and again."""
_SHORT_REMEMBERED, _SHORT = 4_000, 80
"""Texts that are remembered with the words in them: without a name of the ticket they stay so."""
_WORD = re.compile(r"[^\W\d_]+")
_SPREADING, _SHORTEST = frozenset({"secret", "order", "number"}), 5
"""Kinds that only a cue gives away: elsewhere in the ticket the same characters are the same."""
_IN_URLS = frozenset({"email", "secret", "order", "keep"})
"""What is redacted inside an address; digits there are article numbers and the like."""


class Redactor:
    """Redacts personal data in texts of one ticket or one search box.

    ``names`` are full names known from the ticket itself; ``regions`` the countries whose number
    formats are known; ``product_words`` stay as they are: words, phrases, and also one's own
    public mail addresses (then the role addresses of that domain stay too) and phone numbers.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        regions: Sequence[str] = (),
        product_words: Sequence[str] = (),
        sites: Sequence[str] = (),
    ) -> None:
        self._regions = tuple(regions)
        self._sites = tuple(sites)
        self._own = OwnWords(product_words)
        self._names = known_names(names, product_words)
        cues = partial(_cues, regions=self._regions, own_keys=self._own.keys)
        self._cues = lru_cache(maxsize=_REMEMBERED)(cues)
        self._nameless = lru_cache(maxsize=_SHORT_REMEMBERED)(self._nameless_and_keys)

    def with_names(self, names: Iterable[str]) -> Redactor:
        """The same redactor that knows more names."""
        return self._knowing(known_names(names, self._own.phrases))

    def _knowing(self, more: KnownNames) -> Redactor:
        other = Redactor.__new__(Redactor)
        other._regions = self._regions
        other._sites = self._sites
        other._own = self._own
        other._cues = self._cues
        other._nameless = self._nameless
        other._names = self._names.merged(more)
        return other

    def redact(self, text: str) -> str:
        """``text`` with each piece of personal data replaced by ``[kind]``; linear in its length."""
        return _replaced(text, self.spans(text), lambda kind, _: f"[{kind}]")

    def together(self, texts: Sequence[str]) -> list[str]:
        """The texts of one ticket, in the order in which they are read, redacted.

        Different values have different placeholders, ``[phone]`` and ``[phone 2]``, the same value
        the same one in all texts (see ``kbtool.privacy.placeholders``). What is told to be a name,
        a secret or a number in one place is known in the others. Inside of addresses there are no
        numbers, so that an address stays one word.
        """
        found = self.spans_together(texts)
        numbering = Numbering(texts)
        return [
            _replaced(text, spans, numbering.placeholder, _addresses(text) if spans else ())
            for text, spans in zip(texts, found, strict=True)
        ]

    def spans_together(self, texts: Sequence[str]) -> list[Sequence[Span]]:
        """What ``together`` replaces in each of the texts, by place."""
        found = [self.spans(text) for text in texts]
        learned = self._learned(texts, found)
        if learned:
            wiser = self._knowing(learned)
            for index, text in enumerate(texts):
                if learned.may_be_in(text, set(name_keys(text)) if learned.words else frozenset()):
                    found[index] = wiser.spans(text)
        return found

    def spans(self, text: str) -> Sequence[Span]:
        """What ``redact`` replaces in ``text``, by place."""
        if not text:
            return ()
        if len(text) <= _SHORT:
            nameless, keys = self._nameless(text)
            if not self._names.may_be_in(text, keys):
                return nameless
        return _personal(text, self._found(text, self._names))

    def _nameless_and_keys(self, text: str) -> tuple[Sequence[Span], frozenset[str]]:
        """The spans of ``text`` when no name is known, and the keys that could be names."""
        return _personal(text, self._found(text, KnownNames())), frozenset(name_keys(text))

    def _learned(self, texts: Sequence[str], found: Sequence[Sequence[Span]]) -> KnownNames | None:
        """Names, secrets and numbers that a cue gave away, if they stand elsewhere without one."""
        told = Counter(
            (text[span.start : span.end], span.kind)
            for text, spans in zip(texts, found, strict=True)
            for span in spans
            if span.kind == "name" or span.kind in _SPREADING
        )
        literals = frozenset(
            (value, kind)
            for (value, kind), times in told.items()
            if kind != "name" and len(value) >= _SHORTEST and not value.isalpha()
            if sum(text.count(value) for text in texts) > times
        )
        names = sorted(value for value, kind in told if kind == "name")
        fresh = [
            n for n in names if not self._names.words.issuperset(map(word_key, _WORD.findall(n)))
        ]
        words = known_names(fresh, self._own.phrases).words if fresh else frozenset()
        if words:  # a word that stands somewhere in small letters is no name of the ticket's
            small = (word for text in texts for word in _WORD.findall(text) if word[0].islower())
            words -= set(map(word_key, small))
        return KnownNames(words, literals=literals) if words or literals else None

    def _found(self, text: str, names: KnownNames) -> Iterator[Span]:
        addresses = _addresses(text)
        if self._sites:
            yield from self._article_spans(text, addresses)
        yield from self._own.spans(text)
        for match in PLACEHOLDER.finditer(text) if "[" in text else ():
            yield Span(match.start(), match.end(), "keep")
        contacts: list[int] = []
        for span in self._detected(text, names):
            if span.kind in _IN_URLS or not _inside(addresses, span.start):
                yield span
                if span.kind in ("phone", "email"):
                    contacts.append(span.start)
        for place in contacts:  # last: a name that is known may be longer
            beside = beside_contact(text, place)
            if beside and not self._own.holds(text[beside.start : beside.end]):
                yield beside

    def _article_spans(self, text: str, addresses: Sequence[tuple[int, int]]) -> Iterator[Span]:
        """Links to articles of one's own, up to what a tracker put behind them."""
        for start, end in addresses:
            path = _BEHIND_PATH.split(text[start:end], maxsplit=1)[0]
            below = (address_below(path, site) for site in self._sites)
            if any(address and _ARTICLE.search(address) for address in below):
                yield Span(start, start + len(path), "keep")

    def _detected(self, text: str, names: KnownNames) -> Iterator[Span]:
        look = self._cues if len(text) <= _REMEMBERED_LENGTH else self._cues.__wrapped__
        before, after = look(text)
        yield from before
        yield from known_name_spans(text, names)
        yield from after


def _addresses(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in URL.finditer(text)]


def _replaced(
    text: str,
    spans: Sequence[Span],
    placeholder: Callable[[str, str], str],
    addresses: Sequence[tuple[int, int]] = (),
) -> str:
    """``text`` with each span as its placeholder, of its kind and value; in addresses of its kind."""
    if not spans:
        return text
    pieces: list[str] = []
    done = 0
    for span in spans:
        bare = f"[{span.kind}]" if _inside(addresses, span.start) else None
        pieces += (
            text[done : span.start],
            bare or placeholder(span.kind, text[span.start : span.end]),
        )
        done = span.end
    return "".join(pieces) + text[done:]


def _personal(text: str, found: Iterable[Span]) -> list[Span]:
    return [span for span in first_come(found, text) if span.kind != "keep"]


def _cues(
    text: str, regions: Sequence[str], own_keys: frozenset[str]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What shows by itself, without any name being known: what goes before names, and after."""
    before = [*secret_spans(text), *address_spans(text)]
    if _DIGIT.search(text):
        before += iban_spans(text)
        before += code_spans(text)
        before += number_spans(text, regions)
        before += cued_spans(text)
        before += code_word_spans(text)
    before += street_spans(text)
    return tuple(before), tuple(cued_name_spans(text, own_keys))


class OwnWords:
    """One's own words, public mail addresses and phone numbers: never personal."""

    ROLES = frozenset(
        "abi info support help noreply no-reply destek hello contact sales billing service post klienditugi iletisim"
        " bilgi arved invoices hilfe kontakt privacy security press careers".split()
    )

    def __init__(self, product_words: Sequence[str]) -> None:
        self.phrases = tuple(product_words)
        self.keys = frozenset(
            match_key(word) for phrase in product_words for word in phrase.split()
        )
        mails = [phrase.lower() for phrase in product_words if EMAIL.pattern.fullmatch(phrase)]
        self._mails = frozenset(mails)
        self._domains = frozenset(mail.partition("@")[2] for mail in mails)
        longest = sorted((p for p in product_words if p), key=lambda p: (-len(p), p))
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
            if longest
            else None
        )

    def spans(self, text: str) -> Iterator[Span]:
        """What must stay."""
        for match in EMAIL.finditer(text):
            if self.is_own_mail(match.group()):
                yield Span(match.start(), match.end(), "keep")
        if self._pattern:
            for match in self._pattern.finditer(text):
                if not _inside_mail(text, match.start(), match.end()):
                    yield Span(match.start(), match.end(), "keep")

    def is_own_mail(self, mail: str) -> bool:
        """Whether it is one's own public address, or a role address (``info@…``) beside it.

        ``help@velmo.example`` is own also when only the word ``Velmo`` is.
        """
        local, _, domain = mail.lower().partition("@")
        if mail.lower() in self._mails:
            return True
        own = domain in self._domains or any(
            match_key(part) in self.keys for part in domain.split(".")
        )
        return own and local in self.ROLES

    def holds(self, text: str) -> bool:
        """Whether one of its words is one's own."""
        return any(match_key(word) in self.keys for word in re.findall(r"\w+", text))


def _inside(addresses: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of the addresses, which stand in order, holds the place."""
    at = bisect_right(addresses, place, key=itemgetter(0))
    return at > 0 and place < addresses[at - 1][1]


def _inside_mail(text: str, start: int, end: int) -> bool:
    return text[end : end + 1] == "@" or text[max(0, start - 1) : start] == "@"
