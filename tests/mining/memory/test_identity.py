"""Topic ids that stay."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kbtool.mining.describing.labels import birth_id
from kbtool.mining.memory.identity import find_changes, forwarding, keep_ids, with_topics_now
from kbtool.mining.mine import mine
from kbtool.model import Article, Topic, TopicChange
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


def test_the_majority_decides_and_not_the_purest_part() -> None:
    """Most of the old tickets are in the large part, among many new ones: that one is the heir."""
    old = _topic(list("abcde"), "t-old")
    large, pure = _topic([*"abc", *map(str, range(20))]), _topic(["d", "e"])
    assert [t.id for t in keep_ids([pure, large], [old])] == [pure.id, "t-old"]


def test_of_equal_parts_the_purer_one_is_the_heir() -> None:
    """Two parts hold half each; the one with fewer strangers keeps the id."""
    old = _topic(list("abcd"), "t-old")
    mixed, pure = _topic(["a", "b", "x", "y"]), _topic(["c", "d"])
    assert [t.id for t in keep_ids([mixed, pure], [old])] == [mixed.id, "t-old"]


def test_a_large_rest_keeps_the_id_when_most_went_to_another_topic() -> None:
    """Forty of a hundred that stay together are still the topic; four are stragglers."""
    old = _topic([f"o{n}" for n in range(100)], "t-old")
    other = _topic([f"x{n}" for n in range(200)], "t-other")
    for rest, id_ in ((40, "t-old"), (4, None)):
        taken = _topic([*other.tickets, *old.tickets[rest:]])
        left = _topic(list(old.tickets[:rest]))
        kept = keep_ids([taken, left], [other, old])
        assert [t.id for t in kept] == ["t-other", id_ or left.id]


def test_a_topic_that_vanished_comes_back_under_its_id() -> None:
    """What continues no topic of the last run may be one of the runs before; those go first."""
    gone, now = _topic(["a", "b", "c"], "t-gone"), _topic(["x", "y", "z"], "t-now")
    back = keep_ids([_topic(["x", "y", "z", "w"]), _topic(["a", "b", "c", "d"])], [now], [gone])
    assert [t.id for t in back] == ["t-now", "t-gone"]
    assert keep_ids([_topic(["x", "y", "z", "a", "b", "c"])], [now], [gone])[0].id == "t-now"


def test_what_happened_is_told() -> None:
    """Born, split, merged, gone and back; a topic that is merely kept is not told."""
    before = [
        _topic(["k1", "k2"], "t-kept"), _topic([*"abcdef"], "t-whole"),
        _topic(["l1", "l2", "l3"], "t-large"), _topic(["s1", "s2"], "t-small"),
        _topic(["g1", "g2"], "t-gone"),
    ]  # fmt: skip
    earlier = [_topic(["b1", "b2"], "t-back")]
    found = [
        _topic(["k1", "k2", "k3"]), _topic([*"abcd"]), _topic(["e", "f", "new1"]),
        _topic(["l1", "l2", "l3", "s1", "s2"]), _topic(["n1", "n2"]), _topic(["b1", "b2", "b3"]),
    ]  # fmt: skip
    after = keep_ids(found, before, earlier)
    assert find_changes(after, before, earlier) == (
        TopicChange("gone", "t-gone", 2),
        TopicChange("merged", "t-small", 2, "t-large", 2),
        *sorted(
            (
                TopicChange("split", found[2].id, 3, "t-whole", 2),
                TopicChange("born", found[4].id, 2),
                TopicChange("back", "t-back", 3),
            ),
            key=lambda change: change.topic,
        ),
    )
    assert find_changes(after, after, before) == ()


def test_a_topic_whose_rest_is_in_one_topic_was_merged_into_it() -> None:
    """Of ten tickets four are in one topic and the others in none: its id leads there. When as
    many are in another one, or only three are there, it is gone.
    """
    old, host = _topic([f"o{n}" for n in range(10)], "t-old"), _topic([*"uvwxyz"] * 2, "t-host")
    for taken, others, kind in ((4, 0, "merged"), (4, 4, "gone"), (3, 0, "gone")):
        found = [
            _topic([*host.tickets, *old.tickets[:taken]]),
            _topic([*map(str, range(20)), *old.tickets[taken : taken + others]]),
        ]
        after = keep_ids(found, [old, host])
        assert {c.topic: c.kind for c in find_changes(after, [old, host])}["t-old"] == kind


def test_ids_lead_through_several_mergers_until_a_topic_is_back() -> None:
    """One into two, two into three; when two is a topic again, one is part of that."""
    one, two = (TopicChange("merged", f"t-{n}", 3, f"t-{n + 1}", 3) for n in (1, 2))
    assert forwarding([one, two]) == {"t-1": "t-3", "t-2": "t-3"}
    assert forwarding([one, two, TopicChange("back", "t-2", 3)]) == {"t-1": "t-2"}
    assert forwarding([one, TopicChange("back", "t-1", 3)]) == {}


def test_two_that_swallow_each_other_in_turn_lead_in_no_circle() -> None:
    """Whatever an interrupted history says, an id leads somewhere."""
    there, back = TopicChange("merged", "t-1", 3, "t-2"), TopicChange("merged", "t-2", 3, "t-1")
    assert forwarding([there, back]) == {"t-2": "t-1"}


def test_an_article_follows_its_topic() -> None:
    """Its topic was merged: it is about the one that holds the tickets now."""
    about = [Article(f"kb-{t}", "?", "en", "published", None, "", "x.md", topic=t) for t in "abc"]
    moved = with_topics_now(about, {"a": "b"})
    assert [article.topic for article in moved] == ["b", "b", "c"]


def _partition(homes: list[int | None]) -> list[Topic]:
    """Topics of tickets 0, 1, 2 …, each in the numbered group or in none."""
    groups: dict[int, list[str]] = {}
    for ticket, home in enumerate(homes):
        if home is not None:
            groups.setdefault(home, []).append(str(ticket))
    return [_topic(tickets) for _, tickets in sorted(groups.items())]


_HOMES = st.lists(st.none() | st.integers(0, 7), min_size=1, max_size=60)


@given(_HOMES, _HOMES, _HOMES)
def test_every_run_names_all_topics_once_and_accounts_for_all(
    first: list[int | None], second: list[int | None], third: list[int | None]
) -> None:
    """Whatever overlaps: ids are unique; each old id is borne, merged or gone; each new one is
    kept, born, split or back; the majority's holder bears an id it holds the majority of.
    """
    one = keep_ids(_partition(first), ())
    two = keep_ids(_partition(second), one)
    gone = [t for t in one if t.id not in {t.id for t in two}]
    three = keep_ids(_partition(third), two, gone)
    for before, after, earlier in ((one, two, []), (two, three, gone)):
        changes = find_changes(after, before, earlier)
        ended = {c.topic for c in changes if c.kind in ("merged", "gone")}
        began = {c.topic for c in changes} - ended
        old, new = {t.id for t in before}, {t.id for t in after}
        assert len(new) == len(after)
        assert (ended, began) == (old - new, new - old)
        assert {c.topic for c in changes if c.kind == "back"} == began & {t.id for t in earlier}
        assert {c.other for c in changes if c.kind == "merged"} <= new
        for topic in after:
            held = {t.id for t in before if 2 * _common(t, topic) > len(t.tickets)}
            assert not held or topic.id in held


def _common(one: Topic, other: Topic) -> int:
    return len({*one.tickets} & {*other.tickets})


def _grown(tickets: list[str]) -> list[str]:
    """These and a fifth of new ones."""
    return [*tickets, *(f"{ticket}+" for ticket in tickets[::5])]


@given(st.data())
def test_a_fifth_of_new_tickets_splits_and_mergers_leave_the_ids(data: st.DataObject) -> None:
    """Topics that grow by a fifth keep their ids, all of them; of those that merge the larger one
    does and the other's leads there; of those that split the larger part does, the other one knows
    where it came from; and what vanished has its id when it is back.
    """
    sizes = data.draw(st.lists(st.integers(5, 30), min_size=4, max_size=12, unique=True))
    tickets = [[f"{i}-{n}" for n in range(size)] for i, size in enumerate(sizes)]
    before = keep_ids([_topic(group) for group in tickets], ())
    grown = [_grown(group) for group in tickets]
    merged = [grown[0] + grown[1], *grown[2:]]
    cut = data.draw(st.integers(len(tickets[2]) // 2 + 1, len(tickets[2]) - 2))
    parts = [_grown(tickets[2][:cut]), _grown(tickets[2][cut:])]
    found = [*merged[:1], *parts, *grown[4:]]  # and the fourth vanished
    order = data.draw(st.permutations(range(len(found))))
    after = keep_ids([_topic(found[i]) for i in order], before)
    named = dict(zip(order, (t.id for t in after), strict=True))
    larger, smaller = (0, 1) if sizes[0] > sizes[1] else (1, 0)
    assert named[0] == before[larger].id
    assert named[1] == before[2].id
    assert [named[i] for i in range(3, len(found))] == [t.id for t in before[4:]]
    changes = find_changes(after, before)
    assert forwarding(changes) == {before[smaller].id: before[larger].id}
    told = {(c.kind, c.topic, c.other) for c in changes}
    assert told == {
        ("merged", before[smaller].id, before[larger].id), ("gone", before[3].id, None),
        ("split", named[2], before[2].id),
    }  # fmt: skip
    again = keep_ids([_topic(group) for group in grown], after, [before[smaller], before[3]])
    assert again[3].id == before[3].id
