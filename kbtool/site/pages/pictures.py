"""How large a picture is, read from the first bytes of its file.

A page that says so keeps the picture's place free while it loads, so that no text jumps.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

_FIRST = 256 * 1024
"""Bytes that are looked at: a photograph's description of itself stands before its size."""
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_LENGTH = rb"\s%s\s*=\s*[\"']\s*(\d+(?:\.\d+)?)(?:px)?\s*[\"']"
_WIDTH, _HEIGHT = (re.compile(_LENGTH % name) for name in (b"width", b"height"))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that tell its size."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of a JPEG that have no length."""
_TURNED = frozenset({5, 6, 7, 8})
"""Orientations in which a JPEG is shown on its side."""


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels as browsers show it; None when the file does not say."""
    try:
        with path.open("rb") as file:
            data = file.read(_FIRST)
        found = _read(data)
    except (OSError, struct.error, IndexError):
        return None
    return found if found and min(found) > 0 else None


def _read(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    tag = _SVG.search(data)
    return _svg(tag[0]) if tag else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at, turned = 2, False
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return (height, width) if turned else (width, height)
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            turned = _orientation(data[at + 10 : at + 2 + length]) in _TURNED
        at += 2 + length
    return None


def _orientation(exif: bytes) -> int:
    order = "<" if exif[:2] == b"II" else ">"
    (at,) = struct.unpack_from(order + "I", exif, 4)
    (count,) = struct.unpack_from(order + "H", exif, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack_from(order + "HHIH", exif, entry)
        if tag == 0x0112:
            return int(value)
    return 1


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        numbers = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return next(numbers), next(numbers)
    return None


def _svg(tag: bytes) -> tuple[int, int] | None:
    width, height = _WIDTH.search(tag), _HEIGHT.search(tag)
    return (round(float(width[1])), round(float(height[1]))) if width and height else None
