"""How sure a number of tickets a month is: what few tickets, in uneven months, can tell."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt

from kbtool.intervals import Z95
from kbtool.model import Bounds, Report, Span, Topic
from kbtool.months import month_range


def score_range(count: float, dispersion: float = 1.0, z: float = Z95) -> Bounds:
    """The interval of a Poisson mean of which ``count`` was seen, 95 % unless ``z`` says otherwise.

    The score interval, n + z²/2 ± z √(n + z²/4): the Poisson counterpart of Wilson's (method 2 in
    Barker 2002, The American Statistician 56:85-89). With ``dispersion`` φ, how many times the
    variance is the mean (a negative binomial's is more than one), z² becomes φz².
    """
    wide = max(dispersion, 1.0) * z * z
    centre, reach = count + wide / 2, sqrt(wide * (count + wide / 4))
    return max(0.0, centre - reach), centre + reach


def dispersion(counts: Sequence[int]) -> float:
    """Variance of the months' counts against their mean, at least 1; 1 where few months tell."""
    if len(counts) < 3 or not sum(counts):
        return 1.0
    mean = sum(counts) / len(counts)
    variance = sum((n - mean) ** 2 for n in counts) / (len(counts) - 1)
    return max(1.0, variance / mean)


def expected_range(topic: Topic, months: Sequence[str]) -> Bounds:
    """The 95 % interval of the tickets to expect in a month; ``months`` are those that all
    tickets cover.

    It rests on the months that the expectation was made of: all, the last third where the topic
    changed, those without the burst of a spike.
    """
    if topic.expected is None:
        return score_range(len(topic.tickets))
    if not months:
        low, high = score_range(len(topic.tickets))
        return topic.expected * low / len(topic.tickets), topic.expected * high / len(topic.tickets)
    dated = dict(topic.months)
    told = [dated.get(month, 0) for month in _months_of(topic, months)]
    seen, wide = sum(told), dispersion(told)
    low, high = score_range(seen, wide)
    if not seen:
        return 0.0, max(topic.expected, high / len(told))
    return topic.expected * low / seen, topic.expected * high / seen


def fewer(before: Sequence[int], after: Sequence[int]) -> Span:
    """By how many tickets a month there are fewer after than before, with its 95 % interval.

    Both are counts by month, at least one each. The two means' score intervals are joined as
    Newcombe's method 10 joins those of shares (the method of variance estimates recovery, Donner
    and Zou 2012, Statistical Methods in Medical Research 21:347-359).
    """
    (one, low, high), (other, least, most) = _mean(before), _mean(after)
    value = one - other
    return Span(
        value, value - hypot(one - low, most - other), value + hypot(high - one, other - least)
    )


def _mean(counts: Sequence[int]) -> tuple[float, float, float]:
    """(mean, low, high) of counts by month."""
    low, high = score_range(sum(counts), dispersion(counts))
    return sum(counts) / len(counts), low / len(counts), high / len(counts)


def _months_of(topic: Topic, months: Sequence[str]) -> Sequence[str]:
    if topic.trend in ("new", "growing", "fading"):
        return months[-max(1, len(months) // 3) :]
    if topic.trend == "spike":
        return [month for month in months if month not in topic.peaks] or months
    return months


def covered_months(topics: Sequence[Topic], report: Report | None = None) -> tuple[str, ...]:
    """All months from the first to the last in which a ticket was created: any ticket that a
    ``report`` counted, else those of the topics.
    """
    found = [one.month for one in report.months] if report else []
    found += [month for topic in topics for month, _ in topic.months]
    return month_range(min(found), max(found)) if found else ()
