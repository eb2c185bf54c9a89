"""Cut the greeting above a message, also when it stands before the first sentence."""

from __future__ import annotations

import re
from functools import cache

from kbtool.text import match_key
from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language
from kbtool.tickets.cleaning.lines import Line, kept

_GREETINGS_IN_A_ROW = 3
_LINES_READ = 6
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
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
    " people friends crew monsieur madame mesdames messieurs et señor señora señores y à tous equipo équipe коллеги друзья"
    " klienditoe meeskond support-team zusammen liebes liebe hallo customer service".split()
)
_MORE_GREETINGS = (
    "good day", "gentlemen", "to whom it may concern", "sehr geehrte damen und herren", "guten tag zusammen",
    "hallo zusammen", "buen día", "buenos dias", "estimados señores", "muy señores míos", "madame", "monsieur",
    "mesdames, messieurs", "добрый", "доброго времени суток", "доброго дня", "приветствую", "iyi haftalar",
    "tere päevast", "tere hommikust", "tere õhtust", "tere jälle", "lugupeetud",
)  # fmt: skip


def cut_greeting(lines: list[Line], known: frozenset[str]) -> None:
    """Take out greetings at the top; a line is parted where a sentence follows on it."""
    first = [line for line in kept(lines) if not line.blank][:_LINES_READ]
    if not first or first[0].tag == "code":
        return
    text = "\n".join(line.text for line in first)
    stop = _end(text, known)
    for line in first:
        if stop <= 0:
            return
        if stop >= len(line.text):
            line.cut = "greeting"
        else:
            at = next(i for i, other in enumerate(lines) if other is line)
            lines.insert(at, Line(line.text[:stop].rstrip(), line.tag, "greeting"))
            line.text = line.text[stop:].lstrip()
        stop -= len(line.text) + 1 if line.cut else stop


def _end(text: str, known: frozenset[str]) -> int:
    """How many characters at the top are greeting."""
    start = 0
    for _ in range(_GREETINGS_IN_A_ROW):
        stop = _end_of_greeting(text, start, known)
        if stop is None:
            break
        start = stop
    return start


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
    line = text[start : line_end if line_end >= 0 else len(text)][:200]
    end = 0
    for count, match in enumerate(_WORD.finditer(line)):
        gap = line[end : match.start()]
        word, key = match.group(), word_key(match.group())
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
    found.update(_MORE_GREETINGS)
    words = "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
    return re.compile(rf"[*_]{{0,2}}(?:{words})\b", re.IGNORECASE)
