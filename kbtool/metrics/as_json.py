"""The report for scripts: plain data, a numerator and a denominator beside every share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from kbtool.metrics.compare import Comparison
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.words import share_of
from kbtool.model import ArticleFigures, Rate, Report

FORMAT = 1


def report_json(report: Report, compared: Comparison | None = None) -> dict[str, object]:
    """The report under its own field names; times are ISO, counts by name are objects.

    A share is ``{"numerator", "denominator", "share", "low", "high"}``; the last three are null
    when there is not enough data. An estimate is ``{"value", "low", "high"}``. With a comparison
    there is ``compared``: the earlier period and what changed.
    """
    made = {"format": FORMAT, **_record(report)}
    return made | {"compared": _compared(compared)} if compared else made


def article_json(report: Report, figures: ArticleFigures) -> dict[str, object]:
    """The figures of one article, with the period they are of."""
    frame = ("since", "until", "window_days", "min_count")
    stated = {name: _plain(getattr(report, name), None) for name in frame}
    return {"format": FORMAT, **stated, "article": _record(figures)}


def definitions_json(names: Sequence[str]) -> dict[str, object]:
    """The definitions of the figures with these names."""
    return {"format": FORMAT, "metrics": [_record(METRICS[name]) for name in names]}


def _compared(found: Comparison) -> dict[str, object]:
    changes = [_record(change) for change in found.changes]
    stated = {name: _plain(getattr(found.before, name), None) for name in ("since", "until")}
    return {**stated, "changes": changes}


def _record(record: Any) -> dict[str, object]:
    pairs = _counted_by_name(type(record))  # type: ignore[arg-type]  # mypy takes records' __hash__ for their class's
    return {
        field.name: _plain(getattr(record, field.name), field.name in pairs)
        for field in fields(record)
    }


@cache
def _counted_by_name(kind: type[Any]) -> frozenset[str]:
    """The fields of a record that hold (name, count) pairs: by their types, since they may be
    empty.
    """
    hints: dict[str, Any] = get_type_hints(kind)
    return frozenset(
        name
        for name, hint in hints.items()
        if get_origin(hint) is tuple and get_origin(get_args(hint)[0]) is tuple
    )


def _plain(value: object, is_counted: bool | None) -> object:
    if isinstance(value, Rate):
        return _share(value)
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, tuple):
        return dict(value) if is_counted else [_plain(item, None) for item in value]
    return _record(value) if is_dataclass(value) else value


def _share(rate: Rate) -> dict[str, object]:
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "share": _plain(share_of(rate), None),
        "low": _plain(rate.low, None),
        "high": _plain(rate.high, None),
    }
