"""What two indexes found for the same questions, compared."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.intervals import rate
from kbtool.search.replay import (
    LEAST,
    Answer,
    ReplayQuestion,
    answer,
    chance_of_loss,
    compare,
    is_known,
    keys_of,
)

ASKED = ReplayQuestion("Where is my parcel?", "en", ("kb-1", "kb-5"), "s:1")
RIGHT, WRONG = Answer(1, ("kb-1",)), Answer(None, ("kb-9",))


def asked(count: int, lang: str = "en") -> list[ReplayQuestion]:
    return [replace(ASKED, lang=lang, ticket=f"s:{n:03}") for n in range(count)]


def test_the_best_right_article_counts() -> None:
    """Any of the right ones is right; the eleventh place is none."""
    assert answer(ASKED, ["kb-9", "kb-5", "kb-1"]) == Answer(2, ("kb-9", "kb-5", "kb-1"))
    assert answer(ASKED, ()) == Answer(None, ())
    assert answer(ASKED, [*(f"x-{n}" for n in range(10)), "kb-1"]).rank is None


@pytest.mark.parametrize(
    ("lost", "gained", "p"),
    [(0, 0, 1.0), (1, 0, 0.5), (4, 0, 1 / 16), (5, 0, 1 / 32), (8, 1, 10 / 512), (3, 3, 42 / 64)],
)
def test_the_exact_test_counts_the_ways(lost: int, gained: int, p: float) -> None:
    """By hand: of 2^n equally likely ways, those with so many losses or more."""
    assert chance_of_loss(lost, gained) == pytest.approx(p, abs=1e-15)


@given(st.integers(0, 400), st.integers(0, 400))
def test_losses_and_gains_share_all_chances(lost: int, gained: int) -> None:
    """P(so many losses or more) and P(fewer losses) make one; more losses are less probable."""
    n = lost + gained
    either = chance_of_loss(lost, gained) + chance_of_loss(gained, lost)
    assert either == pytest.approx(1 + comb(n, lost) / 2**n)
    assert chance_of_loss(lost + 1, gained) <= chance_of_loss(lost, gained)


def test_counts_below_zero_are_refused() -> None:
    """They would give a probability that means nothing."""
    with pytest.raises(ValueError, match="no counts"):
        chance_of_loss(-1, 2)


def test_five_lost_questions_are_a_drop_and_four_are_none() -> None:
    """The fifth takes p from 0.06 to 0.03."""
    questions, before = asked(30), [RIGHT] * 30
    (four,) = compare(questions, [*[WRONG] * 4, *[RIGHT] * 26], before, ["en"])
    (five,) = compare(questions, [*[WRONG] * 5, *[RIGHT] * 25], before, ["en"])
    assert (four.dropped, five.dropped) == (False, True)
    first = five.success[0]
    assert (first.at, first.lost, first.gained, first.p) == (1, 5, 0, 1 / 32)
    assert (first.now.numerator, first.before) == (25, rate(30, 30, LEAST))


def test_gains_make_up_for_losses() -> None:
    """Seven lost and six gained is noise."""
    questions = asked(30)
    before = [*[RIGHT] * 7, *[WRONG] * 6, *[RIGHT] * 17]
    now = [*[WRONG] * 7, *[RIGHT] * 23]
    (found,) = compare(questions, now, before, ["en"])
    assert not found.dropped
    assert len(found.lost) == 7


def test_a_drop_out_of_the_first_three_counts_by_itself() -> None:
    """Nobody was first before, so only the second share can drop."""
    third, fourth = Answer(3, ("a", "b", "kb-1")), Answer(4, ("a", "b", "c", "kb-1"))
    (found,) = compare(asked(LEAST), [fourth] * LEAST, [third] * LEAST, ["en"])
    assert [one.dropped for one in found.success] == [False, True]
    lost = found.lost[0]
    assert (lost.article, lost.before, lost.now, lost.instead) == ("kb-1", 3, 4, "c")


def test_too_few_questions_are_not_judged() -> None:
    """19 lost of 19 are told and nothing more: no interval, no p, no drop."""
    few = LEAST - 1
    (found,) = compare(asked(few), [WRONG] * few, [RIGHT] * few, ["en"])
    assert not found.enough
    assert not found.dropped
    assert len(found.lost) == few
    assert [(one.now.low, one.p) for one in found.success] == [(None, None)] * 2


def test_without_an_earlier_index_nothing_is_compared() -> None:
    """The first build has shares and no drop."""
    (found,) = compare(asked(30), [WRONG] * 30, None, ["en"])
    assert (found.dropped, found.lost) == (False, ())
    assert [(one.before, one.p) for one in found.success] == [(None, None)] * 2


def test_each_language_is_judged_alone() -> None:
    """In the order given; one without a question is there too."""
    questions = [*asked(25, "en"), *asked(25, "tr")]
    now = [*[RIGHT] * 25, *[WRONG] * 25]
    found = compare(questions, now, [RIGHT] * 50, ["et", "tr", "en"])
    assert [(r.lang, r.questions, r.dropped) for r in found] == [
        ("et", 0, False), ("tr", 25, True), ("en", 25, False),
    ]  # fmt: skip


def test_those_that_left_the_first_place_are_told_first() -> None:
    """5 → 9 is told after 1 → none and 1 → 2; a better rank is not told."""

    def at(rank: int) -> Answer:
        return Answer(rank, (*(f"x-{n}" for n in range(1, rank)), "kb-1"))

    before, now = [at(5), at(1), at(1), at(4)], [at(9), at(2), WRONG, at(2)]
    (found,) = compare(asked(4), now, before, ["en"])
    told = [(one.question.ticket, one.before, one.now, one.instead) for one in found.lost]
    assert told == [
        ("s:002", 1, None, "kb-9"), ("s:001", 1, 2, "x-1"), ("s:000", 5, 9, "x-5"),
    ]  # fmt: skip


def test_other_numbers_of_answers_are_refused() -> None:
    """Answers belong to questions one by one."""
    with pytest.raises(ValueError, match="zip"):
        compare(asked(3), [RIGHT] * 3, [RIGHT] * 2, ["en"])


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["en", "tr"]),
        st.lists(st.sampled_from(["kb-1", "kb-2", "kb-5", "kb-9"]), unique=True),
    ),
    max_size=80,
)


@given(ANSWERS)
def test_an_index_compared_with_itself_never_drops(found: list[tuple[str, list[str]]]) -> None:
    """Nothing is lost, nothing gained, nothing told."""
    questions = [replace(ASKED, lang=lang, ticket=f"s:{n}") for n, (lang, _) in enumerate(found)]
    answers = [answer(ASKED, hits) for _, hits in found]
    for result in compare(questions, answers, answers, ["en", "tr"]):
        assert (result.dropped, result.lost) == (False, ())
        assert all(one.now == one.before and one.p in (1.0, None) for one in result.success)


@given(ANSWERS, ANSWERS)
def test_what_one_direction_loses_the_other_gains(
    one: list[tuple[str, list[str]]], two: list[tuple[str, list[str]]]
) -> None:
    """And the shares differ by exactly that; both directions never drop at once."""
    size = min(len(one), len(two))
    questions = asked(size)
    old, new = ([answer(ASKED, hits) for _, hits in some[:size]] for some in (one, two))
    (there,) = compare(questions, new, old, ["en"])
    (back,) = compare(questions, old, new, ["en"])
    for forth, home in zip(there.success, back.success, strict=True):
        assert (forth.lost, forth.gained) == (home.gained, home.lost)
        assert forth.before is not None
        assert forth.now.numerator - forth.before.numerator == forth.gained - forth.lost
        assert not (forth.dropped and home.dropped)


@pytest.mark.parametrize(
    ("query", "wording", "known"),
    [
        ("Where is my parcel?", "WHERE IS MY PARCEL", True),
        ("Hello, where is my parcel now?", "Where is my parcel?", True),
        ("Where is my parcel?", "And where is my parcel, please", True),
        ("Where is my parcel?", "parcel", False),
        ("Refund", "Where is my refund?", False),
        ("Where is your parcel?", "Where is my parcel?", False),
        ("Şifremi unuttum", "sifremi unuttum!", True),
    ],
)
def test_a_question_that_the_article_holds_is_known(query: str, wording: str, known: bool) -> None:
    """Word for word, whatever case, marks and accents; a part needs four words."""
    assert is_known(keys_of(query, "tr"), [keys_of(wording, "tr")]) is known
