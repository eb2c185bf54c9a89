"""Bytes of a letter as text, whatever its headers say about them."""

from __future__ import annotations

import codecs
import io
import re
from binascii import Error as Base64Error
from binascii import a2b_base64, a2b_qp
from collections.abc import Sequence
from functools import lru_cache

from kbtool.tickets.readers.encoding import find_encoding

_AS_SENT = {
    "ascii": None,
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
"""What a declared charset is in truth, as browsers read it (https://encoding.spec.whatwg.org)."""
_WIDE = ("gb", "cp9", "big5", "euc", "iso2022", "utf-16", "utf-32", "utf-7", "hz", "johab")
_TOLD_BY = 20_000
"""Bytes that tell an encoding."""
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")


def decode(data: bytes, declared: str | None, languages: Sequence[str]) -> str:
    """The text of ``data``: as declared unless that cannot be, else as ``find_encoding`` finds.

    UTF-8 is recognised by itself in spite of a declared one-byte charset; nothing is raised.
    """
    if data.isascii() and b"\x1b" not in data and b"+" not in data and b"~{" not in data:
        return data.decode("ascii")
    codec = _codec(declared)
    order = [codec, "utf-8"] if codec and codec.startswith(_WIDE) else ["utf-8", codec]
    for name in order:
        if name is None:
            continue
        try:
            return data.decode(name)
        except (UnicodeError, ValueError):
            continue
    found, _ = find_encoding(lambda: io.BytesIO(data[:_TOLD_BY]), languages)
    return data.decode(found, errors="replace")


def decode_header(value: str, languages: Sequence[str]) -> str:
    """A header as people read it: RFC 2047 words decoded, bare 8-bit bytes too, on one line.

    ``value`` holds bytes above 127 as surrogates, as ``bytes.decode(errors="surrogateescape")``
    leaves them. Neighbouring words of one charset are joined before they are decoded: many
    programs cut a letter of several bytes in two.
    """
    pieces: list[str] = []
    at = 0
    words: list[tuple[str, bytes]] = []
    joined = _BETWEEN.sub(r"\1", value)
    for match in _WORD.finditer(joined):
        if match.start() > at:
            pieces += [_words(words, languages), _bare(joined[at : match.start()], languages)]
        at = match.end()
        charset = match[1].split("*")[0].lower()  # RFC 2231 adds "*en" for the language
        data = _word_bytes(match[2], match[3])
        if words and words[-1][0] == charset:
            data = words.pop()[1] + data
        words.append((charset, data))
    pieces += [_words(words, languages), _bare(joined[at:], languages)]
    return " ".join("".join(pieces).replace("\0", "").split())


def _words(words: list[tuple[str, bytes]], languages: Sequence[str]) -> str:
    text = "".join(decode(data, charset, languages) for charset, data in words)
    words.clear()
    return text


def _bare(text: str, languages: Sequence[str]) -> str:
    if text.isascii():
        return text
    return decode(text.encode("utf-8", "surrogateescape"), None, languages)


def _word_bytes(kind: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return a2b_qp(raw, header=True)
    try:
        return a2b_base64(raw.rstrip(b"=") + b"=" * (-len(raw.rstrip(b"=")) % 4))
    except Base64Error:
        return raw


@lru_cache(maxsize=256)
def _codec(declared: str | None) -> str | None:
    """Python's codec for a declared charset; ``None`` for none and for one that is no charset."""
    plain = (declared or "").strip("\"' ").lower()
    for name in (plain, plain.removeprefix("x-"), re.sub(r"^windows-?", "cp", plain)):
        try:
            found = codecs.lookup(name).name
            "".encode(found)  # refuses codecs that give no text, such as base64
        except (LookupError, ValueError):
            continue
        return _AS_SENT.get(found, found)
    return None
