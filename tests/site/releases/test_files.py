"""What was made of the same is taken over; what anybody touched is made anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbtool.site.releases.files import NOTES, SiteFiles, digest, is_untouched, tree_digest


def release(folder: Path, before: Path | None, **pages: str) -> tuple[Path, list[str]]:
    """A release with these pages, each made of its text; and those that had to be made."""
    (folder / "site").mkdir(parents=True)
    files = SiteFiles(folder / "site", before)
    made = [name for name, text in pages.items() if put(files, name, text)]
    files.save(folder)
    return folder, made


def put(files: SiteFiles, name: str, text: str) -> bool:
    """Put a page made of its text; whether it had to be made."""
    made: list[str] = []

    def make() -> bytes:
        made.append(name)
        return text.encode()

    files.put(f"{name}/index.html", digest(text), make)
    return bool(made)


def text_of(folder: Path, name: str) -> str:
    return (folder / "site" / name / "index.html").read_text()


def test_only_what_changed_is_made(tmp_path: Path) -> None:
    """An unchanged page is the same file under a second name."""
    one, made = release(tmp_path / "1", None, a="A", b="B")
    assert made == ["a", "b"]
    two, made = release(tmp_path / "2", one, a="A", b="new", c="C")
    assert made == ["b", "c"]
    assert [text_of(two, name) for name in "abc"] == ["A", "new", "C"]
    assert (one / "site/a/index.html").samefile(two / "site/a/index.html")
    assert text_of(one, "b") == "B", "a release never changes"


@pytest.mark.parametrize("harm", ["changed", "removed", "linked", "no notes", "broken notes"])
def test_a_release_that_somebody_touched_is_not_believed(tmp_path: Path, harm: str) -> None:
    """Whatever happened to the last release, the new one is right."""
    one, _ = release(tmp_path / "1", None, a="A", b="B")
    page = one / "site/a/index.html"
    if harm == "changed":
        page.write_text("X")
        os.utime(page, ns=(1, 1))
    elif harm == "removed":
        page.unlink()
    elif harm == "linked":
        page.unlink()
        page.symlink_to("../b/index.html")
    elif harm == "no notes":
        (one / NOTES).unlink()
    else:
        (one / NOTES).write_text('{"format": 1, "files": {"a/index.html": 3}}')
    assert not is_untouched(one)
    two, made = release(tmp_path / "2", one, a="A", b="B")
    assert "a" in made
    assert [text_of(two, name) for name in "ab"] == ["A", "B"]


def test_a_release_that_goes_is_the_ground_of_the_next(tmp_path: Path) -> None:
    """What both have is not even linked; the rest goes, also what nobody noted; and files that other
    releases share are never written over.
    """
    oldest, _ = release(tmp_path / "1", None, a="A", b="B", c="C")
    last, _ = release(tmp_path / "2", oldest, a="A", b="B", c="C")
    (oldest / "site/stray.html").write_text("of somebody")
    (oldest / "site/d").mkdir()
    (oldest / "site/d/index.html").write_text("where a page will stand")
    new = tmp_path / "3"
    new.mkdir()
    files = SiteFiles(new / "site", last)
    pages = {"a": "A", "b": "new", "d": "D"}
    files.begin_with(oldest, [f"{name}/index.html" for name in pages])
    assert not oldest.exists()
    made = [name for name, text in pages.items() if put(files, name, text)]
    files.save(new)
    assert made == ["b", "d"]
    there = sorted(p.relative_to(new / "site").as_posix() for p in (new / "site").rglob("*.html"))
    assert there == ["a/index.html", "b/index.html", "d/index.html"]
    assert [text_of(new, name) for name in "abd"] == ["A", "new", "D"]
    assert [text_of(last, name) for name in "abc"] == ["A", "B", "C"]
    assert is_untouched(last)
    assert is_untouched(new)


def test_what_was_wanted_and_not_put_does_not_stay(tmp_path: Path) -> None:
    """Nothing of a release that goes reaches a reader by being forgotten."""
    oldest, _ = release(tmp_path / "1", None, a="A", b="B")
    (tmp_path / "2").mkdir()
    files = SiteFiles(tmp_path / "2/site", None)
    files.begin_with(oldest, ["a/index.html", "b/index.html"])
    assert not put(files, "a", "A")
    files.save(tmp_path / "2")
    assert [p.name for p in (tmp_path / "2/site").rglob("*.html")] == ["index.html"]


def test_a_release_without_notes_is_no_ground(tmp_path: Path) -> None:
    """Nobody knows what its files are."""
    oldest, _ = release(tmp_path / "1", None, a="A")
    (oldest / NOTES).unlink()
    (tmp_path / "2").mkdir()
    SiteFiles(tmp_path / "2/site", None).begin_with(oldest, ["a/index.html"])
    assert not (tmp_path / "2/site").exists()


def test_an_untouched_release_is_known(tmp_path: Path) -> None:
    """As long as every noted file is as it was written."""
    one, _ = release(tmp_path / "1", None, a="A")
    assert is_untouched(one)
    assert not is_untouched(tmp_path / "none")
    (one / "site/a/stray.html").write_text("of somebody")
    assert not is_untouched(one)


def test_a_file_without_a_key_is_made_anew(tmp_path: Path) -> None:
    """What the engine warned of is rendered again, so that it warns again."""
    (tmp_path / "1/site").mkdir(parents=True)
    files = SiteFiles(tmp_path / "1/site", None)
    (tmp_path / "a.html").write_text("A")
    files.adopt("a/index.html", None, tmp_path / "a.html")
    files.save(tmp_path / "1")
    (tmp_path / "2/site").mkdir(parents=True)
    assert not SiteFiles(tmp_path / "2/site", tmp_path / "1").take("a/index.html", "")


def test_keys_tell_parts_apart() -> None:
    """Where one part ends and the next begins counts."""
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")


def test_a_folders_key_is_its_names_and_contents(tmp_path: Path) -> None:
    """A renamed, changed or added file changes it; the time of a file does not."""
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "a.html").write_text("A")
    first = tree_digest([folder])
    os.utime(folder / "a.html", ns=(1, 1))
    assert tree_digest([folder]) == first
    (folder / "a.html").rename(folder / "b.html")
    renamed = tree_digest([folder])
    (folder / "b.html").write_text("B")
    assert len({first, renamed, tree_digest([folder])}) == 3
