"""Visitor keys: the same today, unlinkable tomorrow."""

from __future__ import annotations

from hashlib import blake2b

from kbtool.events.visitor import network_part, visitor_key

SALT = bytes(range(16))
SITE = "https://help.velmo.example/"


def key(
    *, salt: bytes = SALT, site: str = SITE, address: str = "192.0.2.7", agent: str = "Firefox"
) -> str:
    return visitor_key(salt, site=site, address=address, user_agent=agent)


def test_key_is_keyed_blake2b_64() -> None:
    """The key is BLAKE2b with 8 bytes, keyed by the salt, over the three parts with NUL between."""
    parts = b"https://help.velmo.example/\x00192.0.2.7\x00Firefox"
    assert key() == blake2b(parts, digest_size=8, key=SALT).hexdigest()
    assert len(key()) == 16


def test_every_part_tells_visitors_apart() -> None:
    """Another salt, site, address or agent gives another key."""
    keys = {
        key(), key(salt=bytes(16)), key(site="https://x.example/"),
        key(address="192.0.2.8"), key(agent="Chrome"),
    }  # fmt: skip
    assert len(keys) == 5


def test_only_the_network_of_an_ipv6_address_counts() -> None:
    """Privacy extensions change the last 64 bits; the visitor stays the same."""
    assert key(address="2001:db8:1:2:aaaa::1") == key(address="2001:db8:1:2:bbbb::9")
    assert key(address="2001:db8:1:2::1") != key(address="2001:db8:1:3::1")
    assert network_part("::ffff:192.0.2.7") == network_part("192.0.2.7") == "192.0.2.7"
    assert network_part("unix") == "unix"
