"""The access log of the demo's help centre: half a year of readers, as a web server would write it.

What happens is told in visits.toml: an outdated article, a good one that nobody finds, one that
nobody reads, demand in a language without an article, searches in vain. Pure and seeded: the same
input gives the same lines.
"""

from __future__ import annotations

import gzip
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, TypeAlias

from kbtool.demo.browser import SITE, Browser, Line
from kbtool.demo.robots import robots
from kbtool.handoff import new_token

WEEKS = 28
"""Enough to tell what nobody needed for half a year."""
A_DAY = 14.0
"""Visits of a day at the beginning, where nothing else is said."""
GROWTH = 0.35
"""Of visits in these weeks."""
STAFF = "198.51.100.7"
"""Velmo's own office."""
_DAYS = (1.3, 1.2, 1.1, 1.05, 1.0, 0.8, 0.75)
_HOURS = (2, 1, 1, 1, 1, 2, 5, 9, 10, 9, 8, 8, 8, 8, 8, 8, 9, 10, 10, 10, 9, 8, 6, 4)
_TRANSLATED: Mapping[str, str] = {"en": "kb-1", "tr": "kb-2", "et": "kb-3"}
_FOUND_BY = (
    "https://www.google.com/",
    "https://www.bing.com/",
    "-",
    f"{SITE}/",
    "https://velmo.example/",
)

