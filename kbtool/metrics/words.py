"""How the report says its numbers: the same in the terminal and on the page."""

from __future__ import annotations

from datetime import date, timedelta

from kbtool.model import Rate, Report, Span
from kbtool.plural import many

STEPS = {
    "open": "Opened the contact page",
    "typed": "Typed a question",
    "shown": "Were shown suggestions",
    "opened": "Opened a suggestion",
    "solved": "Chose “this solved it”",
    "handoff": "Went on to a person",
}
"""What the steps on the contact page are called."""
MINUS = "−"


def share_of(rate: Rate) -> float | None:
    """The share, 0 to 1; None when there is not enough data for one."""
    if rate.low is None or rate.high is None or not rate.denominator:
        return None
    return rate.numerator / rate.denominator


def per_cent(share: float) -> str:
    """A share (or a difference of shares) as ``43 %``, ``4.6 %`` or ``−3.1 %``; ``<0.1 %`` is not 0."""
    if 0 < share < 0.0005:
        return "<0.1 %"
    shown = f"{abs(share) * 100:.{1 if 0 < abs(share) < 0.0995 else 0}f} %"
    return f"{MINUS}{shown}" if share < 0 and float(shown[:-2]) else shown


def interval(rate: Rate) -> str:
    """``36 – 50 %``; empty when there is not enough data."""
    if rate.low is None or rate.high is None:
        return ""
    return f"{per_cent(rate.low).removesuffix(' %')} – {per_cent(rate.high)}"


def made_of(rate: Rate) -> str:
    """``43 of 350``."""
    return f"{rate.numerator:,} of {rate.denominator:,}"


def rate_told(rate: Rate, min_count: int) -> str:
    """``43 % (36 – 50 %)``; or that there is not enough data, and how much there is."""
    share = share_of(rate)
    if share is None:
        return too_few(rate, min_count)
    return f"{per_cent(share)} ({interval(rate)})"


def too_few(rate: Rate, min_count: int) -> str:
    """What stands instead of a share that is made of too little."""
    return f"not enough data ({rate.denominator:,} of {max(min_count, 1):,})"


def amount(value: float) -> str:
    """A number a person reads: 0, 0.04, 3.7, 12, 1,204; below 0 with a minus sign."""
    size = abs(value)
    digits = 0 if size >= 9.95 or size < 0.005 else 1 if size >= 0.095 else 2
    sign = MINUS if value < 0 and size >= 0.005 else ""
    return f"{sign}{size:,.{digits}f}"


def amount_range(span: Span) -> str:
    """``12 to 70``."""
    return f"{amount(span.low)} to {amount(span.high)}"


def amount_told(span: Span) -> str:
    """``41 (12 to 70)``."""
    return f"{amount(span.value)} ({amount_range(span)})"


def change(share: float) -> str:
    """A change as ``−32 %``, ``+8 %`` or ``0 %``."""
    return _signed(share, f"{abs(share) * 100:,.0f} %", "0 %")


def change_range(span: Span) -> str:
    """``−48 to −11 %``."""
    return f"{change(span.low).removesuffix(' %')} to {change(span.high)}"


def change_told(span: Span) -> str:
    """``−32 % (−48 to −11 %)``."""
    return f"{change(span.value)} ({change_range(span)})"


def points(difference: float) -> str:
    """A difference of two shares as ``+8.1``, in points of a per cent."""
    return _signed(difference, f"{abs(difference) * 100:.1f}", "0.0")


def points_range(span: Span) -> str:
    """``+3.0 to +12.9``."""
    return f"{points(span.low)} to {points(span.high)}"


def points_told(span: Span) -> str:
    """``+8.1 points (+3.0 to +12.9)``."""
    return f"{points(span.value)} points ({points_range(span)})"


def first_day(report: Report) -> date | None:
    """The first day of the report; None when it has no beginning."""
    begun = report.since or report.first_event
    return begun.date() if begun else None


def last_day(report: Report) -> date:
    """The last day that the report holds."""
    return (report.until - timedelta(microseconds=1)).date()


def period(report: Report) -> str:
    """``2026-09-01 to 2026-11-29 (UTC)``."""
    first, last = first_day(report), last_day(report)
    return f"{first} to {last} (UTC)" if first else f"up to {last} (UTC)"


def reason(name: str) -> str:
    """``not-what-i-needed`` as a person writes it."""
    return name.replace("-", " ").replace(" i ", " I ")


def left_out(queries: int) -> str:
    """What is said of the queries that a report counts and does not hold."""
    return f"{many(queries, 'rarer query', 'rarer queries')} left out of the lists; the shares hold them."


def _signed(value: float, shown: str, nothing: str) -> str:
    """A size with the sign of its value, but for what is shown as nothing."""
    return shown if shown == nothing else f"{MINUS if value < 0 else '+'}{shown}"
