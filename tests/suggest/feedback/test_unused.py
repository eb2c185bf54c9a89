"""Articles that nobody uses any more, and what must be known before that is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kbtool.model import Article, Coverage, Report, Topic
from kbtool.suggest.feedback import Known, suggestions_from_feedback
from kbtool.suggest.feedback.unused import months_before
from tests.suggest.feedback.test_feedback import report
from tests.suggest.feedback.test_feedback import topic as any_topic
from tests.suggest.samples import article

OLD = article("kb-9", "Our stand at the fair", published=date(2024, 5, 1), updated=date(2024, 5, 1))
OTHERS = replace(any_topic("t-x", "?"), months=(("2025-06", 3), ("2026-11", 2)))
ASKED = replace(any_topic("t-9", "Where is your stand?"), months=(("2025-10", 5),))
COVERED = (Coverage("t-9", "kb-9", 0.9, "links"),)
COUNTED = replace(report(), since=None, first_event=datetime(2025, 1, 1, tzinfo=UTC))


def retired(
    one: Article = OLD,
    *,
    known: Known | None = None,
    counted: Report = COUNTED,
    topics: tuple[Topic, ...] = (OTHERS, ASKED),
) -> list[tuple[str, ...]]:
    """The reasons of what is to be retired."""
    found = suggestions_from_feedback(counted, [one], COVERED, topics, known or Known())
    return [one.reasons for one in found if one.kind == "retire"]


def test_a_year_without_use() -> None:
    """A ticket of thirteen months ago is none of this year."""
    (reasons,) = retired(known=Known(last_used={"kb-9": date(2025, 10, 2)}))
    assert reasons == (
        "no view, no link in a reply and no ticket on it in 12 months (since 2025-11-28); "
        "last used 2025-10-02",
        "published 2024-05-01",
        "it removes no ticket: one article less to keep right",
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"known": Known(last_used={"kb-9": date(2025, 12, 24)})},
        {"topics": (OTHERS, replace(ASKED, months=(("2026-04", 1),)))},
        {"one": replace(OLD, updated=date(2026, 2, 1))},
        {"one": replace(OLD, published=date(2026, 2, 1), updated=None)},
        {"one": replace(OLD, published=None, updated=None)},
    ],
    ids=["opened", "asked", "cared for", "new", "unknown age"],
)
def test_any_use_keeps_it(changed: dict[str, object]) -> None:
    """So does an article that was not there all the time."""
    assert retired(**changed) == []  # type: ignore[arg-type]  # fields of the builder


@pytest.mark.parametrize(
    "changed",
    [
        {"counted": replace(COUNTED, first_event=None)},
        {"counted": replace(COUNTED, first_event=datetime(2026, 3, 1, tzinfo=UTC))},
        {"counted": replace(COUNTED, since=datetime(2026, 3, 1, tzinfo=UTC))},
        {"topics": ()},
        {"topics": (replace(OTHERS, months=(("2026-01", 1), ("2026-11", 2))), )},
        {"topics": (replace(OTHERS, months=(("2025-06", 3), ("2026-05", 2))), ASKED)},
    ],
    ids=["never counted", "counted since March", "report since March", "no tickets", "young tickets", "old tickets"],
)  # fmt: skip
def test_silence_where_nobody_listened_says_nothing(changed: dict[str, object]) -> None:
    """Readers counted and tickets known for the whole time, or no suggestion."""
    assert retired(**changed) == []  # type: ignore[arg-type]  # fields of the builder


def test_a_late_review_halves_the_time() -> None:
    """Nobody vouches for it: six months without use are enough."""
    spring = replace(ASKED, months=(("2026-03", 2),))
    late = replace(OLD, review_by=date(2026, 4, 1), status="stale", reason="prices changed")
    assert retired(OLD, topics=(OTHERS, spring)) == []
    (reasons,) = retired(late, topics=(OTHERS, spring))
    assert "in 6 months (since 2026-05-28)" in reasons[0]
    assert reasons[2:4] == ("its review was due 2026-04-01", "it is stale: prices changed")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 1, 15), 2, date(2025, 11, 15)),
    ],
)
def test_months_before(day: date, months: int, then: date) -> None:
    """The same day, or the 28th."""
    assert months_before(day, months) == then
