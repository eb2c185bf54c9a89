"""What the suggestions on the contact page do, by lot: some readers are shown none.

The arm of a tab follows from its visit token (theme/assets/contact.js), so nothing that a reader is or
does has a say in it: what the two arms do differently comes of the suggestions, and of chance, which
the interval holds. This is the only figure of single visits that does not have to guess who would
have written.

A visit begins its trial when a question stands in the form (the contact step ``typed``): until then
the arms see the same. It ends with a hand-off in the same visit, or without. A visit that was in
both arms (two tabs, or a share that was changed between) is left out and counted.
"""

from __future__ import annotations

from collections import Counter
from math import ceil

from kbtool.intervals import Z95, newcombe, rate
from kbtool.metrics.outcomes import is_hand_off
from kbtool.model import Holdout, Rate, Span, Visit

SOUGHT = 0.1
"""The difference that ``needed`` is about: ten points."""
_Z_BOTH = Z95 + 0.8416212335729143
"""The normal distribution's points of a two-sided 5 % test and of 80 % power."""


def holdout_counts(visit: Visit) -> Counter[str]:
    """What a visit adds to the counts: ``arm on``, ``arm off`` (each also `` handed off``) or ``arm
    both``; nothing when no lot was drawn for it or no question was typed.
    """
    told = [event for event in visit.events if event.kind == "contact" and event.arm]
    starts = [event.at for event in told if event.value == "typed"]
    if not starts:
        return Counter()
    arms = {event.arm for event in told}
    if len(arms) > 1:
        return Counter({"arm both": 1})
    begun = f"arm {arms.pop()}"
    handed = any(is_hand_off(event) and event.at >= min(starts) for event in visit.events)
    return Counter({begun: 1, f"{begun} handed off": int(handed)})


def holdout_figures(total: Counter[str], min_count: int) -> Holdout | None:
    """The figures from the counts of a whole report; None when no visit was in an arm.

    Below ``min_count`` visits in either arm there is no difference, but how many are needed.
    """
    if not total["arm on"] + total["arm off"]:
        return None
    on, off = (
        rate(total[f"arm {arm} handed off"], total[f"arm {arm}"], min_count)
        for arm in ("on", "off")
    )
    difference = avoided = detectable = None
    if on.low is not None and off.low is not None:
        counts = (off.numerator, off.denominator, on.numerator, on.denominator)
        low, high = newcombe(*counts)
        value = off.numerator / off.denominator - on.numerator / on.denominator
        difference = Span(value, low, high)
        avoided = Span(*(bound * on.denominator for bound in (value, low, high)))
        detectable = min((high - low) / 2 * _Z_BOTH / Z95, 1.0)
    return Holdout(
        on, off, difference, avoided, detectable, _still_needed(on, off), total["arm both"]
    )


def visits_needed(base: float, share: float, points: float = SOUGHT) -> int:
    """Visits of both arms together that show a difference of ``points`` four times out of five.

    ``base`` is the share of hand-offs without suggestions, ``share`` that of the visits without
    (both 0..1, ``share`` neither). The sample size for two independent shares with variances of
    their own: S.-C. Chow, J. Shao, H. Wang (2008), Sample Size Calculations in Clinical Research,
    2nd ed., section 4.2. Raises ValueError when nobody or everybody is without.
    """
    if not 0 < share < 1:
        raise ValueError(f"{share} leaves one arm empty")
    lower = max(base - points, 0.0)
    variance = base * (1 - base) / share + lower * (1 - lower) / (1 - share)
    return ceil(_Z_BOTH**2 * variance / points**2)


def _still_needed(on: Rate, off: Rate) -> int | None:
    """At the arms' sizes so far; None once there are as many, or while one arm is empty.

    As long as few had no suggestions, all visits say how many hand off.
    """
    visits = on.denominator + off.denominator
    if not (on.denominator and off.denominator):
        return None
    handed = on.numerator + off.numerator
    base = off.numerator / off.denominator if off.low is not None else handed / visits
    needed = visits_needed(base, off.denominator / visits)
    return needed if needed > visits else None
