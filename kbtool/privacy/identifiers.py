"""Written identifiers: mail and network addresses, order and customer numbers, plates, births."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from kbtool.privacy.hints import Around, Begun, Hinted
from kbtool.privacy.lines import in_numbered_lines
from kbtool.privacy.spans import Span

EMAIL = Around(
    re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"),
    "@",
    re.compile(r"(?<![\w.+-])[\w.+-]{1,64}$"),
)
_IPV4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F:]{1,20}(?![\w:])")
_MAC = re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])")
_VERSION_BEFORE = re.compile(
    r"(?:versi\w{0,4}|sür[üu]m\w{0,3}|firmware|build|\bv)[ .:]{0,2}$", re.IGNORECASE
)
_LOCAL = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "0.0.0.0/32",
                "255.0.0.0/8")
)  # fmt: skip
"""Addresses of a router or a cable, the same in every home: instructions need them."""
_PUBLIC_SERVERS = frozenset({"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9"})

_CODE = re.compile(
    r"(?<![\w-])(?:([A-Za-z]{1,5})(?:-[A-Z]{2,5})?[-–]?\d+(?:[-/]\d+)*[A-Z]{0,3}|\d{4,12}-([A-Z]{2,4})"
    r"|([A-Z]{2,3}) \d{6,12})(?![\w-])"
)
_MIXED = re.compile(r"(?<![\w-])(?=[A-Z\d]{0,39}[A-Z])(?!0[xX])[A-Z\d]{10,40}(?![\w-])")
_STANDARDS = frozenset(
    "KB RFC ISO CVE EN DIN IEC IEEE ERR ERROR HTTP EUR USD GBP TRY RAL ASTM MIL UTF CP RTX GTX".split()
)
"""Prefixes of public numbers: articles, standards, error codes, money, hardware."""
_NAMES_OF_NUMBERS = frozenset(
    "NHS UTR VKN TC TCK GSM TEL FAX SMS INN PIN NO NR ID REF IK REG MOB CEP".split()
)
"""What stands before a number and tells its kind: no part of it."""
_CUED = Begun(
    re.compile(
        r"""(?<![^\W_])(?:
      customer|client|account|order|invoice|contract|reference|ref|booking|membership|serial|policy|case|ticket
    | m[üu][şs]teri|sipari[şs]|fatura|takip|hesap|s[öo]zle[şs]me|abone(?:lik)?|vergi|vkn|tckn|tc|kimlik|seri|referans
    | klient\w{0,6}|kliendi\w{0,8}|tellimus\w{0,6}|arve\w{0,6}|leping\w{0,6}|viite\w{0,8}|reg(?:istri)?[. ]?kood|reg
    | isikukood\w{0,3}|konto\w{0,6}|kunden\w{0,8}|bestell\w{0,8}|rechnung\w{0,8}|vertrag\w{0,8}
    | commande|facture|contrat|cliente|pedido|factura|contrato|клиент\w{0,3}|заказ\w{0,3}|сч[её]т\w{0,3}|договор\w{0,3}
    )[ ]?(?P<word>(?:number|numb|num|no|nr|id|code|numar\w{0,5}|nosu|nolu|kood\w{0,3}|nummer|numéro|número|номер\w{0,2}|№)\b)?
    (?P<glue>[ .:\#()№\-]{1,4}(?:is[ ]|on[ ])?)
    (?P<value>\d[\d \-]{1,20}\d)(?![\d.,]*\d|[ ]?(?:€|£|\$|₺|%|eur|tl\b|lira|kr\b|gb\b|mb))""",
        re.IGNORECASE | re.VERBOSE,
    ),
    *(
        "customer client account order invoice contract ref booking membership serial policy case ticket "
        "müşteri müsteri muşteri musteri sipari fatura takip hesap sözle sozle abone vergi vkn tc kimlik seri klien "
        "tellimus arve leping viite reg isikukood konto kunden bestell rechnung vertrag commande facture "
        "contrat cliente pedido клиент заказ счет счёт договор"
    ).split(),
)
_TOLD_MIXED = Begun(
    re.compile(
        r"""(?<![^\W_])(?i:
      (?:customer|client|account|order|invoice|contract|booking|membership|serial|policy|case|tracking|parcel|frame|asset|licen[cs]e)
        [ ](?:number|num|no|nr|id|code|key|reference|ref)
    | (?:booking[ ])?reference|imei|pnr|s/n
    | (?:m[üu][şs]teri|sipari[şs]|fatura|takip|hesap|s[öo]zle[şs]me|abone(?:lik)?|seri|referans|[şs]asi|rezervasyon)[ ](?:no|nosu|numar\w{0,5}|kodu?)
    | (?:klien\w{1,7}|tellimus\w{0,5}|arve|leping\w{0,3}|saadetis\w{0,4}|paki?|viite|seeria|raami|seadme)[ ]?(?:number|numbri|nr|kood|koodi|tunnus)
    | (?:kunden|bestell|rechnungs?|vertrags?|serien|sendungs?|auftrags?|rahmen)[-]?(?:nummer|nr)
    | (?:номер|код)[ ](?:заказа|договора|клиента|посылки|сч[её]та)|серийный[ ]номер|трек-номер
    )[ .:\#№]{1,3}(?i:(?:is|on|ist)[ ])?(?P<value>(?=[A-Z\d/_-]{0,25}\d)[A-Z\d][A-Z\d/_-]{3,25})(?![\w/-])""",
        re.VERBOSE,
    ),
    *(
        "customer client account order invoice contract booking membership serial policy case tracking parcel frame asset licen "
        "reference imei pnr s/n müşteri müsteri muşteri musteri sipari fatura takip hesap sözle sozle abone seri referans şasi sasi "
        "rezervasyon klien tellimus arve leping saadetis pak viite seeria raami seadme kunden bestell rechnung vertrag serien "
        "sendung auftrag rahmen номер код серийный трек"
    ).split(),
)
"""Letters and digits behind words that only a customer's own number follows."""
_PLATE = re.compile(
    r"(?<![\w-])(?!\d\d (?:GB|MB|KB|TB|KG|MM|CM|MS|W)\b)\d{2} [A-ZÇĞİÖŞÜ]{1,3} \d{2,4}(?![\w-])"
)
_CUED_PLATE = Begun(
    re.compile(
        r"(?i:\bplates?\b|plaka|num(?:ri|bri)m[äa]rk|\breg\b|registration|reg\.? ?nr|(?<!\[)number(?: plate)?|s[õo]iduk|kennzeichen|госномер|номер машины"
        r"|\b(?:cars?|vans?|vehicles?|trucks?)\b|\b(?:auto|araç|arac|araba)\w{0,3})\w{0,3}[^\n\d]{0,25}?(?<!\w)"
        r"(\d{2,3} ?(?!EUR|GBP|USD|TRY)[A-Z]{3}|[A-Z]{2}\d\d ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} ?\d{1,4}[EH]?"
        r"|[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2} ?\d{2,3})(?!\w)"
    ),
    *"plate plaka numri numbri reg number auto car van vehicle araç arac araba truck sõiduk soiduk kennzeichen госномер".split(),
    "номер машины",
)
_BIRTH = Begun(
    re.compile(
        r"(?:born|birth|\bdob\b|sünd\w{0,6}|sünni\w{0,8}|synd\w{0,6}|doğum\w{0,6}|dogum\w{0,6}|gebor\w{0,3}|geburt\w{0,8}|\bgeb\.?|né\w? le|рожд\w{0,5})"
        r"[^\n\d]{0,20}(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,9},? \d{4}|(?<=[ ])[^\W\d_]{3,9} \d{1,2},? \d{4})",
        re.IGNORECASE,
    ),
    *"born birth dob sünd sünni synd doğum dogum gebor geburt geb né рожд".split(),
)
_EXTENSION = Hinted(
    re.compile(r"(?<!\w)(?:ext|extension|dahili)\.? ?(\d{2,5})(?!\w)", re.IGNORECASE),
    "ext",
    "dahili",
)
_HOME_FOLDER = Hinted(
    re.compile(
        r"(?:[\\/](?:Users|home|Benutzer)[\\/])([^\\/\s:*?\"<>|]{2,40})(?=[\\/])", re.IGNORECASE
    ),
    "users",
    "home",
    "benutzer",
)
_CUE_DIGITS = 5
_MAC_SIGNS, _IPV4_DOTS = 5, 3
"""How many of its signs such an address holds at least."""
_IPV6_COLONS = re.compile(r":[0-9a-fA-F]{1,4}:")
"""What every one of those addresses holds."""
_DIGIT = re.compile(r"\d")


def address_spans(text: str) -> Iterator[Span]:
    """Mail addresses, public IP addresses, MAC addresses and user names in file paths."""
    for match in EMAIL.finditer(text):
        yield Span(match.start(), match.end(), "email")
    colons = text.count(":")
    for match in _MAC.finditer(text) if colons + text.count("-") >= _MAC_SIGNS else ():
        yield Span(match.start(), match.end(), "mac")
    if text.count(".") >= _IPV4_DOTS:
        yield from _ipv4_spans(text)
    for match in _IPV6.finditer(text) if _IPV6_COLONS.search(text) else ():
        if _is_personal_ip(match.group()):
            yield Span(match.start(), match.end(), "ip")
    for match in _HOME_FOLDER.finditer(text):
        yield Span(match.start(1), match.end(1), "name")


@in_numbered_lines
def _ipv4_spans(text: str) -> Iterator[Span]:
    for match in _IPV4.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        personal = _is_personal_ip(match.group()) and not _VERSION_BEFORE.search(before)
        yield Span(match.start(), match.end(), "ip" if personal else "keep")


@in_numbered_lines
def code_spans(text: str) -> Iterator[Span]:
    """Order, tracking, invoice and contract numbers that show it by their letters."""
    if _digits(text) < _CUE_DIGITS:
        return
    for match in _CODE.finditer(text):
        prefix = (match.group(1) or match.group(2) or match.group(3)).upper()
        if match.group(3) and prefix in _NAMES_OF_NUMBERS:
            continue
        if prefix not in _STANDARDS and _digits(match.group()) >= _CUE_DIGITS:
            yield Span(match.start(), match.end(), "order")
    for match in _MIXED.finditer(text):
        if _digits(match.group()) >= 6:
            yield Span(match.start(), match.end(), "order")


@in_numbered_lines
def cued_spans(text: str) -> Iterator[Span]:
    """Numbers, plates and dates of birth that a word before them gives away."""
    for match in _CUED.finditer(text):
        told = bool(match.group("word")) or any(c in match.group("glue") for c in ":#(№")
        value = match.group("value").rstrip(" -")
        if _digits(value) >= (3 if told else _CUE_DIGITS) and not (
            len(value) == 4 and value[:2] in ("19", "20")
        ):
            yield Span(match.start("value"), match.start("value") + len(value), "number")
    for match in _TOLD_MIXED.finditer(text):
        if _digits(match["value"]) > 1:
            yield Span(match.start("value"), match.end("value"), "number")
    for match in _PLATE.finditer(text):
        yield Span(match.start(), match.end(), "number")
    cued = (
        (_CUED_PLATE, "number"),
        (_BIRTH, "date"),
        (_EXTENSION, "phone"),
    )
    for pattern, kind in cued:
        for match in pattern.finditer(text):
            yield Span(match.start(1), match.end(1), kind)


def _digits(text: str) -> int:
    return len(_DIGIT.findall(text))


def _is_personal_ip(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return not (address.is_link_local or address.is_loopback)
    return text not in _PUBLIC_SERVERS and not any(address in network for network in _LOCAL)
