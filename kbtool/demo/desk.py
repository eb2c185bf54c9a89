"""Tickets of a year and three quarters, made of the demo's own wordings. Pure and seeded: the same
input gives the same tickets.

What is planted: growth and seasons that all questions share, a trend and chance of each of its own,
and articles that take a known share of their question's tickets away. So the report's effects can
be held against the truth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from kbtool.demo.saying import Speaker, Written
from kbtool.demo.visits import HandOff
from kbtool.demo.wordings import Question, Wordings

WEEKS = 100
RAMP_WEEKS = 4
"""So long it takes until readers have found an article."""
GROWTH = 0.12
"""Of all tickets, a year."""
WINTER = 0.08
"""By how much all questions are asked more in winter."""
OWN_TREND = 0.06
COMMON_CHANCE, OWN_CHANCE = 0.05, 0.09
"""Standard deviations of what moves all questions alike in a week, and each by itself (log)."""
TIED = 0.8
"""Share of hand-offs whose ticket was written by mail or form with the token in it."""
FIRST_ID = 60_001
_DAYS = (1.35, 1.2, 1.1, 1.05, 1.0, 0.75, 0.65)
_HOURS = (1, 1, 1, 1, 1, 2, 5, 9, 11, 11, 10, 9, 8, 8, 8, 8, 8, 9, 9, 8, 7, 6, 4, 2)
_SPOKEN = {"en": 0.45, "tr": 0.33, "et": 0.22}
_LONGEST_FORM = timedelta(minutes=25)
_WEEK = timedelta(days=7)


def tickets(
    said: Wordings,
    *,
    now: datetime,
    released: Mapping[str, date],
    hand_offs: Sequence[HandOff] = (),
    seed: int = 8,
) -> Iterator[dict[str, object]]:
    """The tickets as Zendesk exports them, oldest first: ``WEEKS`` whole weeks and this week's days
    up to yesterday.

    ``released`` has the first day of articles by id; only these spare tickets. A ticket of the
    same day and language comes of most ``hand_offs``.
    """
    speaker = Speaker(said, Random(f"{seed} words"))
    written = sorted(_written(said, now, released, seed), key=_in_time)
    tied = _tied(written, hand_offs, now, Random(f"{seed} ties"))
    for number, one in enumerate(sorted(tied, key=_in_time), FIRST_ID):
        yield speaker.ticket(number, one, now)


def expected(
    question: Question, week: date, released: Mapping[str, date], *, years: float, trend: float
) -> float:
    """Tickets to be expected in a week: ``years`` since the first one, ``trend`` a year of its own
    (log points).
    """
    if question.months and week.month not in question.months:
        return 0.0
    winter = math.cos(2 * math.pi * (week.timetuple().tm_yday - 15) / 365.25)
    logs = (GROWTH + trend) * years + (WINTER + question.season) * winter
    return question.a_week * math.exp(logs) * (1 - spared(question, week, released))


def spared(question: Question, week: date, released: Mapping[str, date]) -> float:
    """The share of its tickets that an article takes away in a week (Monday)."""
    day = released.get(question.article or "") if question.released else None
    if day is None:
        return 0.0
    since = (week - (day - timedelta(days=day.weekday()))).days / 7
    return question.spares * min(1.0, max(0.0, (since + 0.5) / RAMP_WEEKS))


def _written(
    said: Wordings, now: datetime, released: Mapping[str, date], seed: int
) -> Iterator[Written]:
    this = now.date() - timedelta(days=now.weekday())
    weeks = [this - (WEEKS - n) * _WEEK for n in range(WEEKS + 1)]
    common = Random(f"{seed} weeks")
    shared = [common.gauss(0, COMMON_CHANCE) for _ in weeks]
    for question in said.questions:
        random = Random(f"{seed} {question.name}")
        trend = random.uniform(-OWN_TREND, OWN_TREND)
        for n, week in enumerate(weeks):
            mean = expected(question, week, released, years=n / 52, trend=trend)
            mean *= math.exp(shared[n] + random.gauss(0, OWN_CHANCE))
            for _ in range(_poisson(random, mean)):
                at = _moment(random, week)
                if at.date() < now.date():
                    yield Written(
                        question, _lang(random, question), at, _is_out(question, at, released)
                    )


def _tied(
    written: Iterable[Written], hand_offs: Sequence[HandOff], now: datetime, random: Random
) -> Iterator[Written]:
    """The tickets, some of them with the token of a reader who went on to a person, minutes later."""
    waiting: dict[tuple[date, str, str | None], list[HandOff]] = {}
    for one in hand_offs:
        if one.at + _LONGEST_FORM < now and random.random() < TIED:
            waiting.setdefault((one.at.date(), one.lang, one.article), []).append(one)
    for ticket in written:
        article = ticket.question.article
        mine = waiting.get((ticket.at.date(), ticket.lang, article))
        if not mine:
            yield ticket
            continue
        one = mine.pop()
        wrote = one.at + timedelta(seconds=random.uniform(60, _LONGEST_FORM.total_seconds()))
        yield replace(ticket, at=wrote, token=one.token)


def _in_time(written: Written) -> tuple[datetime, str]:
    return written.at, written.question.name


def _is_out(question: Question, at: datetime, released: Mapping[str, date]) -> bool:
    return question.article is not None and released.get(question.article, date.max) <= at.date()


def _moment(random: Random, week: date) -> datetime:
    day = week + timedelta(days=random.choices(range(7), _DAYS)[0])
    hour = random.choices(range(24), _HOURS)[0]
    return datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), UTC)


def _lang(random: Random, question: Question) -> str:
    langs = sorted(question.said)
    return random.choices(langs, [_SPOKEN[lang] for lang in langs])[0]


def _poisson(random: Random, mean: float) -> int:
    """A count of this mean (Knuth 1969, vol. 2, 3.4.1); the means here are small."""
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count
