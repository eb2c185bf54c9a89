"""Files of a release: found without ever leaving it, sent with the headers browsers need."""

from __future__ import annotations

import gzip
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

from kbtool.policy import cache_rule, is_text, media_type_of

MAX_IN_MEMORY = 500_000
"""Text files up to this many bytes are read whole, compressed once and remembered."""
MIN_COMPRESSED = 512
REMEMBERED_FILES = 256

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
    if not is_text(media_type) or found.status.st_size > MAX_IN_MEMORY:
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
