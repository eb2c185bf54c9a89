"""Who asks: the client's address behind proxies we trust, and whether our own page is asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from kbtool.events.rules import Network, is_within, parse_address


def client_address(peer: str, headers: Headers, trusted: Sequence[Network]) -> str:
    """The client's address: the peer's, or what trusted proxies say in X-Forwarded-For.

    Read from the right, each address must have been added by a trusted proxy; the first that is
    not itself such a proxy is the client. What stands left of it anybody may have written.
    """
    address = peer
    hops = ",".join(headers.getlist("x-forwarded-for")).split(",")
    for hop in reversed(hops):
        if not is_within(address, trusted) or parse_address(hop) is None:
            break
        address = str(parse_address(hop))
    return address


def is_same_origin(headers: Mapping[str, str], site_url: str) -> bool:
    """Whether a request that records something comes from our own pages.

    Browsers say so in Sec-Fetch-Site, older ones in Origin; a client that sends neither is no
    browser that another site could abuse. There are no cookies: this only keeps figures honest.
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        asking = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    ours = {headers.get("host", "").lower(), urlsplit(site_url).netloc.lower()}
    return bool(asking) and asking in ours
