"""The report for scripts: plain data, a numerator and a denominator beside every share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from kbtool.metrics.definitions import METRICS
from kbtool.model import ArticleFigures, Rate, Report

FORMAT = 1
PAIRS = {"excluded", "gone_links", "months"}
"""Fields that count by name."""


def report_json(report: Report) -> dict[str, object]:
    """The report under its own field names; times are ISO, counts by name are objects.

    A share is ``{"numerator", "denominator", "share", "low", "high"}``; the last three are null
    when there is not enough data.
    """
    return {"format": FORMAT, **_record(report)}


def article_json(report: Report, figures: ArticleFigures) -> dict[str, object]:
    """The figures of one article, with the period they are of."""
    frame = ("since", "until", "window_days", "min_count")
    stated = {name: _plain(name, getattr(report, name)) for name in frame}
    return {"format": FORMAT, **stated, "article": _record(figures)}


def definitions_json(names: Sequence[str]) -> dict[str, object]:
    """The definitions of the figures with these names."""
    return {"format": FORMAT, "metrics": [_record(METRICS[name]) for name in names]}


def _record(record: object) -> dict[str, object]:
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]  # only records come here
    return {name: _plain(name, getattr(record, name)) for name in names}


def _plain(name: str, value: object) -> object:
    if isinstance(value, Rate):
        return _share(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if name in PAIRS and isinstance(value, tuple):
        return dict(value)
    if isinstance(value, tuple):
        return [_record(item) for item in value]
    return value


def _share(rate: Rate) -> dict[str, object]:
    enough = rate.low is not None and rate.high is not None
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "share": round(rate.numerator / rate.denominator, 6) if enough else None,
        "low": round(rate.low, 6) if rate.low is not None else None,
        "high": round(rate.high, 6) if rate.high is not None else None,
    }
