"""Numbers that exclude each other: who gives which, in which unit, and since when."""

from __future__ import annotations

import pytest

from kbtool.articles.agreeing.numbers import Numbers, apart_in_time, values_of
from kbtool.articles.agreeing.support import Group, Replies, gather
from kbtool.articles.saying.claims import TIME
from kbtool.articles.saying.replies import Said
from tests.articles.saying.sentences import tickets, told

OLD, NEW = "You can return a box within 14 days.", "You can return a box within 30 days."


def _sides(said: list[list[Said]], text: str, lang: str = "en") -> tuple[str, list[Group]]:
    group = Replies(said, lang).supporting(told(text, lang, ticket=1))
    return Numbers([group], said, lang).sides(group)


def test_both_sides_with_everybody_who_takes_them() -> None:
    """Whoever gives the number of the same thing is evidence, in whatever words."""
    other = "Within 30 days a box can be returned."
    unit, (own, theirs) = _sides(tickets(OLD, OLD, NEW, other), OLD)
    assert unit == TIME
    assert [source.ticket for source in own.sources] == ["desk:1", "desk:2"]
    assert [source.ticket for source in theirs.sources] == ["desk:3", "desk:4"]
    assert theirs.said.text == other


@pytest.mark.parametrize(
    "others",
    [
        [OLD, OLD],
        ["You can return a box within 2 weeks.", "You can return a box within 336 hours."],
        ["You can return a box within 7 to 21 days.", "You can return a box within 7 to 21 days."],
        ["A coupon lasts for 30 days.", "A coupon lasts for 30 days."],
        ["You can return a box for 30 euros.", "You can return a box for 30 euros."],
        ["You can return 30 boxes.", "In 2030 you can return a box."],
    ],
    ids=["same", "same span", "range", "other thing", "other unit", "other count"],
)
def test_no_sides(others: list[str]) -> None:
    """What agrees, or counts something else, takes no side."""
    assert _sides(tickets(OLD, OLD, *others), OLD) == ("", [])


def test_a_word_in_passing_is_another_fact() -> None:
    """Said on one day, while the other is said before and after, and partly of the same."""
    aside = "A gift box can come back to us within 60 days."
    said = tickets(*[OLD] * 6, aside, *[OLD] * 6)
    assert _sides(said, OLD) == ("", [])


def test_a_number_is_of_one_side_only() -> None:
    """No source takes both sides of a conflict."""
    _, sides = _sides(tickets(*[OLD] * 3, *[NEW] * 3), OLD)
    refs = [source.ref for side in sides for source in side.sources]
    assert len(refs) == len(set(refs))


def test_values_of_a_unit() -> None:
    """All that a sentence states, in its own language."""
    assert values_of(told("1 kuni 3 päeva või 5 eurot", "et"), TIME, "en") == {"1440", "4320"}
    assert values_of(told("It is free."), TIME, "en") == set()


def test_what_is_apart_in_time() -> None:
    """Nobody says the one any more since the other is said; without days nobody knows."""
    early = gather(told(OLD), [told(OLD, day=1), told(OLD, ticket=2, day=5)])
    late = gather(told(NEW), [told(NEW, ticket=3, day=6)])
    same = gather(told(NEW), [told(NEW, ticket=3, day=5)])
    never = gather(told(NEW), [told(NEW, ticket=3, day=None)])
    assert apart_in_time(early, late) and apart_in_time(late, early)
    assert not apart_in_time(early, same)
    assert not apart_in_time(early, never)
