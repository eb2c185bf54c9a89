"""The words of a letter among its parts: HTML and plain, without what is attached."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Sequence
from email.message import Message
from typing import NamedTuple

from kbtool.tickets.readers.charsets import decode

_MAX_TEXT = 1_000_000
_MAX_DEPTH = 20
_HIDDEN = ("head", "style", "script", "title")
_META = re.compile(rb"<meta\b[^<>]{0,200}?charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4_000
_TAG = re.compile(r"<[^<>]*>")


class Body(NamedTuple):
    """What a part says: as HTML, as plain text, or both."""

    html: str | None
    text: str | None


_NOTHING = Body(None, None)


def body_of(message: Message, languages: Sequence[str]) -> Body:
    """The letter's own words.

    HTML when it shows any, else the plain text. Attachments, calendar entries, forwarded
    messages and delivery reports are no words of the sender.
    """
    found = _part(message, languages, 0)
    if found.html is not None and not _shows_words(found.html) and found.text:
        return Body(None, found.text)
    return found


def unflow(text: str, *, delete_space: bool = False) -> str:
    """``format=flowed`` text with its soft line breaks joined (RFC 3676)."""
    joined: list[list[str]] = []
    depth_before, soft = 0, False
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        ends_soft = words.endswith(" ") and words != "-- "
        kept = words[:-1] if ends_soft and delete_space else words
        if soft and depth == depth_before and words != "-- ":
            joined[-1].append(kept)
        else:
            joined.append([">" * depth, " " if depth else "", kept])
        depth_before, soft = depth, ends_soft
    return "\n".join("".join(pieces) for pieces in joined)


def _part(part: Message, languages: Sequence[str], depth: int) -> Body:
    kind = part.get_content_type()
    if depth > _MAX_DEPTH or _is_attached(part):
        return _NOTHING
    if part.is_multipart():
        if kind.startswith("message/"):
            return _NOTHING
        inside = [_part(piece, languages, depth + 1) for piece in _pieces(part)]
        if kind == "multipart/alternative":
            return _preferred(inside)
        if kind == "multipart/related":  # the page, then the pictures in it
            return next((body for body in inside if body.html or body.text), _NOTHING)
        return _together(inside)
    if kind == "text/html":
        return Body(_text(part, languages), None)
    if kind == "text/plain" or kind.startswith("multipart/"):  # the latter: its parts are missing
        text = _text(part, languages)
        if str(part.get_param("format", "")).lower() == "flowed":
            delete = str(part.get_param("delsp", "")).lower() == "yes"
            text = unflow(text, delete_space=delete)
        return Body(None, text)
    return _NOTHING


def _pieces(part: Message) -> list[Message]:
    """The parts of a part; of a letter that came back only the report, not what it encloses."""
    pieces = part.get_payload()
    found = [piece for piece in pieces if isinstance(piece, Message)]
    return found[:1] if part.get_content_type() == "multipart/report" else found


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() == "text" and bool(part.get_filename())


def _text(part: Message, languages: Sequence[str]) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_param("charset")
    named = charset if isinstance(charset, str) else part.get_content_charset()
    if named is None and (told := _META.search(data, 0, _META_WITHIN)):
        named = told[1].decode("ascii")
    text = decode(data[: 4 * _MAX_TEXT], named, languages)[:_MAX_TEXT]
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _preferred(inside: Iterable[Body]) -> Body:
    """Of several forms of one text: the last HTML that shows words, the first plain text."""
    bodies = list(inside)
    pages = [body.html for body in bodies if body.html and _shows_words(body.html)]
    texts = [body.text for body in bodies if body.text and body.text.strip()]
    return Body(pages[-1] if pages else None, texts[0] if texts else None)


def _together(inside: Iterable[Body]) -> Body:
    """Several texts one after the other; all as HTML when one of them is."""
    bodies = [body for body in inside if body.html or body.text]
    if not any(body.html for body in bodies):
        texts = [body.text for body in bodies if body.text]
        return Body(None, "\n".join(texts)) if texts else _NOTHING
    pages = [body.html or _as_html(body.text or "") for body in bodies]
    plain = [body.text for body in bodies if body.text]
    return Body("\n".join(pages), "\n".join(plain) if len(plain) == len(bodies) else None)


def _as_html(text: str) -> str:
    return "<p>" + entities.escape(text).replace("\n", "<br>\n") + "</p>"


def _shows_words(page: str) -> bool:
    """Whether a page has any words outside its tags, head and styles; in one pass each."""
    shown = page[:_MAX_TEXT]
    for name in _HIDDEN:
        shown = _without(shown, name)
    return bool(entities.unescape(_TAG.sub(" ", shown)).strip(" \t\n\r\u00a0\u200b\ufeff"))


def _without(page: str, name: str) -> str:
    """The page without its ``name`` elements; plain searching, so no page makes it slow."""
    low = page.lower()
    if len(low) != len(page):  # "İ" grows in small letters
        low = re.sub("[A-Z]", lambda match: match[0].lower(), page)
    kept, at = [], 0
    while (start := low.find("<" + name, at)) >= 0:
        kept.append(page[at:start])
        end = low.find("</" + name, start)
        if end < 0:
            at = len(page)
            break
        close = low.find(">", end)
        at = close + 1 if close >= 0 else len(page)
    return "".join([*kept, page[at:]])
