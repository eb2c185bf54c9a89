"""What else stands in a web server's log: crawlers, previews, assistants, monitors, scanners, and
pages that a browser loaded before anybody looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from kbtool.demo.browser import Browser, Line


def robots(
    words: Mapping[str, Any], pages: Mapping[tuple[str, str], str], day: date, random: Random
) -> Iterator[Line]:
    """The lines of a day that no reader made, not in order of time."""
    addresses = sorted(set(pages.values()))
    for sort, most in (("bots", 4), ("previews", 2), ("assistants", 2)):
        for _ in range(random.randrange(most + 1)):
            agent = random.choice(words[sort])
            yield _line(random, day, f"192.0.2.{random.randrange(200, 255)}", agent, "GET /" + random.choice(addresses))  # fmt: skip
    for hour in (6, 18):
        at = datetime.combine(day, time(hour), UTC)
        yield Line(at, "203.0.113.250", "HEAD /en/", 200, 0, "-", words["monitor"])
    browser = words["agents"][3].replace("{n}", "1")
    if random.random() < 0.3:
        yield _line(random, day, "192.0.2.9", "-", f"GET {random.choice(words['scanned'])}", 404)
    if random.random() < 0.5:
        early = Browser(random, _moment(random, day), ("203.0.113.77", browser, "-"))
        early.open(random.choice(addresses), purpose="prefetch;prerender")
        yield from early.lines
    if random.random() < 0.2:  # sent by an agent: the permanent address leads on
        id_ = random.choice(sorted({article for article, _ in pages}))
        yield _line(random, day, "203.0.113.80", browser, f"GET /a/{id_}/", 302)
    if random.random() < 0.05:
        steered = Browser(random, _moment(random, day), ("203.0.113.90", browser, "-"))
        steered.tell("view", "en", automated=1)
        yield from steered.lines


def _moment(random: Random, day: date) -> datetime:
    return datetime.combine(day, time(0), UTC) + timedelta(seconds=random.randrange(86_400))


def _line(
    random: Random, day: date, address: str, agent: str, request: str, status: int = 200
) -> Line:
    size = random.randrange(300, 9_000)
    return Line(_moment(random, day), address, request, status, size, "-", agent)
