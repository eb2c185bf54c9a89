"""What help desks, lists and mail gateways put around a message: "reply above this line" and its kin."""

from __future__ import annotations

from kbtool.tickets.cleaning.desks import ABOVE, NOTICE
from kbtool.tickets.cleaning.footers import cut_link_below
from kbtool.tickets.cleaning.heads import is_dated
from kbtool.tickets.cleaning.lines import Line, is_rule
from kbtool.tickets.cleaning.phrases import lowered
from kbtool.tickets.cleaning.quotes import introduction_ending

_LONGEST = 400
_COMMENT_HEAD, _LONGEST_HEAD, _NAME_WORDS = 6, 90, 6
_SENTENCE_ENDS = (".", "?", "!")


def cut_delimiters(lines: list[Line]) -> None:
    """Take out "reply above this line", and as a quote what is below it when a reply is above."""
    for index in ABOVE.candidates(lines):
        line = lines[index]
        if line.tag == "code" or len(line.text) > _LONGEST or not ABOVE.found(lowered(line.text)):
            continue
        line.cut = "delimiter"
        _cut_rule_above(lines, index)
        marked = line.tag == "quote" or line.text.startswith(">")  # then the rest is marked, too
        if not marked and any(_says(other) for other in lines[:index]):
            for other in lines[index + 1 :]:
                other.cut = "quote"
            _cut_introduction(lines, index)
            return


def _cut_rule_above(lines: list[Line], index: int) -> None:
    """Jira draws a rule above its delimiter."""
    for above in lines[max(0, index - 1) : index]:
        if is_rule(above.text):
            above.cut = "delimiter"


def _cut_introduction(lines: list[Line], index: int) -> None:
    """Take out "On … wrote:" above a mail that begins with its help desk's delimiter."""
    end = index - 1
    while end > 0 and lines[end].blank:
        end -= 1
    found = introduction_ending(lines, end) if end > 0 else None
    if found is not None and any(_says(line) for line in lines[: found[0]]):
        for line in lines[found[0] : end + 1]:
            line.cut = "quote"


def _says(line: Line) -> bool:
    """Whether a line above a delimiter is text of the sender's and no drawn rule."""
    return (
        line.cut is None and line.tag in ("", "own", "code") and any(c.isalnum() for c in line.text)
    )


def cut_notices(lines: list[Line]) -> None:
    """Take out lines that a help desk, a forge, a newsletter tool or a mail gateway has added.

    Below such a line, who wrote the comment and when is taken out, too.
    """
    for index in NOTICE.candidates(lines):
        line = lines[index]
        if (
            len(line.text) <= _LONGEST
            and line.tag in ("", "signature")
            and not line.text.startswith(">")
            and NOTICE.found(lowered(line.text))
        ):
            line.cut = "delimiter"
            cut_link_below(lines, index)
            _cut_comment_head(lines, index + 1)


def _cut_comment_head(lines: list[Line], start: int) -> None:
    """``Anna Vogel (Velmo)`` and ``12 Nov 2025, 10:03 GMT+1`` above the text of a comment."""
    head: list[Line] = []
    for line in lines[start : start + _COMMENT_HEAD]:
        if line.cut is not None or line.blank:
            continue
        if len(line.text) > _LONGEST_HEAD or line.text.endswith(_SENTENCE_ENDS):
            return
        head.append(line)
        if is_dated(line.text):
            for other in head:
                other.cut = "delimiter"
            return
        if len(head) > 1 or len(line.text.split()) > _NAME_WORDS:
            return


def cut_comments(lines: list[Line]) -> None:
    """Take out the instructions of an issue template: ``<!-- … -->``, also over several lines."""
    closes = [index for index, line in enumerate(lines) if "-->" in line.text]
    inside, last = False, closes[-1] if closes else -1
    for index, line in enumerate(lines[: last + 1]):
        if line.tag:
            continue
        text = line.text.strip()
        if not inside and text.startswith("<!--") and index <= last:
            inside = True
        if inside:
            line.cut = "delimiter"
            if "-->" in text:
                inside = False
                if not text.endswith("-->"):
                    line.cut = None
