"""Cut what stands around a message: greeting, closing, signature, phone lines, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kbtool.model import Cut
from kbtool.text import match_key
from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language
from kbtool.tickets.cleaning.marks import MOBILE, is_disclaimer

_SIGNATURE_LINES = 10
_SIGNATURE_LENGTH = 110
_SENTENCE_WORDS = 9
_NAME_LINE_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CONTACT = re.compile(
    r"@|\[[a-z]+\]|www\.|https?://|\|"
    r"|(?:^|\W)(?:tel|phone|mob|gsm|cep|fax|kliendinumber|klient|customer|order|sipariş|müşteri|t|m|p|tlf|reg|address|adres|aadress)\b"
    r"|(?:^|\s)\+?\d[\d ()/-]{6,}",
    re.IGNORECASE,
)
_GREETINGS_IN_A_ROW = 3
_NAME_FIRST = re.compile(
    r"(?:[^\W\d_]{2,20} ){1,3}(?:hanım|hanim|bey|hocam)\b[ ]?[,!\n]?\s{0,2}", re.IGNORECASE
)
"""Turkish greets the name first: ``Ayşe Hanım merhaba``."""
_AFTER_GREETING = re.compile(r"[ ]{0,2}[,!.:;)…–-]{0,3}[ ]{0,2}(?:[:;]-?\)+)?[ ]{0,2}\n{0,3}")
_PURE_GREETINGS = frozenset(
    "hi hello hey tere tervist hei tsau merhaba merhabalar selam selamlar slm mrb hallo bonjour hola".split()
)
_ADDRESSED = frozenset(
    match_key(w)
    for w in "all there everyone everybody team support sir madam or folks guys hanım bey hocam arkadaşlar yetkili kõik"
    " klienditugi klienditeenindus dear again taas help desk helpdesk ekibi destek herr frau mr mrs ms damen und herren ja"
    " people friends crew".split()
)


def cut_around(text: str, names: Sequence[str]) -> tuple[str, list[Cut]]:
    """(what is left, what was cut). ``names`` are the sender's and the addressee's full names."""
    known = frozenset(
        word_key(word) for name in names for word in _WORD.findall(name) if len(word) > 1
    )
    cuts: list[Cut] = []
    for cutter in (_delimited, _disclaimers, _mobile, _closing, _name_lines):
        text, cut = cutter(text, known)
        cuts += cut
    text, cut = _greeting(text, known)
    return text, cut + cuts


def _delimited(text: str, known: frozenset[str]) -> tuple[str, list[Cut]]:
    """``-- `` on a line of its own begins the signature."""
    lines = text.split("\n")
    following = sum(1 for line in lines if line.strip())
    for index, line in enumerate(lines):
        following -= bool(line.strip())
        if line.rstrip() in ("--", "\u2014", "-- ") and 0 < following <= 2 * _SIGNATURE_LINES:
            return "\n".join(lines[:index]).strip(), [
                Cut("signature", "\n".join(lines[index:]).strip())
            ]
    return text, []


def _disclaimers(text: str, known: frozenset[str]) -> tuple[str, list[Cut]]:
    """Paragraphs and last lines about confidentiality, unless nothing is before them."""
    paragraphs = text.split("\n\n")
    kept = [p for i, p in enumerate(paragraphs) if i == 0 or not is_disclaimer(p)]
    cuts = [
        Cut("disclaimer", p.strip()) for i, p in enumerate(paragraphs) if i and is_disclaimer(p)
    ]
    lines = "\n\n".join(kept).rstrip().split("\n")
    while len(lines) > 1 and is_disclaimer(lines[-1]):
        cuts.append(Cut("disclaimer", lines.pop().strip()))
    return "\n".join(lines).strip(), cuts


def _mobile(text: str, known: frozenset[str]) -> tuple[str, list[Cut]]:
    lines = text.split("\n")
    cuts = [
        Cut("signature", line.strip()) for line in lines if MOBILE.match(line) and len(line) < 80
    ]
    return "\n".join(
        line for line in lines if not (MOBILE.match(line) and len(line) < 80)
    ).strip(), cuts


def _closing(text: str, known: frozenset[str]) -> tuple[str, list[Cut]]:
    """From a closing ("Best regards") to the end, when only a signature follows."""
    lines = text.split("\n")
    first = max(1, len(lines) - _SIGNATURE_LINES - 4)
    for index in range(first, len(lines)):
        rest = _after_closing(lines[index])
        if rest is None or not _is_names(rest, known):
            continue
        following = [line for line in lines[index + 1 :] if line.strip()]
        if all(_in_signature(line) for line in following) and len(following) <= _SIGNATURE_LINES:
            head, cut = "\n".join(lines[:index]).strip(), [Cut("closing", lines[index].strip())]
            if following:
                cut.append(Cut("signature", "\n".join(following)))
            return head, cut
    return text, []


def _name_lines(text: str, known: frozenset[str]) -> tuple[str, list[Cut]]:
    """A last paragraph, or last line, that opens with the sender's own name and holds no sentence."""
    lines = text.split("\n")
    for index in range(max(1, len(lines) - _SIGNATURE_LINES), len(lines)):
        tail = [line for line in lines[index:] if line.strip()]
        if not tail or not lines[index].strip():
            continue
        if _is_own_name(lines[index], known) and all(_in_signature(line) for line in tail[1:]):
            return "\n".join(lines[:index]).strip(), [Cut("signature", "\n".join(tail))]
    return text, []


