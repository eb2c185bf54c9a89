"""The miner as a whole, on a small corpus with known topics."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kbtool.mining.mine import mine
from tests.mining.samples import questions


def _truth(key: str) -> str:
    return key.removeprefix("desk:").rpartition("-")[0]


def test_each_recurring_question_is_one_pure_topic() -> None:
    """The three recurring questions are found, each once, and the one-offs stay out."""
    found = mine(questions(), smallest=4)
    majorities = [Counter(map(_truth, t.tickets)).most_common(1)[0] for t in found]
    assert sorted(name for name, _ in majorities) == ["card", "fee", "renew"]
    for topic, (_, n) in zip(found, majorities, strict=True):
        assert n >= 0.8 * len(topic.tickets)


def test_languages_are_joined_by_their_answers() -> None:
    """Questions that share no word become one topic when their answers share facts."""
    by_name = {_truth(t.tickets[0]): t for t in mine(questions(), smallest=4)}
    assert {lang for lang, _ in by_name["renew"].languages} == {"en", "tr"}
    assert {lang for lang, _ in by_name["fee"].languages} == {"en", "tr"}
    assert {lang for lang, _ in by_name["card"].languages} == {"en"}


def test_order_of_input_does_not_matter() -> None:
    """Shuffled questions give the same topics."""
    turned = questions()[::-1]
    assert mine(turned) == mine(turned[7:] + turned[:7]) == mine(questions())


def test_no_topic_is_smaller_than_asked() -> None:
    """``smallest`` is kept, also after the languages were joined."""
    for smallest in (2, 4, 6):
        assert all(len(t.tickets) >= smallest for t in mine(questions(), smallest=smallest))


def test_a_ticket_is_in_one_topic_only() -> None:
    """Topics do not overlap."""
    keys = [key for topic in mine(questions(), smallest=2) for key in topic.tickets]
    assert len(keys) == len(set(keys))


def test_too_few_questions_give_no_topics() -> None:
    """Nothing, one or three questions are no error."""
    for few in (0, 1, 3):
        assert mine(questions()[:few]) == ()


def test_identical_questions_are_a_topic() -> None:
    """The same words ten times are one topic, also when all else is one of a kind."""
    same = replace(questions()[0], reply="")
    copies = [replace(same, ticket=f"desk:same-{n}") for n in range(10)]
    others = [replace(q, reply="") for q in questions() if _truth(q.ticket) == "noise"]
    found = mine([*copies, *others], smallest=4)
    assert [len(t.tickets) for t in found] == [10]


def test_questions_without_words_are_left_alone() -> None:
    """Texts without a single word break nothing and belong to no topic."""
    empty = [replace(questions()[0], ticket=f"e:{n}", text="?!", reply="") for n in range(6)]
    assert mine(empty) == ()
    found = mine([*questions(), *empty])
    assert not {q.ticket for q in empty} & {k for t in found for k in t.tickets}


def test_question_shown_is_a_real_short_one() -> None:
    """The topic's question is a customer's own sentence of at most 120 characters."""
    texts = {q.text for q in questions()}
    for topic in mine(questions()):
        assert topic.question in texts
        assert len(topic.question) <= 120
        assert topic.question == topic.wordings[0].text
