"""``kbtool suggest --kind``, ``--history`` and ``kbtool reject --kind`` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click import Command, UsageError
from click.testing import CliRunner, Result

from kbtool.cli.reject import command as reject
from kbtool.cli.suggest import command as suggest
from tests.workflows.everything import NOW, help_centre


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A help centre in which everything is due, at the end of November."""
    help_centre(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(command: Command, *words: str) -> Result:
    """The command's result, with the code it returned."""
    return CliRunner().invoke(command, list(words), standalone_mode=False)


def test_what_was_shown_is_told_with_what_became_of_it(kb: Path) -> None:
    """Nothing before the first run; then a row for each kind, and what JSON says of each."""
    empty = run(suggest, "--history")
    assert (empty.return_value, empty.stdout) == (1, "")
    only = run(suggest, "--kind", "retire", "--kind", "promote")
    assert only.exception is None
    assert {line.split()[1] for line in only.stdout.splitlines() if " kb-" in line[40:]} == {
        "promote", "retire",
    }  # fmt: skip
    assert "Next: ${EDITOR:-vi} +4 mkdocs.yml" in only.stdout
    done = run(reject, "kb-1009", "--kind", "retire", "--reason", "we keep it")
    assert "Suggestion retire:kb-1009 is rejected: we keep it" in done.stdout
    assert "suggested again after 1,094 days without use; now 547" in done.stderr
    told = run(suggest, "--history")
    assert told.return_value == 0
    assert "0 of 1 (0% to 79%)" in told.stdout  # of two to retire one was decided
    data = json.loads(run(suggest, "--history", "--json").stdout)
    retire = next(row for row in data["kinds"] if row["kind"] == "retire")
    assert (retire["shown"], retire["rejected"], retire["waiting"]) == (2, 1, 1)
    assert {row["state"] for row in data["decisions"]} == {"open", "rejected"}
    again = run(suggest, "--kind", "retire", "--json")
    rows = json.loads(again.stdout)["suggestions"]
    assert [row["target"] for row in rows] == ["kb-1004"]
    assert (rows[0]["interval"], rows[0]["weight"]) == ([0.0, 0.0], 547)
    assert "Rejected and asleep: 1 suggestion." in again.stderr
    undone = run(reject, "kb-1009", "--kind", "retire", "--undo")
    assert "Suggestion retire:kb-1009 is rejected no more" in undone.stdout


def test_history_goes_alone(kb: Path) -> None:
    """It mines nothing and filters nothing; a kind that does not exist is named."""
    assert isinstance(run(suggest, "--history", "--top", "3").exception, UsageError)
    assert isinstance(run(suggest, "--kind", "frobnicate").exception, UsageError)
    result = run(suggest, "--kind", "bug")
    assert (result.return_value, result.stdout) == (1, "")