Pages: TypeAlias = Mapping[tuple[str, str], str]
"""The address of an article's page below the site, by (article, language of the page)."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """A reader who went on to a person; a ticket may come of it."""

    at: datetime
    lang: str
    article: str | None
    """The original of the article that was read before."""
    token: str


@dataclass(frozen=True, slots=True)
class Log:
    """The log and what came of it."""

    lines: tuple[str, ...]
    hand_offs: tuple[HandOff, ...]

    def packed(self) -> bytes:
        """The log as ``access.log.gz``; the same lines give the same bytes."""
        return gzip.compress("".join(f"{line}\n" for line in self.lines).encode(), 6, mtime=0)


def access_log(
    story: str, pages: Pages, *, now: datetime, a_day: float = A_DAY, seed: int = 8
) -> Log:
    """The log of the last ``WEEKS`` weeks up to yesterday, with ``a_day`` visits a day at the
    beginning; ``story`` is visits.toml as text.
    """
    told = tomllib.loads(story)
    random = Random(f"{seed} visits")
    crowd = _Crowd(told, pages, random)
    first = now.date() - timedelta(weeks=WEEKS)
    lines: list[Line] = []
    for n in range(WEEKS * 7):
        day = first + timedelta(days=n)
        for _ in range(round(a_day * _busy(day, n) * random.uniform(0.8, 1.2))):
            lines.extend(crowd.visit(_moment(random, day)))
        lines.extend(robots(told["words"], pages, day, random))
    lines.sort(key=lambda line: (line.at, line.address))
    written = tuple(line.text() for line in lines if line.at.date() < now.date())
    return Log(written, tuple(one for one in crowd.hand_offs if one.at.date() < now.date()))


def _busy(day: date, n: int) -> float:
    """How busy a day is: more from week to week, on Mondays, in winter."""
    winter = 1 + 0.1 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 15) / 365.25)
    return _DAYS[day.weekday()] * winter * (1 + GROWTH * n / (WEEKS * 7))


def _moment(random: Random, day: date) -> datetime:
    hour = random.choices(range(24), _HOURS)[0]
    return datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), UTC)


class _Crowd:
    """Readers, one visit after the other."""

    def __init__(self, told: Mapping[str, Any], pages: Pages, random: Random) -> None:
        self.hand_offs: list[HandOff] = []
        self._articles = {one["id"]: one for one in told["article"]}
        self._searches = told["search"]
        self._words, self._pages, self._random = told["words"], pages, random
        self._ways: tuple[tuple[float, Callable[[Browser, str], None]], ...] = (
            (0.44, self._reads), (0.38, self._searches_first), (0.1, self._writes), (0.08, self._looks),
        )  # fmt: skip

    def visit(self, at: datetime) -> Sequence[Line]:
        """What one reader requests, from the first page to the last."""
        random, readers = self._random, self._words["readers"]
        lang = random.choices(list(readers), list(readers.values()))[0]
        agent = random.choice(self._words["agents"]).replace("{n}", str(random.randrange(10)))
        address = STAFF if random.random() < 0.03 else _address(random)
        who = (address, agent, "1" if random.random() < 0.03 else "-")
        browser = Browser(random, at, who, scripts=random.random() >= 0.03)
        browser.come_from(random.choice(_FOUND_BY))
        act = random.choices([way for _, way in self._ways], [share for share, _ in self._ways])[0]
        act(browser, lang)
        return browser.lines

    def _reads(self, browser: Browser, lang: str) -> None:
        """Comes from a search engine or a link."""
        self._read(browser, lang, self._some_article(lang))
        if self._random.random() < 0.15:
            browser.wait(5, 40)
            self._read(browser, lang, self._some_article(lang))

    def _searches_first(self, browser: Browser, lang: str) -> None:
        random = self._random
        browser.open(f"{lang}/")
        browser.tell("view", lang)
        browser.wait(4, 30)
        some = [one for one in self._searches if one["lang"] == lang]
        search = random.choices(some, [one["weight"] for one in some])[0]
        browser.ask_index(lang)
        if "article" not in search:
            self._in_vain(browser, lang, search)
            return
        words, corrected = random.choice(search["words"]), None
        if search.get("slips") and random.random() < 0.2:
            words, corrected = random.choice(list(search["slips"].items()))
        results = random.randrange(1, 7)
        browser.tell("search", lang, query=words, results=results, corrected=corrected)
        if random.random() < 0.16:
            return
        browser.wait(2, 12)
        article = self._in(search["article"], lang)
        position = random.choices((1, 2, 3), (8, 2, 1))[0]
        browser.tell(
            "click", lang, query=words, results=results, article=article, position=position
        )
        self._read(browser, lang, search["article"])

    def _in_vain(self, browser: Browser, lang: str, search: Mapping[str, Any]) -> None:
        """Nothing is found: some ask again in other words, some write, most leave."""
        random = self._random
        browser.tell("search", lang, query=random.choice(search["words"]), results=0)
        if search.get("again") and random.random() < 0.4:
            browser.wait(4, 20)
            browser.tell("search", lang, query=random.choice(search["again"]), results=0)
        if random.random() < 0.45:
            self._contact(browser, lang, None, solved=0.03)

    def _writes(self, browser: Browser, lang: str) -> None:
        """Wants a person; some find their answer on the way."""
        self._contact(browser, lang, None, solved=0.18)

    def _looks(self, browser: Browser, lang: str) -> None:
        """Opens the start page and a category, no more."""
        browser.open(f"{lang}/")
        browser.tell("view", lang)
        browser.wait(5, 60)
        browser.open(f"{lang}/{self._random.choice(('bike', 'orders', 'subscription'))}/")
        browser.tell("view", lang)

    def _read(self, browser: Browser, lang: str, family: str) -> None:
        """Opens an article, reads it or not, votes or not, goes on to a person or not."""
        random, story = self._random, self._articles[family]
        article = self._in(family, lang)
        browser.open(self._pages[article, lang])
        view = browser.tell("view", lang, article=article)
        helped = random.random() >= story["contact"] + story["no"]
        browser.wait(25, 240) if helped else browser.wait(6, 90)
        dwell = random.choices((10, 30, 60, 180), (2, 4, 5, 1) if helped else (5, 4, 2, 1))[0]
        scroll = random.choice((50, 75, 100, 100) if helped else (25, 50, 75, 100))
        browser.tell("view", lang, view, article=article, dwell=dwell, scroll=scroll)
        self._vote(browser, lang, article, story)
        if random.random() < story["contact"]:
            browser.wait(3, 40)
            self._contact(browser, lang, article, solved=0.04)

    def _vote(self, browser: Browser, lang: str, article: str, story: Mapping[str, Any]) -> None:
        random = self._random
        chance = random.random()
        if chance < story["yes"]:
            browser.tell("vote", lang, article=article, value="yes")
        elif chance < story["yes"] + story["no"]:
            vote = browser.tell("vote", lang, article=article, value="no")
            if random.random() < 0.7:
                browser.wait(4, 30)
                reason = random.choice(story["reasons"])
                text = random.choice(story["texts"]) if "texts" in story and lang == "en" and random.random() < 0.4 else None  # fmt: skip
                browser.tell(
                    "vote", lang, vote, article=article, value="no", reason=reason, text=text
                )

    def _contact(self, browser: Browser, lang: str, article: str | None, *, solved: float) -> None:
        """The contact page: opened, typed, suggestions shown, one opened, solved or handed off."""
        random, family = self._random, self._family(article)
        contact = f"{lang}/contact/" + (f"?article={article}" if article else "")
        browser.open(contact)
        browser.tell("view", lang)
        browser.tell("contact", lang, article=article, value="open")
        if random.random() < 0.2:
            return
        browser.wait(10, 90)
        browser.tell("contact", lang, article=article, value="typed")
        browser.tell("contact", lang, article=article, value="shown", results=random.randrange(4))
        if random.random() < 0.3:
            browser.wait(3, 20)
            shown = self._in(self._some_article(lang), lang)
            browser.tell("contact", lang, article=shown, value="opened", position=1)
            browser.open(self._pages[shown, lang])
            browser.tell("view", lang, article=shown)
            if random.random() < 3 * solved:
                browser.wait(20, 120)
                browser.tell("contact", lang, article=shown, value="solved")
                return
            browser.open(contact)
        if random.random() < 0.9:
            browser.wait(15, 120)
            token = new_token(random.choice)
            browser.tell("contact", lang, article=article, value="handoff", token=token)
            self.hand_offs.append(HandOff(browser.at, lang, family, token))

    def _some_article(self, lang: str) -> str:
        """One of those that are opened more often than others in a language."""
        weights = [one.get("langs", {}).get(lang, one["weight"]) for one in self._articles.values()]
        chosen: str = self._random.choices(list(self._articles), weights)[0]
        return chosen

    def _in(self, family: str, lang: str) -> str:
        """The article that readers of a language are shown: their own translation or the original."""
        own = family.replace("kb-1", _TRANSLATED[lang])
        return own if (own, lang) in self._pages else family

    def _family(self, article: str | None) -> str | None:
        return f"kb-1{article[4:]}" if article else None


def _address(random: Random) -> str:
    """An address for examples (RFC 5737, RFC 3849)."""
    if random.random() < 0.3:
        return f"2001:db8:{random.randrange(1, 0x4000):x}:{random.randrange(1, 0xFFFF):x}::1"
    net = random.choice(("192.0.2", "203.0.113"))
    return f"{net}.{random.randrange(1, 255)}"
