"""kbtool reject on a real knowledge base: remembered whatever the miner does, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.articles.draft import article_id
from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import ContentError, NotFoundError, StateError
from kbtool.mining.describing.labels import birth_id
from kbtool.mining.memory.identity import keep_ids
from kbtool.mining.memory.store import read_memory, save_topics
from kbtool.model import Topic
from kbtool.suggest.waking import asleep
from kbtool.workflows.draft import draft
from kbtool.workflows.reject import reject, take_back
from kbtool.workflows.rejections import refresh_rejections
from kbtool.workflows.review import waiting
from kbtool.workflows.topics import list_rejected, read_standings
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import tea_tickets

ID = article_id("t-tea", "en")
LATER = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def kb(tmp_path: Path) -> Settings:
    """A knowledge base with the tea topic of six tickets."""
    return knowledge_base(tmp_path)


def run(kb: Settings, *groups: Sequence[str]) -> list[str]:
    """A run of the miner that finds these groups of tickets; their ids come back."""
    with writing(kb.database) as connection:
        memory = read_memory(connection)
        found = [_topic(group) for group in groups]
        kept = keep_ids(found, memory.topics, memory.gone)
        save_topics(connection, kept, NOW)
    return [topic.id for topic in kept]


def _topic(tickets: Sequence[str]) -> Topic:
    return Topic(
        birth_id(tickets), "?", (), tuple(tickets), len(tickets), (), (), "steady", wordings=()
    )


def sleeping(kb: Settings, now: datetime = NOW) -> set[str]:
    """Ids of the current topics that rejections hold back."""
    with reading(kb.database) as connection:
        topics = read_memory(connection).topics
        return set(asleep(read_standings(connection, topics, now.date())))


def numbered(start: int, count: int) -> list[str]:
    """Keys of ``count`` tickets."""
    return [f"desk:{n}" for n in range(start, start + count)]


def test_a_rejected_draft_keeps_its_reason(kb: Settings) -> None:
    """The draft keeps the reason and is not drafted again; its topic sleeps until it doubles."""
    draft(kb, ["t-tea"], now=NOW)
    done = reject(kb, ID, reason="the app says it now", now=NOW)
    assert done.article is not None
    assert done.article.status == "rejected"
    assert done.topic is not None
    assert (done.topic.rejection.tickets, done.topic.wakes_at) == (6, 12)
    assert [one.outcome for one in draft(kb, ["t-tea"], now=NOW).drafts] == ["kept, rejected"]
    assert "the app says it now" in (kb.content_dir / f"drafts/{ID}.md").read_text("utf-8")


def test_a_topic_can_be_rejected_before_it_is_drafted(kb: Settings) -> None:
    """By its id; an unknown id and an empty reason are told."""
    assert reject(kb, "t-tea", reason="each case differs", now=NOW).article is None
    with pytest.raises(NotFoundError):
        reject(kb, "t-none", reason="x", now=NOW)
    with pytest.raises(StateError, match="needs a reason"):
        reject(kb, "t-tea", reason=" ", now=NOW)
    assert read_articles(kb.content_dir)[0][0].id == "kb-7"


def test_it_sleeps_until_it_has_so_many_times_the_tickets(kb: Settings) -> None:
    """Four tickets, three times: eleven are too few, twelve wake it."""
    (topic,) = run(kb, numbered(0, 4))
    reject(kb, topic, reason="no", times=3, now=NOW)
    run(kb, numbered(0, 11))
    assert sleeping(kb) == {topic}
    run(kb, numbered(0, 12))
    assert sleeping(kb) == set()


def test_it_sleeps_until_its_day_or_for_good(kb: Settings) -> None:
    """However it grows."""
    dated, never = run(kb, numbered(0, 4), numbered(10, 4))
    reject(kb, dated, reason="no", times=None, until=date(2027, 3, 1), now=NOW)
    reject(kb, never, reason="no", times=None, now=NOW)
    run(kb, [*numbered(0, 4), *numbered(100, 90)], [*numbered(10, 4), *numbered(200, 90)])
    assert sleeping(kb, LATER - timedelta(days=1)) == {dated, never}
    assert sleeping(kb, LATER) == {never}


def test_parts_of_a_rejected_topic_wake_together(kb: Settings) -> None:
    """Eight tickets fall into two topics: both sleep until they have sixteen together."""
    (whole,) = run(kb, numbered(0, 8))
    reject(kb, whole, reason="no", now=NOW)
    large, small = run(kb, numbered(0, 5), numbered(5, 3))
    assert large == whole
    assert sleeping(kb) == {large, small}
    run(kb, [*numbered(0, 5), *numbered(100, 5)], [*numbered(5, 3), *numbered(200, 2)])
    assert sleeping(kb) == {large, small}
    run(kb, [*numbered(0, 5), *numbered(100, 5)], [*numbered(5, 3), *numbered(200, 3)])
    assert sleeping(kb) == set()


def test_what_merges_into_a_rejected_topic_does_not_wake_it(kb: Settings) -> None:
    """The other's tickets are no growth; when it is a topic of its own again it is free."""
    rejected, other = run(kb, numbered(0, 6), numbered(10, 6 - 1))
    reject(kb, rejected, reason="no", now=NOW)
    assert sleeping(kb) == {rejected}
    assert run(kb, [*numbered(0, 6), *numbered(10, 5), *numbered(100, 1)]) == [rejected]
    assert sleeping(kb) == {rejected}
    assert run(kb, numbered(0, 6), numbered(10, 5)) == [rejected, other]
    assert sleeping(kb) == {rejected}


