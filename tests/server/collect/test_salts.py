"""Salts live a day, visits may cross midnight, and the file is nobody else's to read."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from kbtool.errors import StoreError
from kbtool.server.collect.salts import Salts, Visitors

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 10, 6, tzinfo=UTC)


def salts(folder: Path) -> Salts:
    numbers = count(1)
    return Salts(folder / "salt", lambda size: bytes([next(numbers)]) * size)


def key(visitors: Visitors, at: datetime, address: str = "192.0.2.1") -> str:
    return visitors.key(at, address, "Firefox")


def test_the_file_is_private_and_survives_a_restart(tmp_path: Path) -> None:
    """Mode 0600, 16 bytes; another process on the same day uses the same salt."""
    first = Salts(tmp_path / "salt").current(NOON)
    assert len(first.today) == 16
    assert (tmp_path / "salt").stat().st_mode & 0o777 == 0o600
    assert Salts(tmp_path / "salt").current(NOON + timedelta(hours=2)) == first


def test_a_salt_is_new_each_day_and_the_old_one_destroyed(tmp_path: Path) -> None:
    """After 00:00 UTC a new one; the old one is kept half an hour, then it is nowhere."""
    kept = salts(tmp_path)
    old = kept.current(NOON).today
    first = kept.current(MIDNIGHT)
    assert first.today != old
    assert first.previous == old
    assert kept.current(MIDNIGHT + timedelta(minutes=30)).previous == old
    later = kept.current(MIDNIGHT + timedelta(minutes=31))
    assert (later.today, later.previous) == (first.today, None)
    assert old.hex() not in (tmp_path / "salt").read_text()


def test_after_a_pause_of_days_nothing_old_is_kept(tmp_path: Path) -> None:
    """A server that was off over a day begins afresh."""
    old = salts(tmp_path).current(NOON).today
    after = Salts(tmp_path / "salt").current(NOON + timedelta(days=2))
    assert after.previous is None
    assert old.hex() not in (tmp_path / "salt").read_text()


def test_a_clock_set_back_keeps_the_salt(tmp_path: Path) -> None:
    """Time going backwards never brings a destroyed salt or a second one for the day."""
    kept = salts(tmp_path)
    today = kept.current(MIDNIGHT).today
    assert kept.current(MIDNIGHT - timedelta(hours=1)).today == today


@pytest.mark.parametrize("content", ["", "{", "[]", '{"day": "2026-10-05"}', "\xff"])
def test_a_damaged_file_is_replaced(tmp_path: Path, content: str) -> None:
    """Half-written or edited files are no salt."""
    (tmp_path / "salt").write_text(content, encoding="latin-1")
    salts(tmp_path).current(NOON)
    assert json.loads((tmp_path / "salt").read_text())["day"] == "2026-10-05"


def test_a_short_salt_is_not_used(tmp_path: Path) -> None:
    """A salt of another length is as good as none."""
    weak = {"day": "2026-10-05", "today": "00", "previous": None}
    (tmp_path / "salt").write_text(json.dumps(weak))
    assert len(salts(tmp_path).current(NOON).today) == 16


def test_a_folder_that_cannot_be_written_is_a_store_error(tmp_path: Path) -> None:
    """The message names the file and the hint says what to do."""
    with pytest.raises(StoreError, match="salt") as error:
        Salts(tmp_path / "missing" / "salt").current(NOON)
    assert error.value.hint


def test_a_visit_over_midnight_keeps_its_key(tmp_path: Path) -> None:
    """Who was here within half an hour before keeps the key; who was not gets a new one."""
    visitors = Visitors(salts(tmp_path), "site")
    reading = key(visitors, MIDNIGHT - timedelta(minutes=10))
    left = key(visitors, MIDNIGHT - timedelta(minutes=29), "192.0.2.2")
    assert key(visitors, MIDNIGHT + timedelta(minutes=5)) == reading
    assert key(visitors, MIDNIGHT + timedelta(minutes=25)) == reading
    assert key(visitors, MIDNIGHT + timedelta(minutes=5), "192.0.2.2") != left


def test_tomorrow_the_same_person_is_another_visitor(tmp_path: Path) -> None:
    """The same address and agent cannot be linked over days."""
    visitors = Visitors(salts(tmp_path), "site")
    assert key(visitors, NOON) == key(visitors, NOON + timedelta(hours=1))
    assert key(visitors, NOON) != key(visitors, NOON + timedelta(days=1))
