"""Good articles that those who ask do not find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kbtool.model import ArticleFigures, Coverage, Rate, Span, Suggestion
from kbtool.suggest.feedback import Known, suggestions_from_feedback
from kbtool.suggest.worth import Estimates
from tests.suggest.feedback.test_feedback import NONE, article, report
from tests.suggest.samples import topic

ASKED = topic("t-1", size=30, expected=6.0)
COVERED = (Coverage("t-1", "kb-1", 0.9, "links"),)
SEEN = replace(report(), visits=500, min_count=20)
HERE = replace(article("kb-1", updated=date(2026, 1, 1)))
PLAIN = ArticleFigures("kb-1", "", "en", 1, 1, 0, NONE, NONE, 0, NONE)
LINKED = replace(PLAIN, links=9, resolving=Rate(8, 9, None, None))
LIKED = replace(PLAIN, helpful=Rate(28, 30, 0.79, 0.98))
CALM = replace(
    PLAIN, contacts_after_view=Rate(1, 90, 0.0, 0.06), base=Rate(20, 100, 0.13, 0.29),
    excess=Span(-0.19, -0.28, -0.1),
)  # fmt: skip


def promoted(
    figures: ArticleFigures, known: Known | None = None, **more: object
) -> list[Suggestion]:
    """What is to be promoted."""
    counted = replace(SEEN, articles=(figures,), **more)  # type: ignore[arg-type]  # a builder
    found = suggestions_from_feedback(counted, [HERE], COVERED, [ASKED], known or Known())
    return [one for one in found if one.kind == "promote"]


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (LINKED, "agents link it in 9 answered tickets, 8 of them ended with it"),
        (LIKED, "28 of 30 votes say it helped"),
        (CALM, "after 1 of 90 visits with it readers went on to a person, after 20 of 100 similar ones"),
    ],
)  # fmt: skip
def test_each_praise_is_told(figures: ArticleFigures, told: str) -> None:
    """Beside how few opened it."""
    (found,) = promoted(figures)
    assert found.reasons[:2] == (
        "kb-1 was viewed 1 time in 1.0 months (0 clicks in search), while 6.0 tickets a month ask "
        "what it answers (30 tickets so far)",
        told,
    )


@pytest.mark.parametrize(
    "figures",
    [
        PLAIN,
        replace(LINKED, links=4),
        replace(LINKED, views=3),  # the interval reaches 8.8
        replace(LINKED, helpful=Rate(2, 30, 0.02, 0.21)),
        replace(LINKED, excess=Span(0.3, 0.1, 0.5)),
    ],
    ids=["no praise", "few links", "perhaps found", "voted down", "harms"],
)
def test_what_is_not_surely_good_and_unseen_is_left_alone(figures: ArticleFigures) -> None:
    """One sign against it outweighs all praise."""
    assert promoted(figures) == []


def test_nothing_is_unseen_where_nobody_counts() -> None:
    """Neither without visits, nor where another counter saw its readers, nor in its first month."""
    assert promoted(LINKED, visits=3) == []
    assert promoted(LINKED, Known(viewed={"kb-1": 40})) == []
    young = replace(HERE, published=date(2026, 11, 20))
    counted = replace(SEEN, articles=(LINKED,))
    found = suggestions_from_feedback(counted, [young], COVERED, [ASKED])
    assert [one for one in found if one.kind == "promote"] == []


def test_it_is_worth_what_it_helps_those_who_find_it() -> None:
    """A quarter of all its tickets, none of which it deflects yet, as far as it helps."""
    (usual,) = promoted(LINKED)
    (good,) = promoted(LINKED, Known(estimates=Estimates(success={"kb-1": 0.9})))
    assert (usual.worth, good.worth) == (0.75, 1.35)  # 6 × 25 % × 50 %, 90 %


def test_a_pinned_one_is_helped_otherwise() -> None:
    """The next step is not what was done already."""
    (found,) = promoted(LINKED, Known(pinned=frozenset({"kb-1"})))
    assert found.reasons[-1].startswith("it is pinned on the start page already")
    assert found.command == "kbtool suggest --show t-1"
