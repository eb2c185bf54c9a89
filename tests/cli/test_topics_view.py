"""How what happened to topics is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kbtool.cli.topics_view import print_history
from kbtool.model import TopicChange, TopicRun
from kbtool.workflows.topics import TopicHistory


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        (9, "t-old (9 tickets) merged into t-new  Tea?\n"),
        (4, "t-old (9 tickets) merged into t-new, which has 4 of them  Tea?\n"),
    ],
)
def test_a_merger_says_how_much_moved(
    capsys: pytest.CaptureFixture[str], shared: int, told: str
) -> None:
    """A topic may merge with less than all of its tickets: those that moved are counted."""
    change = TopicChange("merged", "t-old", 9, "t-new", shared)
    run = TopicRun(2, datetime(2026, 11, 22, tzinfo=UTC), 1, 20, (change,))
    print_history(TopicHistory((run,), {"t-old": "Tea?"}), 20)
    assert capsys.readouterr().out.endswith(told)
