"""HTML as a stream of tags and texts, in time that grows with its length only.

A tree builder is not safe here: a tree parser (lexbor) needs 0.3 s for 64 kB of nested ``<div>``, 0.1 s for a tag
with 8,000 attributes and seconds for misnested formatting, whose elements HTML5 repeats. A mail's
words need no tree, so tags are read one after another and never looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

MAX_TAGS = 2_500
"""Tags of a message that are read one by one; those after them only separate words."""
_MAX_ATTRIBUTES = 4_000
"""Characters of a tag's attributes that are read, and of a value."""

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/<>]*+)((?:[^>"']|"[^"]*+"|'[^']*+')*+)>""")
_PLAIN_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)([^<>]*+)>")
"""Without regard to quotation marks: for what follows the first tag that ``_TAG`` cannot read."""
_MAYBE_TAG = re.compile(r"<[!?/A-Za-z]")
_ANY_TAG = re.compile(r"<[!?/A-Za-z][^<>]*+>")
_ATTRIBUTE = re.compile(
    r"""(?:^|(?<=[\s"'/]))([^\s=>"'/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?"""
)
_NO_TAG = re.compile(r"[^\s<>]*(?:@|://)")
"""``<eva@x.example>`` and ``<https://…>`` are text that nobody escaped."""
_RAW = frozenset({"style", "script", "title", "textarea", "xmp", "noscript", "template", "svg"})
"""Elements whose content is skipped without looking for tags in it."""
_NUMBER = re.compile(r"&#\d{8,}")
_ENTITY = re.compile(r"&(?:#(?:[xX][0-9A-Fa-f]++|[0-9]++)|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(slots=True)
class Tag:
    """A start tag (``close`` false) or an end tag, its name in lower case."""

    name: str
    close: bool
    raw: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags and decoded texts in order. Comments, declarations, scripts and styles are left out."""
    position, pattern = 0, _TAG
    absent: set[str] = set()  # end marks that do not come again: looked for once only
    for _ in range(MAX_TAGS):
        start = _MAYBE_TAG.search(html, position)
        if start is None:
            break
        at = start.start()
        if at > position:
            yield decoded(html[position:at])
        if start[0] in ("<!", "<?"):
            position = _after_comment(html, at, absent)
            continue
        match = pattern.match(html, at)
        if match is None and pattern is _TAG:
            pattern = _PLAIN_TAG
            match = pattern.match(html, at)
        if match is None or _NO_TAG.match(match[2] + match[3][:80]):
            position = match.end() if match else at + 1
            yield decoded(html[at:position])
            continue
        position, name = match.end(), match[2].lower()
        if name in _RAW and not match[1] and not match[3].endswith("/"):
            position = _after_raw(html, name, position, absent)
        else:
            yield Tag(name, bool(match[1]), match[3], _attributes(match[3]))
    yield decoded(_ANY_TAG.sub(" ", html[position:]) if start else html[position:])


def decoded(text: str) -> str:
    """The text with its entities resolved; numbers of any length are no danger."""
    if "&" not in text:
        return text
    if "&#" in text:
        text = _NUMBER.sub("", text)
    return _ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    return _unescaped(entity[0])


@lru_cache(maxsize=4096)
def _unescaped(entity: str) -> str:
    return unescape(entity)


def stripped(html: str) -> str:
    """Only the words, for when markup leaves none."""
    return decoded(_ANY_TAG.sub(" ", html))


def _attributes(raw: str) -> dict[str, str]:
    if len(raw) < 2:
        return {}
    return {
        match[1].lower(): decoded(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(raw[:_MAX_ATTRIBUTES])
    }


def _after_comment(html: str, at: int, absent: set[str]) -> int:
    """Where a comment or declaration ends; an end that is missing ends nothing."""
    mark = "-->" if html.startswith("<!--", at) else ">"
    end = -1 if mark in absent else html.find(mark, at + 2)
    if end < 0:
        absent.add(mark)
        return at + 2
    return end + len(mark)


def _after_raw(html: str, name: str, position: int, absent: set[str]) -> int:
    """Where a script's or style's end tag ends; without one, it is skipped up to the next tag."""
    if name in absent:
        return position
    match = re.compile(rf"</{name}[^<>]*>", re.IGNORECASE).search(html, position)
    if match is None:
        absent.add(name)
        return position
    return match.end()
