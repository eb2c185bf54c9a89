"""Street addresses, by the words that streets are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kbtool.privacy.gazetteer import no_names, towns
from kbtool.privacy.hints import Begun, Hinted
from kbtool.privacy.lines import in_numbered_lines, numbered
from kbtool.privacy.names import stems
from kbtool.privacy.spans import CAPITALISED as CAP
from kbtool.privacy.spans import Span
from kbtool.text.fold import lower, word_key

_HOUSE = r"\d{1,4}[a-zA-Z]?(?:[-/]\d{1,4})?(?!\w)"
_FLAT = r"(?:Flat|Unit|Apartment|Apt\.?|Suite|Room) \d{1,4}[A-Za-z]?"
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
            rf"(?:ул\.|улица|проспект) {CAP}(?:,? (?:д\.? ?)?{_HOUSE})?(?:,? кв\.? ?\d{{1,4}})?",
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
        rf"(?:[ ,]{{0,2}}(?i:(?:no|kat|daire|blok) ?[:.]?|[dk] ?[:.]) ?{_HOUSE}| {_HOUSE})*(?:,? {CAP}/{CAP})?"
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
            rf"{_FLAT},? (?:{CAP} ){{1,3}}(?:Street|Road|Avenue|Lane|Close|Crescent|Terrace|Gardens|Grove|Court|House)\b{_TOWN}",
            ("flat ", "unit ", "apartment ", "apt", "suite ", "room "),
        ),
        (
            rf"(?:{_FLAT},? )?{_HOUSE} (?:{CAP} ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Crescent|Terrace|Gardens|Grove|Court"
            rf"|Square)\b{_TOWN}",
            (
                *(" st", " road", " rd", " av", " lane", " ln", " close", " cres", " terr"),
                *(" garden", " grove", " court", " square"),
            ),
        ),
        (rf"Via {_ARTICLES}{CAP} {_HOUSE}", ("via ",)),
    )
)
_CUED = Begun(
    re.compile(
        r"(?i:aad?ress\w{0,4}|add?ress|adresse|\badres\w{0,4}|anschrift|\bkorter|\bmaja|\bi live (?:at|in)|\belan"
        r"|\bwohne|\bkodu|\bkolisin|\bdeliver to|\bship to|\bадрес\w{0,2}|\bживу)"
        r"(?: (?:on|is|ist|now|nüüd|uus|new|yeni|in|at|der|here)){0,2}[ :,]{1,3}"
        rf"((?:(?:An der|Auf der|In der|Am|Im|Zum|Zur) )?(?:{_HOUSE} )?{CAP}(?: {CAP})?(?:, {CAP})? {_HOUSE}(?:, {CAP})?)"
    ),
    *"aadress aaress address adress adres anschrift korter maja elan wohne kodu kolisin адрес живу".split(),
    *("i live", "deliver to", "ship to"),
)
_BRACKETED = Hinted(
    re.compile(rf"\(({CAP}(?: tee| tn)? \d{{1,3}}[a-z]?(?:-\d{{1,3}})?, {CAP})\)"), "("
)
_CUED_AFTER = Hinted(
    re.compile(rf"({CAP} {_HOUSE}) (?i:aadress\w{{0,4}}|adresin\w{{0,4}})"), " aadress", " adresin"
)
_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")
_BEFORE_POSTCODE = re.compile(rf"(?<!\w)(?:{CAP}(?: {CAP}){{0,2}}, ){{0,3}}(?:{CAP},? )?$")
"""What the envelope has before a British postcode."""
_TOWN_BEHIND = re.compile(
    rf" \d{{1,3}}[a-zA-Z]?(?:[-/]\d{{1,4}})?(?:,? (?P<code>\d{{5}})|,) (?P<town>{CAP})"
)
_TOWN_BEFORE = re.compile(
    rf"(?<!\w)(?P<town>{CAP}), (?P<street>{CAP})(?: {CAP})? \d{{1,3}}[a-zA-Z]?(?:-\d{{1,4}})?(?![\w:%]|[.,]\d)"
)
_STREET_BEFORE = re.compile(
    rf"(?<!\w)(?:(?:An der|Auf der|In der|Am|Im|Zum|Zur) )?(?P<street>{CAP})(?: {CAP})?$"
)
_SEEN_BEFORE = 120
_NO_STREETS = frozenset(
    "gate platform terminal level floor page step room hall zone tier line track lane season part chapter week day flight"
    " peron kat korrus samm leht pood osa korter salon bölüm seite stufe gleis teil etage android ios windows galaxy pixel"
    " iphone ipad model size версия этаж шаг".split()
)
_BEFORE_TURKISH = frozenset(
    "adresim adresimiz adresi adres teslimat yeni eski paket paketim kargo kargom sipariş siparişim ürün evim ofis ev iş".split()
)
"""What may begin a sentence before a street and is no part of its name."""
_BY_CUE = (_CUED, _BRACKETED, _CUED_AFTER)


def street_spans(text: str) -> Iterator[Span]:
    """Streets with house numbers (en, de, fr, es, it, tr, et, ru) and British postcodes."""
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "address")
    if not numbered(text).text:
        return
    yield from _in_lines(text, _GERMAN)
    for match in _TURKISH.finditer(text):
        yield Span(_turkish_start(match), match.end(), "address")
    yield from _in_lines(text, _NUMBERED)
    yield from _with_towns(text)
    yield from _in_lines(text, _BY_CUE)


def _turkish_start(match: re.Match[str]) -> int:
    first, _, rest = match.group().partition(" ")
    more = rest.count(" ") and lower(first) in _BEFORE_TURKISH
    return match.start() + (len(first) + 1 if more else 0)


@in_numbered_lines
def _with_towns(text: str) -> Iterator[Span]:
    """Streets without a word for it, by the town or postcode behind the number."""
    for match in _TOWN_BEHIND.finditer(text):
        street = _ending(_STREET_BEFORE, text, match.start())
        if street is None or {word_key(street["street"])} & (no_names() | _NO_STREETS):
            continue
        if match["code"] or not towns().isdisjoint(stems(match["town"])):
            yield Span(match.start() - len(street[0]), match.end(), "address")
    for match in _TOWN_BEFORE.finditer(text) if ", " in text else ():
        name = {word_key(match["street"])}
        if not name & (no_names() | _NO_STREETS) and not towns().isdisjoint(stems(match["town"])):
            yield Span(match.start("street"), match.end(), "address")
    for match in _POSTCODE.finditer(text):
        lead = _ending(_BEFORE_POSTCODE, text, match.start())
        if lead and ("," in lead[0] or not towns().isdisjoint(stems(lead[0].strip()))):
            yield Span(match.start() - len(lead[0]), match.end(), "address")
        yield Span(match.start(), match.end(), "address")


def _ending(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """What the pattern, which ends with ``$``, finds right before the place, in its line."""
    start = max(text.rfind("\n", 0, end) + 1, end - _SEEN_BEFORE)
    return pattern.search(text[start:end])


@in_numbered_lines
def _in_lines(text: str, patterns: Iterable[Hinted | Begun]) -> Iterator[Span]:
    """What the patterns find, or the group that some have for what is personal of it."""
    for pattern in patterns:
        group = pattern.pattern.groups
        for match in pattern.finditer(text):
            yield Span(match.start(group), match.end(group), "address")
