"""Lines about what else changed customers' questions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.config.disturbances import Line, read_line
from kbtool.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2026-05-01 New prices", Line(date(2026, 5, 1), "New prices", ())),
        (
            " 2026-05-01: New prices [t-1, t-2] ",
            Line(date(2026, 5, 1), "New prices", ("t-1", "t-2")),
        ),
        ("2026-05-01 Yeni fiyatlar: ₺ []", Line(date(2026, 5, 1), "Yeni fiyatlar: ₺", ())),
    ],
)
def test_a_line_says_when_what_and_where(text: str, line: Line) -> None:
    """A day, words, and topics in brackets where it did not touch all alike."""
    assert read_line(text) == line


@pytest.mark.parametrize(
    "text",
    ["", "New prices", "2026-05-01", "2026-13-01 New prices", "2026-05-01 [t-1]", "1.5. New"],
)
def test_what_is_no_such_line_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    """With the line of mkdocs.yml and an example."""
    assert read_line(text) is None
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        "site_name: Help\nsite_url: https://help.example/\n"
        f"extra:\n  kbtool:\n    metrics:\n      disturbances: ['{text}']\n"
    )
    with pytest.raises(ConfigError, match=r"mkdocs\.yml:6: .*2026-05-01 New prices"):
        load_settings(tmp_path)


@pytest.mark.parametrize("cost", ["0", "-1", ".nan", ".inf"])
def test_a_price_is_a_price(tmp_path: Path, cost: str) -> None:
    """More than nothing, and a number."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Help\nsite_url: https://help.example/\n"
        f"extra:\n  kbtool:\n    metrics:\n      ticket_cost: {cost}\n"
    )
    with pytest.raises(ConfigError, match="ticket_cost must be above 0"):
        load_settings(tmp_path)
