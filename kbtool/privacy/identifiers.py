"""Written identifiers: mail and network addresses, secrets, order and customer numbers."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from kbtool.privacy.hints import Hinted
from kbtool.privacy.lines import in_numbered_lines
from kbtool.privacy.spans import Span

EMAIL = Hinted(
    re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"),
    "@",
    exact=True,
)
URL = Hinted(
    re.compile(r"\b(?:https?://|www\.)[^\s<>\"'`\])}|\\]{3,2000}", re.IGNORECASE),
    "://",
    "www.",
)
_SECRET_PARAMETER = re.compile(
    r"[?&#;](?:[\w.-]{0,30}(?:token|key|sig|secret|auth|session|sid|pass|pwd|code|hash|ticket|jwt|mail|user|phone)"
    r"[\w.-]{0,20})=([^&#\s]{1,1500})",
    re.IGNORECASE,
)
_PATH_SECRET = re.compile(
    r"(?<=/)(?=[A-Za-z_-]{0,200}\d)(?=\d{0,200}[A-Za-z])[A-Za-z0-9_]{20,200}(?=[/?#]|$)"
)
_ASSIGNED = Hinted(
    re.compile(
        r"\b(?:token|api[ _-]?key|secret|passw(?:or)?d|pwd|bearer|auth\w{0,9}|session\w{0,3})"
        r"[ ]?[=:][ ]?[\"']?([^\s\"'<>]{6,200})",
        re.IGNORECASE,
    ),
    *"token key secret passw pwd bearer auth session".split(),
)
_PREFIXED = Hinted(
    re.compile(r"\b(?:[a-z]{2}_(?:live|test)_|gh[pousr]_|xox[abp]-|AKIA|eyJ)[\w.-]{8,400}"),
    *"_live_ _test_ ghp_ gho_ ghu_ ghr_ ghs_ xox AKIA eyJ".split(),
    exact=True,
)
_PASSWORD = Hinted(
    re.compile(
        r"(?:passw(?:or)?d|passcode|parool\w{0,4}|salas[õo]na\w{0,4}|[şs]ifre\w{0,5}|parola\w{0,4}|passwort|mot de passe"
        r"|contraseña|парол\w{0,3})(?:[ ]*[:=]|[ ]+(?:is|was|on|oli|ist|est|es)\b:?|[ ])?[ ]{0,3}[\"'„“«*`]{0,3}"
        r"([^\s\"'“”»*`,;]{5,64})",
        re.IGNORECASE,
    ),
    *"passw passcode parool salas ifre parola contrase парол".split(),
    "mot de passe",
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
_CUED = Hinted(
    re.compile(
        r"""(?<![^\W_])(?:
      customer|client|account|order|invoice|contract|reference|ref|booking|membership|serial|policy|case
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
        "customer client account order invoice contract ref booking membership serial policy case "
        "teri sipari fatura takip hesap zle abone vergi vkn tc kimlik seri klien tellimus arve "
        "leping viite reg isikukood konto kunden bestell rechnung vertrag commande facture "
        "contrat pedido клиент заказ сч договор"
    ).split(),
)
_PLATE = re.compile(
    r"(?<![\w-])(?!\d\d (?:GB|MB|KB|TB|KG|MM|CM|MS|W)\b)\d{2} [A-ZÇĞİÖŞÜ]{1,3} \d{2,4}(?![\w-])"
)
_CUED_PLATE = Hinted(
    re.compile(
        r"(?i:plate|plaka|num(?:ri|bri)m[äa]rk|reg\w{0,8}|number|auto|car|araç|araba)\w{0,4}[^\n\d]{0,25}?"
        r"(\d{2,3} ?(?!EUR|GBP|USD|TRY)[A-Z]{3})(?!\w)"
    ),
    *"plate plaka num reg auto car ara".split(),
)
_BIRTH = Hinted(
    re.compile(
        r"(?:born|birth|dob|sünd\w{0,6}|synd\w{0,6}|doğum\w{0,6}|dogum\w{0,6}|geboren\w{0,3}|\bgeb\.?|né\w? le|рожд\w{0,5})"
        r"[^\n\d]{0,20}(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)",
        re.IGNORECASE,
    ),
    *"born birth dob sünd synd doğum dogum geboren geb né рожд".split(),
)
_ONE_TIME_CODE = Hinted(
    re.compile(
        r"(?<!error )(?<!hata )(?<!vea)(?<!status )(?<!fehler)\b(?:code|kod|kodu|kodum|kood|pin|код)[ :]{1,2}(?:is |on |was |oli )?"
        r"(\d{4,8}|\d\d-\d\d-\d\d)(?![\w.,-]*\d)",
        re.IGNORECASE,
    ),
    *"code kod kood pin код".split(),
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


def secret_spans(text: str) -> Iterator[Span]:
    """Tokens in addresses, keys, and passwords that somebody wrote down."""
    for url in URL.finditer(text):
        for pattern, group in ((_SECRET_PARAMETER, 1), (_PATH_SECRET, 0)):
            for match in pattern.finditer(url.group()):
                yield Span(
                    url.start() + match.start(group), url.start() + match.end(group), "secret"
                )
    for match in _PREFIXED.finditer(text):
        yield Span(match.start(), match.end(), "secret")
    for match in _ASSIGNED.finditer(text):
        if _looks_chosen(match.group(1)):
            yield Span(match.start(1), match.end(1), "secret")
    for match in _PASSWORD.finditer(text):
        value = match.group(1).rstrip(".!?)")
        if _looks_chosen(value):
            yield Span(match.start(1), match.start(1) + len(value), "secret")
    yield from _random_words(text)


@in_numbered_lines
def code_spans(text: str) -> Iterator[Span]:
    """Order, tracking, invoice and contract numbers that show it by their letters."""
    if _digits(text) < _CUE_DIGITS:
        return
    for match in _CODE.finditer(text):
        prefix = (match.group(1) or match.group(2) or match.group(3)).upper()
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
    for match in _PLATE.finditer(text):
        yield Span(match.start(), match.end(), "number")
    cued = (
        (_CUED_PLATE, "number"),
        (_BIRTH, "date"),
        (_ONE_TIME_CODE, "secret"),
        (_EXTENSION, "phone"),
    )
    for pattern, kind in cued:
        for match in pattern.finditer(text):
            yield Span(match.start(1), match.end(1), kind)


_RANDOM = re.compile(
    r"(?<![\w/-])(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[a-z])(?=[\w-]{0,40}[A-Z])[A-Za-z\d_-]{10,64}(?![\w/-])"
)


@in_numbered_lines
def _random_words(text: str) -> Iterator[Span]:
    """Words nobody would say: letters and digits change often and no part is pronounceable."""
    for match in _RANDOM.finditer(text):
        word = match.group()
        changes = len(re.findall(r"[a-zA-Z](?=\d)|\d(?=[a-zA-Z])|[a-z](?=[A-Z])", word))
        if changes >= 3 and not re.search(r"[a-z]{4}|[A-Z]{4}", word):
            yield Span(match.start(), match.end(), "secret")


def _looks_chosen(value: str) -> bool:
    """Whether a word after "password" is one: it holds a digit or sign, and is no markup."""
    if value.startswith(("[", "http", "<")) or value.endswith(("]", ":")):
        return False
    letters = any(c.isalpha() for c in value)
    signs = any(c.isdigit() or c in "!@#$%^&*_+=?" for c in value.rstrip("!?"))
    return letters and signs


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