def _greeting(text: str, known: frozenset[str]) -> tuple[str, list[Cut]]:
    """Greetings at the top, alone on their line or before the first sentence."""
    start = 0
    for _ in range(_GREETINGS_IN_A_ROW):
        stop = _end_of_greeting(text, start, known)
        if stop is None:
            break
        start = stop
    return (text[start:].strip(), [Cut("greeting", text[:start].strip())]) if start else (text, [])


def _end_of_greeting(text: str, start: int, known: frozenset[str]) -> int | None:
    titled = _NAME_FIRST.match(text, start)
    match = _greetings().match(text, titled.end() if titled else start)
    if not match:
        return titled.end() if titled and text[titled.end() - 1] in ",!\n" else None
    mark = _AFTER_GREETING.match(text, _after_names(text, match.end(), known))
    stop = mark.end() if mark else match.end()
    closed = stop == len(text) or text[stop - 1] == "\n" or bool(mark and mark.group().strip())
    if not closed and not titled and match.group().strip().lower() not in _PURE_GREETINGS:
        return None
    return stop


def _after_names(text: str, start: int, known: frozenset[str]) -> int:
    """Where the names after a greeting end: ``, Jaan``, ``Ayşe Hanım``, ``Pakolog team``."""
    line_end = text.find("\n", start)
    line = text[start : line_end if line_end >= 0 else len(text)]
    end = 0
    for count, match in enumerate(_WORD.finditer(line)):
        gap = line[end : match.start()]
        word, key = match.group(), match_key(match.group())
        named = key in known or key in _ADDRESSED
        capital = word[0].isupper() and count < 3
        if gap.strip(" ,.") or count > 4 or ("," in gap and count) or not (named or capital):
            break
        if not named and not _closes_soon(line, match.end(), 0 if "," in gap else 2):
            break
        end = match.end()
    return start + end


def _closes_soon(line: str, at: int, words: int) -> bool:
    """Whether punctuation or the line's end follows within so many more words."""
    return bool(
        re.match(rf"(?: [^\s,!.:]{{1,20}}){{0,{words}}} ?(?:[,!.:)]|$)", line[at : at + 60])
    )


@cache
def _greetings() -> re.Pattern[str]:
    found = {greeting for code in KNOWN for greeting in get_language(code).greetings}
    words = "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{words})\b", re.IGNORECASE)


@cache
def _closing_keys() -> tuple[str, ...]:
    found = {match_key(closing) for code in KNOWN for closing in get_language(code).closings}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _after_closing(line: str) -> str | None:
    """What follows the closing words of a line; ``None`` when it does not begin with any."""
    rest = line.strip().lstrip("-–*_ ")
    if not rest or len(rest) > _SIGNATURE_LENGTH:
        return None
    found = False
    while True:
        key = match_key(rest)
        hit = next(
            (
                c
                for c in _closing_keys()
                if key.startswith(c) and not key[len(c) : len(c) + 1].isalnum()
            ),
            None,
        )
        if hit is None:
            return rest if found else None
        found = True
        rest = rest[len(hit) :].lstrip(" ,.!;:-–/&")
        if not rest:
            return ""


def _is_names(text: str, known: frozenset[str]) -> bool:
    words = _WORD.findall(text)
    if len(words) > _NAME_LINE_WORDS or "?" in text:
        return False
    return all(w[0].isupper() or match_key(w) in known for w in words) or (
        len(words) == 1 and len(words[0]) < 12
    )


def _is_own_name(line: str, known: frozenset[str]) -> bool:
    """A line that is only the sender's name, perhaps with a company or a number behind a rule."""
    head = re.split(r"[|,@/(–]|\s-\s|\d", line.strip(" -–*_"))[0].strip(" .!")
    words = _WORD.findall(head)
    return (
        0 < len(words) <= _NAME_LINE_WORDS
        and match_key(words[0]) in known
        and all(match_key(w) in known or len(w) == 1 or w[0].isupper() for w in words)
    )


def _in_signature(line: str) -> bool:
    """Whether a line could stand in a signature: short, and no sentence."""
    text = line.strip()
    if _CONTACT.search(text) and len(text) <= 2 * _SIGNATURE_LENGTH and "?" not in text:
        return True
    if (
        len(text) > _SIGNATURE_LENGTH
        or "?" in text
        or match_key(text).startswith(("ps", "p.s", "nb"))
    ):
        return False
    words = _WORD.findall(text)
    return len(words) <= _SENTENCE_WORDS and not (
        text.endswith((".", "!")) and len(words) > _NAME_LINE_WORDS
    )
