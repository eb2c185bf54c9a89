"""Topic ids that stay."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kbtool.mining.identity import keep_ids
from kbtool.mining.labels import birth_id
from kbtool.mining.topics import mine
from kbtool.model import Topic
from tests.mining.samples import questions


def _topic(tickets: list[str], id_: str | None = None) -> Topic:
    return Topic(
        id=id_ or birth_id(tickets),
        question="?",
        keywords=(),
        tickets=tuple(tickets),
        requesters=len(tickets),
        languages=(("en", len(tickets)),),
        months=(),
        trend="steady",
        wordings=(),
    )


def test_same_tickets_same_ids() -> None:
    """A second run on the same tickets changes nothing, with or without memory."""
    first = mine(questions())
    assert mine(questions()) == first
    assert mine(questions(), previous=first) == first


def test_new_tickets_keep_the_ids() -> None:
    """Twenty per cent of new tickets leave each topic its id."""
    every = questions()
    before = mine([q for i, q in enumerate(every) if i % 5 != 4], smallest=3)
    after = mine(every, smallest=3, previous=before)
    assert {t.id for t in before} <= {t.id for t in after}


def test_a_split_gives_the_id_to_the_larger_part() -> None:
    """When a topic falls apart, the part with most of its tickets is its heir."""
    old = _topic(["a", "b", "c", "d", "e"], "t-old")
    large, small = _topic(["a", "b", "c"]), _topic(["d", "e"])
    kept = keep_ids([small, large], [old])
    assert [t.id for t in kept] == [small.id, "t-old"]


def test_a_merger_keeps_the_larger_topics_id() -> None:
    """When two topics become one, it is the continuation of the larger one."""
    one, two = _topic(["a", "b", "c"], "t-one"), _topic(["d", "e"], "t-two")
    assert keep_ids([_topic(["a", "b", "c", "d", "e"])], [two, one])[0].id == "t-one"


def test_a_topic_of_other_tickets_is_another_topic() -> None:
    """Less than half in common is not the same topic."""
    old, new = _topic(["a", "b", "c", "d"], "t-old"), _topic(["d", "e", "f", "g"])
    assert keep_ids([new], [old])[0].id == new.id


def test_a_taken_name_is_lengthened() -> None:
    """A birth id that an older topic bears already is not given twice."""
    old, new = _topic(["x", "y"], "t-1"), replace(_topic(["a", "b"]), id="t-1")
    assert keep_ids([new], [old])[0].id == "t-1-2"


_GROUPS = st.lists(
    st.lists(st.integers(0, 40).map(str), min_size=1, max_size=8, unique=True), max_size=8
)


@given(_GROUPS, _GROUPS)
def test_ids_are_unique(old: list[list[str]], new: list[list[str]]) -> None:
    """Whatever overlaps, no two topics get one id."""
    before = keep_ids([_topic(group) for group in old], ())
    found = keep_ids([_topic(group) for group in new], before)
    assert len({t.id for t in found}) == len(found) == len(new)
