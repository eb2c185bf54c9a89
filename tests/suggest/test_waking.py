"""When a rejected topic is suggested again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import TopicChange, TopicRun
from kbtool.suggest.waking import Rejection, asleep, standings

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TODAY = NOW.date()
NO = Rejection("t-1", "no", 6, NOW, run=1)


def _runs(*changes: TopicChange, first: int = 2) -> list[TopicRun]:
    return [TopicRun(n, NOW, 0, 0, (change,)) for n, change in enumerate(changes, first)]


def test_it_wakes_at_a_size_a_day_or_never() -> None:
    """Each rule alone; what is rounded is rounded up."""
    sizes = {"t-1": 11}
    assert standings([NO], [], sizes, TODAY)[0].sleeps
    assert not standings([NO], [], {"t-1": 12}, TODAY)[0].sleeps
    fraction = replace(NO, tickets=10, times=1.1)
    assert standings([fraction], [], sizes, TODAY)[0].wakes_at == 11
    dated = replace(NO, times=None, until=date(2027, 3, 1))
    assert standings([dated], [], {"t-1": 600}, date(2027, 2, 28))[0].sleeps
    assert not standings([dated], [], sizes, date(2027, 3, 1))[0].sleeps
    assert standings([replace(NO, times=None)], [], {"t-1": 6000}, date(2099, 1, 1))[0].sleeps


def test_what_happened_before_the_rejection_is_no_part_of_it() -> None:
    """A part that had split off when the topic was rejected was not rejected with it."""
    split = TopicChange("split", "t-2", 3, "t-1", 3)
    sizes = {"t-1": 6, "t-2": 3}
    assert standings([NO], _runs(split, first=1), sizes, TODAY)[0].topics == ("t-1",)
    (found,) = standings([NO], _runs(split, first=2), sizes, TODAY)
    assert (found.topics, found.tickets) == (("t-1", "t-2"), 9)


def test_a_topic_that_comes_back_out_of_a_rejected_one_is_a_part_of_it() -> None:
    """It was merged when the topic was rejected; merged only later, it stays free."""
    back = TopicChange("back", "t-2", 4, "t-1", 4)
    sizes = {"t-1": 6, "t-2": 4}
    assert asleep(standings([NO], _runs(back), sizes, TODAY)) == {"t-1", "t-2"}
    merged = TopicChange("merged", "t-2", 4, "t-1", 4)
    assert asleep(standings([NO], _runs(merged, back), sizes, TODAY)) == {"t-1"}


def test_guests_move_with_their_host() -> None:
    """A free topic merged into a part that merged on: its tickets are still no growth."""
    runs = _runs(
        TopicChange("split", "t-2", 3, "t-1", 3),
        TopicChange("merged", "t-free", 5, "t-2", 5),
        TopicChange("merged", "t-2", 8, "t-1", 8),
    )
    (found,) = standings([NO], runs, {"t-1": 11 + 5}, TODAY)
    assert (found.tickets, found.sleeps) == (11, True)
    assert not standings([NO], runs, {"t-1": 12 + 5}, TODAY)[0].sleeps


def test_two_rejections_hold_a_topic_until_both_end() -> None:
    """The part of a rejected topic that was rejected itself."""
    part = replace(NO, topic="t-2", tickets=3, run=2, times=None)
    split = _runs(TopicChange("split", "t-2", 3, "t-1", 3))
    found = standings([NO, part], split, {"t-1": 9, "t-2": 3}, TODAY)
    assert [one.sleeps for one in found] == [False, True]
    assert asleep(found) == {"t-2"}


@given(st.data())
def test_it_never_wakes_while_nothing_grows(data: st.DataObject) -> None:
    """However a rejected topic splits, merges with free ones, vanishes and comes back: as long as
    no new ticket comes, all topics that hold only its tickets sleep.
    """
    sizes = {"t-1": 8, "t-a": 5, "t-b": 3}
    owned = {"t-1"}
    away: dict[str, tuple[int, bool]] = {}
    changes: list[TopicChange] = []
    for step in range(data.draw(st.integers(0, 12))):
        topic = data.draw(st.sampled_from(sorted(sizes)))
        kind = data.draw(st.sampled_from(["split", "merge", "gone", "back"]))
        if kind == "split" and sizes[topic] > 1:
            part, new = data.draw(st.integers(1, sizes[topic] // 2)), f"t-{step}+"
            sizes[topic] -= part
            sizes[new] = part
            changes.append(TopicChange("split", new, part, topic, part))
            if topic in owned:
                owned.add(new)
        elif kind == "merge" and topic not in owned:
            hosts = sorted(owned & sizes.keys())
            if hosts and sizes[topic] <= sizes[hosts[0]]:
                size = sizes.pop(topic)
                sizes[hosts[0]] += size
                changes.append(TopicChange("merged", topic, size, hosts[0], size))
        elif kind == "gone" and len(sizes) > 1:
            away[topic] = (sizes.pop(topic), topic in owned)
            changes.append(TopicChange("gone", topic, away[topic][0]))
        elif kind == "back" and away:
            name = sorted(away)[0]
            sizes[name] = away.pop(name)[0]
            changes.append(TopicChange("back", name, sizes[name]))
    found = standings([replace(NO, tickets=8)], _runs(*changes), sizes, TODAY)
    assert owned & sizes.keys() <= asleep(found)
