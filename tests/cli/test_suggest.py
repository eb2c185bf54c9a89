"""``kbtool suggest`` as a user types it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from kbtool.cli.suggest import command
from kbtool.errors import InputError
from tests.mining.samples import ASKED

HEADINGS = ("id", "created_at", "subject", "description", "reply", "agent", "status", "language")


def run(*arguments: str) -> Result:
    """The command's result, with the code it returned."""
    return CliRunner().invoke(command, list(arguments), standalone_mode=False)


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CSV export in an empty folder that is no knowledge base."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "tickets.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for name, lines in ASKED.items():
            for n, (lang, text, reply) in enumerate(lines):
                day = f"2026-0{n + 1}-03 10:00"
                rows.writerow([f"{name}-{n}", day, "", text, reply, "Ann Lee", "closed", lang])
    return path


def test_a_file_alone_is_enough(export: Path) -> None:
    """Outside a knowledge base the file is mined and nothing is written beside it."""
    result = run("tickets.csv", "--json")
    assert result.exception is None
    data = json.loads(result.stdout)
    assert data["format"] == 1
    assert [set(s) for s in data["suggestions"]] == [
        {
            "kind", "topic", "question", "tickets", "requesters", "languages", "article", "trend",
            "worth", "parts", "reasons",
        }
    ] * 3  # fmt: skip
    found = {t.rpartition("-")[0] for s in data["suggestions"] for t in s["tickets"]}
    assert found == {"renew", "fee", "card"}
    assert list(export.parent.iterdir()) == [export]


def test_table_and_what_was_looked_at(export: Path) -> None:
    """The table goes to stdout, the counts and the next command to stderr."""
    result = run(str(export), "--top", "1")
    assert "write" in result.stdout
    assert "Tickets: 22" in result.stderr
    assert "Suggestions not shown: 2" in result.stderr
    assert "Next: kbtool init DIR" in result.stderr  # there is nothing to draft into yet
    (export.parent / "mkdocs.yml").write_text("site_name: Help\nsite_url: https://h.example/\n")
    assert "Next: kbtool draft t-" in run(str(export), "--top", "1").stderr


def test_show_prints_samples(export: Path) -> None:
    """``--show`` prints the tickets' questions and replies."""
    topic = json.loads(run(str(export), "--json").stdout)["suggestions"][0]["topic"]
    result = run(str(export), "--show", topic)
    assert topic in result.stdout
    assert "Agent:" in result.stdout


def test_few_tickets_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few tickets: exit code 1 and a sentence that says so."""
    monkeypatch.chdir(tmp_path)
    lines = (
        "id,created_at,subject,description,agent,status\n1,2026-01-01,Loan,How long?,Ann,closed\n"
    )
    (tmp_path / "few.csv").write_text(lines)
    result = run("few.csv")
    assert result.return_value == 1
    assert "That is few" in result.stderr


def test_html_writes_a_report_beside_json(export: Path) -> None:
    """The report goes to its file, JSON to stdout; what is listed is limited in both."""
    result = run("tickets.csv", "--html", "r.html", "--json", "--top", "1")
    assert len(json.loads(result.stdout)["suggestions"]) == 1
    assert "Report: r.html" in result.stderr
    page = (export.parent / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("<article") == 1


def test_html_on_stdout_stands_alone(export: Path) -> None:
    """``--html -`` prints the page and nothing else; the counts are on stderr."""
    result = run(str(export), "--html", "-")
    assert result.stdout.startswith("<!doctype html>\n<html")
    assert result.stdout.endswith("</html>\n")
    assert "Tickets: 22" in result.stderr
    assert list(export.parent.iterdir()) == [export]


def test_html_overwrites_nothing_of_value(export: Path) -> None:
    """Not the export, not a folder; the refusal comes before the work."""
    before = export.read_bytes()
    for target in ("tickets.csv", "."):
        result = run("tickets.csv", "--html", target)
        assert isinstance(result.exception, InputError)
        assert "Tickets:" not in result.stderr
    assert export.read_bytes() == before


@pytest.mark.parametrize("more", [("--json",), ("--show", "t-1")])
def test_html_does_not_go_with_all(export: Path, more: tuple[str, ...]) -> None:
    """Two things on stdout, and one topic as a report of all, are mistakes."""
    assert isinstance(run("tickets.csv", "--html", "-", *more).exception, UsageError)
