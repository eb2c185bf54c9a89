"""The size of pictures."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.site.pages.pictures import size_of

FRAME = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 200, 300) + bytes(10)
APP0 = b"\xff\xe0\x00\x04ab"


def exif(order: str, orientation: int) -> bytes:
    """A JPEG's description of itself with one entry before the orientation."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(
        order + "IHHHI4sHHIH2x", 8, 2, 0x010F, 2, 4, b"abc\0", 0x0112, 3, 1, orientation
    )
    body = b"Exif\0\0" + mark + entries
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 300, 200)
WEBP = b"RIFF\0\0\0\0WEBP"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (300, 200)),
        (b"GIF89a" + struct.pack("<HH", 300, 200), (300, 200)),
        (b"\xff\xd8" + APP0 + FRAME, (300, 200)),
        (b"\xff\xd8" + exif("<", 6) + APP0 + FRAME, (200, 300)),
        (b"\xff\xd8" + exif(">", 8) + b"\xff" + FRAME, (200, 300)),
        (b"\xff\xd8" + exif("<", 3) + FRAME, (300, 200)),
        (WEBP + b"VP8 " + bytes(10) + struct.pack("<HH", 300, 200), (300, 200)),
        (WEBP + b"VP8L" + bytes(5) + struct.pack("<I", 299 | 199 << 14), (300, 200)),
        (WEBP + b"VP8X" + bytes(8) + b"\x2b\x01\0\xc7\0\0", (300, 200)),
        (b'<?xml?><svg width="300px" height="199.6"><path/></svg>', (300, 200)),
        (b'<svg viewBox="0 0 3 2" width="100%">', None),
        (b"\xff\xd8" + APP0, None),
        (PNG[:20], None),
        (PNG[:16] + bytes(8), None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_picture_says_its_size(tmp_path: Path, data: bytes, size: tuple[int, int] | None) -> None:
    """As browsers show it, also one that lies on its side; what is none says nothing."""
    (tmp_path / "picture").write_bytes(data)
    assert size_of(tmp_path / "picture") == size
    assert size_of(tmp_path / "gone") is None


@given(st.sampled_from((PNG, b"\xff\xd8" + exif("<", 6), WEBP + b"VP8X", b"<svg ")), st.binary())
def test_no_file_is_too_odd(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    """Whatever follows a beginning, there is a size or none."""
    path = tmp_path_factory.getbasetemp() / "odd"
    path.write_bytes(start + rest)
    found = size_of(path)
    assert found is None or min(found) > 0