def test_a_rejected_topic_that_a_larger_one_takes_in_stays_rejected(kb: Settings) -> None:
    """The larger one is not silenced; when the rejected one is back, it still sleeps."""
    large, rejected = run(kb, numbered(0, 8), numbered(10, 4))
    reject(kb, rejected, reason="no", now=NOW)
    assert run(kb, [*numbered(0, 8), *numbered(10, 4)]) == [large]
    assert sleeping(kb) == set()
    assert run(kb, numbered(0, 8), numbered(10, 4)) == [large, rejected]
    assert sleeping(kb) == {rejected}


def test_a_rejected_topic_that_vanishes_is_still_rejected_when_it_is_back(kb: Settings) -> None:
    """Also after several runs without it, as a little more than before."""
    (topic,) = run(kb, numbered(0, 6))
    reject(kb, topic, reason="no", now=NOW)
    run(kb, numbered(50, 6))
    run(kb, numbered(50, 7))
    assert run(kb, numbered(0, 8), numbered(50, 7))[0] == topic
    assert sleeping(kb) == {topic}


def test_what_was_merged_is_rejected_by_its_old_id(kb: Settings) -> None:
    """The id is followed to the topic that holds its tickets now."""
    large, small = run(kb, numbered(0, 8), numbered(10, 4))
    run(kb, [*numbered(0, 8), *numbered(10, 4)])
    assert reject(kb, small, reason="no", now=NOW).id == large
    assert sleeping(kb) == {large}


def test_a_draft_whose_topic_was_taken_in_rejects_only_its_own(kb: Settings) -> None:
    """The larger topic is about more than the draft: it goes on being suggested, also when the
    front matter is read again."""
    draft(kb, topics=["t-tea"], now=NOW)
    tea = [one.key for one in tea_tickets()]
    large = next(one for one in run(kb, numbered(50, 9), tea) if one != "t-tea")
    assert run(kb, [*numbered(50, 9), *tea]) == [large]
    held = reject(kb, ID, reason="a part of another", now=NOW).topic
    assert held is not None
    assert (held.rejection.topic, held.topics) == ("t-tea", ())
    assert sleeping(kb) == set()
    refresh_rejections(kb, read_articles(kb.content_dir)[0], now=LATER)
    assert sleeping(kb) == set()
    assert set(run(kb, numbered(50, 9), tea)) == {large, "t-tea"}
    assert sleeping(kb) == {"t-tea"}
    take_back(kb, ID, now=NOW)
    assert sleeping(kb) == set()


