"""Whether the addresses at which readers reach a person can be used, and used safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kbtool.config.settings import Contact
from kbtool.handoff import PLACEHOLDERS

_EMAIL = re.compile(r"[\w.!+'=~-]+@[\w-]+(?:\.[\w-]+)+")
_BRACES = re.compile(r"\{([^{}]*)\}")
WEB = ("http", "https")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def contact_problems(contact: Contact) -> Iterator[tuple[str, str]]:
    """(setting, what is wrong with it) for each of them that cannot be used."""
    if contact.url is not None and (problem := _url_problem(contact.url)):
        yield "url", problem
    if contact.email is not None and not _EMAIL.fullmatch(contact.email):
        yield "email", f"{contact.email!r} is no mail address such as help@shop.example"
    if contact.webhook is not None and not _is_safe_webhook(contact.webhook):
        yield (
            "webhook",
            f"{contact.webhook!r} must begin with https:// (http:// for localhost only)",
        )


def _url_problem(url: str) -> str | None:
    unknown = [name for name in _BRACES.findall(url) if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        return f"{{{unknown[0]}}} is no placeholder; there are {known}"
    host = host_of(url, WEB)
    if host is None or "{" in host:
        return f"{url!r} is no address such as https://desk.example/new"
    return None


def _is_safe_webhook(url: str) -> bool:
    return host_of(url, ("https",)) is not None or host_of(url, ("http",)) in _LOCAL


def host_of(url: str, schemes: tuple[str, ...]) -> str | None:
    """The host of an address of one of these schemes that holds no user; None when it is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    plain = not re.search(r"\s", url) and "@" not in parts.netloc
    return host if host and plain and parts.scheme in schemes else None
