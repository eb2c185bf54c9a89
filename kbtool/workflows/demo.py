"""Make the demo's knowledge base: the sample help centre of Velmo, ready for the whole loop."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from kbtool.addresses import group_of, page_address
from kbtool.articles.files.store import read_articles
from kbtool.articles.staggered import draw
from kbtool.demo.dates import moved
from kbtool.demo.desk import tickets
from kbtool.demo.visits import A_DAY, STAFF, HandOff, access_log
from kbtool.demo.wordings import Wordings, wordings
from kbtool.errors import InputError
from kbtool.model import Article
from kbtool.resources import bundled

MARKER = ".kbtool-demo"
EXPORTS = ("tickets.jsonl", "piletid.csv")
DESK = "desk.jsonl"
LOG = "access.log.gz"
LOT = "velmo-spring"
BY_LOT = 5
"""Articles whose first day is drawn; of the others somebody chose it."""
FIRST_LOT, LOT_WEEKS = 40, 13
"""Weeks before today: when the first one by lot came out, and over how many weeks they spread."""
CHOSEN = (38, 27)
"""Weeks before today in which the others came out."""
BUSY = 56.0
"""Visits a day that go with the many tickets of the long desk."""
ALWAYS = timedelta(weeks=140)
"""How long there are articles that are older than the tickets."""
UNREAD = "parcel-locker.md"
_LANGUAGES = "    languages: [en, tr, et]\n"


@dataclass(frozen=True, slots=True)
class DemoBase:
    """A fresh knowledge base and what to import into it; file names relative to ``root``."""

    root: Path
    exports: tuple[str, ...]
    log: str = ""
    """The access log of the months before; empty when there is no past."""


def prepare_demo(root: Path, *, now: datetime | None = None, long: bool = False) -> DemoBase:
    """Copy the sample help centre and its ticket exports to ``root``; an older demo is replaced.

    With ``now`` there is a past: the tickets are of the year before it, and half a year of an access
    log is written; with ``long`` the tickets of a year and three quarters too, in which articles
    came out and did something. Same ``now``, same files. Raises InputError when the folder holds
    anything that is not a demo.
    """
    _empty(root)
    (root / MARKER).write_text("kbtool demo made this folder and may replace it\n")
    shutil.copytree(bundled("content"), root / "content", dirs_exist_ok=True)
    config = bundled("mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    texts = tuple(_own(name) for name in EXPORTS)
    for name, text in zip(EXPORTS, texts if now is None else moved(texts, now.date()), strict=True):
        (root / name).write_bytes(text.encode())
    if now is None:
        return DemoBase(root, EXPORTS)
    _configure(root, config, now.date() if long else None)
    _add_unread(root, now.date())
    released = _release(root, now.date()) if long else {}
    hand_offs = _write_log(root, now, BUSY if long else A_DAY)
    if not long:
        return DemoBase(root, EXPORTS, LOG)
    _write_desk(root, now, released, hand_offs)
    return DemoBase(root, (*EXPORTS, DESK), LOG)


def _empty(root: Path) -> None:
    """Make an empty folder of ``root``; a demo in it goes, anything else stays: InputError."""
    if root.exists() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise InputError(
                f"{root}: not empty and not an earlier demo",
                hint="name another folder: kbtool demo DIR",
            )
        shutil.rmtree(root)
    root.mkdir(parents=True, exist_ok=True)


def _own(name: str) -> str:
    """A file that ships with the demo, to the byte."""
    return files("kbtool.demo").joinpath(name).read_bytes().decode()


def _configure(root: Path, config: str, today: date | None) -> None:
    """Settings that its history needs: the office's address, what a ticket costs, what happened."""
    added = f"    server:\n      staff_addresses: [{STAFF}]\n"
    added += "    metrics:\n      ticket_cost: 6.50\n      currency: EUR\n"
    if today is not None:
        day = today - timedelta(weeks=33)
        added += f'      disturbances:\n        - "{day} new prices for all"\n'
    (root / "mkdocs.yml").write_text(config.replace(_LANGUAGES, _LANGUAGES + added), "utf-8")


def _add_unread(root: Path, today: date) -> None:
    """An article that nobody ever needed, long overdue for review."""
    text = _own(UNREAD).replace("{published}", str(today - ALWAYS))
    text = text.replace("{review_by}", str(today - timedelta(weeks=30)))
    (root / "content" / "en" / "orders" / UNREAD).write_text(text, encoding="utf-8")


def _release(root: Path, today: date) -> dict[str, date]:
    """Give the articles that came out while tickets were counted their first day, and the others
    one long before; what days, by the original's id.
    """
    questions = _wordings().questions
    new = sorted(q.article for q in questions if q.article and q.released)
    monday = today - timedelta(days=today.weekday())
    drawn = draw(new[:BY_LOT], LOT, monday - timedelta(weeks=FIRST_LOT), LOT_WEEKS)
    days = {article: day + timedelta(days=1) for article, day in drawn.items()}
    for article, weeks in zip(new[BY_LOT:], CHOSEN, strict=True):
        days[article] = monday - timedelta(weeks=weeks) + timedelta(days=3)
    for one in read_articles(root / "content")[0]:
        name = group_of(one)
        lines = f"published: {days.get(name, today - ALWAYS)}\n"
        if name in drawn:
            lines += f"release: {drawn[name]}\nlot: {LOT}\n"
        _write_keys(root / "content" / one.path, lines)
    return days


def _write_keys(path: Path, lines: str) -> None:
    text = path.read_text(encoding="utf-8")
    if "\npublished: " not in text:
        status = "status: published\n"
        path.write_text(text.replace(status, status + lines, 1), encoding="utf-8")


def _wordings() -> Wordings:
    return wordings(_own("desk.toml"), *(_own(name) for name in EXPORTS))


def _write_log(root: Path, now: datetime, a_day: float) -> tuple[HandOff, ...]:
    """Write the access log; who in it went on to a person."""
    pages = _pages(read_articles(root / "content")[0])
    log = access_log(_own("visits.toml"), pages, now=now, a_day=a_day)
    (root / LOG).write_bytes(log.packed())
    return log.hand_offs


def _pages(articles: tuple[Article, ...]) -> dict[tuple[str, str], str]:
    """The address of each article's page in its language, and where it is shown untranslated."""
    langs = {article.lang for article in articles}
    there = {(group_of(article), article.lang) for article in articles}
    read = [article for article in articles if not article.path.endswith(UNREAD)]
    pages = {(a.id, a.lang): page_address(a) for a in read}
    for article in read:
        for lang in langs:
            if article.translation_of is None and (article.id, lang) not in there:
                pages[article.id, lang] = page_address(article, lang)
    return pages


def _write_desk(
    root: Path, now: datetime, released: Mapping[str, date], hand_offs: tuple[HandOff, ...]
) -> None:
    """Write the long desk's export."""
    known = {"kb-1005": now.date() - ALWAYS, **released}
    with (root / DESK).open("w", encoding="utf-8") as file:
        for ticket in tickets(_wordings(), now=now, released=known, hand_offs=hand_offs):
            file.write(json.dumps(ticket, ensure_ascii=False) + "\n")
