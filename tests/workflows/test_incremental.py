"""A build that takes over what did not change gives, byte for byte, what a build from nothing gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import load_settings
from kbtool.errors import ContentError
from kbtool.model import Article
from kbtool.workflows.build import BuildResult, build
from tests.site.conftest import NOW, article, make_knowledge_base

_numbers = count(1)


def found(root: Path) -> list[Article]:
    return sorted(read_articles(root / "content")[0], key=lambda one: one.path)


def pick(root: Path, number: int) -> Article:
    articles = [one for one in found(root) if one.status == "published"]
    return articles[number % len(articles)]


def moved(root: Path, one: Article, path: str, **changes: Any) -> None:
    (root / "content" / one.path).unlink()
    write_article(root / "content", replace(one, path=path, **changes))


def add(root: Path, number: int) -> None:
    fresh = next(_numbers)
    title = f"How do I repair my tyre number {fresh}?"
    write_article(root / "content", article(f"kb-n{fresh}", f"en/bike/new-{fresh}.md", title=title))


def change_text(root: Path, number: int) -> None:
    one = pick(root, number)
    write_article(root / "content", replace(one, body=f"Another sentence {number}.\n"))


def retitle(root: Path, number: int) -> None:
    one = pick(root, number)
    write_article(root / "content", replace(one, title=f"What about the saddle {number}?"))


def rename(root: Path, number: int) -> None:
    one = pick(root, number)
    moved(root, one, str(Path(one.path).with_name(f"renamed-{next(_numbers)}.md")))


def move(root: Path, number: int) -> None:
    one = pick(root, number)
    shelf = "billing" if one.category == "bike" else "bike"
    name = f"moved-{next(_numbers)}.md"
    moved(root, one, f"{one.lang}/{shelf}/{name}", category=shelf)


def delete(root: Path, number: int) -> None:
    if len([one for one in found(root) if one.status == "published"]) > 2:
        (root / "content" / pick(root, number).path).unlink()


def archive(root: Path, number: int) -> None:
    if len([one for one in found(root) if one.status == "published"]) > 2:
        write_article(root / "content", replace(pick(root, number), status="archived"))


def translate(root: Path, number: int) -> None:
    """Into Turkish, of an article that has no translation."""
    english = [o for o in found(root) if o.lang == "en" and o.status == "published"]
    taken = {o.translation_of for o in found(root)}
    free = [o for o in english if o.id not in taken and not o.translation_of]
    if free:
        of, fresh = free[number % len(free)].id, next(_numbers)
        write_article(
            root / "content",
            article(f"kb-t{fresh}", f"tr/bike/ceviri-{fresh}.md", title=f"Lastik {fresh}",
                    translation_of=of),
        )  # fmt: skip


def link(root: Path, number: int) -> None:
    """A link that leads nowhere once its target is renamed: then neither build may succeed."""
    one, other = pick(root, number), pick(root, number + 1)
    up = "../" * one.path.count("/")
    write_article(root / "content", replace(one, body=f"See [the other]({up}{other.path}).\n"))


def change_date(root: Path, number: int) -> None:
    one = pick(root, number)
    write_article(root / "content", replace(one, updated=date(2026, 1, 1 + number % 28)))


def change_settings(root: Path, number: int) -> None:
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    old, new = ("Your bike", "The bike") if "Your bike" in text else ("The bike", "Your bike")
    file.write_text(text.replace(old, new), encoding="utf-8")


def change_theme(root: Path, number: int) -> None:
    """A template of one's own, in the folder that ``custom_dir`` names."""
    file = root / "mkdocs.yml"
    if "custom_dir" not in file.read_text(encoding="utf-8"):
        with file.open("a", encoding="utf-8") as opened:
            opened.write("theme: {name: material, custom_dir: look}\n")
    part = root / "look" / "parts" / "contact.html"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(f"<p>Call us, {number}</p>", encoding="utf-8")


def change_picture(root: Path, number: int) -> None:
    (root / "content/en").mkdir(exist_ok=True)
    (root / "content/en/a.png").write_bytes(bytes([number % 256]))
    one = pick(root, number)
    up = "../" * one.path.count("/")
    write_article(root / "content", replace(one, body=f"![A picture]({up}en/a.png)\n"))


EDITS: tuple[Callable[[Path, int], None], ...] = (
    add, change_text, retitle, rename, move, delete, archive, translate, link, change_date,
    change_settings, change_theme, change_picture,
)  # fmt: skip


