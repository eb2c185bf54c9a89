"""``kbtool import`` from the shell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TABLE = "id,subject,description,reply,status\n1,Lock,How do I lock my bike again?,Press the button.,closed\n2,x\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A knowledge base with a table beside it."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nsite_url: https://x.example/\n", encoding="utf-8"
    )
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def kbtool(base: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``kbtool import`` in ``base``."""
    command = [sys.executable, "-m", "kbtool", "import", *words]
    return subprocess.run(
        command, cwd=base, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_summary_says_what_came_in(base: Path) -> None:
    """Figures on stdout, rejected rows with file and line on stderr, exit code 0."""
    ran = kbtool(base, "t.csv")
    assert ran.returncode == 0, ran.stderr
    assert "mapping generic" in ran.stdout
    assert "answered" in ran.stdout
    assert "t.csv:3: 2 cells, the header has 5" in ran.stderr
    assert (base / ".kbtool" / "kb.db").exists()


def test_json_lists_everything(base: Path) -> None:
    """--json is for scripts: format 1, counts, every rejected row."""
    ran = kbtool(base, "t.csv", "--json", "--source", "desk")
    told = json.loads(ran.stdout)
    assert (told["format"], told["tickets"], told["stored"]["new"]) == (1, 1, 1)
    assert told["rejected"] == [{"file": "t.csv", "line": 3, "reason": "2 cells, the header has 5"}]


def test_sniff_prints_a_mapping_that_works(base: Path) -> None:
    """The YAML on stdout can be given back with --mapping; nothing is stored before."""
    ran = kbtool(base, "t.csv", "--sniff")
    assert ran.returncode == 0, ran.stderr
    assert not (base / ".kbtool").exists()
    (base / "mine.yaml").write_text(ran.stdout, encoding="utf-8")
    assert kbtool(base, "t.csv", "--mapping", "mine.yaml").returncode == 0


def test_sniff_proposes_a_mapping_where_no_column_is_recognised(base: Path) -> None:
    """The first thing to type for a strange table: refused as it is, importable once proposed."""
    text = "Teil,Fall,Was\nX,A1,My lock does not open\nX,A2,No key in the box\n"
    (base / "odd.csv").write_text(text, encoding="utf-8")
    refused = kbtool(base, "odd.csv")
    assert (refused.returncode, "--sniff proposes" in refused.stderr) == (3, True)
    ran = kbtool(base, "odd.csv", "--sniff")
    assert "Fall = id, Was = description; correct what is wrong" in ran.stderr
    (base / "odd.yaml").write_text(ran.stdout, encoding="utf-8")
    told = json.loads(kbtool(base, "odd.csv", "--mapping", "odd.yaml", "--json").stdout)
    assert told["stored"]["new"] == 2


def test_nothing_taken_and_nothing_readable_differ(base: Path) -> None:
    """No ticket at all is exit code 1; a file that cannot be read is 3 with a hint; usage is 2."""
    (base / "none.csv").write_text("id,subject\n,x\n", encoding="utf-8")
    assert kbtool(base, "none.csv").returncode == 1
    missing = kbtool(base, "gone.csv")
    assert missing.returncode == 3
    assert "no such file" in missing.stderr
    assert "Hint:" in missing.stderr
    assert kbtool(base, "t.csv", "--delimiter", "xy").returncode == 2
