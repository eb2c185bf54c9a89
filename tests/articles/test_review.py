"""The way of an article: only allowed steps, each with what it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.review import STEPS, public_path, publish, reject, stagger, start_review
from kbtool.errors import ContentError, StateError
from kbtool.model import Article, ArticleStatus, Finding

TODAY = date(2026, 11, 21)
DRAFT = Article("kb-1", "Kilit açılmıyor mu?", "tr", "draft", "bike", "Basın.\n", "drafts/kb-1.md")
REVIEWED = replace(DRAFT, status="review")


def test_a_draft_goes_into_review_and_then_to_its_place() -> None:
    """Published: in its language and category, with reviewer, date and a later review date."""
    article = publish(start_review(DRAFT), by=" Elif Aydın ", today=TODAY, review_days=180)
    assert article.path == "tr/bike/kilit-acilmiyor-mu.md"
    assert (article.status, article.reviewed_by, article.updated) == (
        "published",
        "Elif Aydın",
        TODAY,
    )
    assert article.review_by == TODAY + timedelta(days=180 + stagger("kb-1"))
    assert start_review(REVIEWED) == REVIEWED
    assert public_path(replace(DRAFT, category=None)) == "tr/kilit-acilmiyor-mu.md"


def test_a_draft_cannot_be_published_unseen() -> None:
    """The error names what is allowed and what to type."""
    with pytest.raises(StateError, match="it can become review or rejected") as caught:
        publish(DRAFT, by="Elif", today=TODAY, review_days=180)
    assert caught.value.hint == "run kbtool review kb-1"


@pytest.mark.parametrize("status", ["published", "archived", "rejected"])
def test_steps_that_are_not_allowed_are_refused(status: ArticleStatus) -> None:
    """Nothing is published twice or brought back by a side door."""
    with pytest.raises(StateError):
        publish(replace(DRAFT, status=status), by="Elif", today=TODAY, review_days=180)
    with pytest.raises(StateError):
        reject(replace(DRAFT, status=status), "no")


def test_every_state_has_a_way_on_and_names_only_states() -> None:
    """The table is complete."""
    states = set(get_args(ArticleStatus))
    assert set(STEPS) == states
    assert all(STEPS[state] and set(STEPS[state]) <= states - {state} for state in states)


def test_publishing_needs_a_name_and_a_rejection_a_reason() -> None:
    """Blank is not a name and not a reason."""
    with pytest.raises(StateError, match="name"):
        publish(REVIEWED, by=" ", today=TODAY, review_days=180)
    with pytest.raises(StateError, match="reason"):
        reject(DRAFT, "  ")
    rejected = reject(DRAFT, " answered by the app ")
    assert (rejected.status, rejected.reason) == ("rejected", "answered by the app")


def test_an_error_in_the_text_refuses_and_a_warning_does_not() -> None:
    """The findings travel with the refusal so that each line can be named."""
    error = Finding("error", "conflict", DRAFT.path, 9, "agents disagree")
    warning = replace(error, level="warning")
    with pytest.raises(ContentError) as caught:
        publish(REVIEWED, by="Elif", today=TODAY, review_days=180, findings=[warning, error])
    assert caught.value.findings == (error,)
    publish(REVIEWED, by="Elif", today=TODAY, review_days=180, findings=[warning])


@given(st.lists(st.text(min_size=1), min_size=200, max_size=200, unique=True))
def test_review_dates_are_spread(ids: list[str]) -> None:
    """200 articles published on one day do not come up for review on a few days."""
    days = [stagger(id_) for id_ in ids]
    assert all(0 <= day < 30 for day in days)
    assert len(set(days)) >= 20
