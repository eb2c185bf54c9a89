"""Which requests are not people reading: rules over nothing but what the request itself says.

An event that a rule catches is stored with the rule's name and never counted, so that the report
can say how many there were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Literal, TypeAlias

from kbtool.errors import ConfigError

Network: TypeAlias = IPv4Network | IPv6Network
Exclusion: TypeAlias = Literal["head", "prefetch", "staff", "bot"]

BOTS = re.compile(
    r"""
    (?<!cu)bot            # Googlebot, UptimeRobot …; not the CUBOT phones
    | crawl | spider | slurp | scrap(?:e|y) | archiver | fetcher
    | headless | phantomjs | lighthouse | pagespeed | prerender
    | preview | facebookexternalhit | meta-external | whatsapp/ | vkshare | embedly | iframely
    | chatgpt | claude- | anthropic | perplexity | cohere-ai
    | monitor | pingdom | statuscake | site24x7 | kube-probe | googlehc | uptime | nagios
    | curl/ | wget/ | python | httpx | aiohttp | libwww | perl | ruby | php/ | java/ | jakarta
    | okhttp | go-http | node-fetch | axios | undici | httpclient | postman | insomnia | apachebench
    """,
    re.VERBOSE,
)
"""Words in a user agent (in lower case) of crawlers, link previews, monitors and HTTP libraries."""


def exclusion(
    headers: Mapping[str, str], *, method: str, address: str, staff: Sequence[Network] = ()
) -> Exclusion | None:
    """Why an event of this request is not counted, or None when it is.

    ``headers`` has lower-case names. The first rule that fits names the reason: ``head`` (asked
    for headers only), ``prefetch`` (loaded before anybody looked), ``staff`` (one of our own
    addresses), ``bot`` (a user agent of a program, or none at all).
    """
    if method == "HEAD":
        return "head"
    if _is_prefetch(headers):
        return "prefetch"
    if is_within(address, staff):
        return "staff"
    agent = headers.get("user-agent", "").strip().lower()
    return "bot" if not agent or BOTS.search(agent) else None


def asks_not_to_be_followed(headers: Mapping[str, str]) -> bool:
    """Whether the reader sent Global Privacy Control or Do Not Track."""
    return headers.get("sec-gpc", "").strip() == "1" or headers.get("dnt", "").strip() == "1"


def networks(addresses: Sequence[str], setting: str) -> tuple[Network, ...]:
    """Addresses (``192.0.2.7``) and networks (``10.0.0.0/8``) of a setting.

    Raises ConfigError naming the setting and the entry that is neither.
    """
    found = []
    for text in addresses:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError:
            raise ConfigError(
                f"{setting}: {text!r} is no IP address or network",
                hint="write for example 192.0.2.7 or 10.0.0.0/8",
            ) from None
    return tuple(found)


def is_within(address: str, nets: Sequence[Network]) -> bool:
    """Whether a client address lies in one of the networks; text that is no address does not."""
    found = parse_address(address)
    return found is not None and any(found in net for net in nets if net.version == found.version)


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with IPv4 written as IPv6 (``::ffff:192.0.2.7``) as IPv4; None when it is none."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_prefetch(headers: Mapping[str, str]) -> bool:
    purposes = (headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-purpose"))
    early = any(word in said for said in purposes for word in ("prefetch", "prerender", "preview"))
    return early or "prefetch" in headers.get("x-moz", "").lower()
