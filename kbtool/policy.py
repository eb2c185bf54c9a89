"""What browsers are told beside a page: one place for ``kbtool serve`` and for web servers.

The security headers, what other sites may read, how long a file may be kept, and what type it is.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

from kbtool.config import Contact

IMMUTABLE = r"\.[0-9a-f]{8,64}\.(?:min\.)?[a-z0-9]+$|/[a-z-]+\.[0-9a-f]{12}/[^/]+$"
"""Addresses of files named by their content: a hashed name, or a search index's hashed folder. It
is a regular expression that Python and PCRE read alike."""
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
ASK_AGAIN = "no-cache"
MEDIA_TYPES = {
    ".avif": "image/avif", ".css": "text/css", ".gif": "image/gif", ".html": "text/html",
    ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".js": "text/javascript",
    ".json": "application/json", ".md": "text/markdown", ".mjs": "text/javascript",
    ".mp4": "video/mp4", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
    ".txt": "text/plain", ".webm": "video/webm", ".webmanifest": "application/manifest+json",
    ".webp": "image/webp", ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml",
}  # fmt: skip
UNKNOWN_TYPE = "application/octet-stream"
_TEXT = ("text/", "application/json", "application/xml", "application/manifest", "image/svg")
_IMMUTABLE = re.compile(IMMUTABLE)


def security_headers(contact: Contact) -> dict[str, str]:
    """The headers of every response, by name."""
    return {
        "Content-Security-Policy": content_security_policy(contact),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


def content_security_policy(contact: Contact) -> str:
    """The policy of every page: nothing but our own files, no inline script or style.

    Forms go to ourselves; the contact form's answer may lead on to the help desk or to mail.
    """
    targets = ["'self'"]
    if contact.webhook:
        pass  # its answer leads to our own page
    elif contact.url:
        parts = urlsplit(contact.url)
        targets.append(f"{parts.scheme}://{parts.netloc}")
    elif contact.email:
        targets.append("mailto:")
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "connect-src 'self'",
            f"form-action {' '.join(targets)}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def folders_elsewhere(languages: Sequence[str]) -> tuple[str, ...]:
    """The folders of a site whose files pages of ``widget.origins`` may read; of ``api/``, they may
    read ``api/search``.
    """
    return (*languages, "assets", "media", "search")


def cache_rule(path: PurePath, *, versioned: bool) -> str:
    """How long a browser may keep the file.

    One named by its content: a year. One asked for with ``?v=``: a day, because an old page may
    ask a new release for it. Any other is asked for again each time.
    """
    if _IMMUTABLE.search(path.as_posix()):
        return FOR_EVER
    return FOR_A_DAY if versioned and path.suffix != ".html" else ASK_AGAIN


def media_type_of(path: PurePath) -> str:
    """The type by the file's name, the same on every machine for what a site is made of."""
    known = MEDIA_TYPES.get(path.suffix.lower())
    return known or mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE


def is_text(media_type: str) -> bool:
    """Whether files of this type are text: sent with a character set, and worth compressing."""
    return media_type.startswith(_TEXT)
