"""The store: everything readable is read, every problem named, writing is whole or nothing."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.articles.files.store import find_article, move_article, read_articles, write_article
from kbtool.errors import ContentError, NotFoundError
from kbtool.model import Article, Finding

ARTICLE = Article("kb-1", "A title", "en", "draft", None, "Body.\n", "drafts/kb-1.md")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """The folder is made; the file has the usual permissions, not a temporary file's."""
    path = write_article(tmp_path, ARTICLE)
    assert path == tmp_path / "drafts/kb-1.md"
    articles, findings = read_articles(tmp_path)
    assert findings == ()
    assert [replace(a, body_line=1) for a in articles] == [ARTICLE]
    assert path.stat().st_mode & 0o044 == 0o044 & ~_umask()
    assert [p.name for p in path.parent.iterdir()] == ["kb-1.md"]


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """Not UTF-8, not YAML, too large: a finding each; the good one is returned."""
    write_article(tmp_path, ARTICLE)
    (tmp_path / "latin.md").write_bytes(b"---\nid: x\ntitle: caf\xe9\n---\n")
    (tmp_path / "none.md").write_text("# Hello\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.md").write_text("x")
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "x.md").write_text("x")
    articles, findings = read_articles(tmp_path)
    assert [a.id for a in articles] == ["kb-1"]
    assert [(f.file, f.line, f.code) for f in findings] == [
        ("latin.md", 3, "not-utf8"),
        ("none.md", 1, "no-front-matter"),
    ]


def test_two_articles_with_one_id_are_both_named(tmp_path: Path) -> None:
    """Letter case does not make an id another one: addresses are the same on many disks."""
    write_article(tmp_path, replace(ARTICLE, path="en/a.md"))
    write_article(tmp_path, replace(ARTICLE, path="en/b.md", id="KB-1"))
    articles, findings = read_articles(tmp_path)
    assert [a.path for a in articles] == ["en/a.md"]
    (finding,) = findings
    assert (finding.code, finding.file, finding.line) == ("duplicate-id", "en/b.md", 2)
    assert "en/a.md:2" in finding.message


def test_an_id_of_several_files_names_none_of_them(tmp_path: Path) -> None:
    """Nothing is published or shown of which nobody knows whether it was meant; others are."""
    write_article(tmp_path, replace(ARTICLE, path="en/a.md"))
    write_article(tmp_path, replace(ARTICLE, path="en/b.md", id="KB-1"))
    write_article(tmp_path, replace(ARTICLE, path="en/c.md", id="kb-10"))
    articles, findings = read_articles(tmp_path)
    for name in ("kb-1", "KB-1"):
        with pytest.raises(ContentError, match="several files are kb-1") as caught:
            find_article(articles, name, findings)
        assert [finding.file for finding in caught.value.findings] == ["en/b.md"]
    assert find_article(articles, "kb-10", findings).path == "en/c.md"


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """Neither a linked file nor a linked folder outside is read or written."""
    content, outside = tmp_path / "content", tmp_path / "outside"
    write_article(outside, replace(ARTICLE, path="secret.md"))
    content.mkdir()
    (content / "file.md").symlink_to(outside / "secret.md")
    (content / "folder").symlink_to(outside)
    articles, findings = read_articles(content)
    assert articles == ()
    assert [(f.code, f.file) for f in findings] == [
        ("outside-content", "file.md"),
        ("outside-content", "folder"),
    ]
    for path in ("folder/x.md", "../x.md", "file.md"):
        with pytest.raises(ContentError, match="outside"):
            write_article(content, replace(ARTICLE, path=path))
    assert sorted(p.name for p in outside.iterdir()) == ["secret.md"]


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """The old file stands as it was, nothing is left beside it, and a hint is given."""
    path = write_article(tmp_path, ARTICLE)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(ContentError) as caught:
            write_article(tmp_path, replace(ARTICLE, body="long\n" * 1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.hint
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["kb-1.md"]


def test_a_leftover_of_a_crash_does_not_block_writing(tmp_path: Path) -> None:
    """A temporary file of a killed run (even of our own process id) is written over."""
    path = write_article(tmp_path, ARTICLE)
    (path.parent / f".{path.name}.{os.getpid()}.tmp").write_text("half")
    write_article(tmp_path, replace(ARTICLE, body="New.\n"))
    assert "New." in path.read_text()


def test_moving_never_overwrites_another_file(tmp_path: Path) -> None:
    """Both files stand as they were."""
    write_article(tmp_path, ARTICLE)
    other = write_article(tmp_path, replace(ARTICLE, id="kb-2", path="en/a-title.md"))
    before = other.read_bytes()
    with pytest.raises(ContentError, match="already there"):
        move_article(tmp_path, ARTICLE, replace(ARTICLE, path="en/a-title.md"))
    assert other.read_bytes() == before
    assert (tmp_path / ARTICLE.path).exists()


def test_an_unknown_id_is_told_with_what_is_known(tmp_path: Path) -> None:
    """Ids are found in any letter case; an unknown one names its neighbours."""
    assert find_article([ARTICLE], "KB-1") is ARTICLE
    with pytest.raises(NotFoundError) as caught:
        find_article([ARTICLE], "kb-9")
    assert caught.value.hint
    assert "kb-1" in caught.value.hint


def test_a_beginning_is_enough_where_it_is_asked_for_and_means_one() -> None:
    """The whole id comes first, however many begin with it; several are named, five at most."""
    articles = [replace(ARTICLE, id=id_) for id_ in ("kb-1", "kb-10", "kb-11", "kb-2F")]
    assert find_article(articles, "kb-1", beginning=True).id == "kb-1"
    assert find_article(articles, "KB-2", beginning=True).id == "kb-2F"
    for name, told in (("kb", "several articles begin with"), ("", "no article"), ("x", "no")):
        with pytest.raises(NotFoundError, match=told) as caught:
            find_article(articles, name, beginning=True)
        assert name != "kb" or caught.value.hint == "there are kb-1, kb-10, kb-11, kb-2F"
    with pytest.raises(NotFoundError):
        find_article(articles, "kb-2")


def test_an_id_in_a_file_that_cannot_be_read_is_told_with_the_file() -> None:
    """The file named after it, else every unread one: it may be in any of them."""
    unread = [
        Finding("error", "front-matter", f"drafts/{name}.md", 3, "what?", None)
        for name in ("kb-8", "kb-9")
    ]
    for id_, named in (("KB-9", unread[1:]), ("kb-7", unread)):
        with pytest.raises(ContentError) as caught:
            find_article([ARTICLE], id_, unread)
        assert list(caught.value.findings) == named
    assert find_article([ARTICLE], "kb-1", unread) is ARTICLE


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
