"""When an article counts as read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, product

import pytest

from kbtool.events.reading import DWELLS, READ_SECONDS_ALONE, SCROLLS, is_read
from kbtool.model import Event

VIEW = Event("v", "view", datetime(2026, 10, 5, tzinfo=UTC), "0123456789abcdef", article="kb-1")


@pytest.mark.parametrize(
    ("dwell", "scroll", "expected"),
    [
        (0, 100, False), (10, 25, False), (10, 50, True), (10, None, False), (30, 0, True),
        (600, 100, True), (None, 100, None), (None, None, None),
    ],
)  # fmt: skip
def test_thirty_seconds_or_ten_and_half_of_it(
    dwell: int | None, scroll: int | None, expected: bool | None
) -> None:
    """Who scrolls through at once has not read; what was never told is neither yes nor no."""
    assert is_read(replace(VIEW, dwell=dwell, scroll=scroll)) is expected


def test_only_views_of_articles_are_read() -> None:
    """The start page is none, a vote is none."""
    assert is_read(replace(VIEW, article=None, dwell=600, scroll=100)) is None
    assert is_read(replace(VIEW, kind="vote", dwell=600, scroll=100)) is None


def test_more_of_it_never_makes_it_unread() -> None:
    """A longer look and a deeper scroll only ever turn "no" into "yes"."""
    for scroll in SCROLLS:
        told = [is_read(replace(VIEW, dwell=dwell, scroll=scroll)) for dwell in DWELLS]
        assert all(bool(a) <= bool(b) for a, b in pairwise(told))
    for dwell, (a, b) in product(DWELLS, pairwise(SCROLLS)):
        before, after = (is_read(replace(VIEW, dwell=dwell, scroll=one)) for one in (a, b))
        assert bool(before) <= bool(after)
    assert READ_SECONDS_ALONE in DWELLS
