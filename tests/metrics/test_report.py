"""The report on histories small enough to count by hand, and what holds for any history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kbtool.days import tomorrow
from kbtool.intervals import wilson
from kbtool.metrics.contact import STEPS
from kbtool.metrics.report import MAX_QUERIES
from kbtool.metrics.tally import tally
from kbtool.model import (
    ArticleFigures,
    Coverage,
    Event,
    EventKind,
    QueryFigures,
    Rate,
    Topic,
)
from tests.metrics.histories import (
    MORNING,
    NOW,
    article,
    click,
    contact,
    event,
    report_of,
    rules,
    search,
    view,
    vote,
)
from tests.metrics.rates import rates


def parts(rate: Rate) -> tuple[int, int]:
    """Numerator and denominator."""
    return rate.numerator, rate.denominator


HISTORY = [
    # ann: finds, reads, is helped
    search(0, "Flat tyre", 2, "ann"),
    click(1, "flat tyre", "ann", "kb-1"),
    view(1, "ann", "kb-1"),
    view(2, "ann", "kb-1"),
    vote(3, "yes", "ann", "kb-1"),
    # bob: finds nothing, twice; reads; goes to a person
    search(0, "pause plan", 0, "bob"),
    search(1, "PAUSE  PLAN", 0, "bob"),
    view(2, "bob", "kb-1"),
    view(3, "bob", "kb-2"),
    vote(4, "no", "bob", "kb-2"),
    contact(5, "open", "bob"),
    contact(6, "handoff", "bob"),
    # cem: solved on the contact page, but hands off two hours later
    view(0, "cem", "kb-2"),
    contact(1, "open", "cem"),
    contact(2, "solved", "cem"),
    contact(120, "handoff", "cem"),
    # dee: only looks; eva: opens the contact page and is helped there
    view(0, "dee", "kb-1"),
    view(0, "eva", "kb-1"),
    contact(1, "open", "eva"),
    contact(2, "solved", "eva"),
    # readers who ask not to be followed
    view(0, None, "kb-2"),
    vote(1, "no", None, "kb-2"),
    search(2, "pause plan", 0, None),
    search(3, "tyre flat", 2, None),
    # not counted at all
    event("view", 0, "bot", article="kb-1", excluded="bot"),
    event("contact", 1, "eva", value="handoff", excluded="staff"),
    event("view", 2, None, article="kb-1", excluded="bot"),
]
ARTICLES = [article("kb-1"), article("kb-2"), article("kb-3")]


def test_what_is_dated_on_a_day_to_come_is_not_counted_and_told() -> None:
    """A clock was wrong: the report ends today, and nothing is lost without a word."""
    to_come = (tomorrow(NOW) - MORNING).total_seconds() / 60
    late = [
        view(to_come - 1, "ann"),
        view(to_come, "bob"),
        event("view", to_come, "bot", article="kb-1", excluded="bot"),
    ]
    found = report_of(late, articles=ARTICLES)
    assert (found.views, found.visits) == (1, 1)
    assert found.excluded == (("bot", 1), ("future", 1))


def test_every_figure_of_a_small_history() -> None:
    """Counted by hand from HISTORY."""
    found = report_of(HISTORY, articles=ARTICLES)
    assert found.excluded == (("bot", 2), ("staff", 1))
    assert (found.events, found.without_visitor) == (24, 4)
    assert found.first_event == MORNING
    assert (found.views, found.visits) == (8, 6)
    assert found.searches == 4  # ann 1, bob 1, without a visitor 2
    assert parts(found.search_without_result) == (2, 4)
    assert parts(found.search_click_through) == (1, 1)
    assert parts(found.helpful) == (1, 3)
    assert (found.contacts_opened, found.contacts_solved, found.contacts_handed_off) == (3, 2, 2)
    assert parts(found.contacts_after_view) == (1, 5)  # cem came back in another visit
    assert found.contact
    assert parts(found.contact.explicit) == (1, 4)  # eva; cem's two visits and bob's did not
    assert parts(found.contact.implicit) == (1, 4)  # the same: nobody opened an article and left
    assert parts(found.confirmed) == (2, 5)  # ann, eva
    assert parts(found.potential) == (1, 5)  # dee
    assert parts(found.no_deflection) == (2, 5)  # bob, cem
    assert (found.taken_back, found.unknown_visits, found.open_visits) == (1, 1, 0)


def test_every_figure_of_an_article() -> None:
    """Counted by hand; the article that failed most readers comes first, unread ones last."""
    found = report_of(HISTORY, articles=ARTICLES)
    assert [a.article for a in found.articles] == ["kb-2", "kb-1", "kb-3"]
    second, first, third = found.articles
    assert (second.views, second.visits, second.clicks, second.failed) == (3, 2, 0, 2)
    assert parts(second.helpful) == (0, 2)
    assert parts(second.contacts_after_view) == (1, 2)
    assert (first.views, first.visits, first.clicks, first.failed) == (5, 4, 1, 1)
    assert parts(first.helpful) == (1, 1)
    assert parts(first.contacts_after_view) == (1, 4)
    none, unread = Rate(0, 0, None, None), Rate(0, 5, 0.0, wilson(0, 5)[1])
    assert third == ArticleFigures(
        "kb-3", "How to kb-3?", "en", 0, 0, 0, none, none, 0, none,
        read=none, reach=unread, reopened=none,
    )  # fmt: skip


def test_queries_are_folded_and_counted_once_a_visit() -> None:
    """Case, spaces and order of words do not matter; the worst query comes first."""
    found = report_of(HISTORY)
    assert found.queries == (
        QueryFigures("pause plan", "en", 2, 2, 0, 1),
        QueryFigures("flat tyre", "en", 2, 0, 1, 0, followed=1),
    )


def test_the_same_words_in_two_languages_are_two_queries() -> None:
    """Demand in a language is demand in that language."""
    found = report_of([search(0, "data", 0, lang="en"), search(1, "data", 0, lang="et")])
    assert [(q.query, q.lang) for q in found.queries] == [("data", "en"), ("data", "et")]


def test_a_search_that_found_something_in_the_end_is_not_without_result() -> None:
    """An index rebuilt between two tries of one visit."""
    found = report_of([search(0, "lock", 0), search(5, "lock", 3)])
    assert parts(found.search_without_result) == (0, 1)
    assert parts(found.search_click_through) == (0, 1)


def test_an_article_that_is_gone_keeps_its_figures() -> None:
    """Its id stands for its title."""
    found = report_of([view(0, article="kb-9")], articles=[article("kb-1")])
    assert [(a.article, a.title, a.views) for a in found.articles] == [
        ("kb-9", "kb-9", 1),
        ("kb-1", "How to kb-1?", 0),
    ]


def test_the_report_keeps_only_so_many_queries_and_says_how_many_not() -> None:
    """A flood of random queries cannot make the report endless."""
    found = report_of([search(i, f"q{i}", 0, f"v{i}") for i in range(MAX_QUERIES + 7)])
    assert len(found.queries) == MAX_QUERIES
    assert found.queries_left_out == 7
    assert found.searches == MAX_QUERIES + 7


def test_a_window_that_is_not_over_is_said() -> None:
    """A visit of an hour before the report may still be taken back."""
    late = 60 * 24 * 27
    assert report_of([view(0), view(late, "bob")]).open_visits == 1


def test_an_empty_history_has_no_shares() -> None:
    """Nothing is divided by nothing."""
    found = report_of([])
    assert found.first_event is None
    assert found.confirmed == found.helpful == found.link_rate == Rate(0, 0, None, None)


def test_topics_share_one_axis_of_months() -> None:
    """Months without a ticket count 0; the surest article stands beside its topic."""
    small = topic("t-small", [("2026-03", 1)])
    large = topic("t-large", [("2025-12", 4), ("2026-02", 6)])
    found = report_of(
        [],
        topics=[small, large],
        coverage=[
            Coverage("t-large", "kb-1", 0.5, "text"),
            Coverage("t-large", "kb-2", 0.9, "links"),
        ],
    )
    assert [(t.topic, t.months, t.article) for t in found.topics] == [
        ("t-large", (("2025-12", 4), ("2026-01", 0), ("2026-02", 6), ("2026-03", 0)), "kb-2"),
        ("t-small", (("2025-12", 0), ("2026-01", 0), ("2026-02", 0), ("2026-03", 1)), None),
    ]


def topic(id_: str, months: Sequence[tuple[str, int]]) -> Topic:
    """A topic with tickets in these months."""
    return Topic(id_, "How?", (), (), 0, (), tuple(months), "steady", ())


KINDS: tuple[EventKind, ...] = ("view", "search", "click", "vote", "contact")
VISITORS = st.sampled_from(["ann", "bob", "cem", None])
ARTICLE_IDS = st.sampled_from(["kb-1", "kb-2", None])
MOMENTS = st.integers(0, 3 * 24 * 60).map(lambda m: MORNING + timedelta(minutes=m))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Any mixture of events of a few visitors over three days, some of them not counted."""
    made = []
    for number in range(draw(st.integers(0, 30))):
        kind = draw(st.sampled_from(KINDS))
        moment = draw(MOMENTS)
        visitor = draw(VISITORS)
        values = ["yes", "no"] if kind == "vote" else STEPS
        made.append(
            Event(
                id=f"h{number}",
                kind=kind,
                at=moment,
                # as in life: nobody is known for longer than a day
                visitor=visitor and f"{visitor}-{moment:%d}",
                article=draw(ARTICLE_IDS),
                lang=draw(st.sampled_from(["en", None])),
                query=draw(st.sampled_from(["lock", "Locks", "pause"]))
                if kind in ("search", "click")
                else None,
                results=draw(st.sampled_from([0, 3, None])) if kind == "search" else None,
                value=draw(st.sampled_from(values)) if kind in ("vote", "contact") else None,
                reason=draw(st.sampled_from([None, "wrong"])) if kind == "vote" else None,
                token=draw(st.sampled_from([None, "kbv-1", "kbv-2"]))
                if kind == "contact"
                else None,
                dwell=draw(st.sampled_from([None, 0, 30])) if kind == "view" else None,
                excluded=draw(st.sampled_from([None, None, None, "bot"])),
            )
        )
    return made


