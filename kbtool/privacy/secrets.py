"""Secrets that somebody wrote down: tokens in addresses, keys, passwords, codes, user names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.privacy.gazetteer import no_names
from kbtool.privacy.hints import Begun, Hinted
from kbtool.privacy.lines import in_numbered_lines
from kbtool.privacy.spans import Span
from kbtool.text.fold import word_key

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
_ASSIGNED = Begun(
    re.compile(
        r"\b(?:token|api[ _-]?key|secret|passw(?:or)?d|pwd|bearer|auth(?!ors?\b)\w{0,9}|session\w{0,3})"
        r"[ ]?[=:](?![:=])[ ]?[\"']?(?!(?:bearer|basic) )([^\s\"'<>]{6,200})",
        re.IGNORECASE,
    ),
    *"token api secret passw pwd bearer auth session".split(),
)
_PREFIXED = Hinted(
    re.compile(
        r"\b(?:(?:[a-z]{2}_(?:live|test)_|gh[pousr]_|xox[abp]-|AKIA|eyJ)[\w.-]{8,400}"
        r"|[a-z]{2,8}_(?:[a-z]{2,8}_)?(?=[A-Za-z]{0,40}\d)(?=[a-z\d]{0,40}[A-Z])[A-Za-z\d]{10,200}(?!\w))"
    ),
    *"_ xox AKIA eyJ".split(),
    exact=True,
)
"""Keys as services write them: a word that tells whose, a line, and letters nobody chose."""
_CUE = (
    r"(?:passw(?:or)?d|passphrase|passcode|\bpass(?!\w)|\bpwd?(?!\w)|parool\w{0,4}|salas[õo]na\w{0,4}|[şs]ifre\w{0,5}|parola\w{0,4}|passwort|kennwort"
    r"|mot de passe|contraseña|парол\w{0,3}|(?:wi-?fi|wlan)[ -]?(?:key|kood|võti|anahtarı?|schlüssel|code)|schlüssel|(?<=, )key|security key)"
)
_PASSWORD = Begun(
    re.compile(_CUE, re.IGNORECASE),
    *"pass pw parol parool salas şifre sifre kennwort contrase парол wifi wi-fi wlan schlüssel key".split(),
    "mot de passe",
    "security key",
)
_LOGIN = Begun(
    re.compile(
        r"\b(?:log-?in|credentials|andmed|bilgiler\w{0,2}|zugang\w{0,5}|данные)", re.IGNORECASE
    ),
    *"login log-in credentials andmed bilgiler zugang данные".split(),
)
_BEHIND = re.compile(
    r"(?:[ ]*[:=]|[ ]+(?:(?:is|was|on|oli|ist|est|es|still|hâlâ|hala|hep|ikka|veel|noch|всё ещё)\b:?[ ]?){1,2}|[ ])?[ ]{0,3}[\"'„“«*`]{0,3}([^\s\"'“”»*`,;]{5,64})",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"[ ]?[:=][ ]{0,3}([^\s\"'“”»*`,;:]{5,64}|\d{4}(?: \d{4}){1,5})[ ]*$", re.MULTILINE
)
"""A single word behind a colon, to the end of the line: a password may be any word."""
_BELOW = re.compile(
    r"\b[^\n?]{0,30}\n([^\s\"'“”»*`,;]{3,64})[ ]*(?:\n(?:([^\s\"'“”»*`,;]{5,64})[ ]*(?:\n|$))?|$)"
)
"""In the next line, or in the one after a user's name."""
_BEFORE = re.compile(
    r"(?<![\w@./-])([^\s\"'“”»*`,;:()]{6,64})[\"'”»*`]{0,2}"
    r"(?: (?:is|was|on|oli|ist) (?:(?:my|our|the|minu|meie|mein|unser|das) )?(?:(?:wi-?fi|wlan|admin|old|new|uus|vana) )?"
    r"| ?[–(-] ?(?:(?:wi-?fi|wlan) )?)$",
    re.IGNORECASE,
)
_SEEN_BEFORE, _SEEN_BEHIND = 100, 120
_MIXED = re.compile(r"(?<![\w/@.-])(?=[^\W\d_]{0,30}\d)[^\W_]{9,40}(?![\w@/-]|\.\w)")
_PAIRED = re.compile(r" ?/ ?([^\s\"'“”»*`,;]{5,64})")
_USER = Begun(
    re.compile(
        r"(?<!\w)(?:user ?(?:name|id)?|login(?: name)?|kasutaja(?:nimi|tunnus)?|kullanıcı(?: ad\w{1,2})?|benutzer(?:name|kennung)?|nutzername|логин)"
        r"(?P<glue>[ ]*[:=]|[ ]+(?:is|on|ist)\b)?[ ]{1,3}[\"'„“«*`]{0,3}(?P<value>[^\s\"'“”»*`,;:/()]{3,64})"
        r"(?P<with>[ ,;/|]{0,4}(?:and|ja|ve|und|и)?[ ]?\n?(?:my |minu |mein |мой )?"
        + _CUE
        + r"[ :=])?",
        re.IGNORECASE,
    ),
    *"user login kasutaja kullan benutzer nutzername логин".split(),
)
_FEWEST_DIGITS, _FEWEST_LETTERS = 2, 4
_A_NAME = re.compile(r"\w+ ?(?:name|id|nimi|tunnus|ad\w|adım|kennung)\b", re.IGNORECASE)
_NO_USERS = frozenset(
    "admin administrator root guest name names page error failed form screen button and or with for not does is are was on in at my the"
    " ja või ei ve ile und oder nicht и не".split()
)
_NOT_CHOSEN = frozenset(
    "required forgotten forgot unknown wrong incorrect invalid empty optional hidden expired reset change changed"
    " unustatud vale kehtetu unuttum yanlış hatalı vergessen falsch ungültig неверный забыл".split()
)
_ONE_TIME_CODE = Hinted(
    re.compile(
        r"(?:(?P<before>\w{2,20})[ -])?\b(?:code|kod|kodu|kodum|kodun[uu]?|kood|koodi|pin|pin-?kood|код)\b[ :]{1,2}"
        r"(?:(?:is|on|was|oli|from|in|per|via|you|texted|sent|me|the|a|us|text|sms|смс|из|message|aus|der|von|gelen|tuli|sain|ist) ){0,6}"
        r"(\d{4,8}#?|\d\d-\d\d-\d\d|\d{3}[ -]\d{3})(?![\w.,-]*\d)",
        re.IGNORECASE,
    ),
    *"code kod kood pin код".split(),
)
_OTHER_CODES = frozenset(
    "error hata veateate fehler status exit response http postal post zip area country dial product item article promo voucher"
    " discount source barcode vea postcode ülke posta ürün toote riigi ошибки".split()
)
"""Before "code": what is no secret."""
_CVV = Hinted(
    re.compile(r"\b(?:cvv2?|cvc2?|cvn)\b[ :]{1,2}(?:is |on )?(\d{3,4})(?!\d)", re.IGNORECASE), "cv"
)
_RANDOM = re.compile(
    r"(?<![\w/-])(?!0[xX])(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[a-z])(?=[\w-]{0,40}[A-Z])[A-Za-z\d_-]{10,64}(?![\w/-])"
)