def test_a_rejection_is_taken_back(kb: Settings) -> None:
    """By the topic's id or its beginning or that of a part; twice is refused."""
    (whole,) = run(kb, numbered(0, 8))
    for name in (whole, whole[:6]):
        reject(kb, whole, reason="no", now=NOW)
        assert [r.topic for r in take_back(kb, name, now=NOW).rejections] == [whole]
        assert sleeping(kb) == set()
    reject(kb, whole, reason="no", now=NOW)
    part = run(kb, numbered(0, 5), numbered(5, 3))[1]
    assert [r.topic for r in take_back(kb, part, now=NOW).rejections] == [whole]
    with pytest.raises(StateError, match="was not rejected"):
        take_back(kb, whole, now=NOW)
    with pytest.raises(NotFoundError):
        take_back(kb, "t-none", now=NOW)


def test_a_rejected_draft_is_a_draft_again(kb: Settings) -> None:
    """With its topic; a draft that was not rejected is refused."""
    draft(kb, ["t-tea"], now=NOW)
    with pytest.raises(StateError, match="was not rejected"):
        take_back(kb, ID, now=NOW)
    reject(kb, ID, reason="no", now=NOW)
    done = take_back(kb, ID, now=NOW)
    (again,) = done.articles
    assert (again.status, again.reason, again.wake) == ("draft", None, None)
    assert [r.topic for r in done.rejections] == ["t-tea"]
    made = draft(kb, ["t-tea"], now=NOW)
    assert [one.outcome for one in made.drafts] == ["unchanged"]


def test_a_draft_whose_topic_no_run_knows_sleeps_on_its_evidence(kb: Settings) -> None:
    """The tickets behind its sentences count as the topic's."""
    draft(kb, ["t-tea"], now=NOW)
    with writing(kb.database) as connection:
        connection.exec_driver_sql("DELETE FROM topics")
    done = reject(kb, ID, reason="no", now=NOW)
    assert done.topic is not None
    assert done.topic.rejection.tickets > 0
    assert done.topic.topics == ()


def _edit(kb: Settings, **keys: str) -> None:
    """Set keys of the draft's front matter by hand, as a pull request would."""
    file = kb.content_dir / f"drafts/{ID}.md"
    lines = file.read_text("utf-8").split("\n")
    kept = [line for line in lines if line.partition(":")[0] not in keys]
    kept[1:1] = [f"{key}: {value}" for key, value in keys.items() if value]
    file.write_text("\n".join(kept), "utf-8")


def _refresh(kb: Settings, now: datetime = NOW) -> None:
    refresh_rejections(kb, read_articles(kb.content_dir)[0], now=now)


def _stored(kb: Settings) -> list[tuple[str, str | None, int, int | None, date | None]]:
    """(topic, reason, tickets then, tickets that wake it, day that wakes it)."""
    return [
        (one.standing.rejection.topic, one.standing.rejection.reason,
         one.standing.rejection.tickets, one.standing.wakes_at, one.standing.rejection.until)
        for one in list_rejected(kb, now=NOW)
    ]  # fmt: skip


def test_the_rule_stands_in_the_draft(kb: Settings) -> None:
    """As a number of tickets, so that the file alone says when; a day and "never" as such."""
    draft(kb, ["t-tea"], now=NOW)
    reject(kb, ID, reason="no", times=1.5, now=NOW)
    file = kb.content_dir / f"drafts/{ID}.md"
    assert "\nwake: 9 tickets\n" in file.read_text("utf-8")
    take_back(kb, ID, now=NOW)
    reject(kb, ID, reason="no", times=None, until=date(2027, 3, 1), now=NOW)
    assert "\nwake: after 2027-03-01\n" in file.read_text("utf-8")
    take_back(kb, ID, now=NOW)
    reject(kb, ID, reason="no", times=None, now=NOW)
    assert "\nwake: never\n" in file.read_text("utf-8")
    assert _stored(kb) == [("t-tea", "no", 6, None, None)]


