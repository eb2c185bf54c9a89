"""Find the mail that a message quotes: marked with ``>``, after "X wrote:", or below its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from kbtool.tickets.cleaning.heads import SEPARATORS, has_clock, header, is_sent, separator
from kbtool.tickets.cleaning.introductions import (
    LONGEST_INTRODUCTION,
    VERB_ENDS,
    introduction,
    may_end_introduction,
    parted,
    starts_with_date,
)
from kbtool.tickets.cleaning.lines import Line, is_rule, kept
from kbtool.tickets.cleaning.own_quotes import Frame as OwnFrame
from kbtool.tickets.cleaning.own_quotes import keep_own
from kbtool.tickets.cleaning.phrases import candidates

_WRAPPED = 4
"""An introduction ("On … wrote:") may be wrapped over this many lines."""
_MOST_INTRODUCTIONS = 100
"""No mail has more; a crafted one may."""
_HEADER_WINDOW = 12
_HEADERS_NEEDED = 3
_WRAPPED_HEADERS = 3
"""Lines without a label that one header may go on for."""
_RULED = re.compile(r"^[\s>]{0,4}[-_=*–—]{3,80}(?:[^\n]{1,50}[-_=*–—]{2,80})?\s*$")
_RULE = frozenset("_-=*–—")
_LONGEST_RULE = 140
_NESTED_FORWARDS = 5
_WRAPPED_AT = 65
_LONGEST_REST = 60
"""Characters: of a quoted line that a program may have broken, and of what it broke off."""
_FEW_WORDS = 5
"""Of the forwarder's own: then the forwarded mail is the question."""


class Frame(OwnFrame, Protocol):
    """What stands around a forwarder's own words."""

    def cut(self, lines: list[Line]) -> None:
        """Take greeting and signature out of the lines."""


@dataclass(frozen=True, slots=True)
class _Mail:
    """A quoted mail: its first line, the first line of its body, and whether it is a forward."""

    start: int
    body: int
    forwarded: bool


def cut_quotes(lines: list[Line], frame: Frame) -> None:
    """Take out quoted mail. Answers between and below marked quotes stay.

    A forwarded mail stays without its header when the forwarder wrote hardly anything.
    """
    _tag_marked(lines)
    separated = bool(candidates(lines, SEPARATORS))
    if separated:
        _tag_separated(lines, frame)
    _cut_introduced(lines)
    for above, index in pairwise(i for i, line in enumerate(lines) if not line.blank):
        if lines[above].tag == "intro" and lines[index].tag == "own":
            _own_to_quote(lines, index)  # a program has marked what introduces it
    keep_own(lines, frame)
    for line in lines:
        if line.tag in ("quote", "intro") and line.cut is None:
            line.cut = "quote"
    rest = kept(lines)
    for _ in range(_NESTED_FORWARDS):
        mail = _unmarked_mail(rest, separated)
        if mail is None:
            return
        if not (_is_question(rest, mail, frame) and _has_words(rest[mail.body :])):
            _cut(rest[mail.start :])
            return
        frame.cut(rest[: mail.start])
        _cut(rest[mail.start : mail.body])
        rest = rest[mail.body :]


def _cut(lines: list[Line]) -> None:
    for line in lines:
        line.cut = "quote"


def _has_words(lines: list[Line]) -> bool:
    return any(line.text for line in lines)


def part_introductions(lines: list[Line]) -> None:
    """Give "On … wrote:" its own line where it follows text, as in an export without breaks."""
    for index in reversed(candidates(lines, VERB_ENDS)):
        line = lines[index]
        if line.tag:
            continue
        found = parted(line.text)
        if found is None or not found[0]:
            continue
        line.text = found[0]
        lines.insert(index + 1, Line(found[1]))
        if found[2]:
            lines.insert(index + 2, Line(found[2], "quote"))