def secret_spans(text: str) -> Iterator[Span]:
    """Tokens in addresses, keys, and passwords that somebody wrote down."""
    for url in URL.finditer(text):
        for pattern, group in ((_SECRET_PARAMETER, 1), (_PATH_SECRET, 0)):
            for found in pattern.finditer(url.group()):
                start, end = found.span(group)
                yield Span(url.start() + start, url.start() + end, "secret")
    for match in _PREFIXED.finditer(text):
        yield Span(match.start(), match.end(), "secret")
    for match in _ASSIGNED.finditer(text):
        if match[1].rstrip(".,!?").lower() not in _NOT_CHOSEN:
            yield Span(match.start(1), match.end(1), "secret")
    yield from _users(text)
    for cue in _PASSWORD.finditer(text):
        yield from _password(text, cue)
    for cue in _LOGIN.finditer(text):
        yield from _below(text, cue.end())
    yield from _random_words(text)


def _password(text: str, cue: re.Match[str]) -> Iterator[Span]:
    """What a word for "password" says is one: behind it, in the next line or before it."""
    alone = _ALONE.match(text, cue.end())
    if alone and alone[1].rstrip(".!?").lower() not in _NOT_CHOSEN and not _is_markup(alone[1]):
        yield Span(alone.start(1), alone.end(1), "secret")
    behind = _BEHIND.match(text, cue.end())
    told = behind and text[cue.end() : behind.start(1)].strip().lower() not in ("", "on")
    if behind and (told or not _is_product(behind[1])):
        yield from _chosen(behind)
    yield from _below(text, cue.end())
    yield from _near(text, cue.end())
    start = max(0, cue.start() - _SEEN_BEFORE)
    for span in _chosen(_BEFORE.search(text[start : cue.start()])):
        yield Span(start + span.start, start + span.end, span.kind)


