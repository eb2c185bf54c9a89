"""Chatter: what stands around any question goes, what is asked stays."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.mining.questions.chatter import without_chatter
from kbtool.mining.questions.question import Question

THINGS = ("bell", "lamp", "chain", "saddle", "pedal", "wheel", "basket", "lock")
ASKS = (
    "How do I mount the {}?",
    "The {} broke on the first day",
    "where is my {}",
    "Please send another {} to me",
    "Which {} fits the old model?",
)
FILLER = ("I hope you are well.", "My order number is 4{}.", "Looking forward to your answer")


def asked() -> list[str]:
    """40 different questions about eight things."""
    return [ask.format(thing) for thing in THINGS for ask in ASKS]


def question(number: int, *lines: str, reply: str = "") -> Question:
    """A question of these lines."""
    return Question(f"desk:{number}", "\n".join(lines), (), "en", reply=reply)


def test_sentences_around_any_question_go() -> None:
    """Whatever is asked: the same sentences, also with other digits or another case, say nothing."""
    sample = []
    for n, text in enumerate(asked()):
        opening = FILLER[0] if n % 2 else FILLER[0].lower()
        sample.append(question(n, opening, text, FILLER[1].format(n), FILLER[2]))
    assert [q.text for q in without_chatter(sample)] == asked()


def test_a_sentence_that_goes_on_in_lower_case_is_parted() -> None:
    """Hurried people begin no sentence with a capital."""
    sample = [question(n, f"I hope you are well. {t.lower()}") for n, t in enumerate(asked())]
    assert [q.text for q in without_chatter(sample)] == [text.lower() for text in asked()]


def test_the_same_question_of_many_stays() -> None:
    """Twenty who ask one thing word for word, each with some of the chatter, are still heard."""
    same = "How do I mount the bell?"
    sample = [question(n, text, FILLER[n % 3]) for n, text in enumerate(asked())]
    sample += [question(100 + n, same, FILLER[n % 3]) for n in range(20)]
    assert [q.text for q in without_chatter(sample)] == [*asked(), *[same] * 20]


def test_what_goes_with_one_topic_stays() -> None:
    """A sentence beside questions of one topic alone belongs to it."""
    extra = "It came with the wrong screws"
    sample = [
        question(n, text, *([extra] if "bell" in text else []))
        for n, text in enumerate(asked() * 2)
    ]
    kept = without_chatter(sample)
    assert sum(extra in q.text for q in kept) == 10


def test_replies_keep_what_answers() -> None:
    """A sentence that agents send to everybody goes, one for a topic stays; nothing may be left."""
    sample = [
        question(
            n,
            text,
            reply="I have looked into it. "
            + ("Turn the bell clockwise on its clamp." if "bell" in text else ""),
        )
        for n, text in enumerate(asked() * 2)
    ]
    kept = without_chatter(sample)
    assert {q.reply for q in kept} == {"", "Turn the bell clockwise on its clamp."}


def test_a_message_of_chatter_alone_stays_whole() -> None:
    """Nothing would be left to compare."""
    sample = [question(n, text, FILLER[0]) for n, text in enumerate(asked())]
    sample.append(question(99, FILLER[0]))
    assert without_chatter(sample)[-1].text == FILLER[0]


def test_few_or_empty_questions_are_left_alone() -> None:
    """No question, empty ones, or too few to tell."""
    assert without_chatter([]) == []
    empty = [question(n, "") for n in range(9)]
    assert without_chatter(empty) == empty
    few = [question(n, "I hope you are well.", text) for n, text in enumerate(asked()[:4])]
    assert without_chatter(few) == few


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from((*FILLER, *asked()[:6], "", "?", "[x]")), max_size=4), max_size=30
    )
)
def test_only_lines_go_and_order_does_not_matter(texts: list[list[str]]) -> None:
    """Every kept line was there; each question keeps the same ones wherever it stands."""
    sample = [question(n, *lines) for n, lines in enumerate(texts)]
    kept = without_chatter(sample)
    for before, after in zip(sample, kept, strict=True):
        assert replace(after, text="", reply="") == replace(before, text="", reply="")
        assert set(after.text.splitlines()) <= set(before.text.splitlines())
    assert without_chatter(sample[::-1]) == kept[::-1]
