"""The report as tables for spreadsheets: one row a thing, one column a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import TypeAlias

from kbtool.metrics.compare import Comparison
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.words import share_of
from kbtool.model import Rate, Report, Span

Cell: TypeAlias = str | int | float | date | None
Row: TypeAlias = tuple[Cell, ...]
NAMES = (
    "figures", "changes", "weeks", "contact", "effects", "articles", "queries", "languages",
    "handling", "months", "topics", "broken_links", "gone_links", "sources", "source_articles",
    "reasons", "excluded",
)  # fmt: skip
"""Of all tables, in their order."""
_RATE = ("numerator", "denominator", "share", "low", "high")
_SPAN = ("value", "low", "high")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(report: Report, compared: Comparison | None = None) -> Mapping[str, Table]:
    """All tables by name, also those that have no row: the same report gives the same tables."""
    made = (
        _figures(report),
        _changes(compared),
        _weeks(report),
        Table(("step", "visits"), report.contact.steps if report.contact else ()),
        _effects(report),
        _articles(report),
        _queries(report),
        _languages(report),
        _handling(report),
        _months(report),
        _topics(report),
        _broken(report),
        Table(("article", "tickets"), report.gone_links),
        _sources(report),
        _source_articles(report),
        Table(("reason", "votes"), report.reasons),
        Table(("reason", "events"), report.excluded),
    )
    return dict(zip(NAMES, made, strict=True))


def _figures(report: Report) -> Table:
    """Counts, shares and estimates of the whole report with their definitions."""
    columns = ("figure", "title", "unit", "numerator", "denominator", "value", "low", "high",
               "formula", "cannot_know")  # fmt: skip
    return Table(columns, tuple(_all_figures(report)))


def _all_figures(report: Report) -> Iterator[Row]:
    """Everything in the registry that is one figure of the whole report, and not one of each row."""
    for name in METRICS:
        held: object = report
        for step in name.split("."):
            if not is_dataclass(held):
                break  # a table of its own, or a part that this report lacks
            held = getattr(held, step)
        else:
            if isinstance(held, Rate):
                yield _named(name, _rate(held))
            elif isinstance(held, Span):
                yield _named(name, (None, None, *_span(held)))
            elif held is None or isinstance(held, int | float):
                yield _named(name, (None, None, held, None, None))


def _named(name: str, values: Row) -> Row:
    known = METRICS[name]
    return name, known.title, known.unit, *values, known.formula, known.cannot_know


def _changes(found: Comparison | None) -> Table:
    columns = (
        "figure",
        "before",
        "before_of",
        "now",
        "now_of",
        "difference",
        "low",
        "high",
        "word",
    )
    rows = []
    for one in found.changes if found else ():
        numbers = (*_parts(one.before), *_parts(one.now))
        rows.append((one.name, *numbers, *_span(one.difference), one.word))
    return Table(columns, tuple(rows))


def _parts(value: int | Rate) -> Row:
    return (value.numerator, value.denominator) if isinstance(value, Rate) else (value, None)


def _weeks(report: Report) -> Table:
    columns = ("start", "days", "views", "visits", "searches", "without_result", "yes", "no",
               "opened", "solved", "handed_off", "tickets")  # fmt: skip
    return Table(columns, _fields(report.series, columns))


def _effects(report: Report) -> Table:
    plain = ("topic", "question", "article", "published", "weeks_before", "weeks_after", "per_week",
             "randomised", "detectable")  # fmt: skip
    spans = ("change", "avoided", "with_neighbours")
    columns = (*plain, *(c for name in spans for c in _under(name, _SPAN)), "also", "missing")
    rows = [
        (*_row(one, plain), *(cell for name in spans for cell in _span(getattr(one, name))),
         "; ".join(one.also), "; ".join(one.missing))
        for one in (report.effects.topics if report.effects else ())
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _articles(report: Report) -> Table:
    plain = (
        "article",
        "title",
        "lang",
        "views",
        "visits",
        "clicks",
        "failed",
        "harm",
        "links",
        "reused",
    )
    rates = ("helpful", "contacts_after_view", "base", "read", "reach", "resolving", "reopened")
    columns = (*plain, *(c for name in rates for c in _under(name, _RATE)),
               *_under("excess", _SPAN), "reasons")  # fmt: skip
    rows = [
        (*_row(one, plain), *(cell for name in rates for cell in _rate(getattr(one, name))),
         *_span(one.excess), _counted(one.reasons))
        for one in report.articles
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _queries(report: Report) -> Table:
    plain = ("query", "lang", "searches", "without_result", "followed", "clicked", "contacted")
    rows = [(*_row(one, plain), _counted(one.refined)) for one in report.queries]
    return Table((*plain, "refined"), tuple(rows))


def _languages(report: Report) -> Table:
    columns = ("lang", "tickets", "searches", "without_result", "views", "articles", "untranslated")
    return Table(columns, _fields(report.languages, columns))


def _handling(report: Report) -> Table:
    plain = ("topic", "question", "tickets", "answered", "hours", "replies")
    rates = ("first_contact", "reopened", "csat")
    rows = [
        (*_row(one, plain), *(cell for name in rates for cell in _rate(getattr(one, name))))
        for one in report.handling
    ]
    return Table((*plain, *(c for name in rates for c in _under(name, _RATE))), tuple(rows))


def _months(report: Report) -> Table:
    plain = ("month", "days", "tickets", "in_topics", "resolved", "answered", "reopened")
    rows = [(*_row(one, plain), _counted(one.natures)) for one in report.months]
    return Table((*plain, "natures"), tuple(rows))


def _topics(report: Report) -> Table:
    """A row a topic and month, which a spreadsheet can turn as it likes."""
    rows = [
        (one.topic, one.question, one.article, one.trend, month, count)
        for one in report.topics
        for month, count in one.months
    ]
    return Table(("topic", "question", "article", "trend", "month", "tickets"), tuple(rows))


def _broken(report: Report) -> Table:
    rows = [
        (one.address, one.tickets, _day(one.first_sent), _day(one.last_sent), one.newest)
        for one in report.broken_links
    ]
    return Table(("address", "tickets", "first_sent", "last_sent", "newest"), tuple(rows))


def _sources(report: Report) -> Table:
    plain = ("name", "kind", "views", "first", "last")
    rows = [(*_row(one, plain), "; ".join(one.lacks)) for one in report.sources]
    return Table((*plain, "lacks"), tuple(rows))


def _source_articles(report: Report) -> Table:
    rows = [(one.name, *pair) for one in report.sources for pair in one.articles]
    return Table(("source", "article", "views"), tuple(rows))


def _fields(records: Sequence[object], names: Sequence[str]) -> tuple[Row, ...]:
    return tuple(_row(one, names) for one in records)


def _row(record: object, names: Sequence[str]) -> Row:
    return tuple(getattr(record, name) for name in names)


def _under(name: str, parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name}_{part}" for part in parts)


def _rate(rate: Rate | None) -> Row:
    if rate is None:
        return (None,) * len(_RATE)
    return rate.numerator, rate.denominator, share_of(rate), rate.low, rate.high


def _span(span: Span | None) -> Row:
    return (span.value, span.low, span.high) if span else (None,) * len(_SPAN)


def _counted(pairs: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{name or 'not said'} {count}" for name, count in pairs)


def _day(at: date | None) -> str | None:
    return f"{at:%Y-%m-%d}" if at else None
