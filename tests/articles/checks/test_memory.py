"""What an earlier run kept changes nothing but the time that the next one takes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.articles.checks import check_articles
from kbtool.articles.checks.memory import Memory, remembering
from kbtool.articles.files.store import parse_source, read_articles, write_article
from kbtool.config import Settings
from kbtool.config.settings import CheckSettings
from kbtool.model import Article, Finding
from tests.articles.checks import shop
from tests.articles.checks.shop import TODAY, article, settings_in

SENTENCES = (
    "You get the refund within 14 days after we receive the parcel.",
    "We send the refund within 30 days after we receive the parcel.",
    "Opened tea packets can be returned to the shop.",
    "Opened tea packets can not be returned to the shop.",
    "To pause a subscription, open **Account > Boxes > Pause**.",
    "To pause your subscription, choose **Settings > Plan > Pause**.",
    "Open the app and choose your current tea box and the list of teas in it.",
    "Scroll down to the list of teas and take out what you do not like at all.",
    "Choose other teas until the box is full and confirm your choice with a tap.",
    "We send the new selection with the next delivery after the fifth of a month.",
    "Write to us at a@b.example when a packet is missing from your box.",
    "See [the box](/a/kb-1/) or [the next](kb-2.md#steps) or [this](#more).",
    "## Steps",
    "### More",
)
TITLES = (
    "Cancel my tea box", "How do I cancel a tea box?", "Pause a tea box subscription",
    "Pause a tea box subscription for holidays", "Money back",
    "Change the delivery address of a monthly tea box", "Change the delivery day of a tea box",
    "Change the delivery address of a monthly tea box today",
)  # fmt: skip
LANGS = ("en", "en", "en", "tr")
STATUSES = ("published", "published", "published", "stale", "review", "draft", "archived")


def _made(rng: Random, number: int) -> Article:
    body = "\n\n".join(rng.choices(SENTENCES, k=rng.randint(1, 9))) + "\n"
    changes: dict[str, object] = {
        "lang": rng.choice(LANGS),
        "status": rng.choice(STATUSES),
        "also_asked": tuple(rng.sample(TITLES, rng.randint(0, 2))),
        "updated": TODAY - timedelta(days=rng.randint(0, 200)),
        "review_by": TODAY + timedelta(days=rng.randint(-5, 5)),
        "differs_from": (f"kb-{rng.randint(1, 9)}",) * (rng.random() < 0.1),
        "category": rng.choice(("boxes", "boxes", "teas")),
    }
    if rng.random() < 0.2:
        changes |= {"translation_of": "kb-1", "translated": (("(top)", "0" * 12),)}
    if rng.random() < 0.1:
        changes["extra"] = (("since", rng.choice([date(2026, 1, 1), "a year", 1.5, None])),)
    folder = rng.choice(("en/boxes", "en/boxes", "en/boxes/deep", "drafts"))
    made = article(f"kb-{number}", rng.choice(TITLES), body, **changes)
    return replace(made, path=f"{folder}/kb-{rng.choice([number, number, 1])}.md")


def _edit(rng: Random, content: Path) -> None:
    """One of what people do to files."""
    files = sorted(content.rglob("*.md"))
    what = rng.random()
    if what < 0.5 or len(files) < 3:
        write_article(content, _made(rng, rng.randint(1, 40)))
    elif what < 0.65:
        rng.choice(files).unlink()
    elif what < 0.8:
        file = rng.choice(files)
        target = content / rng.choice(("en", "en/boxes", "en/a")) / f"moved-{rng.randint(1, 9)}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
    elif what < 0.9:
        file = rng.choice(files)
        file.with_name("copy.md").write_bytes(file.read_bytes())
    else:
        file = rng.choice(files)
        file.write_bytes(file.read_bytes().replace(b"\n", rng.choice([b"\r\n", b"\n\n"]), 20))


def _checked(
    base: Settings, memory: Memory | None, today: date
) -> tuple[tuple[Article, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    articles, unread = read_articles(base.content_dir, memory.parse if memory else parse_source)
    found = check_articles(articles, base, shop.given(), today=today, memory=memory)
    return articles, unread, found


def _remembered(base: Settings, file: Path, today: date = TODAY, stamp: str = "") -> object:
    return remembering(file, f"{base.checks}{stamp}", lambda memory: _checked(base, memory, today))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1 << 32), st.integers(3, 40))
def test_a_memory_changes_no_finding(seed: int, count: int) -> None:
    """Whatever is added, changed, moved, copied or deleted, whenever: findings, their order and
    the articles are those of a run that remembers nothing.
    """
    rng = Random(seed)  # noqa: S311 - no secret
    with TemporaryDirectory() as name:
        base = settings_in(Path(name))
        for number in range(count):
            write_article(base.content_dir, _made(rng, number))
        today = TODAY
        for _ in range(4):
            assert _remembered(base, Path(name, "check.db"), today) == _checked(base, None, today)
            for _ in range(rng.randint(0, 4)):
                _edit(rng, base.content_dir)
            today += timedelta(days=rng.randint(0, 2))
            if rng.random() < 0.1:
                base = replace(base, checks=CheckSettings(reading_ease=rng.randint(0, 100)))


COPY = "\n\n".join(SENTENCES[6:10]) + "\n"


@pytest.mark.parametrize("count", [11, 12, 13, 14])
def test_copies_meet_as_before_when_one_comes_or_goes(tmp_path: Path, count: int) -> None:
    """Also where it makes a text a usual one, or none, and where it stood between two others."""
    base = settings_in(tmp_path)
    copies = [article(f"kb-{n:02}", f"Number {n}", COPY + f"\nTea {n}.\n") for n in range(count)]
    extra = article("kb-055", "Another", COPY + "\nNo tea.\n")
    for one in copies:
        write_article(base.content_dir, one)
    file = tmp_path / "check.db"
    seen = [_remembered(base, file)]
    for _ in range(2):
        path = write_article(base.content_dir, extra)
        seen.append(_remembered(base, file))
        assert seen[-1] == _checked(base, None, TODAY)
        path.unlink()
        seen.append(_remembered(base, file))
        assert seen[-1] == _checked(base, None, TODAY)
    assert seen[0] == seen[2] == seen[4] != seen[1] == seen[3]


def _shop(root: Path) -> Settings:
    base = settings_in(root)
    rng = Random(3)  # noqa: S311 - no secret
    for number in range(12):
        write_article(base.content_dir, _made(rng, number))
    return base


def test_a_kept_file_is_not_read_again(tmp_path: Path) -> None:
    """The second run restores every article and finds nothing out about any."""
    base, file = _shop(tmp_path), tmp_path / "cache/check.db"
    _remembered(base, file)
    article_paths = {one.path for one in read_articles(base.content_dir)[0]}
    dated = {one.path for one in read_articles(base.content_dir)[0] if "since" in dict(one.extra)}

    def known(memory: Memory | None) -> set[str]:
        assert memory is not None
        found, _ = read_articles(base.content_dir, memory.parse)
        return {one.path for one in found if memory.alone(one) is not None}

    assert remembering(file, str(base.checks), known) >= article_paths - dated
    assert remembering(file, "made otherwise", known) == set()


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scribble(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for at in range(4096, len(content), 97):
        content[at] ^= 0x55
    file.write_bytes(content)


def _swap_a_record(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE articles SET record = x'00000000' || '[1, 2]' WHERE no = 3")
    database.close()


def _change_a_letter(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE articles SET record = CAST(replace(record, 'e', 'f') AS BLOB)")
        database.execute("UPDATE details SET facts = CAST(replace(facts, 'e', 'f') AS BLOB)")
    database.close()


def _drop_a_table(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE details")
    database.close()


def _empty_a_table(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM details")
        database.execute("DELETE FROM notes WHERE name = 'terms'")
    database.close()


def _put_another_database_there(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE articles (id TEXT)")
    database.close()


@pytest.mark.parametrize(
    "harm",
    [
        _truncate, _scribble, _swap_a_record, _change_a_letter, _drop_a_table, _empty_a_table,
        _put_another_database_there,
        lambda file: file.write_bytes(b""), lambda file: file.write_text("no database" * 500),
    ],
)  # fmt: skip
def test_a_damaged_memory_is_made_anew(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """Nothing is taken from it, and the run after the next one is quick again."""
    base, file = _shop(tmp_path), tmp_path / "check.db"
    _remembered(base, file)
    harm(file)
    changed = base.content_dir / read_articles(base.content_dir)[0][4].path
    changed.write_text(changed.read_text("utf-8") + "\n" + SENTENCES[3] + "\n", "utf-8")
    expected = _checked(base, None, TODAY)
    assert _remembered(base, file) == expected
    assert _remembered(base, file) == expected
    assert remembering(file, str(base.checks), lambda memory: memory is not None)


def test_a_memory_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, or another run holds the memory."""
    base = _shop(tmp_path)
    (tmp_path / "cache").write_text("in the way")
    expected = _checked(base, None, TODAY)
    assert _remembered(base, tmp_path / "cache/check.db") == expected

    file = tmp_path / "check.db"
    _remembered(base, file)
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    write_article(base.content_dir, article("kb-99", TITLES[0], COPY))
    assert _remembered(base, file) == _checked(base, None, TODAY)
    busy.close()


def test_of_two_runs_at_once_none_goes_wrong(tmp_path: Path) -> None:
    """One begins, another changes what is kept meanwhile; the next run finds all as it is."""
    base, file = _shop(tmp_path), tmp_path / "check.db"
    _remembered(base, file)

    def slow(memory: Memory | None) -> object:
        found = _checked(base, memory, TODAY)
        write_article(base.content_dir, article("kb-99", TITLES[0], COPY))
        _remembered(base, file)
        return found

    write_article(base.content_dir, article("kb-98", TITLES[1], COPY))
    expected = _checked(base, None, TODAY)
    assert remembering(file, str(base.checks), slow) == expected
    assert _remembered(base, file) == _checked(base, None, TODAY)