def built(root: Path) -> BuildResult | None:
    """A build; None when content/ has errors."""
    try:
        return build(load_settings(root), strict=False, now=NOW)
    except ContentError:
        return None


def files(root: Path) -> dict[str, bytes]:
    """All files of the current release but its notes; those for web servers name the folder."""
    release, here = (root / ".kbtool/current").resolve(), str(root).encode()
    return {
        path.relative_to(release).as_posix(): path.read_bytes().replace(here, b"<here>")
        for part in ("site", "index", "hosting")
        for path in sorted((release / part).rglob("*"))
        if path.is_file()
    }


def from_nothing(root: Path, other: Path) -> tuple[BuildResult | None, dict[str, bytes]]:
    """The same content with the same past, built without anything to take over."""
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("releases", "cache", "site"),
                    symlinks=True)  # fmt: skip
    (other / ".kbtool/current").unlink()
    result = built(other)
    return result, files(other) if result else {}


def same_as_clean(root: Path, other: Path) -> bool:
    """Whether content/ could be built; when it could, both builds are the same."""
    ours = built(root)
    clean, expected = from_nothing(root, other)
    assert (ours is None) == (clean is None)
    if ours and clean:
        assert files(root) == expected
        assert ours.findings == clean.findings
        assert (ours.pages, ours.articles) == (clean.pages, clean.articles)
    return ours is not None


def test_each_kind_of_edit(tmp_path: Path) -> None:
    """One after the other, each followed by a build and by one from nothing."""
    root = tmp_path / "kb"
    root.mkdir()
    make_knowledge_base(root)
    built(root)
    for number, edit in enumerate(EDITS):
        edit(root, number)
        assert same_as_clean(root, tmp_path / edit.__name__), edit.__name__


@settings(max_examples=3, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 200)), min_size=2, max_size=3))
def test_any_edits_one_after_the_other(
    edits: list[tuple[Callable[[Path, int], None], int]],
) -> None:
    """Each followed by a build; errors on the way leave the last good site."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "kb"
        root.mkdir()
        make_knowledge_base(root)
        for edit, number in edits:
            built(root)
            edit(root, number)
        same_as_clean(root, Path(folder) / "clean")


def test_only_what_changed_is_rendered(tmp_path: Path) -> None:
    """One body: one page. Nothing: no release. A page that somebody spoilt: that page."""
    root = make_knowledge_base(tmp_path)
    first = built(root)
    assert first
    assert first.rendered == sum(pages for _, pages in first.pages)
    same = built(root)
    assert same
    assert (same.release, same.rendered, same.is_new) == (first.release, 0, False)
    one = pick(root, 0)
    long = "The very same beginning of it. And then something else that no list shows.\n"
    write_article(root / "content", replace(one, body="The very same beginning of it.\n\nOld.\n"))
    built(root)
    write_article(root / "content", replace(one, body=f"The very same beginning of it.\n\n{long}"))
    again = built(root)
    assert again
    assert (again.rendered, again.is_new) == (2, True), "the article and its fallback page"
    (root / "site/en/index.html").write_text("spoilt")
    mended = built(root)
    assert mended
    assert mended.rendered == 1
    assert "spoilt" not in (root / "site/en/index.html").read_text()


def test_a_folder_that_moved_is_built_again(tmp_path: Path) -> None:
    """The files for web servers name it."""
    root = tmp_path / "here"
    root.mkdir()
    built(make_knowledge_base(root))
    there = built(root.rename(tmp_path / "there"))
    assert there
    assert (there.is_new, there.rendered) == (True, 0)
    conf = tmp_path / "there/.kbtool/current/hosting/nginx.conf"
    assert str(tmp_path / "there") in conf.read_text(encoding="utf-8")


def test_a_clean_build_takes_nothing_over(tmp_path: Path) -> None:
    """Every page is made anew, and is as it was."""
    root = make_knowledge_base(tmp_path)
    built(root)
    before = files(root)
    kept = load_settings(root).cache_dir / "of-another-day"
    kept.write_text("kept")
    anew = build(load_settings(root), strict=False, now=NOW, clean=True)
    assert not kept.exists(), "what was kept is no part of it either"
    assert anew.is_new
    assert anew.rendered == sum(pages for _, pages in anew.pages)
    assert files(root) == before
