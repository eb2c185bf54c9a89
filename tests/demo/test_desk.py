"""The long desk: the same tickets each time, before today, with what was planted in them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import pytest

from kbtool.demo.desk import RAMP_WEEKS, WEEKS, spared, tickets
from kbtool.demo.visits import HandOff
from kbtool.demo.wordings import Wordings, wordings
from kbtool.handoff import tokens_in

NOW = datetime(2026, 11, 19, 10, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
OUT = MONDAY - timedelta(weeks=35)
ARTICLES = ("kb-1001", "kb-1002", "kb-1003", "kb-1004", "kb-1006", "kb-1007", "kb-1008")


@cache
def said() -> Wordings:
    """All wordings of the demo."""
    folder = files("kbtool.demo")
    names = ("desk.toml", "tickets.jsonl", "piletid.csv")
    return wordings(*(folder.joinpath(name).read_bytes().decode() for name in names))


@cache
def desk(*articles: str) -> tuple[Mapping[str, Any], ...]:
    """All tickets, where these articles came out 35 weeks ago."""
    released = dict.fromkeys(articles, OUT)
    return tuple(tickets(said(), now=NOW, released=released))


def letters(subject: str) -> str:
    """A subject as it is recognised though it was typed in haste: its letters, in any order."""
    plain = unicodedata.normalize("NFKD", subject.replace("ı", "i")).casefold()
    return "".join(sorted(c for c in plain if c.isalnum()))


def a_week(name: str, desk: tuple[Mapping[str, Any], ...], first: date, weeks: int) -> float:
    """Tickets of a question a week, in ``weeks`` weeks from ``first`` on."""
    (question,) = (q for q in said().questions if q.name == name)
    named = {letters(subject) for of in question.said.values() for subject in of.subjects}
    days = (str(t["created_at"])[:10] for t in desk if letters(str(t["subject"])) in named)
    last = first + timedelta(weeks=weeks)
    return sum(first <= date.fromisoformat(day) < last for day in days) / weeks


def test_the_same_input_gives_the_same_tickets() -> None:
    """Word for word; another seed gives others."""
    again = tickets(said(), now=NOW, released=dict.fromkeys(ARTICLES, OUT))
    assert tuple(islice(again, 2_000)) == desk(*ARTICLES)[:2_000]
    other = tickets(said(), now=NOW, released={}, seed=9)
    assert next(other) != desk()[0]


def test_nothing_is_of_today_or_later() -> None:
    """Times rise, lie before today and cover the weeks that were promised; ids never repeat."""
    found = desk(*ARTICLES)
    times = [str(ticket["created_at"]) for ticket in found]
    assert times == sorted(times)
    assert times[-1] < f"{NOW:%Y-%m-%d}"
    assert times[0][:10] <= str(MONDAY - timedelta(weeks=WEEKS - 1))
    stamps = [c["created_at"] for t in found for c in t["comments"]]
    assert max(stamps) < f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    assert len({ticket["id"] for ticket in found}) == len(found)


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_takes_the_planted_share_away(article: str) -> None:
    """Against the same desk without it: nothing before, after the ramp about what was planted."""
    (question,) = (q for q in said().questions if q.article == article)
    start = OUT + timedelta(weeks=RAMP_WEEKS)
    before = [
        a_week(question.name, d, OUT - timedelta(weeks=50), 50) for d in (desk(), desk(*ARTICLES))
    ]
    after = [a_week(question.name, d, start, 30) for d in (desk(), desk(*ARTICLES))]
    assert 0.85 < before[1] / before[0] < 1.15
    assert abs(1 - after[1] / after[0] - question.spares) < 0.15


def test_the_share_grows_over_the_ramp() -> None:
    """Nothing before the first day, all of it once the ramp is over; none without an article."""
    (question,) = (q for q in said().questions if q.article == "kb-1001")
    shares = [spared(question, OUT + timedelta(weeks=n), {"kb-1001": OUT}) for n in range(-2, 7)]
    assert shares[:2] == [0, 0]
    assert shares == sorted(shares)
    assert shares[-1] == question.spares
    assert spared(question, MONDAY, {}) == 0


def test_there_are_enough_untouched_questions() -> None:
    """What the gates of the estimate ask for: twelve questions without a new article and five
    tickets a week each, and six with one.
    """
    busy = Counter(
        question.released
        for question in said().questions
        if a_week(question.name, desk(*ARTICLES), OUT - timedelta(weeks=52), 52) >= 5
    )
    assert busy[False] >= 12
    assert busy[True] >= 6


def test_hand_offs_become_tickets() -> None:
    """A reader who went on to a person writes within the hour, with the token of the visit."""
    at = datetime.combine(MONDAY - timedelta(weeks=3), datetime.min.time(), UTC) + timedelta(
        hours=9
    )
    tokens = [f"kbv-{letter * 12}" for letter in "abcdefgh"]
    hand_offs = [
        HandOff(at + timedelta(days=n), "en", "kb-1001", token) for n, token in enumerate(tokens)
    ]
    found = tickets(said(), now=NOW, released={}, hand_offs=hand_offs)
    tied = {t: one for one in found for t in tokens_in([str(one["description"])])}
    assert len(tied) >= 3
    for one in hand_offs:
        if one.token in tied:
            wrote = datetime.fromisoformat(str(tied[one.token]["created_at"]))
            assert timedelta(0) < wrote - one.at < timedelta(hours=1)


def test_an_agent_sends_no_article_before_it_is_out() -> None:
    """Links to an article are in answers from its first day on only."""
    linked = [
        str(t["created_at"])[:10]
        for t in desk(*ARTICLES)
        if any("/a/kb-1001/" in c["plain_body"] for c in t["comments"])
    ]
    assert len(linked) > 20
    assert min(linked) >= str(OUT)
