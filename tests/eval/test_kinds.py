"""Topics that must not become an article: what the phrases were not written with, too."""

from __future__ import annotations

import pytest

from tests.eval.kinds import SETS, false_alarms, measure, read_cases


@pytest.mark.parametrize("name", SETS)
def test_no_reader_loses_an_article(name: str) -> None:
    """No topic to write about is set apart, and most of the others are, as what they are."""
    cases = list(read_cases(name))
    assert false_alarms(cases) == []
    scores = measure(cases)
    apart = [score for kind, score in scores.items() if kind != "write"]
    assert {score.precision for score in apart} == {1.0}
    assert sum(s.right for s in apart) >= 0.7 * sum(s.there for s in apart)


def test_there_is_enough_to_judge() -> None:
    """At least 60 topics of all kinds and four languages; half of the short ones are held out."""
    sets = {name: list(read_cases(name)) for name in SETS}
    assert len(sets["dev"]) + len(sets["held"]) >= 60
    for name in ("dev", "held"):
        assert {case.kind for case in sets[name]} == {"form", "bug", "escalate", "macro", "write"}
        langs = {lang for case in sets[name] for lang, _ in case.topic.languages}
        assert langs == {"en", "tr", "et", "de"}
