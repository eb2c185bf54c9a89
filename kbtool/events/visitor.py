"""Who is the same visitor today: a keyed hash that cannot be undone once its salt is gone."""

from __future__ import annotations

from hashlib import blake2b
from ipaddress import IPv6Address, IPv6Network

from kbtool.events.rules import parse_address

SALT_BYTES = 16
KEY_BYTES = 8


def visitor_key(salt: bytes, *, site: str, address: str, user_agent: str) -> str:
    """The visitor's key under ``salt``, 16 hexadecimal digits.

    BLAKE2b-64 keyed with the day's salt, over site, address and user agent. Of an IPv6 address
    only the first 64 bits count: a device changes the others by itself several times a day.
    """
    return finished(begun(salt, site), network_part(address), user_agent).hex()


def begun(salt: bytes, site: str) -> blake2b:
    """The part of a key that all visitors of a day have in common."""
    return blake2b(f"{site}\x00".encode("utf-8", "replace"), digest_size=KEY_BYTES, key=salt)


def finished(begun_: blake2b, network: str, user_agent: str) -> bytes:
    """A visitor's key as bytes; ``network`` is the ``network_part`` of the address."""
    made = begun_.copy()
    made.update(f"{network}\x00{user_agent}".encode("utf-8", "replace"))
    return made.digest()


def network_part(address: str) -> str:
    """The part of a client address that tells visitors apart: IPv4 whole, IPv6 its /64."""
    found = parse_address(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, 64), strict=False).network_address)
    return str(found) if found else address
