"""Slips between two words."""

from __future__ import annotations

import pytest

from kbtool.text.distance import slips


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ("battery", "battery", 0),
        ("batery", "battery", 1),
        ("batttery", "battery", 1),
        ("bettery", "battery", 1),
        ("abttery", "battery", 1),  # neighbours swapped: one slip, not two
        ("btatrey", "battery", 2),
        ("", "key", 3),
    ],
)
def test_each_slip_counts_once(one: str, two: str, count: int) -> None:
    """A letter added, dropped, changed, or swapped with its neighbour; the same both ways."""
    assert slips(one, two) == slips(two, one) == count
