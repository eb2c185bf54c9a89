"""`kbtool build` at a terminal and for scripts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kbtool.articles.files.store import write_article
from tests.cli.writers import kbtool
from tests.site.conftest import article, make_knowledge_base


def test_it_says_what_was_built_and_where(tmp_path: Path) -> None:
    """Articles, pages per language, seconds, place; with --json the same for scripts."""
    make_knowledge_base(tmp_path)
    done = subprocess.run(  # a process of its own: nothing else writes to the terminal
        [sys.executable, "-m", "kbtool", "build"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "4 articles, pages: en 10, tr 10" in done.stdout
    assert str(tmp_path / "site") in done.stdout.replace("\n", "")
    assert done.stderr == ""
    data = json.loads(kbtool(tmp_path, "build", "--strict", "--json").stdout)
    assert data["format"] == 1
    assert data["pages"] == {"en": 10, "tr": 10}
    assert data["findings"] == []


def test_it_says_what_was_rendered_and_what_stayed(tmp_path: Path) -> None:
    """Nothing changed: the release stays; one text: its pages; --clean: all."""
    make_knowledge_base(tmp_path)
    first = json.loads(kbtool(tmp_path, "build", "--json").stdout)
    assert (first["rendered"], first["new"]) == (20, True)
    again = kbtool(tmp_path, "build").stdout
    assert "Nothing changed since the last build, which stays." in again
    assert first["release"] in again
    (file,) = (tmp_path / "content").rglob("tyre.md")
    file.write_text(file.read_text().replace("One sentence.", "One other sentence."))
    told = kbtool(tmp_path, "build").stdout
    assert " rendered, " in told
    anew = json.loads(kbtool(tmp_path, "build", "--clean", "--json").stdout)
    assert (anew["rendered"], anew["new"]) == (20, True)


def test_findings_are_listed_by_file_and_line(tmp_path: Path) -> None:
    """Errors: exit code 1, the list on stderr, nothing on stdout, no site."""
    make_knowledge_base(tmp_path)
    write_article(tmp_path / "content", article("kb-9", "en/bike/x.md", body="[a](gone.md)\n"))
    done = kbtool(tmp_path, "build")
    assert done.returncode == 1
    assert "en/bike/x.md:10: error: " in done.stderr.replace("\n", " ")
    assert done.stdout == ""
    assert not (tmp_path / "site").exists()


def test_outside_a_knowledge_base_it_says_how_to_make_one(tmp_path: Path) -> None:
    """Exit code 3 and a hint."""
    done = kbtool(tmp_path, "build")
    assert done.returncode == 3
    assert "kbtool init" in done.stderr
