"""What is added below a message without its writer: phone lines, virus checks, legal notices."""

from __future__ import annotations

import re

from kbtool.tickets.cleaning.lines import Line
from kbtool.tickets.cleaning.notices import LEGAL, MORE_LEGAL, PHONE, VIRUS
from kbtool.tickets.cleaning.phrases import candidates, lowered

_LONGEST_PHONE_LINE = 130
_NAME_WORDS = 3
_LONGEST_VIRUS_LINE = 400
_LINK = re.compile(r"^[\W_]{0,4}(?:https?://|www\.)\S{3,500}$", re.IGNORECASE)
_ASKS = re.compile(r"\?\s*$|\?\s+\S", re.MULTILINE)
_SHORTEST_NOTICE = 20
_LONG_NOTICE = 60
_LONGEST_READ = 1_200
"""Characters of a paragraph in which its nature shows."""
_PARAGRAPHS_READ = 25
_LINES_READ = 8
_P_S = re.compile(
    r"^\W{0,4}(?:(?:p[.\s-]{0,3}){1,2}s|(?:п[.\s]{0,2}){1,2}с|з[.\s]{0,2}ы|n[.\s]{0,2}b|p[.\s]{0,2}d|nota bene|post ?scriptum|pos(?:t)?data|постскриптум"
    r"|(?:note|not|nota|hinweis|nachtrag|anmerkung|remarque|märkus|примечание|update|opmerking)(?=\s?:))(?!\w)(?P<rest>.{0,80})",
    re.IGNORECASE,
)


def is_postscript(text: str) -> bool:
    """Whether a line begins with "P.S." or its kin; "P. D. Hartley" is a name."""
    match = _P_S.match(text)
    if match is None:
        return False
    words = match["rest"].split()
    initials = text[1:2] == "." and 0 < len(words) <= _NAME_WORDS
    return not (initials and all(word[0].isupper() and word[-1].isalpha() for word in words))


def cut_phone_lines(lines: list[Line]) -> None:
    """Take out "Sent from my phone" and "Virus-free"."""
    for index in candidates(lines, PHONE.stems + VIRUS.stems):
        line = lines[index]
        text = lowered(line.text)
        if line.tag not in ("", "signature") or "?" in text.split("http")[0] or text.endswith(":"):
            continue
        if len(text) <= _LONGEST_PHONE_LINE and PHONE.found(text):
            line.cut = "signature"
        elif len(text) < _LONGEST_VIRUS_LINE and VIRUS.found(text):
            line.cut = "disclaimer"
        if line.cut is not None:
            cut_link_below(lines, index)


def cut_link_below(lines: list[Line], index: int) -> None:
    """Take out a line that holds only an address, below one that was taken out."""
    for below in lines[index + 1 : index + 2]:
        if _LINK.match(below.text):
            below.cut = lines[index].cut


def is_legal(paragraph: str) -> bool:
    """Whether a paragraph speaks only about the mail itself or about the company's register."""
    text = lowered(" ".join(paragraph[:_LONGEST_READ].split()))
    if len(text) < _SHORTEST_NOTICE and "unsubscribe" not in text:
        return False
    return LEGAL.found(text) and not _ASKS.search(text)


def cut_legal(lines: list[Line]) -> None:
    """Take out paragraphs about confidentiality, the environment and leaving a list.

    Only what has text before it; after the first of them, a long paragraph that speaks of senders,
    copies or liability is taken for more of the same, unless it asks something.
    """
    if not LEGAL.candidates(lines):
        return
    paragraphs = _paragraphs(lines)
    found = False
    for start, end in paragraphs[1:][-_PARAGRAPHS_READ:]:
        text = "\n".join(line.text for line in lines[start:end])
        if is_legal(text) or (found and _goes_on(text)):
            found = True
            _cut(lines, start, end)
    if paragraphs and not found:
        start, end = paragraphs[-1]
        if (at := _legal_end(lines, max(start, 1), end)) < end:
            _cut(lines, at, end)


def _goes_on(text: str) -> bool:
    return (
        len(text) > _LONG_NOTICE
        and MORE_LEGAL.found(lowered(text[:_LONGEST_READ]))
        and not is_postscript(text)
        and not _ASKS.search(text)
    )


def _legal_end(lines: list[Line], start: int, end: int) -> int:
    """Where, in the last paragraph, legal lines begin that reach to its end."""
    at = end
    while at > max(start, end - _LINES_READ) and is_legal(lines[at - 1].text):
        at -= 1
    return at


def _cut(lines: list[Line], start: int, end: int) -> None:
    for line in lines[start:end]:
        line.cut = "disclaimer"


def _paragraphs(lines: list[Line]) -> list[tuple[int, int]]:
    """(first line, line after the last) of each paragraph that is no code."""
    found: list[tuple[int, int]] = []
    start = -1
    for index, line in enumerate([*lines, Line("")]):
        body = not line.blank and line.tag != "code"
        if body and start < 0:
            start = index
        elif not body and start >= 0:
            found.append((start, index))
            start = -1
    return found
