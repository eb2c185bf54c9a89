"""What other counters counted stands apart, and says what it cannot tell."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kbtool.metrics.sources import COUNTED_TWICE, LACKS, SourceViews, aggregate_figures
from kbtool.model import SourceFigures

SITE = SourceFigures("server", "events", 40, date(2026, 10, 20), date(2026, 11, 5))
EMPTY = SourceFigures("log", "events", 0, None, None)


def month(number: int, article: str, views: int) -> SourceViews:
    """Views of an article in a month of 30 days, as GA4 counted them."""
    return SourceViews("ga4", date(2026, number, 1), date(2026, number, 30), article, views)


def test_the_sums_of_a_source_are_added_up_by_article() -> None:
    """Those of two sources never are: each has its row, by name."""
    ga4, matomo = aggregate_figures(
        [
            SourceViews("matomo", date(2026, 6, 1), date(2026, 6, 1), "kb-1", 2),
            month(6, "kb-1", 3),
            month(9, "kb-1", 4),
            month(9, "kb-2", 9),
        ]
    )
    assert ga4 == SourceFigures(
        "ga4", "aggregate", 16, date(2026, 6, 1), date(2026, 9, 30), LACKS,
        (("kb-2", 9), ("kb-1", 7)),
    )  # fmt: skip
    assert (matomo.views, matomo.articles) == (2, (("kb-1", 2),))


def test_days_that_reach_beyond_the_period_are_left_out_and_told() -> None:
    """They cannot be divided; a source with nothing else is still named."""
    found = [month(9, "kb-1", 4), month(11, "kb-1", 5)]
    since, until = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 15, tzinfo=UTC)
    (ga4,) = aggregate_figures(found, since=since, until=until)
    assert (ga4.views, ga4.last) == (4, date(2026, 9, 30))
    assert "2026-11-01 to 2026-11-30" in ga4.lacks[-1]
    (ga4,) = aggregate_figures(found[1:], since=since, until=until)
    assert (ga4.views, ga4.first, ga4.articles) == (0, None, ())
    (ga4,) = aggregate_figures(found[:1], since=since, until=datetime(2026, 10, 1, tzinfo=UTC))
    assert (ga4.views, ga4.lacks) == (4, LACKS)


def test_days_that_were_counted_here_too_are_told() -> None:
    """So that nobody adds the two numbers up."""
    (apart,) = aggregate_figures([month(9, "kb-1", 4)], [SITE, EMPTY])
    (both,) = aggregate_figures([month(11, "kb-1", 4)], [SITE])
    assert COUNTED_TWICE in both.lacks
    assert COUNTED_TWICE not in apart.lacks
