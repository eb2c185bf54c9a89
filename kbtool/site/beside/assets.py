"""The theme's own files, and the pictures and documents that articles show."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from kbtool.site.pages.links import MEDIA

ASSETS = ("kb.css", "kb.js", "search.js", "contact.js", "favicon.svg")
PARTS = ("start", "server", "events", "reading", "search", "vote", "page")
"""What ``kb.js`` is joined of, in this order: files of the theme's ``assets/kb/``."""
_COMMENT = re.compile(rb"^ */\*(?:[^*]|\*(?!/))*\*/\n+", re.MULTILINE)
_LINE_COMMENT = re.compile(rb"^ *//.*\n| +// .*$", re.MULTILINE)
_INDENT = re.compile(rb"^ +|\n+(?=\n)", re.MULTILINE)
"""Also of empty lines. No text in the parts holds `` // `` or stands over several lines."""


def write_assets(theme_dir: Path, site: Path) -> None:
    """Copy the theme's stylesheet, scripts and icon to ``assets/``, without the comments that have
    lines of their own: those are for us, and readers would load them.
    """
    (site / "assets").mkdir(parents=True)
    for name in ASSETS:
        data = _source(theme_dir, name)
        data = without_comments(data) if name.endswith((".js", ".css")) else data
        (site / "assets" / name).write_bytes(data)


def joined(theme_dir: Path, parts: Iterable[str] = PARTS) -> bytes:
    """The script of these parts as readers load it: one function that leaves no name outside, without
    comments and indentation.
    """
    sources = [(theme_dir / "assets" / "kb" / f"{part}.js").read_bytes() for part in parts]
    script = without_comments(b"\n".join(sources))
    bare = _INDENT.sub(b"", _LINE_COMMENT.sub(b"", script))
    return b'(() => {\n"use strict";\n' + bare + b"})();\n"


def without_comments(text: bytes) -> bytes:
    """A script or stylesheet without the comments that have lines of their own."""
    return _COMMENT.sub(b"", text)


def assets_version(theme_dir: Path) -> str:
    """Eight characters that change when a file of the theme's assets does."""
    content = b"".join(_source(theme_dir, name) for name in ASSETS)
    return sha256(content).hexdigest()[:8]


def _source(theme_dir: Path, name: str) -> bytes:
    return joined(theme_dir) if name == "kb.js" else (theme_dir / "assets" / name).read_bytes()


def write_media(content_dir: Path, paths: Iterable[str], site: Path) -> None:
    """Copy files that pages show to ``media/``."""
    for path in sorted(set(paths)):
        target = site / MEDIA / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content_dir / path, target)
