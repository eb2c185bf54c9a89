"""Lines marked with ``>`` that are no quoted mail: what a page says, a path through menus.

People mark what a screen or a letter says just as mail programs mark the mail that is answered.
What tells them apart is how the writer's own words lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kbtool.tickets.cleaning.introductions import introduction
from kbtool.tickets.cleaning.lines import Line
from kbtool.tickets.cleaning.phrases import lowered

_COLONS = (":", "\uff1a")
_MOST_BLOCKS = 40
"""Nobody quotes more; a crafted message may."""
_MOST_LINES = 4
"""Of a quotation in the middle of a sentence."""
_LEADING_WORDS = 3
"""Of the sentence before it; fewer are a greeting or a "yes"."""
_INTRODUCTION_WORDS = 8
"""A longer line says more than who wrote what."""
_PATH = re.compile(r"\s{0,3}>\s?[^>]{1,80}\s>\s?[^>\s]")
_ANSWERS = re.compile(
    r"\b(?:my|our|the) (?:answers|replies|comments|responses)|\binline\b|\b(?:answer|reply|respond)\w* (?:in|below|between|to your)"
    r"|\byour (?:last |first |previous )?(?:questions?|e-?mail|mail|message|letter|reply|answer|response|note|text)\b"
    r"|(?:meine|unsere) (?:antworten|kommentare|anmerkungen)|\bihre (?:letzte |erste )?(?:fragen?|e-?mail|mail|nachricht|antwort)\b"
    r"|(?:mes|nos) (?:réponses|commentaires)|\b(?:vos|votre) (?:dernier |dernière )?(?:questions?|message|mail|e-?mail|courriel|réponse)\b"
    r"|(?:mis|nuestras?) (?:respuestas|comentarios)|\bsus? (?:último )?(?:preguntas?|correo|mensaje|respuesta)\b"
    r"|(?:cevaplarım|yanıtlarım|yorumlarım)|(?:soru|e-?posta|mesaj|cevab|yanıt|mail)\w{0,4}(?:ınız|iniz|unuz|ünüz)"
    r"|(?:minu|meie) (?:vastused|kommentaarid)|\bteie (?:eelmine |eelmise )?(?:küsimus|kiri|kirja|vastus|meil|sõnum)\w{0,4}"
    r"|(?:мои|наши) (?:ответы|комментарии)|\bваш\w{0,2} (?:прошл\w{2,3} )?(?:вопрос|письм|ответ|сообщени)\w{0,3}"
)
"""A line above the mail that is answered, and no line that quotes."""
_YOU_SAID = re.compile(
    r"\byou(?:'ve| have| had| just)? (?:wrote|written|write|said|say|asked|ask|told|mentioned|mention|replied|answered|suggested|stated|state|claim(?:ed)?)\b"
    r"|\b(?:sie|du|ihr) (?:schr(?:ie|ei)b|sagt|frag|mein|antwort|erwähn|behaupt)\w{0,5}|\b(?:schr(?:ie|ei)b|sagt|fragt|meint|antwortet|erwähnt)\w{0,3} (?:sie|du|ihr)\b"
    r"|\b(?:haben|hatten|hast|hattest) (?:sie|du) .{0,40}(?:geschrieben|gesagt|gefragt|geantwortet)|\b(?:sie|du) (?:haben|hatten|hast|hattest) .{0,40}(?:geschrieben|gesagt|gefragt|geantwortet)"
    r"|\b(?:vous|tu) (?:m'|nous )?(?:avez |as |aviez )?(?:écri[tv]|dit|disiez|demand|répond)\w{0,5}"
    r"|\busted(?:es)? (?:me )?(?:escrib|dij|dic|pregunt|respond|coment)\w{1,6}|\b(?:escribiste|dijiste|preguntaste|respondiste)"
    r"|(?:yaz|de|sor|belirt|söyle|cevapla|yanıtla)(?:mış|miş|muş|müş|d[ıiuü])?(?:t[ıi]|d[ıi])?(?:sınız|siniz|sunuz|sünüz|nız|niz|nuz|nüz)\b"
    r"|\b(?:te|teie|sa|sina) .{0,20}(?:kirjuta|ütle|küsi|vasta|maini)(?:si)?(?:te|d)\b|\b(?:kirjutasite|ütlesite|küsisite|vastasite|mainisite|kirjutasid)\b"
    r"|\b(?:вы|ты) .{0,20}(?:писал|написал|спрашивал|спросил|отвечал|ответил|сказал|говорил|пиш|утвержда)\w{0,4}"
)
"""What leads to words of the one who is written to."""


class Frame(Protocol):
    """What stands around a writer's own words."""

    def words(self, lines: list[Line], thanks: bool = True) -> int:
        """How many words of the lines are neither greeting nor signature (nor ``thanks``)."""

    def is_letter(self, lines: list[Line]) -> bool:
        """Whether the lines greet or close, as a whole mail does."""


