"""The way of an article: only allowed steps, each with what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.review import (
    REVIEWS_A_DAY,
    STEPS,
    archive,
    go_stale,
    public_path,
    publish,
    reject,
    review_day,
    start_review,
    take_back,
)
from kbtool.errors import ContentError, StateError
from kbtool.model import Article, ArticleStatus, Finding, Wake

TODAY = date(2026, 11, 21)
NEXT = date(2027, 5, 20)
DRAFT = Article("kb-1", "Kilit açılmıyor mu?", "tr", "draft", "bike", "Basın.\n", "drafts/kb-1.md")
REVIEWED = replace(DRAFT, status="review")


def test_a_draft_goes_into_review_and_then_to_its_place() -> None:
    """Published: in its language and category, with reviewer, date and a later review date."""
    article = publish(start_review(DRAFT), by=" Elif Aydın ", today=TODAY, review_by=NEXT)
    assert article.path == "tr/bike/kilit-acilmiyor-mu.md"
    assert (article.status, article.reviewed_by, article.updated) == (
        "published",
        "Elif Aydın",
        TODAY,
    )
    assert article.review_by == NEXT
    assert start_review(REVIEWED) == REVIEWED
    assert public_path(replace(DRAFT, category=None)) == "tr/kilit-acilmiyor-mu.md"


def test_a_draft_cannot_be_published_unseen() -> None:
    """The error names what is allowed and what to type."""
    with pytest.raises(StateError, match="it can become review or rejected") as caught:
        publish(DRAFT, by="Elif", today=TODAY, review_by=NEXT)
    assert caught.value.hint == "run kbtool review kb-1"


@pytest.mark.parametrize("status", ["archived", "rejected"])
def test_steps_that_are_not_allowed_are_refused(status: ArticleStatus) -> None:
    """Nothing is brought back by a side door."""
    with pytest.raises(StateError):
        publish(replace(DRAFT, status=status), by="Elif", today=TODAY, review_by=NEXT)
    with pytest.raises(StateError):
        reject(replace(DRAFT, status=status), "no")
    with pytest.raises(StateError):
        go_stale(replace(DRAFT, status=status), "old")
    with pytest.raises(StateError):
        archive(replace(DRAFT, status=status), "old")


def test_every_state_has_a_way_on_and_names_only_states() -> None:
    """The table is complete."""
    states = set(get_args(ArticleStatus))
    assert set(STEPS) == states
    assert all(STEPS[state] and set(STEPS[state]) <= states for state in states)


def test_publishing_needs_a_name_and_a_rejection_a_reason() -> None:
    """Blank is not a name and not a reason."""
    with pytest.raises(StateError, match="name"):
        publish(REVIEWED, by=" ", today=TODAY, review_by=NEXT)
    with pytest.raises(StateError, match="reason"):
        reject(DRAFT, "  ")
    rejected = reject(DRAFT, " answered by the app ")
    assert (rejected.status, rejected.reason) == ("rejected", "answered by the app")


def test_an_error_in_the_text_refuses_and_a_warning_does_not() -> None:
    """The findings travel with the refusal so that each line can be named."""
    error = Finding("error", "conflict", DRAFT.path, 9, "agents disagree")
    warning = replace(error, level="warning")
    with pytest.raises(ContentError) as caught:
        publish(REVIEWED, by="Elif", today=TODAY, review_by=NEXT, findings=[warning, error])
    assert caught.value.findings == (error,)
    publish(REVIEWED, by="Elif", today=TODAY, review_by=NEXT, findings=[warning])


def test_an_article_that_readers_see_is_reviewed_where_it_stands() -> None:
    """It stays published, in its place and with its day; only reviewer and next day are new. One
    that was stale is current from today on.
    """
    shown = replace(DRAFT, status="published", path="tr/bike/eski.md", updated=date(2026, 1, 5))
    assert start_review(shown) == shown
    again = publish(shown, by="Elif", today=TODAY, review_by=NEXT)
    assert again == replace(shown, reviewed_by="Elif", review_by=NEXT)
    stale = go_stale(shown, " the price changed ")
    assert (stale.status, stale.reason) == ("stale", "the price changed")
    assert start_review(stale) == stale
    mended = publish(stale, by="Elif", today=TODAY, review_by=NEXT)
    assert mended == replace(again, updated=TODAY)


def test_an_archived_article_comes_back_as_a_draft_in_review() -> None:
    """It keeps why it went and who follows it while it is away."""
    shown = replace(DRAFT, status="stale", path="tr/bike/eski.md", reason="old", review_by=NEXT)
    heir = replace(shown, id="kb-2", status="published")
    gone = archive(shown, " merged ", instead=heir)
    assert gone == replace(
        shown, status="archived", reason="merged", replaced_by="kb-2", review_by=None
    )
    back = start_review(gone)
    assert back == replace(
        gone, status="review", path="drafts/kb-1.md", reason=None, replaced_by=None
    )


@pytest.mark.parametrize(
    "heir", [DRAFT, replace(DRAFT, id="kb-2"), replace(DRAFT, id="kb-2", status="archived")]
)
def test_readers_are_led_to_a_published_article_only(heir: Article) -> None:
    """Not to the article itself, a draft, or another archived one."""
    with pytest.raises(StateError, match="cannot be led"):
        archive(replace(DRAFT, status="published"), "merged", instead=heir)


def test_a_rejection_is_taken_back_with_its_rule() -> None:
    """Reason and wake-up rule go; nothing else does."""
    rejected = reject(DRAFT, "no", Wake(tickets=12))
    assert rejected.wake == Wake(tickets=12)
    assert take_back(rejected) == DRAFT
    with pytest.raises(StateError) as caught:
        start_review(rejected)
    assert caught.value.hint == "kbtool reject kb-1 --undo makes it a draft again"


def _days(ids: list[str]) -> list[date]:
    planned: Counter[date] = Counter()
    for id_ in ids:
        planned[review_day(id_, NEXT, planned)] += 1
    return sorted(planned.elements())


@given(st.lists(st.text(min_size=1), min_size=200, max_size=200, unique=True))
def test_200_articles_of_one_day_come_up_for_review_a_few_a_day(ids: list[str]) -> None:
    """On working days only, none of them with more than three."""
    days = _days(ids)
    assert all(day >= NEXT and day.weekday() < 5 for day in days)
    assert max(Counter(days).values()) == REVIEWS_A_DAY
    assert days[-1] - NEXT < timedelta(days=120)


def test_a_few_articles_come_up_within_a_month_and_on_different_days() -> None:
    """What is planned already is kept free of more; the same id gets the same day."""
    days = _days([f"kb-{n}" for n in range(20)])
    assert len(set(days)) == 20
    assert days[-1] - NEXT < timedelta(days=30)
    assert review_day("kb-1", NEXT, {}) == review_day("kb-1", NEXT, {})


@pytest.mark.parametrize(
    ("status", "step", "hint"),
    [
        ("published", lambda one: reject(one, "no"), "kbtool archive kb-1 withdraws"),
        ("archived", lambda one: reject(one, "no"), "kbtool review kb-1 brings it back"),
        ("archived", lambda one: archive(one, "no"), "kbtool review kb-1 brings it back"),
        ("draft", lambda one: archive(one, "no"), "kbtool reject kb-1 is for"),
    ],
)
def test_a_step_that_cannot_be_names_the_one_that_can(
    status: ArticleStatus, step: Callable[[Article], Article], hint: str
) -> None:
    """Whoever wants an article away is led to the command for its state."""
    with pytest.raises(StateError) as caught:
        step(replace(DRAFT, status=status))
    assert hint in (caught.value.hint or "")
