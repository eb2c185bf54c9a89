"""Results kept between runs: used when they are whole, never believed when they are not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kbtool.kept import Kept


def squares(path: Path, *numbers: int, maker: str = "one") -> list[int]:
    """The numbers that had to be worked out."""
    made: list[int] = []

    def square(number: int) -> int:
        made.append(number)
        return number * number

    kept = Kept(path, maker)
    for number in numbers:
        assert kept.get(str(number), partial(square, number)) == number * number
    kept.save()
    return made


def test_what_was_worked_out_is_not_worked_out_again(tmp_path: Path) -> None:
    """Only new keys are made, in one run and in the next."""
    path = tmp_path / "cache" / "squares.json"
    assert squares(path, 1, 2, 2) == [1, 2]
    assert squares(path, 2, 3) == [3]


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    """The file does not grow for ever."""
    path = tmp_path / "squares.json"
    squares(path, 1, 2)
    squares(path, 2)
    assert squares(path, 1) == [1]


def test_another_kbtool_begins_anew(tmp_path: Path) -> None:
    """What other code made says nothing about this one."""
    path = tmp_path / "squares.json"
    squares(path, 1)
    assert squares(path, 1, maker="two") == [1]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"maker": "one"}\n{"1": 7}', b"\xff\xfe\n[]"])
def test_damage_is_as_good_as_nothing(tmp_path: Path, damage: bytes) -> None:
    """An empty, cut, foreign or changed file is made anew."""
    path = tmp_path / "squares.json"
    path.write_bytes(damage)
    assert squares(path, 1) == [1]
    assert squares(path, 1) == []


def test_one_flipped_byte_is_noticed(tmp_path: Path) -> None:
    """A value that is still JSON but another one is not believed."""
    path = tmp_path / "squares.json"
    squares(path, 12)
    path.write_bytes(path.read_bytes().replace(b"144", b"145"))
    assert squares(path, 12) == [12]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Without a place to keep it everything is worked out each time."""
    (tmp_path / "cache").write_text("a file, not a folder")
    assert squares(tmp_path / "cache" / "squares.json", 1) == [1]
    assert squares(tmp_path / "cache" / "squares.json", 1) == [1]
