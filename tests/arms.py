"""Which arm of the holdout a visit token is in: the rule of theme/assets/contact.js in other words."""

from __future__ import annotations

from kbtool.model import Arm


def arm_of(token: str, percent: int) -> Arm:
    """The arm of the holdout that the tab with this visit token is in: ``off`` in ``percent`` of
    100 tabs, which see no suggestions.

    The token's own hash decides (FNV-1a, 32 bits), so a tab stays where it is and nobody has to
    remember it.
    """
    number = 0x811C9DC5
    for byte in token.encode():
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return "off" if number % 100 < percent else "on"
