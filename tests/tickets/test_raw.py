"""Raw texts: what kind they are when nobody says it."""

from __future__ import annotations

import pytest

from kbtool.tickets.raw import looks_like_html


@pytest.mark.parametrize(
    "text",
    [
        "<p>My battery is flat",
        "\n<!DOCTYPE html><title>x</title>",
        "Hello<br>how do I lock it?",
        "It is <b>still</b> open",
    ],
)
def test_tags_make_html(text: str) -> None:
    """Wherever the first one stands, closed or not."""
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    ["", "<mari@mail.example> wrote:", "<order number> is missing", "5 < 6 and 7 > 6", "<pre-paid"],
)
def test_an_angle_bracket_makes_none(text: str) -> None:
    """An address, a placeholder or a comparison at the beginning stays text."""
    assert not looks_like_html(text)
