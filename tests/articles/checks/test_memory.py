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
        shutil.copy(file, file.with_name("copy.md"))
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


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1 << 32), st.integers(3, 40))
def test_a_memory_changes_no_finding(seed: int, count: int) -> None:
    """Whatever is added, changed, moved, copied or deleted, whenever: findings, their order and
    the articles are those of a run that remembers nothing.
    """
    rng = Random(seed)
    with TemporaryDirectory() as name:
        base = settings_in(Path(name))
        for number in range(count):
            write_article(base.content_dir, _made(rng, number))
        today = TODAY
        for _ in range(6):
            assert _remembered(base, Path(name, "check.db"), today) == _checked(base, None, today)
            for _ in range(rng.randint(0, 4)):
                _edit(rng, base.content_dir)
            today += timedelta(days=rng.randint(0, 2))
            if rng.random() < 0.1:
                base = replace(base, checks=CheckSettings(reading_ease=rng.randint(0, 100)))
