"""Which encoding a file is in: by mark, by strict decoding, else by the languages' own letters."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import IO, TypeAlias

from kbtool.text import get_language

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = (
    "cp1252",
    "cp1257",
    "cp1254",
    "cp1251",
    "iso8859-15",
    "iso8859-13",
    "iso8859-9",
    "cp1250",
)
_CHUNK = 1 << 20
_SAMPLE = 1 << 20
_TYPOGRAPHY = frozenset("€„“”‘’–—…•«»°§£©®™№\u00a0½¼¾²³±×·´")
_MOSTLY = 20
"""One broken byte among this many good sequences is damage, not another encoding."""
_REPLACEMENT = "\ufffd".encode()
_NO_FIRST_BYTE = bytes(range(0xC2))
"""Bytes that begin no multi-byte letter of UTF-8."""
Opener: TypeAlias = Callable[[], AbstractContextManager[IO[bytes]]]


def find_encoding(opened: Opener, languages: Sequence[str]) -> tuple[str, int]:
    """(Python's name of the encoding, number of bytes it cannot decode).

    ``opened`` opens the bytes from their beginning, as often as it is called. Bytes that are not
    UTF-8 are read in each candidate code page; the one whose words use the letters of one
    configured language wins. With broken bytes read with ``errors="replace"``.
    """
    with opened() as stream:
        head = stream.read(4)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name, _damaged(opened, name)
        good, broken, sample = _try_utf8(head, stream)
    if broken * _MOSTLY <= good:
        return "utf-8", broken
    if _looks_utf16(sample):
        little = sample[1::2].count(0) > sample[0::2].count(0)
        return ("utf-16-le" if little else "utf-16-be"), 0
    best = max(CANDIDATES, key=lambda name: _score(sample, name, languages))
    with opened() as stream:
        return best, _undefined(stream, best)


def _damaged(opened: Opener, encoding: str) -> int:
    """How many pieces of the bytes are not in the encoding that their mark says."""

    def replaced(errors: str) -> int:
        decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
        with opened() as stream:
            found = 0
            while chunk := stream.read(_CHUNK):
                found += decoder.decode(chunk).count("\ufffd")
            return found + decoder.decode(b"", final=True).count("\ufffd")

    try:
        replaced("strict")
    except UnicodeDecodeError:
        return replaced("replace")
    return 0


def _undefined(stream: IO[bytes], code_page: str) -> int:
    """How many bytes of the stream the code page has no character for."""
    every = bytes(range(256)).decode(code_page, errors="replace")
    gaps = bytes(byte for byte, c in enumerate(every) if c == "\ufffd")
    count = 0
    while gaps and (chunk := stream.read(_CHUNK)):
        count += len(chunk) - len(chunk.translate(None, gaps))
    return count


def _try_utf8(head: bytes, stream: IO[bytes]) -> tuple[int, int, bytes]:
    """(multi-byte letters, broken bytes, a sample around the first of them)."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    good = broken = 0
    sample = tail = b""
    chunk = head
    while chunk:
        text = decoder.decode(chunk)
        written = (tail + chunk).count(_REPLACEMENT)  # somebody else's damage, well encoded
        bad = max(0, text.count("\ufffd") - written)
        tail = (tail + chunk)[-2:]
        if bad and len(sample) < _SAMPLE:
            sample += chunk
        broken += bad
        if not chunk.isascii():
            good += len(chunk.translate(None, _NO_FIRST_BYTE)) - bad
        chunk = stream.read(_CHUNK)
    broken += len(decoder.decode(b"", final=True))
    return good, broken, sample[: 2 * _SAMPLE]


def _looks_utf16(sample: bytes) -> bool:
    return len(sample) > 20 and max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 5


def _score(sample: bytes, encoding: str, languages: Sequence[str]) -> tuple[int, int, int]:
    """Words that fit a configured language less those that fit none; then the best single one."""
    text = sample.decode(encoding, errors="replace")
    alphabets = [set(get_language(code).letters) for code in languages]
    by_language = [0] * len(alphabets)
    fitting = 0
    for word in _foreign_words(text):
        odd = {c for c in word.lower().replace("i\u0307", "i") if c > "\x7f"} - _TYPOGRAPHY
        fits = [odd <= alphabet for alphabet in alphabets]
        for index, fit in enumerate(fits):
            by_language[index] += fit
        fitting += (1 if any(fits) else -1) if odd else 0
    broken = sum(c == "\ufffd" or "\x7f" <= c < "\xa0" for c in text)
    return fitting - 3 * broken, max(by_language, default=0), -CANDIDATES.index(encoding)


def _foreign_words(text: str) -> list[str]:
    return [word for word in text.split() if not word.isascii()]
