"""``kbtool import`` from the shell."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.model import Event
from tests.cli.writers import Done, kbtool
from tests.mining.samples import ASKED

TABLE = "id,subject,description,reply,status\n1,Lock,How do I lock my bike again?,Press the button.,closed\n2,x\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A knowledge base with a table beside it."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nsite_url: https://x.example/\n", encoding="utf-8"
    )
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def imported(base: Path, *words: str) -> Done:
    """``kbtool import`` with these words in ``base``."""
    return kbtool(base, "import", *words)


def test_the_summary_says_what_came_in(base: Path) -> None:
    """Figures on stdout, rejected rows with file and line on stderr, exit code 0."""
    ran = imported(base, "t.csv")
    assert ran.returncode == 0, ran.stderr
    assert "mapping generic" in ran.stdout
    assert "answered" in ran.stdout
    assert "t.csv:3: 2 cells, the header has 5" in ran.stderr
    assert (base / ".kbtool" / "kb.db").exists()


def test_json_lists_everything(base: Path) -> None:
    """--json is for scripts: format 1, counts, every rejected row."""
    ran = imported(base, "t.csv", "--json", "--source", "desk")
    told = json.loads(ran.stdout)
    assert (told["format"], told["tickets"], told["stored"]["new"]) == (1, 1, 1)
    assert told["rejected"] == [{"file": "t.csv", "line": 3, "reason": "2 cells, the header has 5"}]


def test_an_import_ends_old_events(base: Path) -> None:
    """What readers did years ago is deleted, and that is told; once."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with writing(base / ".kbtool" / "kb.db") as connection:
        save_events(connection, [Event(id_, "view", long_ago, None) for id_ in "ab"])
    assert "Deleted: 2 events older than metrics.keep_months" in imported(base, "t.csv").stdout
    assert json.loads(imported(base, "t.csv", "--json").stdout)["ended_events"] == 0


