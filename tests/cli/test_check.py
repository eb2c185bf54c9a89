"""``kbtool check`` as a writer types it."""

from __future__ import annotations

import json
from pathlib import Path

from kbtool.articles.files.store import read_articles
from kbtool.workflows.links import refresh_links
from tests.articles.kb import knowledge_base
from tests.cli.writers import kbtool
from tests.metrics.test_links import SOLVED, reply, ticket


def test_good_content_is_exit_0(tmp_path: Path) -> None:
    """Nothing on stdout, the count on stderr."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "check", "--strict")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 article: 0 errors, 0 warnings." in done.stderr


def test_an_error_is_exit_1_and_names_file_and_line(tmp_path: Path) -> None:
    """Also for a file that cannot be read at all."""
    knowledge_base(tmp_path)
    (tmp_path / "content/en/boxes/bad.md").write_text("---\nid: kb-7\ntitle: a: b\n---\n")
    done = kbtool(tmp_path, "check")
    assert done.returncode == 1
    assert "content/en/boxes/bad.md:3: error: the front matter is not YAML" in done.stdout


def test_a_warning_counts_with_strict_only(tmp_path: Path) -> None:
    """An overdue review does not stop a build; --strict does."""
    knowledge_base(tmp_path)
    file = tmp_path / "content/en/boxes/tea-box.md"
    text = file.read_text("utf-8").replace(
        "category: boxes", "category: boxes\nreview_by: 2026-01-01"
    )
    file.write_text(text, "utf-8")
    assert kbtool(tmp_path, "check").returncode == 0
    done = kbtool(tmp_path, "check", "--strict", "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert (data["errors"], data["warnings"]) == (0, 1)
    assert (data["findings"][0]["code"], data["findings"][0]["line"]) == ("overdue-review", 7)


def test_links_in_replies_that_lead_nowhere_are_listed_until_they_are_mended(
    tmp_path: Path,
) -> None:
    """With how often, since when, the newest ticket and the line to add; exit code 1 only then."""
    base = "https://help.tea.example/"
    sent = [
        ticket("1", reply(f"{base}en/old/tea-boxes/"), solved=SOLVED),
        ticket("2", reply(f"{base}en/old/tea-boxes/", f"{base}a b/"), solved=SOLVED),
    ]
    settings = knowledge_base(tmp_path, sent)
    refresh_links(settings, read_articles(settings.content_dir)[0])
    assert kbtool(tmp_path, "check").returncode == 0
    done = kbtool(tmp_path, "check", "--links-in-replies")
    assert done.returncode == 1
    first, counted, advice, *others = done.stdout.splitlines()
    assert first == "en/old/tea-boxes/"
    assert counted == f"    2 tickets, first {SOLVED.date()}, last {SOLVED.date()}, newest s:2"
    line = "former: [en/old/tea-boxes/]"
    assert advice == f"    {line}  in content/en/boxes/tea-box.md, if that answers it"
    assert '    former: ["a b/"]  in the article that answers it now' in others
    data = json.loads(kbtool(tmp_path, "check", "--links-in-replies", "--json").stdout)
    assert [link["newest"] for link in data["broken_links"]] == ["s:2", "s:2"]
    file = tmp_path / "content/en/boxes/tea-box.md"
    mended = line.replace("]", ', "a b/"]')
    file.write_text(file.read_text("utf-8").replace("\n---\n", f"\n{mended}\n---\n"), "utf-8")
    done = kbtool(tmp_path, "check", "--links-in-replies")
    assert (done.returncode, done.stdout) == (
        0, "0 addresses sent in replies, where there is nothing.\n",
    )  # fmt: skip