@given(histories())
def test_outcomes_partition_the_visits(events: list[Event]) -> None:
    """Every visit has exactly one outcome; taken-back visits are among those without."""
    found = report_of(events)
    read = found.confirmed.denominator
    assert read == found.potential.denominator == found.no_deflection.denominator
    outcomes = (found.confirmed, found.potential, found.no_deflection)
    assert sum(rate.numerator for rate in outcomes) == read
    assert read + found.unknown_visits == found.visits
    assert found.taken_back <= found.no_deflection.numerator
    assert found.contacts_after_view.numerator <= found.no_deflection.numerator


@given(histories())
def test_no_part_is_larger_than_its_whole(events: list[Event]) -> None:
    """Shares are shares, and what is said of articles and queries adds up to the whole."""
    found = report_of(events)
    for rate in rates(found):
        assert 0 <= rate.numerator <= rate.denominator
    assert sum(a.views for a in found.articles) == found.views
    assert sum(q.searches for q in found.queries) == found.searches
    assert all(a.visits <= a.views and a.visits <= found.visits for a in found.articles)
    assert all(q.contacted <= q.without_result <= q.searches for q in found.queries)
    assert all(q.clicked <= q.searches - q.without_result for q in found.queries)
    assert all(sum(n for _, n in q.refined) <= q.searches for q in found.queries)
    for one in found.articles:
        assert 0 <= one.harm <= one.failed
        assert sum(n for _, n in one.reasons) <= one.helpful.denominator - one.helpful.numerator


