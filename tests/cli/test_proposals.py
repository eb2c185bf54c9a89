"""Lines to paste, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kbtool.articles.files.store import write_article
from kbtool.cli.reject import command as reject
from kbtool.cli.suggest import command as suggest
from kbtool.config.load import load_settings
from kbtool.db import writing
from kbtool.errors import ExitCode
from kbtool.events.store import save_events
from tests.metrics.histories import search, view
from tests.workflows.test_feedback_loop import TYRE


def run(command: click.Command, *arguments: str) -> Result:
    """The command's result, with the code it returned."""
    return CliRunner().invoke(command, list(arguments), standalone_mode=False)


def test_lines_to_paste_are_shown_and_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """List, JSON, one line with samples, the decision and its undoing."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Help\nsite_url: https://help.example/\n")
    monkeypatch.chdir(tmp_path)
    settings = load_settings(tmp_path)
    write_article(settings.content_dir, TYRE)
    people = [f"v{n}" for n in range(3)]
    events = [e for p in people for e in (search(0, "slow: leak", 0, p), view(1, p, "kb-1001"))]
    with writing(settings.database) as connection:
        save_events(connection, events)

    shown = run(suggest).stdout
    assert "Add to also_asked in content/en/bike/flat-tyre.md" in shown
    assert '- "slow: leak"' in shown
    line = json.loads(run(suggest, "--json").stdout)["suggestions"][0]["proposals"][0]
    assert (line["key"], line["line"], line["visits"]) == ("also_asked", '- "slow: leak"', 3)
    assert "3 searches, 3 visits" in run(suggest, "--show", line["id"]).stdout
    assert json.loads(run(suggest, "--show", line["id"], "--json").stdout)["samples"] == []

    done = run(reject, line["id"], "--reason", "nobody says so")
    assert done.stdout == f"Line {line['id']} is rejected: nobody says so\n"
    assert "6 visits and tickets; now 3" in done.stderr
    silent = run(suggest)
    assert silent.return_value == ExitCode.NO
    assert "Rejected and asleep: 1 line." in silent.stderr
    assert "Line" in run(reject, line["id"], "--undo").stdout
    assert run(suggest).return_value == ExitCode.OK
