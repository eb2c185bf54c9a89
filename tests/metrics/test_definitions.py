"""The registry says what every figure of a report is."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kbtool.metrics.definitions import METRICS, Metric
from kbtool.model import ArticleFigures, QueryFigures, Report, TopicFigures

NOT_FIGURES = {
    "since", "until", "window_days", "min_count", "first_event", "queries_left_out",
    "articles", "queries", "topics",
    "articles.article", "articles.title", "articles.lang",
    "queries.query", "queries.lang",
    "topics.topic", "topics.question", "topics.article", "topics.trend",
}  # fmt: skip


def test_every_figure_has_its_definition_and_the_other_way_round() -> None:
    """No number is shown that is not defined, and nothing is defined that is not shown."""
    rows = {"articles": ArticleFigures, "queries": QueryFigures, "topics": TopicFigures}
    shown = {f.name for f in fields(Report)}
    for prefix, record in rows.items():
        shown |= {f"{prefix}.{f.name}" for f in fields(record)}
    assert set(METRICS) == shown - NOT_FIGURES
    assert shown >= NOT_FIGURES


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda m: m.name)
def test_a_definition_is_whole(metric: Metric) -> None:
    """Shares name numerator and denominator, counts have none, all say what they cannot know."""
    assert metric.formula
    assert metric.cannot_know.endswith(".")
    assert (metric.unit == "share") == (metric.numerator is not None)
    assert (metric.numerator is None) == (metric.denominator is None)
    if metric.numerator is not None:
        assert metric.formula == f"{metric.numerator} ÷ " + metric.formula.rpartition("÷ ")[2]


def test_shares_are_those_that_are_rates_in_the_report() -> None:
    """A figure called a share is a Rate, and no other is."""
    types = {f.name: f.type for f in fields(Report)}
    types |= {f"articles.{f.name}": f.type for f in fields(ArticleFigures)}
    shares = {name for name, metric in METRICS.items() if metric.unit == "share"}
    assert shares == {name for name, type_ in types.items() if type_ == "Rate"}
