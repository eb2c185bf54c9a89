"""A day's salt lives for two days in a file of its owner's, and then nobody has it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.events.logs.salts import DaySalts, forget_salts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def counted() -> Callable[[int], bytes]:
    """Salts that differ."""
    made = iter(range(1, 100))
    return lambda size: next(made).to_bytes(size, "big")


def test_the_rest_of_a_day_gets_its_salt_within_two_days(tmp_path: Path) -> None:
    """Then another one, and the first is nowhere."""
    file, new = tmp_path / "salts", counted()
    first = DaySalts(file, NOW, new)
    salt = first.of(20_000)
    first.save()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert DaySalts(file, NOW + timedelta(hours=47), new).of(20_000) == salt
    late = DaySalts(file, NOW + timedelta(hours=48), new)
    assert not file.exists()
    assert late.of(20_000) != salt


def test_each_salt_has_its_own_time(tmp_path: Path) -> None:
    """What was made later stays; what was asked for in a dry run is not kept."""
    file, new = tmp_path / "salts", counted()
    for hours, day in ((0, 20_000), (30, 20_001)):
        salts = DaySalts(file, NOW + timedelta(hours=hours), new)
        salts.of(day)
        salts.save()
    dry = DaySalts(file, NOW + timedelta(hours=31), new, keep=False)
    dry.of(20_002)
    dry.save()
    forget_salts(file, NOW + timedelta(hours=50))
    assert DaySalts(file, NOW + timedelta(hours=50), new).made == {
        20_001: NOW + timedelta(hours=30)
    }


@pytest.mark.parametrize(
    "content", ["", "[]", '{"1": ["00", "2026-11-22"]}', '{"a": 1}', "\0", '{"1": ["xx", "y"]}']
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: str) -> None:
    """Visitors of the day are then others; nothing else is lost."""
    file = tmp_path / "salts"
    file.write_text(content)
    salts = DaySalts(file, NOW, counted())
    assert len(salts.of(1)) == 16
    salts.save()
    assert DaySalts(file, NOW, counted()).made == {1: NOW}


def test_a_clock_that_was_set_back_ends_salts_of_the_future(tmp_path: Path) -> None:
    """Or they would live on."""
    file, new = tmp_path / "salts", counted()
    salts = DaySalts(file, NOW, new)
    salts.of(1)
    salts.save()
    forget_salts(file, NOW - timedelta(hours=1))
    assert not file.exists()
