"""Numbers that point at a person: phones, cards, accounts, national numbers.

What can be checked is checked: phones by numbering plan (phonenumbers), IBAN by ISO 7064,
cards by Luhn, national numbers by their own checksums (python-stdnum).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

from kbtool.privacy.lines import in_numbered_lines
from kbtool.privacy.spans import Span

_MONEY = r"€|£|\$|₺|₽|eur\w{0,4}|usd|gbp|try|tl\b|lira|pounds?|dollars?|senti?|kr\b|руб\w{0,3}"
_UNITS = r"%|°|[kmg]b(?:it)?\b|[kmg]hz\b|[kc]?m\b|kg\b|ms\b|days?|hours?|gün|saat|päeva|tundi"
_HARMLESS = re.compile(
    rf"""
      (?<!\d)(?:
        (?:[0-3]?\d[./-][01]?\d|[01]?\d[./-][0-3]?\d)[./-](?:19|20)?\d\d(?!\d)    # 05.11.2025
      | (?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}(?!\d)                 # 2025-11-05
      | (?:19|20)\d\d[ ]?[-–/][ ]?(?:19|20)\d\d(?!\d)                   # 2025-2026
      | (?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])                         # 2025-11
      | \d{{1,2}}(?:\.\d{{1,2}}){{2}}(?![.\d])                             # version 1.6.1
      | \d{{1,2}}:\d\d(?::\d\d)?                                         # 10:30
      | (?<!\d[ ])\d{{1,3}}(?:[ \u00a0.,]\d{{3}}){{1,3}}(?:[.,]\d\d)?[ ]?(?:{_MONEY}|{_UNITS})
      | \d{{1,9}}(?:[.,]\d{{1,3}})?[ \u00a0]?(?:{_MONEY}|{_UNITS})         # 34,90 eurot, 340 GB
      | \d{{1,3}}(?:[.,]\d{{3}}){{1,3}}(?:[.,]\d\d)?(?![\d.])           # 1.000.000
      | \d{{1,3}}\.\d{{1,3}}\.\d{{4,6}}\.\d{{1,6}}                      # version 10.0.19045.1234
      | 0[.,]\d{{3,12}}(?!\d)                                             # 0.123456
      | 0[xX][0-9a-fA-F]{{2,16}}                                         # 0x80070005
      )
    | (?:€|£|\$|₺|₽)[ ]?\d{{1,3}}(?:[., \u00a0]\d{{3}}){{0,3}}(?:[.,]\d\d)?(?!\d)   # £1 000.00
    | (?:CVE|RFC|KB|ISO|article|artikkel|makale)[ -]?\d{{2,14}}(?:-\d{{2,8}})?(?!\d)
    | (?:ISBN|EAN|GTIN|UPC|SKU)[ :]{{0,2}}\d[\d \-]{{3,18}}\d(?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CANDIDATE = re.compile(
    r"(?<![\w@.#])(?<![A-Z]-(?=\d{5}))[+(]{0,2}\d(?:\d{0,3}\) ?|\d{0,2} ?\(|[ \u00a0.\-/]| [-–] )?(?:\d(?:\) |[ \u00a0.\-/()]| \((?=0\)))?){4,26}\d(?!\w)"
)
_LISTED = re.compile(r"\([1-9]\)")
"""``(1) 2024 (2) 2025`` is a list; ``+44 (0)20`` is a phone."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3}){1,3}")
_PHONE_CUE = re.compile(
    r"(?:\btel\w*|\bphone\w*|\bmob\w*|\bcall|\bgsm|\bcep\w*|\bm|\bt|\btlf|\bтел\w*)[ .:]{1,4}$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)([A-Za-z]{2})[0-9]{2}(?= ?[A-Za-z0-9])")
_LIKE_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,4})?(?!\w)")
_LETTERED = re.compile(
    r"(?<![\w-])(?:\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]|\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z]"
    r"|[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z])(?![\w-])"
)
_NINO = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_NATIONAL: dict[str, dict[str, tuple[int, ...]]] = {
    "DE": {"de.idnr": (11,)},
    "EE": {"ee.ik": (11,), "ee.registrikood": (8,)},
    "ES": {"es.dni": (9,), "es.nie": (9,)},
    "FI": {"fi.hetu": (10,)},
    "FR": {"fr.nir": (15,)},
    "GB": {"gb.nhs": (10,), "gb.utr": (10,)},
    "IT": {"it.codicefiscale": (11, 16)},
    "LT": {"lt.asmens": (11,)},
    "LV": {"lv.pvn": (11,)},
    "NL": {"nl.bsn": (8, 9)},
    "PL": {"pl.pesel": (11,)},
    "RU": {"ru.inn": (10, 12)},
    "SE": {"se.personnummer": (10, 12)},
    "TR": {"tr.tckimlik": (11,), "tr.vkn": (10,)},
    "UA": {"ua.rntrc": (10,)},
}
"""Country → its national numbers → how many letters and digits they have: what python-stdnum checks."""
_SHORTEST_ABROAD, _LONGEST_PHONE = 8, 15
"""Digits of a phone number with its country code (ITU-T E.164 allows 15)."""
_LONG = 9
_LONG_UNBROKEN = 8
"""A run of this many digits names something of a customer's, whatever it is."""
_MOST_CHECKED = 400
"""Runs of a text whose checksums are looked at: more are a table, and all of them go."""
_COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d")


@in_numbered_lines
def number_spans(text: str, regions: Sequence[str]) -> Iterator[Span]:
    """Cards, national numbers, phones and other long digit runs in ``text``.

    ``regions`` are ISO country codes: their national formats are known besides ``+…``.
    """
    for index, match in enumerate(_LETTERED.finditer(text)):
        if index >= _MOST_CHECKED or _is_national(match.group(), tuple(regions)):
            yield Span(match.start(), match.end(), "id")
    for match in _NINO.finditer(text):
        yield Span(match.start(), match.end(), "id")
    for index, (start, found) in enumerate(_candidates(text)):
        if index < _MOST_CHECKED:
            kind = _classify(found, text[max(0, start - 14) : start], tuple(regions))
        else:
            kind = "number"
        if kind:
            opened = found.startswith("(") and ")" not in found
            yield Span(start + opened, start + len(found), kind)


def digit_runs(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every run of 6 or more digits that is no date, time, price or measure."""
    for start, found in _candidates(text):
        yield start, start + len(found)


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """(start, itself) of runs of digits that no date, price or measure is in.

    What is harmless hides runs and makes no new ones: it is looked for only in lines with a run.
    """
    done = 0
    while run := _CANDIDATE.search(text, done):
        start = text.rfind("\n", done, run.start()) + 1 or done
        end = text.find("\n", run.end())
        end = len(text) if end < 0 else end
        line = _HARMLESS.sub(lambda m: "x" * len(m.group()), text[start:end])
        for match in _CANDIDATE.finditer(line):
            yield start + match.start(), match.group()
        done = end + 1


@in_numbered_lines
def iban_spans(text: str) -> Iterator[Span]:
    """Bank accounts, also mistyped ones when they are digits nearly throughout."""
    for index, match in enumerate(_IBAN.finditer(text)):
        pattern = _account(match[1].upper())
        account = pattern.match(text, match.start()) if pattern else None
        if account and (index >= _MOST_CHECKED or _is_iban(account[0])):
            yield Span(account.start(), account.end(), "iban")
    for match in _LIKE_IBAN.finditer(text):
        yield Span(match.start(), match.end(), "iban")


@cache
def _account(country: str) -> re.Pattern[str] | None:
    """What has the length of an account in the country, by the registry that python-stdnum holds."""
    from stdnum import numdb

    told = [facts["bban"] for _, facts in numdb.get("iban").info(country) if "bban" in facts]
    length = 4 + sum(map(int, re.findall(r"\d+", told[0]))) if told else 0
    return re.compile(rf"\w(?: ?[A-Za-z0-9]){{{length - 1}}}") if length else None


def _is_iban(account: str) -> bool:
    """Whether the check digits fit (ISO 7064, MOD 97-10, as ISO 13616 uses it)."""
    plain = account.replace(" ", "")
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _classify(candidate: str, before: str, regions: tuple[str, ...]) -> str | None:
    if _LISTED.search(candidate):
        return None
    digits = "".join(c for c in candidate if c.isdigit())
    count = len(digits)
    if candidate.lstrip("(").startswith("+"):
        if count > _LONGEST_PHONE:  # several in a row
            return "number"
        return "phone" if count >= _SHORTEST_ABROAD else None
    if 13 <= count <= 19 and _is_luhn(digits):
        return "card"
    if digits.startswith("00") and 10 <= count <= 17:
        return "phone"
    if _is_national(digits, regions):
        return "id"
    if _THOUSANDS.fullmatch(candidate) and digits.endswith("000"):
        return None
    if _is_phone(candidate, regions) or (_PHONE_CUE.search(before) and 6 <= count <= 15):
        return "phone"
    if digits.startswith("0") and 9 <= count <= 12:
        return "phone"
    if _THOUSANDS.fullmatch(candidate) or _COMPACT_DATE.fullmatch(candidate):
        return None
    long = count >= _LONG or (candidate.isdigit() and count >= _LONG_UNBROKEN)
    return "number" if long else None


def _is_luhn(digits: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(digits))


@cache
def _checkers(regions: tuple[str, ...], length: int) -> tuple[ModuleType, ...]:
    numbers = [item for region in regions for item in _NATIONAL.get(region.upper(), {}).items()]
    return tuple(import_module(f"stdnum.{name}") for name, sizes in numbers if length in sizes)


def _is_national(value: str, regions: tuple[str, ...]) -> bool:
    checkers = _checkers(regions, sum(map(str.isalnum, value)))
    return any(checker.is_valid(value) for checker in checkers)


@lru_cache(maxsize=4096)
def _is_phone(candidate: str, regions: tuple[str, ...]) -> bool:
    import phonenumbers

    if not 7 <= sum(c.isdigit() for c in candidate) <= 13:
        return False
    for region in regions:
        try:
            parsed = phonenumbers.parse(candidate, region.upper())
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return True
    return False
