"""Reading only the lines with digits is quick and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.privacy import identifiers, numbers, secrets, streets
from kbtool.privacy.lines import numbered
from kbtool.privacy.spans import Span

PIECES = (
    "Tel: call. build versioon +372 5555 5555|(07700) 900461|1.2.3.4|85.253.1.2|38001085718|4111 1111 1111 1111|12 345 678 eur|"
    "05.11.2025|EE38 2200 2210 2014 5685|123456-123A|AB 12 34 56 C|VM-000123|7h3Kq9Zx2Lm|order no: 12345|müşteri 55512|34 ABC 123|"
    "plate is|123 ABC|born|12.03.1990|pin: 1234|ext. 42|Pikk tänav 5, Tartu|Hauptstraße 12|10 High Street|Moda Mahallesi|Sok. No: 5|"
    "address: Kase 5|Kase 5|aadress|(Kase 5-2, Tartu)|AB1 2CD|Via Roma 1|Ehte 9, Haapsalu|Am Bach 3, 94032 Passau|Mill Lane, Ludlow SY8 1AP|code from sms 4711|CVV 123|serial no C02XK1|thanks.|\u0307|\r|İ|٣٤٥٦٧٨٩|1|x"
).split("|")
DETECTORS: dict[str, tuple[Callable[..., Iterator[Span]], tuple[Any, ...]]] = {
    "ip": (identifiers._ipv4_spans, ()),
    "code": (identifiers.code_spans, ()),
    "cued": (identifiers.cued_spans, ()),
    "random": (secrets._random_words, ()),
    "code word": (secrets.code_word_spans, ()),
    "iban": (numbers.iban_spans, ()),
    "number": (numbers.number_spans, (("EE", "TR", "GB"),)),
    "german": (streets._in_lines, (streets._GERMAN,)),
    "street": (streets._in_lines, ((*streets._NUMBERED, *streets._BY_CUE),)),
    "town": (streets._with_towns, ()),
}


@pytest.mark.parametrize("name", DETECTORS)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from("\n\n \r")), max_size=10))
def test_detectors_find_in_lines_what_they_find_in_the_text(
    name: str, pieces: list[tuple[str, str]]
) -> None:
    """At the same places, whichever lines are left out."""
    detect, args = DETECTORS[name]
    text = "".join(piece + between for piece, between in pieces)
    whole = detect.__wrapped__  # type: ignore[attr-defined]  # what functools.wraps keeps
    assert list(detect(text, *args)) == list(whole(text, *args))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ""),
        ("no digits\nat all", ""),
        ("one line 1", "one line 1"),
        ("a\nb 2\nc\nd 4", "b 2\nd 4"),
        ("a\nTel:\n555\nb", "Tel:\n555"),
        ("1\n2\n\n3", "1\n2\n\n3"),
    ],
)
def test_lines_with_digits(text: str, lines: str) -> None:
    """With the line before one that a number opens."""
    assert numbered(text).text == lines
    found = numbered(text)
    for at, char in enumerate(found.text):
        if char.isdigit():
            assert text[found.in_whole(Span(at, at + 1, "")).start] == char
