"""``kbtool metrics`` as a user sees it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbtool.cli import metrics_view
from kbtool.cli.common import err, out
from kbtool.cli.main import cli
from kbtool.cli.metrics_articles import article as one_article
from kbtool.cli.metrics_cells import sparkline
from kbtool.db import writing
from kbtool.errors import InputError, NotFoundError
from kbtool.events.store import save_events
from kbtool.metrics.compare import compare
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.tables import NAMES
from tests.metrics.histories import NOW, contact, event, search, view, vote
from tests.metrics.page.samples import HOSTILE, empty, everywhere, rich, young

ARTICLE = """---
id: kb-1
title: My bike has a flat tyre
lang: en
status: published
---
Pump it.
"""
CONFIG = """site_name: Velmo Help
site_url: https://help.example/
extra:
  kbtool:
    metrics: {min_count: 4}
"""


@pytest.fixture(autouse=True)
def knowledge_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base with one article; four readers, one bot; the clock stands still."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    page = tmp_path / "content/en/flat-tyre.md"
    page.parent.mkdir(parents=True)
    page.write_text(ARTICLE, encoding="utf-8")
    events = [view(0, name) for name in ("ann", "bob", "cem", "dee")]
    events += [vote(1, "yes", "ann"), vote(1, "no", "bob"), contact(2, "handoff", "bob")]
    events += [search(3, "pause [red]\x1b[31mplan", 0, "cem")]
    events += [event("view", 0, "x", article="kb-1", excluded="bot")]
    with writing(tmp_path / ".kbtool/kb.db") as connection:
        save_events(connection, events)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def run(*arguments: str) -> Result:
    """The command's result."""
    out.cache_clear()  # the console holds on to the stdout of the test before
    try:
        return CliRunner().invoke(cli, ["metrics", *arguments])
    finally:
        out.cache_clear()


def shown(*arguments: str) -> str:
    """What the command prints, white space collapsed."""
    found = run(*arguments)
    assert found.exit_code == 0, found.output
    return " ".join(found.stdout.split())


def test_every_share_says_what_it_is_made_of() -> None:
    """Share, interval, numerator and denominator; or that there is not enough data."""
    text = shown()
    assert "Contacts after a view 25 % 4.6–70 % 1 of 4" in text.replace(" – ", "–")
    assert "Helpful votes not enough data (2 of 4) 1 of 2" in text
    assert "excluded: bot 1" in text


def test_the_three_outcomes_state_their_window_and_are_never_added_up() -> None:
    """The upper bound is called one."""
    text = shown()
    assert "4 visits with an article view (window: 7 days)" in text
    assert "Confirmed deflection 25 %" in text
    assert "Potential deflection (upper bound) 50 %" in text
    assert "No deflection 25 %" in text
    assert "Never add it to confirmed" in text


def test_a_strangers_query_cannot_colour_the_terminal() -> None:
    """Markup is shown as it was typed, control characters are not sent."""
    text = shown()
    assert "pause [red]" in text
    assert "\x1b" not in text


def test_json_has_the_same_figures() -> None:
    """Numerators and denominators beside every share; too little data has no share."""
    data = json.loads(run("--json").stdout)
    assert data["format"] == 1
    assert data["contacts_after_view"]["numerator"] == 1
    assert data["contacts_after_view"]["share"] == 0.25
    assert data["helpful"] == {
        "numerator": 1, "denominator": 2, "share": None, "low": None, "high": None
    }  # fmt: skip
    assert data["excluded"] == {"bot": 1}
    assert data["articles"][0]["views"] == 4
    assert data["until"] == NOW.isoformat()


def test_the_days_are_whole_utc_days() -> None:
    """--until includes its day; Nd counts back from today."""
    only = json.loads(run("--since", "2026-11-02", "--until", "2026-11-02", "--json").stdout)
    assert (only["since"], only["until"]) == (
        "2026-11-02T00:00:00+00:00",
        "2026-11-03T00:00:00+00:00",
    )
    assert only["views"] == 4
    back = json.loads(run("--since", "30d", "--json").stdout)
    assert datetime.fromisoformat(back["since"]) == datetime(2026, 10, 31, tzinfo=UTC)
    assert json.loads(run("--until", "2026-11-01", "--json").stdout)["views"] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--since", "soon"), "is no day"),
        (("--since", "2026-13-01"), "is no day"),
        (("--since", "2026-11-02", "--until", "2026-11-01"), "--since is after --until"),
        (("--explain", "potental"), "did you mean 'potential'?"),
        (("--compare",), "--compare needs --since"),
        (("--since", "7d", "--compare", "soon"), "is no day"),
        (("--since", "0d", "--compare"), "no whole day has passed"),
        (("--since", "7d", "--compare", "9d"), "reach into the period"),
        (("--article", "kb-1", "--html", "x.html"), "leave --html, --csv and --compare out"),
        (("--html", "-", "--json"), "both want stdout"),
        (("--since", "0001-01-01"), "lies outside of"),
        (("--until", "9999-12-31"), "lies outside of"),
        (("--since", "2100-01-01"), "--since is a day to come"),
        (("--csv", "-"), "name a folder"),
    ],
)
def test_wrong_options_end_with_2_and_say_what_would_be_right(
    arguments: tuple[str, ...], told: str
) -> None:
    """Usage errors, before anything is read."""
    found = run(*arguments)
    assert found.exit_code == 2
    assert told in found.stderr


