"""The sample help centre: each of its articles is found for its topic, and none for another."""

from __future__ import annotations

from tests.eval.coverage import measure, read_demo


def test_coverage_of_the_demo() -> None:
    """With the agents' links and by words alone; no article answers a topic that has none."""
    demo = read_demo()
    assert len(demo.topics) >= 13
    assert len(set(demo.answers.values())) >= 5
    for links in (True, False):
        found = measure(demo, links=links)
        assert (found.precision, found.recall) == (1.0, 1.0)
        assert found.brier < 0.05
