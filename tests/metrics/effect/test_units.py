"""Topics that one article answers are one."""

from __future__ import annotations

from datetime import timedelta

from kbtool.metrics.effect.desk import Desk, Treated
from kbtool.metrics.effect.units import joined
from tests.metrics.effect.simulate import MONDAY

DAY = MONDAY + timedelta(weeks=60)
FAMILIES = {"kb-1": "kb-1", "kb-tr": "kb-1", "kb-2": "kb-2"}
COUNTS = {"t-en": (5, 6), "t-tr": (1, 2), "t-et": (3, 3), "t-other": (9, 9), "t-free": (4, 4)}


def _treated(topic: str, article: str, weeks: int = 0, **more: object) -> Treated:
    return Treated(topic, f"{topic}?", article, DAY + timedelta(weeks=weeks), **more)  # type: ignore[arg-type]  # fields by name


def test_an_article_and_its_translations_are_one() -> None:
    """Under the largest topic's name, from the first day on, by lot if all of it is; a neighbour
    that is itself part of it is none.
    """
    parts = [
        _treated("t-en", "kb-1", weeks=3, randomised=True, neighbours=("t-tr", "t-free")),
        _treated("t-tr", "kb-tr", randomised=True),
        _treated("t-et", "kb-1", weeks=3, randomised=True, neighbours=("t-en",)),
        _treated("t-other", "kb-2"),
    ]
    found = joined(Desk(MONDAY, COUNTS, parts), FAMILIES)
    assert found.counts == {"t-en": (9, 11), "t-other": (9, 9), "t-free": (4, 4)}
    whole = _treated("t-en", "kb-1", randomised=True, neighbours=("t-free",), also=("t-et", "t-tr"))
    assert set(found.treated) == {whole, _treated("t-other", "kb-2")}
    mixed = [parts[0], _treated("t-tr", "kb-tr")]
    assert not joined(Desk(MONDAY, COUNTS, mixed), FAMILIES).treated[0].randomised


def test_a_translation_that_came_much_later_stands_alone() -> None:
    """Its readers had nothing until then."""
    parts = [_treated("t-en", "kb-1"), _treated("t-tr", "kb-tr", weeks=9)]
    found = joined(Desk(MONDAY, COUNTS, parts), FAMILIES)
    assert found.counts == COUNTS
    assert set(found.treated) == set(parts)


def test_topics_without_dated_tickets_are_still_told() -> None:
    """One of them alone keeps its name; beside others it is counted in with nothing."""
    gone = _treated("t-gone", "kb-1")
    assert joined(Desk(MONDAY, COUNTS, [gone]), FAMILIES).treated == (gone,)
    both = joined(Desk(MONDAY, COUNTS, [gone, _treated("t-tr", "kb-tr")]), FAMILIES)
    assert [(one.topic, one.also) for one in both.treated] == [("t-tr", ())]
    assert both.counts == COUNTS
