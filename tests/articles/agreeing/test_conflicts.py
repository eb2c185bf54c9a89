"""Conflicts: sides that cannot all be true, and what looks like one and is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.articles.agreeing.choose import groups
from kbtool.articles.agreeing.conflicts import Conflict, find_conflicts, is_part
from kbtool.articles.agreeing.support import Group, Replies
from kbtool.articles.saying.replies import Said
from tests.articles.saying.sentences import tickets, told


def _found(said: list[list[Said]], lang: str = "en") -> tuple[tuple[Group, ...], list[Conflict]]:
    """What a draft of these tickets keeps, and its conflicts."""
    kept = groups(Replies(said, lang))
    found = find_conflicts(kept, said, lang)
    return kept, list({id(conflict): conflict for conflict in found.values()}.values())


def _sides(said: list[list[Said]], lang: str = "en") -> list[list[str]]:
    return [[side.said.text for side in one.sides] for one in _found(said, lang)[1]]


def _versus(old: str, new: str, lang: str = "en", times: int = 3) -> list[list[Said]]:
    return tickets(*[old] * times, *[new] * times, lang=lang)


@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        ("en", "You can return a box within 14 days.", "You can return a box within 30 days."),
        ("en", "Moving a box costs 29 euros.", "Moving a box costs 39 euros."),
        ("en", "A tea box holds 12 tea bags.", "A tea box holds 15 tea bags."),
        ("en", "Order a box before 14:00 for the same day.", "Order a box before 16:00 for the same day."),
        ("en", "The coupon is valid for tea boxes.", "The coupon is not valid for tea boxes."),
        ("en", "Open Orders > Return to send it.", "Open Returns > Return to send it."),
        ("en", "Open Account > Boxes > Change there.", "Open Account > Plans > Change there."),
        ("tr", "Kutu 14 gün içinde iade edilir.", "Kutu 30 gün içinde iade edilir."),
        ("tr", "Kupon çay kutularında geçerlidir.", "Kupon çay kutularında geçerli değildir."),
        ("et", "Karbi saab tagastada 14 päeva jooksul.", "Karbi saab tagastada 30 päeva jooksul."),
        ("et", "Kupong kehtib teekarpidele.", "Kupong ei kehti teekarpidele."),
        ("de", "Die Box kostet 29 Euro im Monat.", "Die Box kostet 39 Euro im Monat."),
        ("de", "Der Gutschein gilt für Teeboxen.", "Der Gutschein gilt nicht für Teeboxen."),
    ],
)  # fmt: skip
def test_agents_who_disagree(lang: str, old: str, new: str) -> None:
    """Another number, a "not", another way: both sides, the newest first, with who says them."""
    said = _versus(old, new, lang)
    _, (conflict,) = _found(said, lang)
    assert [side.said.text for side in conflict.sides] == [new, old]
    assert [(side.tickets, side.agents) for side in conflict.sides] == [(3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "You can add 5 boxes to an order.", "You can add no more than 5 boxes to an order."),
        ("en", "Keep the tea in the kitchen.", "Keep the tea in the kitchen, not in the shed."),
        ("en", "The return takes 24 hours.", "The return takes 1 day."),
        ("en", "A strainer costs 10 cents.", "A strainer costs €0.10."),
        ("en", "You can pause for 1 to 3 months.", "You can pause for 2 months."),
        ("en", "Boxes are sent within 2 days.", "A coupon lasts for 30 days."),
        ("en", "Open Account > Boxes > Change there.", "Open Account > Change there."),
        ("et", "Tellida saab 5 karpi.", "Tellida saab mitte rohkem kui 5 karpi."),
        ("de", "Sie können 5 Boxen bestellen.", "Sie können nicht mehr als 5 Boxen bestellen."),
    ],
)
def test_what_can_both_be_true(lang: str, one: str, other: str) -> None:
    """The same amount in other words, a range and what is inside, bounds, another subject."""
    assert _sides(_versus(one, other, lang), lang) == []


def test_two_numbers_that_agents_give_together_are_two_facts() -> None:
    """Side by side in one message they are no contradiction."""
    text = "Boxes go out within 2 days. | Boxes arrive out within 5 days."
    assert _sides(tickets(*[text] * 4)) == []


def test_another_path_at_the_same_time_is_another_way() -> None:
    """Menus move: only when nobody names the one any more since the other is named."""
    one, other = "Open Orders > Return to send it.", "Open Returns > Return to send it."
    assert _sides(tickets(one, one, one, other, other, other)) == [[other, one]]
    assert _sides(tickets(one, other, one, other, one, other)) == []


def test_a_number_that_took_anothers_place() -> None:
    """All of the one before all of the other, though little is said around them."""
    old, new = ("It is now 12 tea bags.", "We pack 15 tea bags.")
    assert _sides(tickets(*[old] * 4, *[new] * 4)) in ([[new, old]], [])
    mixed = [text for _ in range(4) for text in (old, new)]
    assert len(_sides(tickets(*mixed))) <= 1


def test_another_language_is_a_side_with_two_agents() -> None:
    """One agent of it is heard only as the newest word."""
    english = "You can return a box within 14 days."
    turkish = told("Kutu 30 gün içinde iade edilir.", "tr", ticket=8, day=0)
    again = told("Kutu 30 gün içinde iade edilir.", "tr", ticket=9, day=0)
    own = tickets(*[english] * 10, first=10)
    assert _sides([*own, [turkish]]) == []
    assert _sides([*own, [turkish], [again]]) == [[english, turkish.text]]
    late = told(turkish.text, "tr", ticket=8, day=99)
    assert _sides([*own, [late]]) == [[late.text, english]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A tea box holds 12 tea bags.", "A tea box holds 15 tea bags."),
        ("The coupon is valid for tea boxes.", "The coupon is not valid for tea boxes."),
    ],
)
@settings(max_examples=15)
@given(dice=st.randoms(use_true_random=False))
def test_the_order_of_tickets_does_not_matter(one: str, other: str, dice: random.Random) -> None:
    """Sides, their order and their evidence are the same."""
    said = _versus(one, other)
    expected = _found(said)[1]
    dice.shuffle(said)
    assert _found(said)[1] == expected


def test_what_only_repeats_a_side_is_part_of_the_conflict() -> None:
    """It would stand below the block as if it were true."""
    said = _versus(
        "You can return a box within 14 days.", "You can return a box within 30 days.", times=4
    )
    kept, (conflict,) = _found(said)
    again = Replies(said, "en").supporting(told("Within 14 days you return a box.", ticket=99))
    other = Replies(said, "en").supporting(told("Tea is kept dry.", ticket=99))
    assert is_part(again, conflict, "en")
    assert not is_part(other, conflict, "en")
    assert all(is_part(group, conflict, "en") for group in kept)


def test_one_sequence_that_holds_several_tickets() -> None:
    """Passages of an article may come as one sequence; nothing divides by nothing."""
    said = [one for of_ticket in _versus("A box holds 12 bags.", "A cup has 15 bags.") for one in of_ticket]  # fmt: skip
    assert _found([said])[0] is not None
