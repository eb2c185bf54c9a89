"""One letter as people read it: who, when, about what, and the words of its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parsedate_to_datetime

from kbtool.tickets.readers.charsets import decode_header
from kbtool.tickets.readers.letter_body import body_of
from kbtool.tickets.readers.mbox import Letter
from kbtool.tickets.readers.threads import reference_ids, short_hash

Headers = dict[str, list[str]]

_HEADER = re.compile(r"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_MAX_HEADERS = 256_000
_MAX_VALUE = 8_000
_MAX_PARAMETERS = 2_000
_MAX_STEPS = 5_000_000
"""Lines times parts: the parser asks at every line whether one of the parts ends there."""
_ANGLE = re.compile(r"<\s*([^<>\s@]{1,200}@[^<>\s@]{1,250})\s*>")
_ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]@]{1,200}@[^\s<>\"'(),;:\[\]@]{1,250}")
_LABELS = ("x-gmail-labels", "x-gm-labels", "keywords", "x-keywords", "x-mozilla-keys", "x-label")
_ROBOTS = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer|wordpress|www-data|apache|nobody|"
    r"(?:web|contact)?[-_.]?forms?|webmaster)\b",
    re.IGNORECASE,
)
_MOZILLA_EXPUNGED = 0x0008


class NestedError(ValueError):
    """A letter with more parts in parts than any program sends."""


class _AsSent(Compat32):
    """Headers as they were written: no decoding, so nothing in them can fail."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value[:_MAX_PARAMETERS]


_PARSER = BytesParser(policy=_AsSent())


def headers_of(letter: Letter) -> Headers:
    """The headers of a letter by their names in small letters, unfolded; 8-bit bytes as surrogates."""
    found: Headers = {}
    for line in _unfolded(letter.raw[:_MAX_HEADERS]):
        match = _HEADER.match(line)
        if match:
            found.setdefault(match[1].lower(), []).append(match[2].strip()[:_MAX_VALUE])
    return found


def own_id(headers: Headers, letter: Letter) -> str:
    """The letter's Message-ID; for one without, a hash of what it says."""
    named = reference_ids(first(headers, "message-id"))
    if named:
        return named[0]
    told = [first(headers, name) for name in ("from", "to", "date", "subject")]
    body = letter.raw[letter.raw.find(b"\n\n") :] if b"\n\n" in letter.raw else letter.raw
    return "no id " + short_hash("\n".join([*told, body.decode("latin-1")]))


def answered_ids(headers: Headers) -> list[str]:
    """The ids of the letters this one answers, the oldest first."""
    older = reference_ids(" ".join(headers.get("references", ())))
    newer = reference_ids(first(headers, "in-reply-to"))
    return [*older, *(name for name in newer if name not in older)]


def left_out(headers: Headers) -> str | None:
    """Why a letter is none that anybody sent or kept; ``None`` when it is one."""
    mozilla = first(headers, "x-mozilla-status")
    if re.fullmatch(r"[0-9a-fA-F]{4}", mozilla) and int(mozilla, 16) & _MOZILLA_EXPUNGED:
        return "deleted"
    if "D" in first(headers, "x-status"):
        return "deleted"
    if "x-imap" in headers or "FOLDER INTERNAL DATA" in first(headers, "subject"):
        return "the mail program's own"
    return None


def read_letter(letter: Letter, headers: Headers, languages: Sequence[str]) -> dict[str, object]:
    """What a letter says, without its thread.

    Keys: from, from_name, to, cc, date, subject, labels, auto, spam, html, text. Addresses are in
    small letters; ``date`` is ISO 8601 in UTC or ``None``. Raises NestedError.
    """
    to = _addresses(headers, "to")
    sender, name = _writer(headers, to, languages)
    if letter.raw.count(b"boundary=") * letter.raw.count(b"\n") > _MAX_STEPS:
        raise NestedError
    try:
        message = _PARSER.parsebytes(letter.raw)
        html, text = body_of(message, languages)
    except RecursionError:
        raise NestedError from None
    return {
        "from": sender,
        "from_name": name,
        "to": to,
        "cc": _addresses(headers, "cc"),
        "date": _date(headers, letter),
        "subject": decode_header(first(headers, "subject"), languages),
        "labels": _labels(headers, languages),
        "auto": _is_automatic(headers, message, sender),
        "spam": first(headers, "x-spam-flag").lower() == "yes",
        "html": html,
        "text": text,
    }


