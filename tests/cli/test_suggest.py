"""``kbtool suggest`` as a user types it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from kbtool.cli.suggest import command
from kbtool.cli.suggest_view import show_list, worth_told
from kbtool.errors import InputError
from kbtool.model import SuggestionKind, Trend, Worth
from kbtool.workflows.judging import SuggestResult, View
from tests.mining.samples import ASKED
from tests.suggest.samples import suggestion

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
            "worth", "interval", "parts", "reasons", "instead", "proposals", "command", "weight",
            "target",
        }
    ] * 3  # fmt: skip
    found = {t.rpartition("-")[0] for s in data["suggestions"] for t in s["tickets"]}
    assert found == {"renew", "fee", "card"}
    assert list(export.parent.iterdir()) == [export]


def test_table_and_what_was_looked_at(export: Path) -> None:
    """The table with each next command goes to stdout, the counts to stderr."""
    result = run(str(export), "--top", "1")
    assert "write" in result.stdout
    assert "Tickets: 22" in result.stderr
    assert "Suggestions not shown: 2" in result.stderr
    assert "Next: kbtool init DIR" in result.stderr  # there is nothing to draft into yet
    (export.parent / "mkdocs.yml").write_text("site_name: Help\nsite_url: https://h.example/\n")
    assert "Next: kbtool draft t-" in run(str(export), "--top", "1").stdout


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


def suggestions(count: int) -> SuggestResult:
    """A result with so many suggestions of every kind, trend and make of worth."""
    kinds: tuple[SuggestionKind, ...] = ("write", "translate", "fix", "wording")
    trends: tuple[Trend, ...] = ("new", "growing", "steady", "fading", "seasonal", "spike")
    found = tuple(
        suggestion(
            f"t-{n:08x}",
            0,
            kind=kinds[n % 4],
            trend=trends[n % 6],
            question="How do I change the address of an order that has left the warehouse already?",
            parts=Worth(1234.5 / (n + 1), 1.07, 0.5, 0.8 * (n % 2), 9.0 if n % 3 else None),
            languages=(("en", 812), ("tr", 300)) if n % 2 else (("en", 6),),
            article="kb-1004" if n % 4 else None,
        )
        for n in range(count)
    )
    return SuggestResult(found, 500, 400, (), 0, (), 4, {})


@pytest.mark.parametrize("count", [1, 40])
def test_every_row_fits_eighty_characters(
    count: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each suggestion has a row with rank, worth and topic, and below it what worth is made of."""
    monkeypatch.setenv("COLUMNS", "80")
    show_list(suggestions(count), View(), as_json=False, stored=True)
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= 80
    rows = [line.split() for line in lines if " t-0" in line]
    assert [(row[0], row[5]) for row in rows] == [(str(n + 1), f"t-{n:08x}") for n in range(count)]
    assert "worth 660.5 = 1234.5 tickets a month × 1.07 cost × 50%" in told.out
    assert "Worth: average tickets a month" in told.err


def test_nothing_to_suggest_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    """No table at all, and a sentence on the other channel."""
    show_list(suggestions(0), View(), as_json=False, stored=True)
    told = capsys.readouterr()
    assert told.out == ""
    assert "No question was asked in 4 tickets or more." in told.err
    assert "Worth:" not in told.err


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (Worth(4.2, 0.91, 0.5), "worth 1.9 = 4.2 tickets a month × 0.91 cost × 50%"),
        (Worth(0.0, returned=2.0), "worth 2.0 = 2.0 from searches, votes and visits"),
        (
            Worth(2.0, 1.0, 0.5, 1.0, ticket_minutes=9),
            "worth 2.0 = 2.0 tickets a month × 1.00 cost × 50% + 1.0 from searches, votes and "
            "visits (18 minutes of agents' time)",
        ),
        (
            Worth(4.0, 1.0, 0.5, novelty=0.5),
            "worth 1.0 = 4.0 tickets a month × 1.00 cost × 50% × 50% new",
        ),
        (
            Worth(4.0, 1.0, 0.5, 1.0, novelty=0.5),
            "worth 1.5 = (4.0 tickets a month × 1.00 cost × 50% + 1.0 from searches, votes and "
            "visits) × 50% new",
        ),
        (Worth(0.0), "worth 0.0"),
        (Worth(0.0, novelty=0.5), "worth 0.0"),
    ],
)
def test_what_a_worth_is_made_of(parts: Worth, told: str) -> None:
    """Only the parts that there are."""
    assert worth_told(parts) == told
