"""The registry says what every figure of a report is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import cast, get_args, get_type_hints

import pytest

from kbtool.metrics.definitions import METRICS, Metric
from kbtool.model import BrokenLink, Rate, Report, Span

WHOLE = (Rate, Span, BrokenLink)
"""Records that are one figure."""
FRAME = {
    "since", "until", "window_days", "min_count", "first_event", "queries_left_out",
    "effects.first_week", "effects.last_week",
}  # fmt: skip
LABELS = {
    "article", "title", "lang", "query", "topic", "question", "trend", "start", "month", "name",
    "also", "kind", "published", "currency", "missing", "notes", "lacks", "days", "first", "last",
}  # fmt: skip
"""Last parts of names that say what a row is about, or why a figure is missing."""


def _shown(record: type, prefix: str = "") -> Iterator[tuple[str, object]]:
    """(name, type) of everything in a record and in the records it holds."""
    for name, hint in get_type_hints(record).items():
        held = [t for t in (hint, *get_args(hint)) if is_dataclass(t) and t not in WHOLE]
        if held:
            yield from _shown(cast("type", held[0]), f"{prefix}{name}.")
        else:
            yield prefix + name, hint


SHOWN = dict(_shown(Report))


def _is_rate(hint: object) -> bool:
    return hint is Rate or Rate in get_args(hint)


def test_every_figure_has_its_definition_and_the_other_way_round() -> None:
    """No number is shown that is not defined, and nothing is defined that is not shown."""
    labels = {name for name in SHOWN if name.rpartition(".")[2] in LABELS and "." in name}
    assert set(METRICS) == SHOWN.keys() - FRAME - labels
    assert SHOWN.keys() >= FRAME
    assert {name.rpartition(".")[2] for name in labels} == LABELS


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
    shares = {name for name, metric in METRICS.items() if metric.unit == "share"}
    assert shares == {name for name in METRICS if _is_rate(SHOWN[name])}