def test_new_questions_get_their_topic_without_mining(base: Path) -> None:
    """After the first kbtool suggest an import says how many belong to known topics."""
    with (base / "old.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(TABLE.splitlines()[0].split(","))
        for n, (_, text, reply) in enumerate(line for lines in ASKED.values() for line in lines):
            rows.writerow((100 + n, "", text, reply, "closed"))
    first = imported(base, "old.csv")
    assert "known topics" not in first.stdout
    assert kbtool(base, "suggest").returncode == 0
    (base / "new.csv").write_text(
        f"{TABLE.splitlines()[0]}\n90,,How is the late fee counted?,x,closed\n"
        "91,,Where can gramophones be repaired?,x,closed\n92,,Thank you,x,closed\n"
    )
    told = json.loads(imported(base, "new.csv", "--json").stdout)
    assert (told["topics"], told["articles_to_compare"]) == ({"known": 1, "none": 1}, 0)
    again = (base / "new.csv").read_text().replace("91,,", "91,Broken,")
    (base / "new.csv").write_text(again)
    assert "New questions: 0 belong to known topics, 1 to none" in imported(base, "new.csv").stdout
    _publish(base, json.loads(kbtool(base, "topics", "list", "--json").stdout)["topics"])
    (base / "new.csv").write_text(again.replace("90,,How", "93,,How"))
    third = imported(base, "new.csv")
    assert "kbtool review --compare: 1 published article may have become stale" in third.stderr


def _publish(base: Path, topics: list[dict[str, str]]) -> None:
    """An article about each topic whose question is about fees."""
    (base / "content" / "en").mkdir(parents=True)
    for row in topics:
        if "fee" in row["question"]:
            text = f"---\nid: kb-9\ntitle: Fees\nlang: en\nstatus: published\ntopic: {row['topic']}\n---\n"
            (base / "content" / "en" / "fee.md").write_text(text + "Pay.\n", encoding="utf-8")


def test_sniff_prints_a_mapping_that_works(base: Path) -> None:
    """The YAML on stdout can be given back with --mapping; nothing is stored before."""
    ran = imported(base, "t.csv", "--sniff")
    assert ran.returncode == 0, ran.stderr
    assert not (base / ".kbtool").exists()
    (base / "mine.yaml").write_text(ran.stdout, encoding="utf-8")
    assert imported(base, "t.csv", "--mapping", "mine.yaml").returncode == 0


def test_sniff_proposes_a_mapping_where_no_column_is_recognised(base: Path) -> None:
    """The first thing to type for a strange table: refused as it is, importable once proposed."""
    text = "Teil,Fall,Was\nX,A1,My lock does not open\nX,A2,No key in the box\n"
    (base / "odd.csv").write_text(text, encoding="utf-8")
    refused = imported(base, "odd.csv")
    assert (refused.returncode, "--sniff proposes" in refused.stderr) == (3, True)
    ran = imported(base, "odd.csv", "--sniff")
    assert "Fall = id, Was = description; correct what is wrong" in ran.stderr
    (base / "odd.yaml").write_text(ran.stdout, encoding="utf-8")
    told = json.loads(imported(base, "odd.csv", "--mapping", "odd.yaml", "--json").stdout)
    assert told["stored"]["new"] == 2


def test_nothing_taken_and_nothing_readable_differ(base: Path) -> None:
    """No ticket at all is exit code 1; a file that cannot be read is 3 with a hint; usage is 2."""
    (base / "none.csv").write_text("id,subject\n,x\n", encoding="utf-8")
    assert imported(base, "none.csv").returncode == 1
    missing = imported(base, "gone.csv")
    assert missing.returncode == 3
    assert "no such file" in missing.stderr
    assert "Hint:" in missing.stderr
    assert imported(base, "t.csv", "--delimiter", "xy").returncode == 2


def test_the_schema_of_mappings_is_printed_anywhere(tmp_path: Path) -> None:
    """For editors; no knowledge base and no file is needed."""
    ran = imported(tmp_path, "--mapping-schema")
    assert ran.returncode == 0, ran.stderr
    assert "ticket" in json.loads(ran.stdout)["properties"]


def test_pruning_says_how_many_went(base: Path) -> None:
    """In the figures of the import."""
    rows = TABLE.replace("2,x", "2,Key,Where is my key?,In the box.,closed")
    (base / "t.csv").write_text(rows, encoding="utf-8")
    assert imported(base, "t.csv").returncode == 0
    (base / "t.csv").write_text(rows.replace("2,Key", "3,Key"), encoding="utf-8")
    ran = imported(base, "t.csv", "--prune")
    assert "pruned: not in the files any more" in ran.stdout


def test_what_no_mapping_knows_and_what_is_no_ticket_is_told(base: Path) -> None:
    """Status words with counts and what to do; records left out by their reason."""
    issue = {
        "number": 1, "title": "Lock", "state": "Awaiting RMA", "body": "How do I lock it?",
        "user": {"login": "eva"}, "html_url": "https://github.com/a/b/issues/1",
        "created_at": "2026-01-05T10:00:00Z", "comments": [],
    }  # fmt: skip
    pull = {**issue, "number": 2, "pull_request": {"url": "https://x.example/2"}}
    (base / "issues.json").write_text(json.dumps([issue, pull]), encoding="utf-8")
    ran = imported(base, "issues.json", "--mapping", "github")
    assert "no tickets, left out: pull requests 1" in ran.stdout, ran.stderr
    words = "1 status word no mapping knows: “Awaiting RMA” 1: they count as open"
    assert words in ran.stderr
    assert "under status:" in ran.stderr


def test_many_rejected_rows_are_shown_by_reason(base: Path) -> None:
    """Twenty by line, then the counts of all."""
    (base / "t.csv").write_text(TABLE + "x\n" * 40, encoding="utf-8")
    ran = imported(base, "t.csv")
    assert ran.stderr.count("t.csv:") == 20
    assert "41 × … cells, the header has …" in ran.stderr


def test_files_may_be_packed(base: Path) -> None:
    """A ZIP archive is read in place and names its members."""
    with zipfile.ZipFile(base / "export.zip", "w") as made:
        made.write(base / "t.csv", "exports/t.csv")
    ran = imported(base, "export.zip")
    assert ran.returncode == 0, ran.stderr
    assert "export.zip: exports/t.csv: 1 ticket, csv" in ran.stdout
