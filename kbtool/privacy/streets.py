"""Street addresses, by the words that streets are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kbtool.privacy.hints import Hinted
from kbtool.privacy.lines import in_numbered_lines, numbered
from kbtool.privacy.spans import CAPITALISED as CAP
from kbtool.privacy.spans import Span

_HOUSE = r"\d{1,4}[a-zA-Z]?(?:[-/]\d{1,4})?(?!\w)"
_TOWN = rf"(?:,? (?:\d{{4,6}} )?{CAP}(?: (?:vald|linn|maakond))?)?"
_ARTICLES = r"(?:(?:de|des|du|la|le|del|della|dei) ){0,2}"
_NAMED = tuple(
    Hinted(re.compile(rf"(?<!\w){pattern}"), *hints)
    for pattern, hints in (
        (rf"{CAP} talu, {CAP}(?: vald)?", (" talu, ",)),
        (
            rf"(?:{_HOUSE},? )?(?i:rue|boulevard|calle|rua|viale|piazza) {_ARTICLES}{CAP}(?: {CAP})?(?:[ ,]{{1,2}}{_HOUSE})?",
            ("rue ", "boulevard ", "calle ", "rua ", "viale ", "piazza "),
        ),
        (
            rf"(?:ул\.|улица|проспект) {CAP}(?:,? (?:д\.? ?)?{_HOUSE})?",
            ("ул. ", "улица ", "проспект "),
        ),
    )
)
_GERMAN = tuple(
    Hinted(re.compile(rf"(?<!\w){pattern}"), *hints)
    for pattern, hints in (
        (
            rf"(?=[^\W\d_a-z])[^\W\d_]{{3,30}}(?:straße|strasse|str\.|weg|allee|gasse|platz|damm) {_HOUSE}{_TOWN}",
            ("straße ", "strasse ", "str. ", "weg ", "allee ", "gasse ", "platz ", "damm "),
        ),
        (
            rf"{CAP} (?:Straße|Strasse|Str\.|Weg|Allee|Gasse|Platz|Damm) {_HOUSE}{_TOWN}",
            (" str", " weg ", " allee ", " gasse ", " platz ", " damm "),
        ),
    )
)
_TURKISH = Hinted(
    re.compile(
        rf"(?<!\w)(?:{CAP} ){{1,3}}(?i:mah|mahallesi|cad|caddesi|cd|sok|sokak|sokağı|sk|bulvarı|blv|apt|apartmanı|sitesi)\b\.?"
        rf"(?:[ ,]{{0,2}}(?i:no|d|kat|k|daire|blok) ?[:.] ?{_HOUSE}| {_HOUSE})*(?:,? {CAP}/{CAP})?"
    ),
    *(" mah", " cad", " cd", " sok", " sk", " bulvari", " blv", " apt", " apartmani", " sitesi"),
)
"""The number may stand in another line: ``Moda Mahallesi``, ``Bahar Sokak No: 5``."""
_NUMBERED = tuple(
    Hinted(re.compile(rf"(?<!\w){pattern}"), *hints)
    for pattern, hints in (
        (
            rf"{CAP}(?: [^\W\d_]{{2,20}})? (?:tee|tn|tänav|pst|puiestee|mnt|maantee|põik|prospekt)\.? {_HOUSE}{_TOWN}",
            (
                " tee",
                " tn",
                " tänav",
                " pst",
                " puiestee",
                " mnt",
                " maantee",
                " põik",
                " prospekt",
            ),
        ),
        (rf"{CAP} \d{{1,3}}[a-z]?-\d{{1,3}}, {CAP}", ("-",)),
        (
            rf"{_HOUSE} (?:{CAP} ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Crescent|Terrace|Gardens|Grove|Court"
            rf"|Square)\b{_TOWN}",
            (
                *(" st", " road", " rd", " av", " lane", " ln", " close", " cres", " terr"),
                *(" garden", " grove", " court", " square"),
            ),
        ),
        (rf"Via {_ARTICLES}{CAP} {_HOUSE}", ("via ",)),
    )
)
_CUED = Hinted(
    re.compile(
        r"(?i:\baad?ress\w{0,4}|\badd?ress|\badres\w{0,4}|\bkorter|\bmaja|\bi live (?:at|in)|\belan)"
        r"(?: (?:on|is|now|uus|new|yeni)){0,2}[ :,]{1,3}"
        rf"((?:{_HOUSE} )?{CAP}(?: {CAP})?(?:, {CAP})? {_HOUSE}(?:, {CAP})?)"
    ),
    *("ress", "adres", "korter", "maja", "i live", "elan"),
)
_BRACKETED = Hinted(
    re.compile(rf"\(({CAP}(?: tee| tn)? \d{{1,3}}[a-z]?(?:-\d{{1,3}})?, {CAP})\)"), "("
)
_CUED_AFTER = Hinted(
    re.compile(rf"({CAP} {_HOUSE}) (?i:aadress\w{{0,4}}|adresin\w{{0,4}})"), " aadress", " adresin"
)
_POSTCODE = Hinted(re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)"), " ")
_OTHERS = (*_NUMBERED, _CUED, _BRACKETED, _CUED_AFTER, _POSTCODE)


def street_spans(text: str) -> Iterator[Span]:
    """Streets with house numbers (en, de, fr, es, it, tr, et, ru) and British postcodes."""
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "address")
    if not numbered(text).text:
        return
    yield from _in_lines(text, _GERMAN)
    for match in _TURKISH.finditer(text):
        yield Span(match.start(), match.end(), "address")
    yield from _in_lines(text, _OTHERS)


@in_numbered_lines
def _in_lines(text: str, patterns: Iterable[Hinted]) -> Iterator[Span]:
    """What the patterns find, or the group that some have for what is personal of it."""
    for pattern in patterns:
        group = pattern.pattern.groups
        for match in pattern.finditer(text):
            yield Span(match.start(group), match.end(group), "address")