def _tag_marked(lines: list[Line]) -> None:
    """Tag lines that begin with ``>``, and what a program broke off their ends."""
    for line in lines:
        if (
            line.text[:1] in (">", " ")
            and line.tag in ("", "intro", "head")
            and line.text.lstrip().startswith(">")
        ):
            line.tag = "quote"
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if (
            above.tag == below.tag == "quote"
            and not line.tag
            and _is_broken_off(above.text, line.text)
        ):
            line.tag = "quote"


def _is_broken_off(above: str, text: str) -> bool:
    """Whether a line between marked lines is the end of the one above, and no answer."""
    text = text.lstrip()
    if not text or len(text) > _LONGEST_REST:
        return False
    if not text[0].isalnum():
        return text[0] in "(_<[&/="
    return text[0].islower() and len(above) >= _WRAPPED_AT and above[-1] not in ".?!:"


def _tag_separated(lines: list[Line], frame: Frame) -> None:
    """ "Forwarded message" and its kin above marked lines: these are the question, or a quote."""
    for index in candidates(lines, SEPARATORS):
        line = lines[index]
        if line.tag == "code":
            continue
        kind = separator(line.text)
        above = next((other for other in reversed(lines[:index]) if not other.blank), None)
        if kind is None or (line.tag == "quote" and above is not None and above.tag == "quote"):
            continue
        following = _following(lines, index + 1)
        if following is None or not (line.tag or lines[following].tag in ("quote", "intro")):
            continue
        before = [other for other in lines[:index] if other.tag not in ("quote", "intro")]
        if kind == "forward" and frame.words(before, thanks=False) <= _FEW_WORDS:
            frame.cut(before)
            _unmark(lines, index)
        else:
            line.tag = "intro"
        return


def _unmark(lines: list[Line], start: int) -> None:
    """Take the marks off a forwarded mail, so that only its header is cut."""
    for index in range(start, len(lines)):
        line = lines[index]
        if line.tag not in ("quote", "intro") and not line.blank and index > start:
            return
        line.tag = ""
        stripped = line.text.lstrip()
        if stripped.startswith(">"):
            line.text = stripped[1:].removeprefix(" ")
            if line.text.startswith(">"):
                line.tag = "quote"


# -- "X wrote:" ------------------------------------------------------------------------------------


def _cut_introduced(lines: list[Line]) -> None:
    """Tag the introductions of marked quotes, and of a mail that is quoted without marks."""
    rest = kept(lines)
    checked = 0
    for end, line in enumerate(rest):
        if (
            line.cut is not None
            or line.tag not in ("", "own")
            or not may_end_introduction(line.text)
        ):
            continue
        checked += 1
        if checked > _MOST_INTRODUCTIONS:
            return
        found = introduction_ending(rest, end)
        if found is None:
            continue
        start, sureness = found
        following = _following(rest, end + 1)
        if following is not None and rest[following].tag in ("quote", "own"):
            _tag_run(rest, start, end)
            _own_to_quote(rest, following)
        elif sureness == "sure" and following is not None and _has_words(rest[:start]):
            _cut(rest[start:])
            return


def introduction_ending(lines: list[Line], end: int) -> tuple[int, str] | None:
    """(first line, sureness) of an introduction that ends with line ``end``."""
    best: tuple[int, str] | None = None
    joined = ""
    for start in range(end, max(-1, end - _WRAPPED), -1):
        line = lines[start]
        if line.blank or line.tag not in ("", "own") or len(joined) > LONGEST_INTRODUCTION:
            break
        joined = f"{line.text.strip()} {joined}".strip()
        sureness = introduction(joined)
        named = best is not None and lines[best[0]].text.startswith("<")  # the name is above it
        if sureness and (best is None or named or starts_with_date(line.text)):
            best = start, sureness
            if starts_with_date(line.text):
                break
        elif best is not None and not starts_with_date(line.text):
            continue
    return best


def _following(lines: list[Line], start: int) -> int | None:
    return next((i for i in range(start, len(lines)) if not lines[i].blank), None)


