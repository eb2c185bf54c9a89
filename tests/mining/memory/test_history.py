"""What the runs changed, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kbtool.db import Connection, writing
from kbtool.mining.describing.labels import birth_id
from kbtool.mining.memory.history import last_run, read_forwarding, read_runs
from kbtool.mining.memory.identity import keep_ids
from kbtool.mining.memory.store import read_memory, read_seen, save_topics
from kbtool.model import Topic, TopicChange, TopicRun

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def _run(connection: Connection, day: int, *groups: Sequence[str]) -> list[str]:
    """A run of the miner that finds these groups; their ids come back."""
    memory = read_memory(connection)
    found = [
        Topic(birth_id(g), "?", (), tuple(g), len(g), (), (), "steady", wordings=()) for g in groups
    ]
    kept = keep_ids(found, memory.topics, memory.gone)
    save_topics(connection, kept, NOW + timedelta(days=day))
    return [topic.id for topic in kept]


def test_only_changes_are_kept(tmp_path: Path) -> None:
    """A run that changes nothing leaves nothing; one that does is told with what there was then."""
    with writing(tmp_path / "kb.db") as connection:
        (one,) = _run(connection, 0, "abcd")
        for day in range(1, 9):
            assert _run(connection, day, "abcdef") == [one]
        two = _run(connection, 9, "abcdef", "xyz")[1]
        assert read_runs(connection) == (
            TopicRun(1, NOW, 1, 4, (TopicChange("born", one, 4),)),
            TopicRun(2, NOW + timedelta(days=9), 2, 9, (TopicChange("born", two, 3),)),
        )
        assert last_run(connection) == 2
        assert read_seen(connection)[one] == (NOW, NOW + timedelta(days=9))


def test_a_merged_topic_leads_on_until_it_is_back(tmp_path: Path) -> None:
    """Merged, gone with the other, and back: each run adds its change and none is lost."""
    with writing(tmp_path / "kb.db") as connection:
        large, small = _run(connection, 0, "abcd", "xyz")
        assert _run(connection, 1, "abcdxyz") == [large]
        assert read_forwarding(connection) == {small: large}
        assert _run(connection, 2, "abcd", "xyz") == [large, small]
        assert read_forwarding(connection) == {}
        kinds = [[c.kind for c in run.changes] for run in read_runs(connection)]
        assert kinds == [["born", "born"], ["merged"], ["back"]]
