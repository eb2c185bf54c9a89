"""Counts as people say them."""

from __future__ import annotations

from kbtool.plural import many


def test_counts_agree_with_their_words() -> None:
    """One is singular, all others are plural; thousands are set apart."""
    assert (many(1, "reply", "replies"), many(0, "topic")) == ("1 reply", "0 topics")
    assert (many(2, "reply", "replies"), many(1204, "ticket")) == ("2 replies", "1,204 tickets")
