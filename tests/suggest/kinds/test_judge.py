"""What a topic needs, from all its answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Instead, Trend
from kbtool.suggest.kinds import MOST_READ, judge_topic
from kbtool.suggest.kinds.answers import Answer
from kbtool.suggest.kinds.judge import judge
from tests.suggest.kinds.samples import ticket, topic_of

DONE = (
    "I have renewed your card.",
    "Your card has been renewed.",
    "All done, I've extended it for you.",
    "We have replaced your card.",
    "Thank you, I've issued a new one.",
)
HOW = "You can renew it yourself: My shelf > Card > Renew."


def judged(
    replies: list[str], question: str = "My card", trend: Trend = "steady"
) -> Instead | None:
    """What is needed of a topic with these replies, one a ticket."""
    tickets = [ticket(n, [question, reply]) for n, reply in enumerate(replies)]
    return judge_topic(topic_of(tickets, trend=trend), tickets)


def test_a_form_asks_for_what_agents_ask() -> None:
    """The reason has the numbers, examples are tickets, the form's fields are those asked twice."""
    asked = ["My card", "What is your date of birth?", "[date]", "Thanks, I've renewed it."]
    tickets = [ticket(n, asked if n < 3 else ["My card", reply]) for n, reply in enumerate(DONE)]
    assert judge_topic(topic_of(tickets), tickets) == Instead(
        kind="form",
        reason="in 5 of 5 answers an agent did something for this one customer; none tells how "
        "others can help themselves",
        todo="make a form that asks for: date of birth",
        tickets=("desk:t-1-0", "desk:t-1-1", "desk:t-1-2"),
        wanted=("date of birth",),
    )


def test_a_form_asks_for_what_customers_give() -> None:
    """When agents need not ask, what customers write of themselves says it."""
    found = judged(list(DONE), "Renew the card of [name] please, order [order], code [secret]")
    assert found is not None
    assert found.wanted == ("name", "order number")


def test_a_mixed_topic_is_an_article() -> None:
    """Two of five explain; and of nine one may, two may not."""
    assert judged([*DONE[:3], HOW, HOW]) is None
    assert judged([*DONE, *DONE[:3], HOW]) is not None
    assert judged([*DONE, *DONE[:2], HOW, HOW]) is None


def test_the_same_words_twice_are_for_others_too() -> None:
    """A sentence of two agents is no one customer's, though no phrase knows it."""
    rule = "Cards without stamps never expire."
    assert judged([f"{reply} {rule}" for reply in DONE]) is None


def test_few_answers_say_nothing() -> None:
    """Four are too few; tickets without a public reply are no answers."""
    assert judged(list(DONE[:4])) is None
    tickets = [ticket(n, ["My card", f"note: {reply}"]) for n, reply in enumerate(DONE)]
    assert judge_topic(topic_of(tickets), tickets) is None


BUGS = (
    "That is a known bug in 5.2.",
    "Our developers are working on it.",
    "It will be fixed in 5.3.",
    "We are aware of this error in 5.2.",
    "Fixed in version 5.3!",
)


@pytest.mark.parametrize(
    ("trend", "todo"),
    [("steady", "have it mended; tell known errors on a status page"), ("spike", "nothing, if it is mended")],
)  # fmt: skip
def test_a_bug_is_for_engineers(trend: Trend, todo: str) -> None:
    """With the newest version that is named twice; when nobody asks any more that is told."""
    found = judged(list(BUGS), "It crashes", trend)
    assert found is not None
    assert (found.kind, found.todo) == ("bug", todo)
    assert "in 5 of 5 answers agents speak of an error that engineers mend" in found.reason
    assert "of version 5.3" in found.reason
    assert ("hardly anyone asks" in found.reason) == (trend == "spike")


def test_a_workaround_makes_a_bug_an_article() -> None:
    """Readers can use it until the error is mended."""
    assert judged([*BUGS[:3], *["Known bug. Until then use My shelf > Old view."] * 2]) is None


def test_grave_matters_are_for_a_person() -> None:
    """Whatever agents did; the reason says what it is about and that they handed it over."""
    replies = [
        "I'm sorry. Please unplug it. I have passed this to our safety team.",
        "Thank you for telling us, our safety team will call you.",
        "I've escalated it to my manager.",
        "I have sent you a new lamp.",
        "Please do not use it again. A manager will contact you.",
    ]
    found = judged(replies, "Smoke came from the lamp!")
    assert found is not None
    assert found.kind == "escalate"
    assert "5 of 5 answered tickets are about fire, gas or electricity" in found.reason
    assert "agents handed 4 of them over" in found.reason


def test_courtesy_is_a_macro() -> None:
    """Thanks and regrets, and where one case stands."""
    replies = ["Thank you so much!", "I'm sorry to hear that.", "How lovely, thank you.",
               "I've checked, your book is on its way.", "Many thanks for the feedback."]  # fmt: skip
    found = judged(replies)
    assert found is not None
    assert (found.kind, found.wanted) == ("macro", ())


def test_short_facts_are_no_macro() -> None:
    """A short answer that others can use is an article, a short one."""
    replies = [
        "Yes, we open on Sunday.",
        "On Sunday too.",
        "We do, until six.",
        "Sunday? Yes.",
        "Yes!",
    ]
    assert judged(replies, "Are you open on Sunday?") is None


def test_other_languages_count_for_an_article() -> None:
    """Half of the answers cannot be read: nothing is set apart."""
    tickets = [ticket(n, ["Ma carte", reply], "en") for n, reply in enumerate(DONE)]
    tickets += [ticket(n, ["Ma carte", "C'est fait."], "fr") for n in range(5, 10)]
    assert judge_topic(topic_of(tickets), tickets) is None


def test_only_the_most_typical_are_read() -> None:
    """What stands after the fiftieth ticket changes nothing, nor does the order they come in."""
    replies = [*(DONE * 10), *[HOW] * 50]
    tickets = [ticket(n, ["My card", reply]) for n, reply in enumerate(replies)]
    found = judge_topic(topic_of(tickets), tickets)
    assert found is not None
    assert f"in {MOST_READ} of {MOST_READ}" in found.reason
    assert judge_topic(topic_of(tickets), tickets[::-1]) == found


@given(
    st.lists(
        st.builds(
            Answer,
            ticket=st.sampled_from([f"desk:{n}" for n in range(99)]),
            acted=st.booleans(), told=st.booleans(), defect=st.booleans(),
            personal=st.integers(0, 2), grave=st.sets(st.sampled_from(["fraud", "legal"])),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_explaining_makes_an_article(answers: list[Answer]) -> None:
    """Whatever else they do: where a third explain, nothing is set apart."""
    found = judge(answers)
    told = sum(one.told for one in answers)
    if len(answers) < 5 or 3 * told >= len(answers):
        assert found is None
    if found is not None:
        assert set(found.tickets) <= {one.ticket for one in answers}