def first(headers: Headers, name: str) -> str:
    """The first header of that name, or an empty text."""
    return headers.get(name, [""])[0]


def _unfolded(head: bytes) -> list[str]:
    lines: list[str] = []
    for line in re.split(r"\r\n|\n|\r", head.decode("ascii", "surrogateescape")):
        if not line:
            break
        if line[0] in " \t" and lines:
            if len(lines[-1]) < _MAX_VALUE:
                lines[-1] += line
        elif _HEADER.match(line) or line.startswith((">From ", "From ")):
            lines.append(line)
        else:
            break
    return lines


def _sender(headers: Headers) -> str:
    """Who wrote it; a Google group that rewrites the sender keeps him in a header of its own."""
    given = first(headers, "from")
    original = first(headers, "x-original-from")
    return original if original and re.search(r"\bvia\b", given, re.IGNORECASE) else given


def _writer(
    headers: Headers, to: Sequence[str], languages: Sequence[str]
) -> tuple[str | None, str | None]:
    """(address, name) of the person who wrote it.

    A form on a web site writes to the shop from the shop's own address, or from nobody's: the
    customer is then whom a reply would go to.
    """
    sender, name = _person(_sender(headers), languages)
    reply_to, reply_name = _person(first(headers, "reply-to"), languages)
    if reply_to and reply_to != sender and (sender in to or _NOBODY.match(sender or "")):
        return reply_to, reply_name
    return sender, name


def _person(value: str, languages: Sequence[str]) -> tuple[str | None, str | None]:
    """(address, name) of the first person in an address header."""
    angle = _ANGLE.search(value)
    plain = None if angle else _ADDRESS.search(value)
    match = angle or plain
    if match is None:
        return None, _name(value, languages)
    address = match[angle.lastindex or 0 if angle else 0].lower()
    around = value[: match.start()] if angle else value[: match.start()] + value[match.end() :]
    return _clean(address), _name(around, languages)


def _name(text: str, languages: Sequence[str]) -> str | None:
    name = decode_header(text, languages).replace("\\", "").strip("\"'(),;:<> ")
    return None if not name or "@" in name else name[:200]


def _clean(address: str) -> str:
    return address.encode("ascii", "replace").decode("ascii")


def _addresses(headers: Headers, name: str) -> list[str]:
    values = ", ".join(headers.get(name, ()))
    return [_clean(found.lower()) for found in dict.fromkeys(_ADDRESS.findall(values))]


def _date(headers: Headers, letter: Letter) -> str | None:
    """When it was sent: its own word, else that of the last server, else of the mbox."""
    received = first(headers, "received").rpartition(";")[2]
    stamp = letter.stamp.removeprefix("From ").partition(" ")[2]
    for text in (first(headers, "date"), received, stamp):
        try:
            found = parsedate_to_datetime(text[:200])
            if found.tzinfo is None:  # "-0000", and an mbox's own line: in UTC by RFC 4155
                found = found.replace(tzinfo=UTC)
            utc = found.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if 1990 <= utc.year <= 2100:
            return datetime.isoformat(utc)
    return None


def _labels(headers: Headers, languages: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in _LABELS:
        for value in headers.get(name, ()):
            text = decode_header(value, languages)
            apart = r"[ ,;]+" if name == "x-mozilla-keys" else r"[,;]"
            found += [label.strip(' "\\') for label in re.split(apart, text)]
    return [label for label in dict.fromkeys(found) if label]


def _is_automatic(headers: Headers, message: Message, sender: str | None) -> bool:
    """Whether a program sent it: RFC 3834, bounces, newsletters.

    A shared mailbox that is a Google group puts the marks of a list on its customers' letters:
    those of a list count only when nobody can post to it.
    """
    submitted = first(headers, "auto-submitted").lower()
    precedence = first(headers, "precedence").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if {"x-autoreply", "x-autorespond", "x-autoresponder"} & headers.keys():
        return True
    if precedence in ("auto_reply", "auto-reply") or first(headers, "return-path") == "<>":
        return True
    if message.get_content_type() == "multipart/report" or _ROBOTS.match(sender or ""):
        return True
    group = "x-google-group-id" in headers or first(headers, "list-post").startswith("<")
    return not group and (precedence in ("bulk", "junk") or "list-unsubscribe" in headers)
