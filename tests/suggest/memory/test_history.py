"""Acceptance by kind, and whether promises held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kbtool.intervals import wilson
from kbtool.model import Effect, Span, SuggestionKind, Topic
from kbtool.suggest.memory.history import history
from kbtool.suggest.memory.outcome import Verdict, outcome
from kbtool.suggest.memory.records import Decision, State
from kbtool.suggest.spread import covered_months
from tests.suggest.samples import topic

TODAY = date(2026, 12, 5)
SHOWN = datetime(2026, 5, 1, tzinfo=UTC)
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 12))


def decision(state: State = "accepted", kind: SuggestionKind = "write", **more: object) -> Decision:
    """A decision about t-1, whose article came out in June."""
    fields: dict[str, object] = {
        "kind": kind, "target": "t-1", "topic": "t-1", "article": None, "shown": SHOWN,
        "promised": 4.0, "interval": (1.0, 8.0), "weight": 6, "state": state,
        "since": date(2026, 6, 10) if state == "accepted" else None,
    }  # fmt: skip
    return Decision(**{**fields, **more})  # type: ignore[arg-type]  # a test builder


def asked(*counts: int) -> Topic:
    """The topic with these tickets a month, from January on."""
    months = tuple((month, n) for month, n in zip(MONTHS, counts, strict=False) if n)
    return topic(size=max(1, sum(counts)), months=months)


def verdict(found: Topic, one: Decision, today: date = TODAY) -> tuple[Verdict, int]:
    """What came of it, and how many months tell so."""
    seen = outcome(one, found, MONTHS, {}, today)
    return seen.verdict, seen.months


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((20, 20, 20, 20, 20, 99, 14, 14, 14, 14, 14), "held"),  # 6 fewer, 4 promised
        ((20, 20, 20, 20, 20, 99, 22, 22, 22, 22, 22), "missed"),  # more than before
        ((5, 6, 4, 5, 5, 99, 4, 3, 5, 2, 4), "unclear"),  # few: 1.4 fewer, 4 not excluded
    ],
)
def test_before_and_after(counts: tuple[int, ...], told: Verdict) -> None:
    """The month of the change counts on neither side."""
    promise = decision(promised=4.0 if told != "unclear" else 3.0)
    assert verdict(asked(*counts), promise) == (told, 5)


def test_two_months_are_too_early() -> None:
    """The month that runs is none."""
    found = asked(20, 20, 20, 20, 20, 20, 10, 10, 10, 10, 10)
    assert verdict(found, decision(), date(2026, 9, 20)) == ("too early", 2)
    assert verdict(found, decision(), date(2026, 10, 1)) == ("held", 3)


def test_what_has_no_topic_or_no_past_is_not_measured() -> None:
    """An article that was retired promised nothing; a new topic has nothing to compare with."""
    assert outcome(decision(), None, MONTHS, {}, TODAY).verdict == "not measured"
    late = decision(since=date(2026, 2, 3))
    assert verdict(asked(9, 9, 3, 3, 3, 3, 3), late)[0] == "not measured"


def test_the_estimate_takes_the_place_of_before_and_after() -> None:
    """Where one was made of an article that came after the suggestion."""
    effect = Effect(
        "t-1", "?", "kb-1", date(2026, 6, 10), 52, 20, 5.0,
        avoided=Span(46.0, 23.0, 69.0),
    )  # fmt: skip
    found = asked(*[20] * 11)
    seen = outcome(decision(promised=9.0), found, MONTHS, {"t-1": effect}, TODAY)
    assert seen.estimated
    assert seen.observed is not None
    assert seen.observed.value == pytest.approx(10.0, abs=0.01)  # 46 in 20 weeks
    assert seen.verdict == "held"
    older = replace(effect, published=date(2026, 1, 2))
    assert not outcome(decision(), found, MONTHS, {"t-1": older}, TODAY).estimated


def test_acceptance_counts_what_was_decided_or_waits_long() -> None:
    """Two accepted, one rejected, one that waits since May; what was shown yesterday says nothing."""
    known = [
        decision(), decision(), decision("rejected"), decision("open"), decision("gone"),
        decision("open", shown=datetime(2026, 12, 4, tzinfo=UTC)),
        decision("open", "retire", shown=SHOWN + timedelta(days=200)),
    ]  # fmt: skip
    found = history(known, [asked(1, 2)], MONTHS, {}, {}, TODAY)
    write, retire = found.kinds
    assert (write.kind, write.shown, write.accepted, write.rejected) == ("write", 6, 2, 1)
    assert (write.waiting, write.gone) == (2, 1)
    assert (write.acceptance.numerator, write.acceptance.denominator) == (2, 4)
    assert (write.acceptance.low, write.acceptance.high) == wilson(2, 4)
    assert (retire.kind, retire.acceptance.denominator, retire.acceptance.low) == (
        "retire",
        0,
        None,
    )


def test_a_merged_topic_answers_for_the_old_one() -> None:
    """Its id leads there."""
    heir = replace(asked(*[9] * 11), id="t-9")
    found = history([decision()], [heir], MONTHS, {"t-1": "t-9"}, {}, TODAY)
    assert found.outcomes[0].before == 9.0


def test_months_without_tickets_are_covered() -> None:
    """From the first to the last of all topics."""
    one = topic(months=(("2026-01", 1),))
    assert covered_months([one, topic(months=(("2026-03", 1),))]) == (
        "2026-01",
        "2026-02",
        "2026-03",
    )
    assert covered_months([]) == ()
