"""Articles beside similar ones, and which one to mend first."""

from __future__ import annotations

from itertools import count

import pytest

from kbtool.events.reading import READ_PERCENT, READ_SECONDS, READ_SECONDS_ALONE
from kbtool.intervals import newcombe
from kbtool.metrics.definitions import METRICS
from kbtool.model import ArticleFigures, Event, Rate, Report
from tests.metrics.histories import article, contact, report_of, view, vote

_names = (f"v{number}" for number in count())


def readers(id_: str, visits: int, contacts: int = 0, *others: str) -> list[Event]:
    """So many visits of an article (and then others), of which so many hand off at their end."""
    made = []
    for number in range(visits):
        name = next(_names)
        made += [view(place, name, one) for place, one in enumerate((id_, *others))]
        if number < contacts:
            made.append(contact(20, "handoff", name))
    return made


def by_id(found: Report) -> dict[str, ArticleFigures]:
    """The articles' figures by id."""
    return {figures.article: figures for figures in found.articles}


ARTICLES = [
    article("kb-1"),
    article("kb-2"),
    article("kb-3", category="plans"),
    article("kb-4", lang="et"),
    article("kb-5", category=None),
]


def test_similar_visits_saw_the_category_and_not_the_article() -> None:
    """Counted by hand: a visit of both articles is no base for either."""
    events = [
        *readers("kb-1", 10, 4),
        *readers("kb-2", 8, 1),
        *readers("kb-1", 3, 2, "kb-2"),
        *readers("kb-3", 30, 30),
        *readers("kb-4", 30, 30),
    ]
    found = by_id(report_of(events, articles=ARTICLES, min_count=8))
    assert found["kb-1"].contacts_after_view.numerator == 6
    assert found["kb-1"].base
    assert (found["kb-1"].base.numerator, found["kb-1"].base.denominator) == (1, 8)
    excess = found["kb-1"].excess
    assert excess
    assert excess.value == pytest.approx(6 / 13 - 1 / 8)
    assert (excess.low, excess.high) == newcombe(6, 13, 1, 8)
    assert found["kb-2"].base
    assert (found["kb-2"].base.numerator, found["kb-2"].base.denominator) == (4, 10)


def test_where_the_shelf_is_too_small_the_next_one_counts() -> None:
    """Category and language, then language, then all; below the minimum count nothing is said."""
    events = [
        *readers("kb-1", 9, 3),
        *readers("kb-2", 4, 1),
        *readers("kb-3", 7, 2),
        *readers("kb-4", 2, 0),
        *readers("kb-5", 1, 1),
        *readers("kb-gone", 1, 0),
    ]

    def base(min_count: int, id_: str = "kb-1") -> tuple[int, int] | None:
        found = by_id(report_of(events, articles=ARTICLES, min_count=min_count))[id_].base
        return (found.numerator, found.denominator) if found else None

    assert base(4) == (1, 4)
    assert base(5) == (4, 12)  # kb-2, kb-3 and kb-5
    assert base(13) == (4, 15)  # kb-4 and kb-gone too
    assert base(16) is None
    assert base(4, "kb-5") == (6, 20)
    assert base(4, "kb-gone") == (7, 23)
    few = by_id(report_of(events, articles=ARTICLES, min_count=10))["kb-2"]
    assert few.base
    assert (few.base.numerator, few.base.denominator) == (6, 17)
    assert few.excess is None  # four visits of its own


def test_the_article_that_harms_most_comes_first() -> None:
    """Many contacts that are usual for the category weigh less than few that are not."""
    events = [
        # hard questions: half of all readers write, whatever they read
        *readers("kb-1", 40, 20),
        *readers("kb-2", 40, 20),
        # easy ones, but every third reader of kb-3 writes
        *readers("kb-3", 30, 10),
        *readers("kb-6", 200, 4),
    ]
    shelf = [*ARTICLES, article("kb-6", category="plans")]
    found = report_of(events, articles=shelf, min_count=20)
    assert [a.article for a in found.articles][:3] == ["kb-3", "kb-1", "kb-2"]
    worst = found.articles[0]
    assert worst.failed == 10
    assert worst.harm == pytest.approx(newcombe(10, 30, 4, 200)[0] * 30)
    assert found.articles[1].harm == 0


def test_no_votes_are_harm_and_a_contact_is_not_counted_twice() -> None:
    """One said no, one said no and wrote, one without a visitor said no."""
    events = [
        view(0, "ann"),
        vote(1, "no", "ann", reason="unclear"),
        view(0, "bob"),
        vote(1, "no", "bob", reason="wrong"),
        contact(2, "handoff", "bob"),
        vote(3, "no", None, reason="unclear"),
        view(0, "cem"),
        vote(1, "no", "cem", reason="outdated"),
        vote(2, "yes", "cem"),
    ]
    found = report_of(events, articles=[article("kb-1")])
    assert (found.articles[0].failed, found.articles[0].harm) == (3, 2)
    assert found.articles[0].reasons == found.reasons == (("unclear", 2), ("wrong", 1))


def test_readings_are_a_share_of_the_views_whose_end_is_known() -> None:
    """Also of readers without a visitor; the rule in the definition is that of the code."""
    events = [
        view(0, "ann", dwell=60, scroll=0),
        view(1, "ann", dwell=0, scroll=100),
        view(2, None, dwell=10, scroll=50),
        view(3, "bob"),
        view(4, "bot", dwell=600, scroll=100, excluded="bot"),
    ]
    read = report_of(events, min_count=10).articles[0].read
    assert read == Rate(2, 3, None, None)
    assert METRICS["articles.read"].formula.startswith(
        f"views that stayed in sight for {READ_SECONDS_ALONE} seconds, or for {READ_SECONDS} with "
        f"half of the article seen ÷"
    )
    assert READ_PERCENT == 50


def test_reach_is_of_the_visits_that_read_anything() -> None:
    """Two of three; a visit without an article is in no share."""
    events = [view(0, "ann"), view(0, "bob"), view(0, "cem", "kb-2"), contact(0, "open", "dee")]
    reach = by_id(report_of(events, min_count=10))["kb-1"].reach
    assert reach == Rate(2, 3, None, None)


def test_an_article_alone_has_nothing_beside_it() -> None:
    """No base, no excess; its contacts cannot be called harm."""
    found = report_of(readers("kb-1", 5, 5)).articles[0]
    assert (found.base, found.excess, found.harm, found.failed) == (None, None, 0, 5)
