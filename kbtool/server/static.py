"""Files of a release: found without ever leaving it, sent with the headers browsers need."""

from __future__ import annotations

import gzip
import mimetypes
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

MAX_IN_MEMORY = 500_000
"""Text files up to this many bytes are read whole, compressed once and remembered."""
MIN_COMPRESSED = 512
REMEMBERED_FILES = 256

_TYPES = {
    ".avif": "image/avif", ".css": "text/css", ".gif": "image/gif", ".html": "text/html",
    ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".js": "text/javascript",
    ".json": "application/json", ".md": "text/markdown", ".mjs": "text/javascript",
    ".mp4": "video/mp4", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
    ".txt": "text/plain", ".webm": "video/webm", ".webmanifest": "application/manifest+json",
    ".webp": "image/webp", ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml",
}  # fmt: skip
_TEXT = ("text/", "application/json", "application/xml", "application/manifest", "image/svg")
_HASHED_NAME = re.compile(r"\.[0-9a-f]{8,64}\.(?:min\.)?[a-z0-9]+$")
_HASHED_FOLDER = re.compile(r"^[a-z-]+\.[0-9a-f]{12}$")  # of a search index
_HIDDEN_OR_ODD = re.compile(r"[\x00-\x1f\x7f\\]|^\.(?!well-known$)")


@dataclass(frozen=True, slots=True)
class Moved:
    """A folder asked for without its last slash."""

    to: str
    """Relative to the address that was asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the release."""

    path: Path
    status: os.stat_result


@dataclass(frozen=True, slots=True)
class _Text:
    body: bytes
    packed: bytes | None
    """The body gzipped; None when that gains nothing."""
    digest: str


def locate(site: Path, address: str) -> Found | Moved | None:
    """The file of ``site`` (a real path) that the decoded URL path ``address`` names, or None.

    A folder means its ``index.html``. Hidden names, empty or dotted parts, control characters and
    links that lead out of the release find nothing.
    """
    parts = address.removeprefix("/").split("/")
    names = parts[:-1] if parts[-1] == "" else parts
    if any(not name or _HIDDEN_OR_ODD.search(name) for name in names):
        return None
    try:
        path = Path(os.path.realpath(site.joinpath(*names), strict=True))
        if not path.is_relative_to(site):
            return None
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            if names and parts[-1] != "":
                return Moved(f"./{quote(names[-1])}/")
            return locate(site, f"{address.rstrip('/')}/index.html")
    except (OSError, ValueError):
        return None
    is_plain = stat.S_ISREG(status.st_mode) and parts[-1] != ""
    return Found(path, status) if is_plain else None


def respond(request: Request, found: Found | Moved, *, status_code: int = 200) -> Response:
    """The response for what ``locate`` found; 304 when the browser has it already."""
    if isinstance(found, Moved):
        query = request.url.query
        return RedirectResponse(found.to + (f"?{query}" if query else ""), status_code=301)
    media_type = media_type_of(found.path)
    headers = {
        "Cache-Control": cache_rule(found.path, versioned="v" in request.query_params),
        "Last-Modified": formatdate(found.status.st_mtime, usegmt=True),
    }
    if not media_type.startswith(_TEXT) or found.status.st_size > MAX_IN_MEMORY:
        headers["ETag"] = f'"{found.status.st_mtime_ns:x}-{found.status.st_size:x}"'
        if status_code == 200 and _is_unchanged(request.headers, headers):
            return Response(status_code=304, headers=headers)
        return FileResponse(
            found.path, status_code, headers, media_type=media_type, stat_result=found.status
        )
    text = _read(found.path, found.status.st_mtime_ns, found.status.st_size)
    return _text_response(request, text, headers, media_type, status_code)


def read_text(found: Found) -> str:
    """The text of a page."""
    return _read(found.path, found.status.st_mtime_ns, found.status.st_size).body.decode("utf-8")


def media_type_of(path: Path) -> str:
    """The type by the file's name, the same on every machine for what a site is made of."""
    known = _TYPES.get(path.suffix.lower())
    return known or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def cache_rule(path: Path, *, versioned: bool) -> str:
    """How long a browser may keep the file.

    One named by its content: a year. One asked for with ``?v=``: a day, because an old page may
    ask a new release for it. Any other is asked for again each time.
    """
    if _HASHED_NAME.search(path.name) or _HASHED_FOLDER.search(path.parent.name):
        return "public, max-age=31536000, immutable"
    if versioned and path.suffix != ".html":
        return "public, max-age=86400"
    return "no-cache"


def _text_response(
    request: Request, text: _Text, headers: dict[str, str], media_type: str, status_code: int
) -> Response:
    packs = text.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
    headers |= {"ETag": f'"{text.digest}{"-gz" if packs else ""}"', "Vary": "Accept-Encoding"}
    if status_code == 200 and _is_unchanged(request.headers, headers):
        return Response(status_code=304, headers=headers)
    body = text.body
    if packs and text.packed is not None:
        body = text.packed
        headers["Content-Encoding"] = "gzip"
    charset = "" if "charset" in media_type else "; charset=utf-8"
    headers["Content-Type"] = media_type + charset
    return Response(body, status_code, headers)


def _is_unchanged(asked: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether the browser's copy is this one; the tag decides when it sent one (RFC 9110 13.2)."""
    tags = asked.get("if-none-match")
    if tags is not None:
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return headers["ETag"] in given or "*" in given
    since = asked.get("if-modified-since")
    try:
        return since is not None and (
            parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since)
        )
    except (ValueError, TypeError):
        return False


@lru_cache(maxsize=REMEMBERED_FILES)
def _read(path: Path, mtime_ns: int, size: int) -> _Text:
    """A text file and its compressed form; time and size are there to notice another content."""
    body = path.read_bytes()
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= MIN_COMPRESSED else b""
    return _Text(
        body,
        packed if packed and len(packed) < len(body) else None,
        blake2b(body, digest_size=12).hexdigest(),
    )
