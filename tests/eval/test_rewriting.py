"""What the verifier of rewritten drafts must keep doing; ``python -m tests.eval.rewriting``."""

from __future__ import annotations

import pytest

from tests.articles.rewrite.liar import tea_outline
from tests.eval.rewriting import DATA, UNSEEN, measure, measure_hand
from tests.eval.rewriting_lies import HARMLESS


def test_lies_written_by_hand_are_caught() -> None:
    """All of those it was made with, and nine in ten harmless wordings are kept."""
    tally = measure_hand(DATA)
    told = tally.counts.keys() - {"good"}
    assert tally.sum(told)[0] == tally.sum(told)[1] >= 80, tally.wrong
    kept, fair = tally.sum(["good"])
    assert kept >= 0.85 * fair, tally.wrong


def test_lies_about_other_things_are_caught() -> None:
    """Nine in ten of those that it was not made with."""
    tally = measure_hand(UNSEEN)
    told = tally.counts.keys() - {"good"}
    assert tally.sum(told)[0] >= 0.9 * tally.sum(told)[1] >= 40, tally.wrong
    kept, fair = tally.sum(["good"])
    assert kept >= 0.85 * fair, tally.wrong


def test_no_mechanical_lie_about_a_draft_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over HTTP, each alone in an answer that is else true; plain wordings do reach it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    tally = measure([tea_outline()], lambda _: ())
    told = tally.counts.keys() - set(HARMLESS)
    assert tally.sum(told)[0] == tally.sum(told)[1] >= 30, tally.wrong
    assert tally.sum(HARMLESS)[0] >= 4, tally.wrong
