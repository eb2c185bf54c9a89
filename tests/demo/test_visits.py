"""The access log of the demo: the same bytes each time, every line understood, the story in it."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.demo.visits import WEEKS
from kbtool.workflows.demo import LOG, prepare_demo
from kbtool.workflows.hits import import_hits

NOW = datetime(2026, 11, 19, 10, tzinfo=UTC)
_TIME = re.compile(r"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000)\]")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo with half a year of readers."""
    return prepare_demo(tmp_path_factory.mktemp("demo") / "velmo", now=NOW).root


@pytest.fixture(scope="module")
def lines(base: Path) -> list[str]:
    """Its log."""
    return gzip.decompress((base / LOG).read_bytes()).decode().splitlines()


def test_the_same_day_gives_the_same_bytes(base: Path, tmp_path: Path) -> None:
    """Made again, all files are the same."""
    again = prepare_demo(tmp_path / "again", now=NOW).root
    names = [path.relative_to(base) for path in sorted(base.rglob("*")) if path.is_file()]
    assert Path(LOG) in names
    assert all((base / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_it_ends_yesterday(lines: list[str]) -> None:
    """In order of time, half a year long, nothing of today; about as long as is quick to import."""
    times = [datetime.strptime(found[1], "%d/%b/%Y:%H:%M:%S %z") for line in lines if (found := _TIME.search(line))]  # fmt: skip
    assert len(times) == len(lines)
    assert times == sorted(times)
    assert times[-1].date() < NOW.date()
    assert (times[-1] - times[0]).days >= WEEKS * 7 - 2
    assert 20_000 < len(lines) < 40_000


def test_every_line_is_accounted_for(base: Path, lines: list[str]) -> None:
    """The reader of logs rejects none and loses none; each kind of event and each rule that the
    demo is to show is there.
    """
    taken = import_hits(load_settings(base), [base / LOG], now=NOW, new_salt=bytes)
    taken.account.check()
    assert taken.account.lines == len(lines)
    assert taken.account.rejected == Counter()
    assert set(taken.account.stored) == {"view", "search", "click", "vote", "contact"}
    rules = {"asset", "bot", "staff", "preview", "assistant", "prefetch", "automated", "redirect"}
    assert rules <= taken.account.excluded.keys()


def test_the_story_is_in_the_log(lines: list[str]) -> None:
    """Outdated: many "no" on one article; Turkish readers of an English one; nobody on another."""
    said_no = Counter(
        re.findall(r"kind=vote&lang=\w\w&article=(kb-\d+)&value=no", "\n".join(lines))
    )
    worst = said_no.most_common(1)[0][0]
    assert worst[-1] == "5"
    views = Counter(re.findall(r"kind=view&lang=(\w\w)&article=(kb-\d+)", "\n".join(lines)))
    assert views["tr", "kb-1009"] > views["en", "kb-1009"]
    assert views["en", "kb-1008"] < views["en", "kb-1001"] / 5
    assert not any("kb-1010" in line or "parcel-locker" in line for line in lines)
    assert sum("query=naastrehvid&results=0" in line for line in lines) > 10
