"""Links and hidden reuse are found as well as they once were."""

from __future__ import annotations

from pathlib import Path

from tests.eval.links import articles, cases, measure, total


def test_links_and_reuse_are_found(tmp_path: Path) -> None:
    """On at least 200 labelled replies: every link, no link of another site, every paste that has
    six words in a row, and nothing that was only said alike.
    """
    assert len(list(cases(articles()))) >= 200
    scores = measure(tmp_path)
    assert {n: s for n, s in scores["link"].items() if s.precision < 1 or s.recall < 1} == {}
    assert {n: s for n, s in scores["reuse"].items() if s.precision < 1 or s.recall < 1} == {}
    assert total(scores["link"]).right >= 140
    assert total(scores["reuse"]).right >= 140
