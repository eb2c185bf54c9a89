"""A list that does not say the same twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Suggestion, Topic, Twin, Worth
from kbtool.suggest.novelty import by_novelty, without_repeats
from tests.suggest.samples import topic


def _write(name: str, tickets: float) -> Suggestion:
    return Suggestion(
        kind="write",
        topic=name,
        question="How do I?",
        tickets=(),
        requesters=3,
        languages=(),
        trend="steady",
        article=None,
        parts=Worth(tickets),
        reasons=("no article answers it",),
    )


def _topics(**chances: dict[str, float]) -> list[Topic]:
    return [
        replace(
            topic(name.replace("_", "-")),
            twins=tuple(Twin(other, chance) for other, chance in known.items()),
        )
        for name, known in chances.items()
    ]


def test_a_twin_makes_room_for_something_new() -> None:
    """The second wording of the best topic comes after a smaller topic that is new."""
    worth = {"t-a": 10.0, "t-b": 9.0, "t-c": 4.0}
    twins = {"t-a": {"t-b": 0.8}, "t-b": {"t-a": 0.8}}
    assert [name for name, _, _ in by_novelty(worth, twins)] == ["t-a", "t-c", "t-b"]
    _, new, twin = by_novelty(worth, twins)[2]
    assert (round(new, 9), twin) == (0.2, "t-a")


def test_what_is_dealt_with_counts_as_shown() -> None:
    """A twin of a topic that has an article is new only so far as the article is doubtful."""
    first, second = by_novelty({"t-b": 9.0, "t-c": 4.0}, {"t-a": {"t-b": 0.8}}, {"t-a": 0.5})
    assert first == ("t-b", 0.6, "t-a")
    assert second == ("t-c", 1.0, None)


def test_a_suggestion_says_what_it_may_repeat() -> None:
    """Worth falls by the chance, and the reason names the other topic."""
    topics = _topics(t_a={"t-b": 0.75}, t_b={"t-a": 0.75}, t_c={})
    found = without_repeats([_write("t-a", 10), _write("t-b", 8), _write("t-c", 3)], topics)
    assert [(s.topic, s.worth) for s in found] == [("t-a", 10.0), ("t-c", 3.0), ("t-b", 2.0)]
    assert found[2].reasons[-1] == "may be the same question as t-a (75%)"
    assert found[2].parts.novelty == 0.25
    assert found[0] == _write("t-a", 10)


def test_only_new_articles_repeat_each_other() -> None:
    """Mending an article is worth the same whatever else is written."""
    topics = _topics(t_a={"t-b": 0.9}, t_b={"t-a": 0.9})
    fix = replace(_write("t-b", 8), kind="fix", article="kb-1001")
    assert without_repeats([_write("t-a", 10), fix], topics)[1] == fix


_NAMES = ("a", "b", "c", "d", "e")


@given(
    st.dictionaries(st.sampled_from(_NAMES), st.floats(0, 100), min_size=1),
    st.dictionaries(
        st.sampled_from(_NAMES), st.dictionaries(st.sampled_from(_NAMES), st.floats(0, 1))
    ),
    st.dictionaries(st.sampled_from(_NAMES), st.floats(0, 1)),
)
def test_every_topic_comes_once_and_worth_goes_down(
    worth: dict[str, float], twins: dict[str, dict[str, float]], known: dict[str, float]
) -> None:
    """Nothing is lost or doubled; the worth of what is new never rises along the list."""
    found = by_novelty(worth, twins, known)
    assert sorted(name for name, _, _ in found) == sorted(worth)
    values = [worth[name] * new for name, new, _ in found]
    assert all(a >= b - 1e-9 for a, b in pairwise(values))
    assert all(0 <= new <= 1 for _, new, _ in found)