def keep_own(lines: list[Line], frame: Frame) -> None:
    """Tag marked lines that are the writer's own, so that no rule takes them out.

    A quotation is own when the sentence before it ends with a colon or goes on below it, and all
    that no program has introduced are: else these are answers between the lines of a mail. Marked
    lines are also own when nothing else is written, and none is from another mail.
    """
    blocks = _blocks(lines)
    if not 0 < len(blocks) <= _MOST_BLOCKS:
        return
    introduced = any(line.tag == "intro" for line in lines)
    free = [block for block in blocks if not _is_introduced(lines, block)]
    for start, end in free:
        if _is_path(lines, start, end):
            lines[start].tag = "code"
    free = [(start, end) for start, end in free if lines[start].tag == "quote"]
    if all(_is_own(lines, block, frame, introduced) for block in free) or (
        len(free) == len(blocks) and not introduced and _alone(lines, frame)
    ):
        for start, end in free:
            for line in lines[start:end]:
                if not line.blank:
                    line.tag = "code"


def _blocks(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(first line, line after the last) of each run of marked lines; blank ones may be in it."""
    blocks: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.tag != "quote" or line.cut is not None or not line.text.lstrip().startswith(">"):
            continue
        if blocks and all(other.blank for other in lines[blocks[-1][1] : index]):
            blocks[-1] = blocks[-1][0], index + 1
        else:
            blocks.append((index, index + 1))
    return blocks


def _above(lines: Sequence[Line], start: int) -> Line | None:
    return next((lines[i] for i in range(start - 1, -1, -1) if not lines[i].blank), None)


def _is_introduced(lines: Sequence[Line], block: tuple[int, int]) -> bool:
    """Whether "X wrote:" is above; "You wrote:" is tagged for that here."""
    above = _above(lines, block[0])
    if above is None or above.tag or above.cut is not None:
        return above is not None
    text = lowered(above.text)
    if not text.endswith(_COLONS):
        return False
    if introduction(above.text) is None and not _YOU_SAID.search(text):
        return False
    if len(text.split()) <= _INTRODUCTION_WORDS:
        above.tag = "intro"
    return True


def _is_path(lines: Sequence[Line], start: int, end: int) -> bool:
    """``> Printers > Receipt`` that goes on from the line above."""
    return (
        end == start + 1
        and start > 0
        and lines[start - 1].text[-1:].isalnum()
        and _PATH.match(lines[start].text) is not None
    )


def _is_own(lines: Sequence[Line], block: tuple[int, int], frame: Frame, introduced: bool) -> bool:
    start, end = block
    above = _above(lines, start)
    if above is None:
        return False
    inner = [Line(line.text.lstrip().removeprefix(">").strip()) for line in lines[start:end]]
    if any(line.text.startswith(">") for line in inner) or frame.is_letter(inner):
        return False
    text = lowered(above.text.rstrip(" *_"))
    if text.endswith(_COLONS):
        return not _ANSWERS.search(text) and frame.words([Line(above.text)]) > 0
    below = next((line for line in lines[end:] if not line.blank), None)
    return (
        not introduced
        and below is not None
        and below.text[0].islower()
        and (text[-1:].isalnum() or text[-1:] in '"”»)')
        and end - start <= _MOST_LINES
        and not any("?" in line.text for line in inner)
        and frame.words([Line(above.text)]) >= _LEADING_WORDS
    )


def _alone(lines: Sequence[Line], frame: Frame) -> bool:
    """Whether nothing but greeting and signature is beside marked lines of one depth."""
    marked = [line.text.lstrip() for line in lines if line.tag == "quote"]
    if any(text[1:].lstrip().startswith(">") for text in marked):
        return False
    return frame.words([line for line in lines if line.tag != "quote" and line.cut is None]) == 0
