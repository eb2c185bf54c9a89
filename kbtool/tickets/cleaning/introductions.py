"""The line above a quoted mail: "On Wed, 12 Nov 2025 at 10:03, X wrote:", in any language."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from kbtool.tickets.cleaning.heads import CLOCK, DAY, plain

_VERBS = (
    "wrote", "writes", "schrieb", "schreibt", "a écrit", "ha escrito", "escribió", "yazdı", "yazmış", "kirjutas", "kirjutab",
    "написал", "написала", "написал(а)", "писал", "писал(а)", "писала", "пишет", "schreef", "geschreven", "skrev", "ha scritto", "escreveu",
    "kirjoitti", "napisał", "napisała", "napisał(a)", "pisze", "napsal", "napsala", "napsal(a)", "rakstīja", "rašė", "пише", "írta",
    "a scris", "έγραψε", "写道", "님이 작성", "skrifaði",
)  # fmt: skip
_START = re.compile(
    r"^[\W_]{0,8}(?:(?:on|am|le|el|il|op|em|den|dne|dnia|w dniu|på|în|pe|a|il giorno|vào|kell)\s.{0,40}?\d|\d{1,4}(?:[./-]\d|[.,]?\s)"
    r"|[^\W\d_]{1,14}\.?,?\s\d|[^\W\d_]{1,14}\.?,?\s\d{1,2}\.?\s)"
)
"""Introductions that begin with the date; others begin with the writer's name."""
_INNER_START = re.compile(
    r"(?:^|(?<=\s)|(?<=--))(?:on|am|le|el|il|op|em|den)\s(?:[^\W\d_]{2,12}\.?,?\s){0,2}\d{1,4}"
)
"""Where an introduction may begin in the middle of a line."""
_BARE_START = re.compile(
    r"(?:^|(?<=[.?!…:)»”\"]\s))(?:(?:[^\W\d_]{1,4}\.?,\s)?(?:\d{1,2}\.?\s[^\W\d_]{3,12}\.?,?\s\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d)"
    r"|(?:[^\s<>@.?!]{1,30}\s){1,6}\(?<[^\s<>]{3,80}>\)?,?\s)"
)
"""The same, where only a sentence's end before and an address tell that it is one: it begins with
the date or with a name."""
_VERB_END = re.compile(
    r"(?:wrote|a écrit|escribió|ha scritto|escreveu|napisał(?:\(a\)|a)?|yazdı|yazmış|написала?(?:\(а\))?|пишет"
    r"|kirjutas kuupäeval\s[^:\n]{1,60}\d:\d\d|(?:schrieb|schreef|skrev|kirjutas)\s[^:\n]{1,120}|@[^\s<>]{1,80}>)\s?:"
)
VERB_ENDS = (
    "wrote", "a écrit", "escribió", "ha scritto", "escreveu", "napisał", "schrieb", "schreef", "skrev", "yazdı", "yazmış", "kirjutas",
    "написал", "пишет", ">:",
)  # fmt: skip
"""What a line must hold, in lower case, to have an introduction in its middle."""
_MOST_ENDS, _MOST_TRIES = 6, 40
"""In a line; no mail has more."""
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,64}(?:\.|$)|@")
LONGEST_INTRODUCTION = 400
_PERSONAL = frozenset(
    "i you he she we they me him us them my your his our their ich du sie er wir mir ihnen uns ihr ihre ihrer mein meine unser"
    " je j'ai vous nous il elle ils mon ma notre votre yo usted ustedes ella nosotros me mi su nuestro ben siz biz bana size bize"
    " benim sizin bizim ma mina mulle teie te meie tema minu teile meile я вы мы он она мне вам нам ваш ваша мой наш".split()
)
"""Words that no program writes into an introduction, but a person who tells who wrote what."""


def may_end_introduction(line: str) -> bool:
    """Quickly: whether an introduction can end with this line."""
    if line[:1].isdigit() and line.endswith(">") and "@" in line:
        return True
    return line.rstrip(" *_>-\t")[-1:] in (":", "\uff1a") or line.rstrip(" *_").endswith(
        ("wrote", "schrieb", "écrit")
    )


@lru_cache(maxsize=256)
def introduction(text: str) -> str | None:
    """How sure it is that a text (its lines joined) introduces a quoted mail.

    ``sure`` = day, and hour or address, are there; ``likely`` = less, so that it needs quoted lines
    after it; ``None`` = it is none.
    """
    text = plain(text)
    if len(text) > LONGEST_INTRODUCTION or "?" in text.rstrip("?"):
        return None
    if "@" not in text and not _PERSONAL.isdisjoint(re.findall(r"[\w']+", text)):
        return None
    verb = any(verb in text and _is_word(verb, text) for verb in _VERBS)
    day, clock, mail = DAY.search(text), CLOCK.search(text), _MAIL.search(text)
    if not verb:
        dated = day and clock and mail and text.rstrip("*_ ")[-1:] in (":", "\uff1a")
        if dated and len(text) < 250:
            return "sure"
        return "likely" if day and mail and text[0].isdigit() and text[-1] == ">" else None
    if text.rstrip(" *_>-")[-1:] not in (":", "\uff1a") and not (day and clock):
        return None
    if day and (clock or mail):
        return "sure"
    return "likely" if day or mail else None


def _is_word(verb: str, text: str) -> bool:
    at = text.find(verb)
    return not (text[at - 1 : at].isalpha() or text[at + len(verb) : at + len(verb) + 1].isalpha())


def parted(line: str) -> tuple[str, str, str] | None:
    """(text, introduction, quoted text) of a line in which "On … wrote:" stands, or ``None``."""
    text = plain(line)
    if len(text) != len(line) or ":" not in text:
        return None
    ends = list(islice(_VERB_END.finditer(text), _MOST_ENDS))
    starts = [(match.start(), False) for match in _INNER_START.finditer(text)]
    starts += [(match.start(), True) for match in _BARE_START.finditer(text)]
    for start, bare in sorted(starts)[:_MOST_TRIES]:
        end = next((match.end() for match in ends if match.start() >= start), 0)
        words = text[start:end]
        known = len(words) <= LONGEST_INTRODUCTION and introduction(words) == "sure"
        if known and (not bare or "@" in words):
            return line[:start].rstrip(" -–—"), line[start:end], line[end:].strip()
    return None


def starts_with_date(text: str) -> bool:
    """Whether an introduction begins here, and not with a line before."""
    return bool(_START.match(plain(text)))
