"""Leave one set out: the choice is made without the set it is judged on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.eval.loso import leave_one_out, main, parse_objective

NUMBERS = {
    "bold": {"one": 0.9, "two": 0.2, "three": 0.2},
    "calm": {"one": 0.5, "two": 0.5, "three": 0.4},
}


def test_each_set_is_judged_by_the_choice_of_the_others() -> None:
    """Without "one" calm is best (0.45 to 0.2); without "two" or "three" bold is (0.55 to 0.45)."""
    found = leave_one_out(NUMBERS, float)
    assert [(one.name, one.chosen) for one in found] == [
        ("one", "calm"), ("two", "bold"), ("three", "bold"),
    ]  # fmt: skip
    assert [one.value for one in found] == [0.5, 0.2, 0.2]
    assert [one.best for one in found] == [0.9, 0.5, 0.4]
    assert found[0].on_others == pytest.approx(0.45)


def test_objective_weighs_figures() -> None:
    """Recall less half the duplicates; a plain number counts as it is."""
    value = parse_objective("recall - 0.5 duplicates")
    assert value({"recall": 0.6, "duplicates": 0.2}) == pytest.approx(0.5)
    assert value(0.25) == 0.25


@pytest.mark.parametrize("text", ["", "recall * 2", "2", "recall duplicates", "import os"])
def test_other_objectives_are_refused(text: str) -> None:
    """Only a sum of weighted figures."""
    with pytest.raises(ValueError, match="not a sum"):
        parse_objective(text)


def test_a_missing_score_or_a_single_set_is_told() -> None:
    """Nothing is averaged over sets that were not run."""
    with pytest.raises(ValueError, match="calm has no score for two"):
        leave_one_out({"bold": {"one": 1, "two": 1}, "calm": {"one": 1}}, float)
    with pytest.raises(ValueError, match="two sets"):
        leave_one_out({"bold": {"one": 1}}, float)


def test_saved_scores_are_joined_and_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files of --save, named by the caller, become the table; its last lines are the means."""
    for name, recall in (("a", 0.5), ("b", 0.7)):
        scores = {s: {"recall": recall, "duplicates": 0.1} for s in ("one", "two")}
        (tmp_path / f"{name}.json").write_text(json.dumps(scores), "utf-8")
    assert main(["--join", f"low={tmp_path / 'a.json'}", f"high={tmp_path / 'b.json'}"]) == 0
    (tmp_path / "all.json").write_text(capsys.readouterr().out, "utf-8")
    assert main([str(tmp_path / "all.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["one", "high", "0.700", "0.100", "0.600", "0.600"]
    assert lines[-2].split() == ["mean", "0.700", "0.100", "0.600", "0.600"]
    assert lines[-1] == "best on all sets: high with 0.600"
