"""Cut quoted and forwarded mail out of plain text."""

from __future__ import annotations

from kbtool.model import Cut
from kbtool.tickets.cleaning.marks import DELIMITER, INTRODUCTION, SEPARATOR, header_label

_WRAPPED = 3
"""An introduction ("On … wrote:") may be wrapped over this many lines."""
_HEADERS_NEEDED = 3
_HEADER_WINDOW = 7
_INTRODUCTION_LENGTH = 400


def cut_quotes(text: str) -> tuple[str, list[Cut]]:
    """(what is left, what was cut): delimiters, ``>`` lines, introductions and quoted mails."""
    lines = text.split("\n")
    cuts = [Cut("delimiter", line.strip()) for line in lines if DELIMITER.match(line)]
    lines = [line for line in lines if not DELIMITER.match(line)]
    start = _quoted_mail(lines)
    if start is not None:
        cuts.append(Cut("quote", "\n".join(lines[start:]).strip()))
        lines = lines[:start]
    kept, quoted = _without_marked(lines)
    if quoted:
        cuts.append(Cut("quote", "\n".join(quoted).strip()))
    return "\n".join(kept).strip(), cuts


def _quoted_mail(lines: list[str]) -> int | None:
    """Where a mail begins that is quoted to the end without ``>``."""
    for index, line in enumerate(lines):
        if (
            SEPARATOR.match(line)
            or _is_rule_before_headers(lines, index)
            or _heads_mail(lines, index)
        ):
            return index
        last = _introduction(lines, index)
        if last is not None and not _marked_follows(lines, last + 1):
            return index
    return None


def _heads_mail(lines: list[str], index: int) -> bool:
    if not header_label(lines[index]):
        return False
    window = lines[index : index + _HEADER_WINDOW]
    return sum(header_label(line) for line in window) >= _HEADERS_NEEDED


def _is_rule_before_headers(lines: list[str], index: int) -> bool:
    line = lines[index].strip()
    if len(line) < 10 or set(line) - set("_-="):
        return False
    following = [i for i in range(index + 1, min(index + 4, len(lines))) if lines[i].strip()]
    return bool(following) and _heads_mail(lines, following[0])


def _introduction(lines: list[str], index: int) -> int | None:
    """The last line of an introduction that begins at ``index``, or ``None``."""
    if not lines[index].strip():
        return None
    joined = ""
    for last in range(index, min(index + _WRAPPED, len(lines))):
        line = lines[last].strip().lstrip("> ")
        if not line:
            return None
        joined = f"{joined} {line}".strip()
        if len(joined) > _INTRODUCTION_LENGTH:
            return None
        if line.endswith(":"):
            dated = "@" in joined or sum(c.isdigit() for c in joined) >= 3
            return last if dated and INTRODUCTION.search(joined) else None
    return None


def _marked_follows(lines: list[str], index: int) -> bool:
    following = next((line for line in lines[index:] if line.strip()), "")
    return following.lstrip().startswith(">")


def _without_marked(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without ``>`` quotes and their introductions; answers between quotes stay."""
    kept: list[str] = []
    quoted: list[str] = []
    index = 0
    while index < len(lines):
        last = _introduction(lines, index)
        if last is not None:
            quoted += lines[index : last + 1]
            index = last + 1
        elif lines[index].lstrip().startswith(">"):
            quoted.append(lines[index])
            index += 1
        else:
            kept.append(lines[index])
            index += 1
    return kept, quoted
