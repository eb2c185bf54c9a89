"""The gate before publishing: over-eager, because a person clears what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kbtool.privacy.identifiers import address_spans, code_spans, cued_spans
from kbtool.privacy.numbers import digit_runs, iban_spans, number_spans
from kbtool.privacy.persons import cued_name_spans
from kbtool.privacy.placeholders import PLACEHOLDER
from kbtool.privacy.redact import OwnWords
from kbtool.privacy.secrets import code_word_spans, secret_spans
from kbtool.privacy.spans import CAPITALISED, Span, first_come
from kbtool.privacy.streets import street_spans

_EVERY_REGION = (
    "GB",
    "TR",
    "EE",
    "DE",
    "FR",
    "ES",
    "FI",
    "LV",
    "LT",
    "RU",
    "PL",
    "SE",
    "IT",
    "NL",
    "UA",
)
_CALLED = {
    "email": "a mail address",
    "phone": "a phone number",
    "iban": "an account number",
    "card": "a card number",
    "id": "a national number",
    "ip": "an IP address",
    "mac": "a device address",
    "secret": "a secret",
    "order": "an order or customer number",
    "number": "a number that may be a customer's",
    "name": "a name",
    "address": "a street address",
    "date": "a date of birth",
    "placeholder": "a redacted piece of a ticket",
}
_PAIR = re.compile(rf"(?<![\w>*`\[/.])({CAPITALISED}) ({CAPITALISED})(?![\w*`])")
_MARKED = re.compile(
    r"\*\*[^*\n]{1,200}\*\*|`[^`\n]{1,200}`|\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)|[„“\"«][^”“\"»\n]{1,120}[”“\"»]"
)
_SENTENCE_END = re.compile(r"[.!?:>|(\-–•]\s*$|^\s*(?:#+|\d+[.)]|[-*+>|])?\s*$")
_NOUNS_CAPITALISED = 0.12
"""Above this share of single capitalised words inside sentences the language writes nouns so."""
_ENOUGH_DIGITS = 7


def personal_data(text: str, product_words: Sequence[str] = ()) -> tuple[tuple[int, str], ...]:
    """(1-based line, what it looks like with the piece itself) for all that a person must clear.

    ``product_words`` as in ``Redactor``: own words, public mail addresses and phone numbers.
    """
    return tuple(
        (
            text.count("\n", 0, span.start) + 1,
            f"{_CALLED[span.kind]}: {text[span.start : span.end]!r}",
        )
        for span in doubtful_spans(text, product_words)
    )


def doubtful_spans(text: str, product_words: Sequence[str] = ()) -> list[Span]:
    """Where in ``text`` that is, by place; ``placeholder`` is the kind of what was redacted."""
    own = OwnWords(product_words)
    doubtful = (
        span
        for span in _found(text, own)
        if span.kind == "keep" or not _is_public_phone(text, span, product_words)
    )
    found = first_come(doubtful, text)
    return [span for span in found if span.kind != "keep"]


def _found(text: str, own: OwnWords) -> Iterator[Span]:
    yield from own.spans(text)
    for match in PLACEHOLDER.finditer(text):
        if text[match.end() : match.end() + 1] != "(":
            yield Span(match.start(), match.end(), "placeholder")
    links = [(m.start(), m.end()) for m in re.finditer(r"https?://[^\s<>\")]{3,2000}", text)]
    yield from secret_spans(text)
    for span in _numeric(text):
        if not any(start <= span.start < end for start, end in links):
            yield span
    yield from street_spans(text)
    yield from cued_name_spans(text, own.keys)
    yield from _pairs(text, own)


def _numeric(text: str) -> Iterator[Span]:
    yield from address_spans(text)
    yield from iban_spans(text)
    yield from code_spans(text)
    yield from number_spans(text, _EVERY_REGION)
    yield from cued_spans(text)
    yield from code_word_spans(text)
    for start, end in digit_runs(text):
        if sum(c.isdigit() for c in text[start:end]) >= _ENOUGH_DIGITS:
            yield Span(start, end, "number")


def _pairs(text: str, own: OwnWords) -> Iterator[Span]:
    """Two capitalised words inside a sentence that are not ours: perhaps a person."""
    plain = _MARKED.sub(lambda m: " " * len(m.group()), text)
    words = re.findall(r"(?<=[a-zà-ž,] )[^\W\d_]{2,}", _PAIR.sub("", plain))
    if sum(word[0].isupper() for word in words) > _NOUNS_CAPITALISED * len(words):
        return
    for match in _PAIR.finditer(plain):
        line = plain[plain.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not _SENTENCE_END.search(line) and not own.holds(match.group()):
            yield Span(match.start(), match.end(), "name")


def _is_public_phone(text: str, span: Span, product_words: Sequence[str]) -> bool:
    digits = re.sub(r"\D", "", text[span.start : span.end])
    return bool(digits) and any(digits == re.sub(r"\D", "", word) for word in product_words)