@given(histories())
def test_the_weeks_add_up_to_the_report(events: list[Event]) -> None:
    """No event, visit, search or vote is lost or counted in two weeks."""
    found = report_of(events)

    def summed(name: str) -> int:
        return sum(getattr(week, name) for week in found.series)

    for name in ("views", "visits", "searches"):
        assert summed(name) == getattr(found, name)
    assert summed("without_result") == found.search_without_result.numerator
    assert summed("yes") == found.helpful.numerator
    assert summed("yes") + summed("no") == found.helpful.denominator
    assert summed("handed_off") == found.contacts_handed_off


@given(histories())
def test_the_lower_bound_of_the_contact_page_is_below_the_upper_one(events: list[Event]) -> None:
    """Whoever "solved" opened an article, and its window ends later. The fates of searches exclude
    each other.
    """
    found = report_of(events)
    assert found.contact
    assert found.search
    explicit, implicit = found.contact.explicit, found.contact.implicit
    assert explicit.denominator == implicit.denominator <= found.visits
    assert explicit.numerator <= implicit.numerator
    assert all(visits <= explicit.denominator for _, visits in found.contact.steps)
    fates = (found.search.success, found.search.refined, found.search.abandoned)
    assert sum(fate.numerator for fate in fates) <= found.search.success.denominator


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(events: list[Event], random: Random) -> None:
    """The same events in any order give the same report."""
    shuffled = list(events)
    random.shuffle(shuffled)
    assert report_of(shuffled) == report_of(events)


@given(histories(), histories())
def test_excluded_events_change_no_counted_figure(events: list[Event], others: list[Event]) -> None:
    """Bots and staff appear under their reason and nowhere else."""
    bots = [replace(e, id=f"x-{e.id}", excluded="staff") for e in others]
    found = report_of([*events, *bots])
    assert dict(found.excluded).get("staff", 0) == len(bots)
    assert replace(found, excluded=()) == replace(report_of(events), excluded=())


@given(histories())
def test_counting_day_by_day_is_counting_at_once(events: list[Event]) -> None:
    """A day (UTC) holds whole visits, so tallies of days add up to the tally of all."""

    def day(e: Event) -> datetime:
        return datetime.combine(e.at, datetime.min.time(), UTC)

    ordered = sorted(events, key=day)
    judged = rules(events, articles=ARTICLES)
    batches = [tally(group, judged) for _, group in groupby(ordered, key=day)]
    found = report_of(events, articles=ARTICLES, batches=reversed(batches))
    assert found == report_of(events, articles=ARTICLES)
