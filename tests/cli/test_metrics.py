"""``kbtool metrics`` as a user sees it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbtool.cli.common import err, out
from kbtool.cli.main import cli
from kbtool.cli.metrics_cells import sparkline
from kbtool.db import writing
from kbtool.errors import NotFoundError
from kbtool.events.store import save_events
from kbtool.metrics.definitions import METRICS
from tests.metrics.histories import NOW, contact, event, search, view, vote

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