def _near(text: str, place: int) -> Iterator[Span]:
    """In the line behind the place: a long word of letters with numbers that is no product's."""
    end = text.find("\n", place)
    end = min(len(text) if end < 0 else end, place + _SEEN_BEHIND)
    for match in _MIXED.finditer(text, place, end):
        digits = sum(map(str.isdigit, match.group()))
        few = digits < _FEWEST_DIGITS or sum(map(str.islower, match.group())) < _FEWEST_LETTERS
        if not few and not _is_product(match.group()):
            yield Span(match.start(), match.end(), "secret")


def _below(text: str, place: int) -> Iterator[Span]:
    match = _BELOW.match(text, place)
    if match and "@" not in match[1]:
        yield from _chosen(match)
    if match and match[2]:
        yield from _chosen(match, 2)


def _chosen(match: re.Match[str] | None, group: int = 1) -> Iterator[Span]:
    value = match[group].rstrip(".!?)") if match else ""
    if match and looks_chosen(value):
        yield Span(match.start(group), match.start(group) + len(value), "secret")


@in_numbered_lines
def code_word_spans(text: str) -> Iterator[Span]:
    """One-time codes, PINs and the three digits of a card, by the word before them."""
    for match in _ONE_TIME_CODE.finditer(text):
        if (match["before"] or "").lower() not in _OTHER_CODES:
            yield Span(match.start(2), match.end(2), "secret")
    for match in _CVV.finditer(text):
        yield Span(match.start(1), match.end(1), "secret")


def _users(text: str) -> Iterator[Span]:
    """User names: those that a password follows, and those that look like one."""
    for match in _USER.finditer(text):
        value = match["value"].rstrip(".!?)")
        if value.lower() in _NO_USERS or _is_markup(value) or "@" in value:
            continue
        with_password = list(_chosen(_PAIRED.match(text, match.start("value") + len(value))))
        yield from with_password
        looks = any(c.isdigit() or c in "._" for c in value) and not value[0].isdigit()
        told = match["glue"] or _A_NAME.match(match.group())
        if match["with"] or with_password or (told and looks):
            yield Span(match.start("value"), match.start("value") + len(value), "secret")


@in_numbered_lines
def _random_words(text: str) -> Iterator[Span]:
    """Words nobody would say: letters and digits change often and no part is pronounceable."""
    for match in _RANDOM.finditer(text):
        word = match.group()
        changes = len(re.findall(r"[a-zA-Z](?=\d)|\d(?=[a-zA-Z])|[a-z](?=[A-Z])", word))
        if changes >= 3 and not re.search(r"[a-z]{4}|[A-Z]{4}", word):
            yield Span(match.start(), match.end(), "secret")


def looks_chosen(value: str) -> bool:
    """Whether a word after "password" is one: it holds a digit or sign, and is no markup."""
    if _is_markup(value):
        return False
    letters = any(c.isalpha() for c in value)
    signs = any(c.isdigit() or c in "!@#$%^&*_+=?" for c in value.rstrip("!?"))
    return letters and signs


def _is_product(value: str) -> bool:
    """``Office365``: a known word with its number."""
    return value.isalnum() and word_key(value.rstrip("0123456789")) in no_names()


def _is_markup(value: str) -> bool:
    return value.startswith(("[", "http", "<")) or value.endswith(("]", ":"))
