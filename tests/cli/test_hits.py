"""``kbtool hits``: from a log to figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kbtool.articles.files.store import write_article
from kbtool.cli.hits import command
from kbtool.cli.metrics import command as metrics
from kbtool.disk import locked
from kbtool.errors import InputError, StoreError
from kbtool.model import Article
from tests.events.logs.desk import BOT, line

ARTICLE = Article(
    id="kb-1", title="Unlock", lang="en", status="published", category="bike", body="Press.\n",
    path="en/bike/unlock.md",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base with one article, and a log beside it."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Help\nsite_url: https://help.example/\nextra:\n  kbtool:\n"
        "    languages: [en]\n    categories:\n      bike: {title: {en: Bike}}\n"
    )
    write_article(tmp_path / "content", ARTICLE)
    lines = [
        line(),
        line(seconds=5, address="192.0.2.8"),
        line(agent=BOT),
        line("/en/"),
        "torn \x1b[31m",
    ]
    (tmp_path / "access.log").write_text("".join(one + "\n" for one in lines) + line()[:40])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 2026-11-22 12:00 UTC
    return tmp_path


def run(*words: str) -> Any:
    """Run a command; errors come through."""
    return CliRunner().invoke(command, words, catch_exceptions=False)


def run_json(*words: str) -> dict[str, Any]:
    """What it prints as JSON."""
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    data: dict[str, Any] = json.loads(found.stdout)
    return data


def test_a_log_becomes_views_in_the_report(folder: Path) -> None:
    """Counted once, however often it is imported."""
    for _ in range(2):
        run("import", "access.log")
    report = json.loads(CliRunner().invoke(metrics, ["--json"], catch_exceptions=False).stdout)
    assert report["views"] == 2
    assert report["visits"] == 2
    assert report["excluded"]["bot"] == 1


def test_the_summary_accounts_for_every_line(folder: Path) -> None:
    """In words, with what the lines do not tell and where the torn one is."""
    found = run("import", "access.log")
    assert "access.log: combined, 5 lines, 40 bytes of an unfinished line left" in found.output
    words = " ".join(found.output.split())
    for told in ("lines 5", "stored 2", "view 2", "excluded 2", "rejected 1", "torn 1"):
        assert told in words
    assert "access.log:5: torn" in found.output
    assert "does not tell Sec-GPC" in found.output
    assert "2026-11-20" in found.output


def test_the_same_as_json(folder: Path) -> None:
    """lines = stored + excluded + rejected, of each file and of all."""
    data = run_json("import", "access.log")
    for part in (data, data["files"][0]):
        assert part["lines"] == 5
        sums = sum(sum(part[name].values()) for name in ("stored", "excluded", "rejected"))
        assert sums == 5
    assert data["days"] == ["2026-11-20"]
    assert data["rejected_lines"] == [{"file": "access.log", "line": 5, "reason": "torn"}]
    assert data["files"][0]["unread"] == 40
    again = run_json("import", "access.log")
    assert (again["lines"], again["files"][0]["read_before"] > 0) == (0, True)


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    """Neither hits nor salts nor a database; with one there, neither."""
    assert run_json("import", "access.log", "--dry-run")["stored"] == {"view": 2}
    assert [path.name for path in (folder / ".kbtool").iterdir()] == ["hits.lock"]
    run("import", "access.log")
    more = [line(seconds=9), line(seconds=60 * 60 * 24)]
    (folder / "b.log").write_text("".join(one + "\n" for one in more))
    salts = (folder / ".kbtool" / "log-salts").read_bytes()
    found = run_json("import", "b.log", "b.log", "--dry-run")
    assert (found["stored"], found["dry_run"]) == ({"view": 2}, True)
    assert (folder / ".kbtool" / "log-salts").read_bytes() == salts
    assert len(run_json("files")["files"]) == 1


def test_the_files_that_were_read(folder: Path) -> None:
    """By the name under which they were first met."""
    assert "No log was read yet" in run("files").output
    run("import", "access.log")
    Path("access.log").replace("access.log.1")
    run("import", "access.log.1")
    (one,) = run_json("files")["files"]
    assert (one["name"], one["lines"], one["format"]) == ("access.log", 5, "combined")
    assert one["first"] == "2026-11-20T12:00:00+00:00"
    assert "access.log" in run("files").output


def test_another_counters_export_beside_a_log(folder: Path) -> None:
    """Each is told by what it holds."""
    (folder / "pages.csv").write_text("name,visitors,pageviews\n/en/bike/unlock/,4,9\n/en/,3,3\n")
    data = run_json("import", "access.log", "pages.csv", "--days", "2026-10-01..2026-10-31")
    assert [Path(file["file"]).name for file in data["files"]] == ["access.log"]
    assert [(one["source"], one["views"]) for one in data["exports"]] == [("plausible", 9)]


@pytest.mark.parametrize("days", ["2026-10-01..", "x", "2026-10-31..2026-10-01"])
def test_days_that_are_none(folder: Path, days: str) -> None:
    """Say how to write them."""
    found = run("import", "access.log", "--days", days)
    assert found.exit_code == 2
    assert "2026-10-01..2026-10-31" in found.output


def test_a_bad_file_among_good_ones_stops_before_anything_is_stored(folder: Path) -> None:
    """It is named."""
    (folder / "diary").write_text("Dear diary\n")
    with pytest.raises(InputError, match="diary: no access log"):
        run("import", "access.log", "diary")
    assert run_json("files")["files"] == []


def test_one_import_at_a_time(folder: Path) -> None:
    """The second says so."""
    (folder / ".kbtool").mkdir()
    with (
        locked(folder / ".kbtool" / "hits.lock", wait=False),
        pytest.raises(StoreError, match="runs"),
    ):
        run("import", "access.log")


def test_a_log_of_another_site_is_noticed(folder: Path) -> None:
    """Nothing counts, and the import says why that may be."""
    (folder / "b.log").write_text(line("/shop/") + "\n")
    assert "https://help.example/" in run("import", "b.log").output
    (folder / "c.log").write_text(line(host="shop.example ") + "\n")
    assert "other hosts" in run("import", "c.log").output
