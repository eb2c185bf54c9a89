"""The diff is one that ``git apply`` and ``patch`` take, and it changes nothing else of the file."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.files.frontmatter import parse_article
from kbtool.articles.update.patch import comment, rewritten, unified
from kbtool.model import Article, Evidence

TOOLS = [
    pytest.param(tool, marks=pytest.mark.skipif(not shutil.which(tool[0]), reason="not installed"))
    for tool in (["git", "apply"], ["patch", "-p1", "--binary"])
]
EVIDENCE = Evidence("New: one.", ("desk:1/m1/s1",), 1, 1, date(2026, 2, 1), date(2026, 1, 1))
FILE = """---
# ours
id: kb-7
title:   "Tea: hot"   # kept as it is
lang: en
status: published
updated: 2026-01-01
evidence:
- text: Old.
  sources: [desk:1/m1/s1]
  tickets: 1
  agents: 1

# about tags
tags: [a,
  b]
---
One.

Two.
"""


def _article(text: str, path: str = "en/tea.md") -> Article:
    found, problems = parse_article(text, path)
    assert found, problems
    return found


def _apply(root: Path, tool: list[str], diff: str) -> None:
    done = subprocess.run(tool, cwd=root, input=diff.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()


def _changed(text: str) -> str:
    """The file with another body, its evidence and its day."""
    old = _article(text)
    new = replace(
        old,
        body=old.body.replace("Two.", "Two and\nthree."),
        evidence=(EVIDENCE,),
        updated=date(2026, 11, 21),
    )
    made = rewritten(text, old, new)
    again = _article(made)
    assert (again.body, again.evidence, again.updated) == (new.body, new.evidence, new.updated)
    return made


def test_only_what_changed_is_written_anew() -> None:
    """A person's YAML keeps its comments, quotes and order; a comment stays with its key."""
    assert _changed(FILE) == FILE.replace("2026-01-01", "2026-11-21").replace(
        "Two.", "Two and\nthree."
    ).replace(
        "- text: Old.\n  sources: [desk:1/m1/s1]\n  tickets: 1\n  agents: 1\n",
        "- text: 'New: one.'\n  sources:\n  - desk:1/m1/s1\n  tickets: 1\n  agents: 1\n"
        "  first_seen: 2026-01-01\n  last_seen: 2026-02-01\n",
    )


def test_evidence_of_an_article_that_had_none() -> None:
    """It comes last, behind what a person wrote."""
    text = "---\nid: kb-7\ntitle: Tea\nlang: en\nstatus: published\n---\nTwo.\n"
    made = _changed(text)
    assert made.startswith(text.partition("---\nTwo")[0] + "updated: 2026-11-21\nevidence:\n")


def test_a_front_matter_that_cannot_be_changed_in_part_stays() -> None:
    """All of it on one line: the body changes alone."""
    text = "---\n{id: kb-7, title: Tea, lang: en, status: published}\n---\nTwo.\n"
    old = _article(text)
    new = replace(old, body="Three.\n", evidence=(EVIDENCE,))
    assert rewritten(text, old, new) == text.replace("Two", "Three")


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    "text",
    [
        FILE,
        FILE.replace("\n", "\r\n"),
        FILE.rstrip("\n"),
        "\ufeff" + FILE,
        FILE.replace("\nOne.", "\r\nOne."),
        FILE.replace("One.", "One.\x0b\x0c\x85\u2028 one\n+++ x\n--- y"),
    ],
    ids=["plain", "crlf", "no-end", "bom", "mixed", "odd-lines"],
)
def test_git_and_patch_take_it(tmp_path: Path, tool: list[str], text: str) -> None:
    """Byte for byte, whatever the lines end with; what stands before the diff is skipped."""
    file = tmp_path / "content/en/tea.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode())
    made = _changed(text)
    hostile = ["kb-7 “Tea”", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b", "diff --git a/x b/x", "1,2d"]
    _apply(tmp_path, tool, comment(hostile) + unified(text, made, "content/en/tea.md"))
    assert file.read_bytes() == made.encode()


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", ["tea time.md", 'te"a.md', "çay.md", "a\\b.md"])
def test_names_of_files(tmp_path: Path, tool: list[str], name: str) -> None:
    """Spaces, quotes, letters of any language."""
    (tmp_path / name).write_bytes(FILE.encode())
    _apply(tmp_path, tool, unified(FILE, _changed(FILE), name))
    assert (tmp_path / name).read_bytes() == _changed(FILE).encode()


def test_nothing_changed_is_no_diff() -> None:
    """Empty, without a head."""
    assert unified(FILE, FILE, "content/en/tea.md") == ""


def test_comments_are_one_line_each() -> None:
    """Whatever a sentence holds, it cannot become a part of the diff."""
    assert comment(["a\r\n--- b", "", "  c\u2028d"]) == "# a --- b\n#\n#   c d\n"


@given(
    st.text(alphabet="ab \r\n\\-+@", max_size=60),
    st.text(alphabet="ab \n\\-+@", max_size=60),
)
def test_any_body_is_written(old: str, new: str) -> None:
    """What is read back is the new article, and unchanged lines keep their bytes."""
    text = f"---\nid: kb-7\ntitle: Tea\nlang: en\nstatus: draft\n---\n{old}"
    article = _article(text)
    made = rewritten(text, article, replace(article, body=new))
    assert _article(made).body.rstrip("\n") == new.rstrip("\n")
    assert made.startswith(text[: text.index("---", 3) + 3])
