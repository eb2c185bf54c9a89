"""Which sources counted views, and what each cannot tell."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kbtool.metrics.sources import LACKS, SourceViews, source_figures
from kbtool.model import SourceFigures

SITE = SourceViews("site", date(2026, 10, 20), date(2026, 11, 5), 40)


def month(number: int, article: str, views: int) -> SourceViews:
    """Views of an article in a month of 30 days, as GA4 counted them."""
    return SourceViews("ga4", date(2026, number, 1), date(2026, number, 30), views, article)


def test_events_come_first_and_aggregates_say_their_articles() -> None:
    """Sums of one source are added up over its days; those of two sources never are."""
    site, ga4, matomo = source_figures(
        [
            month(6, "kb-1", 3),
            month(9, "kb-1", 4),
            month(9, "kb-2", 9),
            SITE,
            SourceViews("matomo", date(2026, 6, 1), date(2026, 6, 1), 2, "kb-1"),
        ]
    )
    assert site == SourceFigures("site", "events", 40, date(2026, 10, 20), date(2026, 11, 5))
    assert (ga4.kind, ga4.views, ga4.first, ga4.last) == (
        "aggregate",
        16,
        date(2026, 6, 1),
        date(2026, 9, 30),
    )
    assert ga4.articles == (("kb-2", 9), ("kb-1", 7))
    assert matomo.views == 2
    assert len(ga4.lacks) == len(matomo.lacks) == 1


def test_days_that_reach_beyond_the_period_are_left_out_and_told() -> None:
    """They cannot be divided; a source with nothing else is still named."""
    found = [month(9, "kb-1", 4), month(11, "kb-1", 5)]
    since, until = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 15, tzinfo=UTC)
    (ga4,) = source_figures(found, since=since, until=until)
    assert (ga4.views, ga4.last) == (4, date(2026, 9, 30))
    assert "2026-11-01 to 2026-11-30" in ga4.lacks[-1]
    (ga4,) = source_figures(found[1:], since=since, until=until)
    assert (ga4.views, ga4.first, ga4.articles) == (0, None, ())
    (ga4,) = source_figures(found[:1], since=since, until=datetime(2026, 10, 1, tzinfo=UTC))
    assert ga4.views == 4


def test_days_that_the_site_counted_too_are_told() -> None:
    """So that nobody adds the two numbers up."""
    _, apart = source_figures([SITE, month(9, "kb-1", 4)])
    _, both = source_figures([SITE, month(11, "kb-1", 4)])
    assert "never add" in both.lacks[-1]
    assert "never add" not in apart.lacks[-1]


def test_a_log_says_what_it_cannot_tell() -> None:
    """Its views are events; the rest of what a page tells is missing."""
    (found,) = source_figures([SourceViews("log", date(2026, 9, 1), date(2026, 9, 1), 1)])
    assert found.lacks == LACKS["log"]