@pytest.mark.parametrize(
    ("wake", "wakes_at", "until"),
    [("", 12, None), ("3 times", 18, None), ("7 tickets", 7, None), ("never", None, None),
     ("after 2027-03-01", None, date(2027, 3, 1))],
)  # fmt: skip
def test_a_draft_rejected_by_hand_is_rejected(
    kb: Settings, wake: str, wakes_at: int | None, until: date | None
) -> None:
    """With its reason and rule; twice the tickets when it says none. Asking twice changes nothing."""
    draft(kb, ["t-tea"], now=NOW)
    _edit(kb, status="rejected", reason="by hand", wake=wake)
    assert _stored(kb) == [("t-tea", "by hand", 6, wakes_at, until)]
    assert sleeping(kb) == {"t-tea"}
    before = kb.database.read_bytes()
    _refresh(kb, LATER)
    assert _stored(kb) == [("t-tea", "by hand", 6, wakes_at, until)]
    assert kb.database.read_bytes() == before


def test_a_rule_changed_by_hand_counts_from_the_rejection(kb: Settings) -> None:
    """The tickets it had and the day it was rejected stay."""
    draft(kb, ["t-tea"], now=NOW)
    reject(kb, ID, reason="no", now=NOW)
    _edit(kb, wake="10 tickets", reason="not yet")
    _refresh(kb, LATER)
    assert _stored(kb) == [("t-tea", "not yet", 6, 10, None)]


def test_a_rejection_taken_back_by_hand_is_taken_back(kb: Settings) -> None:
    """Another status is enough; a file that is gone is no such thing."""
    draft(kb, ["t-tea"], now=NOW)
    reject(kb, ID, reason="no", now=NOW)
    file = kb.content_dir / f"drafts/{ID}.md"
    text = file.read_text("utf-8")
    file.unlink()
    assert len(_stored(kb)) == 1
    file.write_text(text, "utf-8")
    _edit(kb, status="draft")
    assert _stored(kb) == []


def test_a_topic_rejected_by_its_id_is_not_changed_by_a_draft(kb: Settings) -> None:
    """Taking the topic's rejection back takes that of its drafts back as well."""
    draft(kb, ["t-tea"], now=NOW)
    reject(kb, ID, reason="the draft is bad", now=NOW)
    reject(kb, "t-tea", reason="each case differs", times=None, now=NOW)
    _refresh(kb)
    assert _stored(kb) == [("t-tea", "each case differs", 6, None, None)]
    done = take_back(kb, "t-tea", now=NOW)
    assert [one.id for one in done.articles] == [ID]
    assert _stored(kb) == []


def test_a_rejected_draft_that_wakes_waits_for_a_person(kb: Settings) -> None:
    """By growth and by day, not before."""
    draft(kb, ["t-tea"], now=NOW)
    reject(kb, ID, reason="no", times=1.1, now=NOW)
    assert waiting(kb, now=NOW)[0] == ()
    run(kb, numbered(0, 90))
    assert [(one.article.id, one.why) for one in waiting(kb, now=NOW)[0]] == [(ID, "woken")]
    _edit(kb, wake="after 2027-03-01")
    assert waiting(kb, now=NOW)[0] == ()
    assert [one.why for one in waiting(kb, now=LATER)[0]] == ["woken"]


def test_of_two_files_with_one_id_none_is_rejected(kb: Settings) -> None:
    """A topic's rejection does not care."""
    draft(kb, ["t-tea"], now=NOW)
    file = kb.content_dir / f"drafts/{ID}.md"
    file.with_name("copy.md").write_bytes(file.read_bytes())
    with pytest.raises(ContentError, match="several files"):
        reject(kb, ID, reason="no", now=NOW)
    assert reject(kb, "t-tea", reason="no", now=NOW).article is None