def _tag_run(lines: list[Line], start: int, end: int) -> None:
    for line in lines[start : end + 1]:
        line.tag = "intro"


def _own_to_quote(lines: list[Line], start: int) -> None:
    """A block quotation after "X wrote:" is no quotation of the writer's own."""
    for line in lines[start:]:
        if line.tag != "own" and not line.blank:
            return
        if line.tag == "own":
            line.tag = "quote"


# -- mail below its header -------------------------------------------------------------------------


def _unmarked_mail(lines: list[Line], separated: bool) -> _Mail | None:
    """The first mail that is quoted to the end without ``>``."""
    checks = 0
    separating = set(candidates(lines, SEPARATORS)) if separated else set()
    for index, line in enumerate(lines):
        if line.blank or line.tag == "code":
            continue
        kind = separator(line.text) if index in separating else None
        if kind is not None:
            return _Mail(index, _body(lines, index + 1), kind == "forward")
        if line.tag == "head" and _marked_head(lines, index):
            return _Mail(index, _body(lines, index), False)
        checks += (named := header(line.text) is not None)
        if named and checks < _MOST_INTRODUCTIONS and _heads_mail(lines, index):
            start = _with_rule(lines, index)
            forwarded = separator(lines[start].text, headed=True) == "forward"
            return _Mail(start, _body(lines, index), forwarded)
    return None


def _heads_mail(lines: list[Line], index: int) -> bool:
    """Whether header lines begin here: three kinds of them, and what only mail has.

    That is an address, or a subject with an hour beside the date or with "Sent" below "From". A
    person who lists from where to where and when wrote no header.
    """
    kinds: list[str] = []
    addressed = timed = sent = False
    misses = 0
    for line in lines[index : index + _HEADER_WINDOW]:
        kind = header(line.text) if line.text else None
        if kind is None:
            misses += 1 + 2 * (line.blank and len(kinds) > 1)
            if misses > _WRAPPED_HEADERS:
                break
            continue
        misses = 0
        kinds.append(kind)
        addressed = addressed or "@" in line.text
        timed = timed or (kind == "date" and has_clock(line.text))
        sent = sent or is_sent(line.text)
    found = set(kinds) - {"cc", "other"}
    if len(found) < _HEADERS_NEEDED or not {"from", "date"} & found:
        return False
    return addressed or ("subject" in kinds and (timed or (sent and kinds[0] == "from")))


def _marked_head(lines: list[Line], index: int) -> bool:
    """Whether what a program has marked as a mail's header looks like one, in any language."""
    near = [line.text for line in lines[index : index + _HEADER_WINDOW] if not line.blank]
    return sum(1 for text in near if ":" in text[:40]) > 1 or near[0].strip("-") == ""


def _with_rule(lines: list[Line], index: int) -> int:
    """The line above the header when it is a rule, also with words in it."""
    above = index - 1
    while above >= 0 and lines[above].blank:
        above -= 1
    if above < 0 or len(lines[above].text) > _LONGEST_RULE:
        return index
    text = lines[above].text
    return above if _RULED.match(text) or separator(text, headed=True) else index


def _body(lines: list[Line], start: int) -> int:
    """Where the header lines end that begin at ``start``."""
    end, misses, last = start, 0, ""
    for index in range(start, min(start + 3 * _HEADER_WINDOW, len(lines))):
        text = lines[index].text
        if not text or is_rule(text):
            if end == index:
                end += 1
        elif header(text) or (lines[index].tag == "head" and ":" in text[:40]):
            end, misses, last = index + 1, 0, text
        elif misses < 2 and last and lines[index - 1].text:
            misses += 1
        else:
            break
    return end


def _is_question(lines: list[Line], mail: _Mail, frame: Frame) -> bool:
    """Whether the mail below is what is asked: the forwarder wrote little or only points to it."""
    words = frame.words(lines[: mail.start], thanks=not mail.forwarded)
    return words <= (_FEW_WORDS if mail.forwarded else 0)
