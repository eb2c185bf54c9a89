"""Hits that another file gave are known by their place among others, and only those."""

from __future__ import annotations

from pathlib import Path

from kbtool.events.logs.same import UNKNOWN, Hit, Kept, Repeats
from tests.events.logs.desk import Desk, line

HITS = [Hit((second, f"kb-{second % 3}"), second * 200, 7) for second in range(10)]


def stored(
    hits: list[Hit], *, file: int = 1, moved: int = 0, visitor: int | str | None = UNKNOWN
) -> dict[tuple[int, str], list[Kept]]:
    """What another file gave, so many bytes on."""
    return {hit.mark: [Kept(file, hit.offset + moved, visitor)] for hit in hits}


def known(
    hits: list[Hit], kept: dict[tuple[int, str], list[Kept]], *, is_new: bool = True
) -> set[int]:
    """Which of the hits of a file are known."""
    return Repeats(is_new=is_new).find(hits, kept, last=True)[0]


def test_three_in_a_row_are_known_and_what_follows_is_new() -> None:
    """The file goes on where the other one ended."""
    assert known(HITS, stored(HITS[:3], moved=5_000)) == {0, 1, 2}
    assert known(HITS, stored(HITS[4:8], moved=-100)) == {4, 5, 6, 7}


def test_two_in_a_row_may_be_chance() -> None:
    """The same second and article, the same distance: not enough; nor are many at other distances."""
    assert known(HITS, stored(HITS[:2])) == set()
    apart = {hit.mark: [Kept(1, hit.offset * 2, UNKNOWN)] for hit in HITS}
    assert known(HITS, apart) == set()


def test_one_or_two_between_known_ones_are_known() -> None:
    """Cut from a third file, perhaps; but not where the file goes on with new ones."""
    kept = stored(HITS[:3]) | stored(HITS[3:5], file=2, moved=9) | stored(HITS[5:8])
    assert known(HITS, kept) == set(range(8))
    kept = stored(HITS[:3]) | stored(HITS[3:5], file=2, moved=9)
    assert known(HITS, kept) == {0, 1, 2}


def test_all_that_a_new_file_has() -> None:
    """One or two hits that all fit; of a file that goes on they may be chance."""
    assert known(HITS[:2], stored(HITS, moved=70)) == {0, 1}
    assert known(HITS[:2], stored(HITS, moved=70), is_new=False) == set()
    assert known(HITS[:2], stored(HITS[1:])) == set()


def test_other_visitors_are_other_readers() -> None:
    """As long as they can be compared."""
    assert known(HITS, stored(HITS, visitor=8)) == set()
    assert known(HITS, stored(HITS, visitor=7)) == set(range(10))


def test_a_row_across_two_batches_takes_back_what_was_stored() -> None:
    """By time and offset."""
    repeats = Repeats()
    kept = stored(HITS[4:])
    assert repeats.find(HITS[:6], kept) == (set(), [])
    assert repeats.find(HITS[6:], kept, last=True) == ({0, 1, 2, 3}, [(4, 800), (5, 1_000)])


def test_two_servers_lose_nothing(tmp_path: Path) -> None:
    """Both count the same articles in the same seconds, whichever log comes first."""
    desk = Desk(tmp_path)
    logs = [
        [line(seconds=n // 5, address=f"192.0.2.{n % 7 + server}") for n in range(300)]
        for server in (1, 100)
    ]
    for number, lines in enumerate(logs):
        desk.take(desk.write(f"{number}.log", lines))
    assert desk.counted().total() == 600


def test_lines_that_are_alike_to_the_byte_are_so_many_hits(tmp_path: Path) -> None:
    """In one file; the same file again, cut anywhere, adds none."""
    desk = Desk(tmp_path)
    desk.take(desk.write("a.log", [line()] * 50))
    desk.take(desk.write("b.log.gz", [line()] * 50), desk.write("c.log", [line()] * 20))
    assert desk.counted().total() == 50