def test_one_article() -> None:
    """Its figures, also by another letter case; an unknown one names what is near."""
    assert "kb-1 My bike has a flat tyre" in shown("--article", "KB-1")
    data = json.loads(run("--article", "kb-1", "--json").stdout)
    assert (data["format"], data["article"]["visits"], data["window_days"]) == (1, 4, 7)
    error = run("--article", "kb-11").exception
    assert isinstance(error, NotFoundError)
    assert "kb-1" in (error.hint or "")


def test_the_first_line_says_what_articles_spared_or_what_is_missing() -> None:
    """Before any share."""
    text = shown()
    assert "Tickets avoided a month: Not enough data yet missing:" in text
    assert text.index("Tickets avoided") < text.index("Helpful votes")


def test_two_periods_side_by_side() -> None:
    """As many days before, whole days only; or from a given day on."""
    text = shown("--since", "2026-11-01", "--until", "2026-11-07", "--compare")
    assert "Then and now: before, 2026-10-25 to 2026-10-31 (UTC)" in text
    assert "Views 0 4 –" in text
    data = json.loads(run("--since", "2026-11-01", "--compare", "--json").stdout)
    assert data["until"] == "2026-11-30T00:00:00+00:00"
    assert data["compared"]["since"] == "2026-10-03T00:00:00+00:00"
    assert data["compared"]["until"] == "2026-11-01T00:00:00+00:00"
    changes = {change["name"]: change for change in data["compared"]["changes"]}
    assert (changes["views"]["before"], changes["views"]["now"]) == (0, 4)
    assert changes["confirmed"]["word"] is None
    same = json.loads(run("--since", "7d", "--compare", "2026-11-02", "--json").stdout)
    assert same["compared"]["since"] == "2026-11-02T00:00:00+00:00"
    assert same["compared"]["until"] == "2026-11-09T00:00:00+00:00"
    assert same["compared"]["changes"][0]["before"] == 4


def test_the_report_as_a_page(knowledge_base: Path) -> None:
    """A file (said on stderr) or stdout; the same figures; nothing but a page is replaced."""
    err.cache_clear()
    found = run("--html", "report.html")
    err.cache_clear()
    assert (found.exit_code, found.stdout) == (0, "")
    assert "Report: report.html" in found.stderr
    page = (knowledge_base / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Velmo Help" in page
    assert "1 of 4" in page
    assert run("--html", "-").stdout == page
    assert run("--html", "report.html").exit_code == 0
    refused = run("--html", "mkdocs.yml").exception
    assert isinstance(refused, InputError)
    assert (knowledge_base / "mkdocs.yml").read_text(encoding="utf-8") == CONFIG


def test_the_report_as_tables(knowledge_base: Path) -> None:
    """One file a table in a new folder; beside --json both are given."""
    found = run("--csv", "tables", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["views"] == 4
    names = {path.stem for path in (knowledge_base / "tables").iterdir()}
    assert names == set(NAMES)
    articles = (knowledge_base / "tables/articles.csv").read_text(encoding="utf-8-sig")
    assert '"kb-1","My bike has a flat tyre","en",4,4' in articles
    refused = run("--csv", "content").exception
    assert isinstance(refused, InputError)


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("name", ["rich", "young", "empty", "hostile"])
def test_the_whole_report_in_the_terminal(
    name: str, columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every section that has data, no line of a table cut at the edge, nothing a terminal obeys."""
    monkeypatch.setenv("COLUMNS", columns)
    reports = {"rich": rich(), "young": young(), "empty": empty(), "hostile": everywhere(HOSTILE)}
    found = reports[name]
    out.cache_clear()
    metrics_view.report(found, "Velmo", compare(found, rich()))
    out.cache_clear()
    text = capsys.readouterr().out
    assert ("31 rarer queries left out of the lists" in text) == (found.queries_left_out == 31)
    assert not {"\x1b", "\u202e", "\x00"} & set(text)
    if name == "rich":
        for said in (
            "41 tickets a month (95 % interval 22 to 60)", "On the contact page", "Week by week",
            "−52 % (−62 to −35 %)", "9 of 13 weeks since the article", "Languages",
            "How tickets were handled", "Tickets by month", "plausible: 1,014 views",
        ):  # fmt: skip
            assert said in text


def test_the_new_figures_of_one_article(capsys: pytest.CaptureFixture[str]) -> None:
    """Its contacts beside those of similar ones, how much was read, why not."""
    out.cache_clear()
    one_article(rich(), rich().articles[0])
    out.cache_clear()
    text = " ".join(capsys.readouterr().out.split())
    for said in ("base 13 %", "+11.8 points (+8.8 to +14.9)", "read 50 %", "unclear 7, not what I"):
        assert said in text


def test_every_figure_can_be_explained() -> None:
    """With a name that one, without all; also as JSON."""
    one = shown("--explain", "potential")
    assert METRICS["potential"].formula in one
    assert METRICS["potential"].cannot_know in one
    every = json.loads(run("--explain", "--json").stdout)
    assert [metric["name"] for metric in every["metrics"]] == list(METRICS)


def test_an_unread_article_is_told_on_stderr(knowledge_base: Path) -> None:
    """stdout stays what scripts expect."""
    (knowledge_base / "content/en/bad.md").write_text("---\nno\n", encoding="utf-8")
    err.cache_clear()
    found = run("--json")
    err.cache_clear()
    assert json.loads(found.stdout)["views"] == 4
    assert "en/bad.md" in found.stderr


def test_sparklines_show_nothing_as_nothing() -> None:
    """The highest month is a full bar, the smallest above none the lowest."""
    assert sparkline([0, 1, 8, 4]) == "·▁█▄"
    assert sparkline([0, 0]) == "··"
    assert sparkline([]) == ""
