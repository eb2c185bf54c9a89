"""From content/ to a release: whole, private, the same each time, and never half."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import load_settings
from kbtool.db import writing
from kbtool.errors import BuildError, ContentError
from kbtool.model import BrokenLink
from kbtool.resources import bundled
from kbtool.search.index import Index
from kbtool.workflows.build import BuildResult, build
from kbtool.workflows.links import refresh_links
from tests.metrics.test_links import SOLVED, reply, ticket
from tests.site.conftest import NOW, SAMPLE, article, make_knowledge_base
from tests.tickets.stored import save_tickets

CANARY = "canary-7f3a"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_knowledge_base(tmp_path)


def run(root: Path, *, strict: bool = False) -> BuildResult:
    return build(load_settings(root), strict=strict, now=NOW)


def files(root: Path) -> dict[str, bytes]:
    """All files of the shown site."""
    site = (root / "site").resolve()
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_the_sample_help_centre_builds_without_a_warning(tmp_path: Path) -> None:
    """The shipped content in three languages: pages, index and counts agree."""
    (tmp_path / "content").symlink_to(bundled("content"))
    (tmp_path / "mkdocs.yml").write_bytes(bundled("mkdocs.yml").read_bytes())
    built = run(tmp_path, strict=True)
    assert built.findings == ()
    assert len({count for _, count in built.pages}) == 1, "what is not translated is shown as it is"
    listed = json.loads((tmp_path / "site/articles.json").read_text("utf-8"))["articles"]
    assert len(listed) == sum(count for _, count in built.articles) >= 12


def test_a_build_leaves_pages_permanent_links_and_an_index(root: Path) -> None:
    """What a reader, an agent and a machine look for is there."""
    built = run(root)
    assert built.articles == (("en", 3), ("tr", 1))
    assert built.pages == (("en", 10), ("tr", 10))
    assert {"index.html", "en/index.html", "en/bike/tyre/index.html", "a/kb-1/index.html"} <= files(
        root
    ).keys()
    with Index.open(load_settings(root).index_dir) as index:
        (hit,) = index.search("refund", lang="en", limit=1).hits
    assert (hit.url, hit.permalink) == ("en/billing/refund/", "a/kb-3/")


def _links(html: str) -> Iterator[str]:
    yield from re.findall(r'(?:href|src|action)="([^"#?]+)', html)


def test_every_link_on_every_page_leads_somewhere(root: Path) -> None:
    """Also below a sub-path: all but the page of missing addresses are relative."""
    run(root)
    there = files(root)
    for name, content in there.items():
        if not name.endswith(".html") or name.endswith("404.html"):
            continue
        for link in _links(content.decode()):
            if urlsplit(link).scheme or "/api/" in link:
                continue
            target = unquote(urljoin("http://x/" + name.removesuffix("index.html"), link))[9:]
            assert (target + "index.html" if target.endswith("/") or not target else target) in there, (
                name, link,
            )  # fmt: skip


@pytest.mark.parametrize(
    "lost",
    ["index", "index/index.json", "index/documents.jsonl", "index/whoosh", "hosting/nginx.conf"],
)
def test_a_release_that_lost_something_beside_its_site_is_built_again(
    root: Path, lost: str
) -> None:
    """Though nothing changed in content/: the next build is no error and makes what is missing."""
    run(root)
    gone = (root / ".kbtool/current").resolve() / lost
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    assert run(root).is_new
    assert (root / ".kbtool/current" / lost).exists()
    Index.open(root / ".kbtool/current/index").close()
    assert not run(root).is_new


def test_an_index_damaged_unseen_is_built_again(root: Path) -> None:
    """Of the same size and time, as a failing disk leaves it: no build stops at it."""
    run(root)
    manifest = (root / ".kbtool/current/index/index.json").resolve()
    times = manifest.stat()
    manifest.write_bytes(b"x" * times.st_size)
    os.utime(manifest, ns=(times.st_atime_ns, times.st_mtime_ns))
    shutil.rmtree(root / ".kbtool/cache")
    assert run(root).is_new
    Index.open(root / ".kbtool/current/index").close()


def test_the_same_content_gives_the_same_bytes(root: Path) -> None:
    """Two builds from nothing differ in nothing but the release's name."""
    first, one = run(root), files(root)
    second, two = build(load_settings(root), strict=False, now=NOW, clean=True), files(root)
    assert one == two
    assert first.release != second.release


def test_nothing_private_reaches_the_site_or_the_index(root: Path) -> None:
    """Drafts, archived text, reviewers, unknown front matter and unlinked files stay in content/."""
    content = root / "content"
    write_article(
        content, replace(SAMPLE[0], reviewed_by=CANARY, topic=CANARY, extra=(("x", CANARY),))
    )
    write_article(content, replace(SAMPLE[4], body=CANARY))
    write_article(content, replace(SAMPLE[5], body=CANARY, title=CANARY))
    (content / "notes.txt").write_text(CANARY, encoding="utf-8")
    run(root)
    for path in (root / ".kbtool").rglob("*"):
        assert CANARY not in path.name
        if path.is_file() and "cache" not in path.parts:  # reads content/ again, and stays with it
            assert CANARY.encode() not in path.read_bytes(), path


def test_a_linked_picture_is_copied_and_shown(root: Path) -> None:
    """Only what a page shows is published."""
    (root / "content/en/bike/a.png").write_bytes(b"png")
    (root / "content/en/bike/b.png").write_bytes(b"png")
    write_article(root / "content", replace(SAMPLE[0], body="![A](a.png)\n"))
    run(root)
    there = files(root)
    assert "media/en/bike/a.png" in there
    assert "media/en/bike/b.png" not in there
    assert b'src="../../../media/en/bike/a.png"' in there["en/bike/tyre/index.html"]


def test_an_own_stylesheet_and_logo_are_used(root: Path) -> None:
    """extra_css and theme.logo of mkdocs.yml, with the files in content/."""
    (root / "content/brand.css").write_text(":root { --kb-brand: #0b7a5c; }")
    (root / "content/logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("extra_css: [brand.css]\ntheme: {name: material, logo: logo.svg}\n")
    run(root)
    there = files(root)
    assert {"media/brand.css", "media/logo.svg"} <= there.keys()
    html = there["en/index.html"].decode()
    assert '<link rel="stylesheet" href="../media/brand.css">' in html
    assert '<img src="../media/logo.svg"' in html


def test_errors_in_content_stop_the_build_with_file_and_line(root: Path) -> None:
    """All of them at once; the old site stays."""
    run(root)
    before = files(root)
    write_article(root / "content", replace(SAMPLE[0], body="x\n\n[a](gone.md)\n"))
    (root / "content/en/bike/broken.md").write_text("no front matter\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        run(root)
    places = {(finding.file, finding.level) for finding in caught.value.findings}
    assert places == {("en/bike/tyre.md", "error"), ("en/bike/broken.md", "error")}
    (broken,) = (f for f in caught.value.findings if f.file == "en/bike/tyre.md")
    text = (root / "content/en/bike/tyre.md").read_text("utf-8").splitlines()
    assert text[broken.line - 1] == "[a](gone.md)"
    assert files(root) == before


def test_warnings_stop_only_a_strict_build(root: Path) -> None:
    """Without --strict they come back with the result."""
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("plugins: [search]\n")
    assert [finding.code for finding in run(root).findings] == ["setting-not-used"]
    with pytest.raises(ContentError, match=r"nothing was built: 1 warning$"):
        run(root, strict=True)


def test_a_full_disk_while_indexing_leaves_the_old_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operating system refuses a write; the message has a hint, no folder is left behind."""
    run(root)
    before = files(root)
    real = Path.write_text

    def full(self: Path, *args: object, **kwargs: object) -> int:
        if self.name == "sitemap.xml":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return real(self, *args, **kwargs)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(Path, "write_text", full)
    write_article(root / "content", article("kb-9", "en/bike/more.md"))
    with pytest.raises(BuildError, match="No space left") as caught:
        run(root)
    assert caught.value.hint
    assert files(root) == before
    assert [path.name for path in (root / ".kbtool/releases").iterdir() if "tmp" in path.name] == []


def test_an_article_taken_back_leaves_everything_at_once(root: Path) -> None:
    """Index, sitemap, llms.txt and manifest forget it; page and permanent link say so alone."""
    run(root)
    write_article(root / "content", replace(SAMPLE[2], status="archived"))
    run(root)
    there = files(root)
    for name in ("en/billing/refund/index.html", "a/kb-3/index.html"):
        assert b"no longer available" in there[name]
        assert b"refund?" not in there[name]
    for name in ("sitemap.xml", "llms.txt", "articles.json", "en/index.html"):
        assert b"refund" not in there[name], name
    with Index.open(load_settings(root).index_dir) as index:
        assert "kb-3" not in {hit.id for hit in index.search("refund", lang="en").hits}


def test_progress_tells_pages_and_their_total(root: Path) -> None:
    """Every page is counted once against the right total."""
    told: list[tuple[str, int, int | None]] = []
    settings = load_settings(root)
    build(settings, strict=False, now=NOW, progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "pages"] == [
        ("pages", n, 20) for n in range(1, 21)
    ]  # fmt: skip


def test_an_address_once_published_leads_on_for_ever(root: Path) -> None:
    """Renamed, moved to another shelf, archived, deleted: each former address says where or that."""
    run(root)
    content = root / "content"
    (content / "en/bike/tyre.md").unlink()
    write_article(content, replace(SAMPLE[0], path="en/bike/flat-tyre.md"))
    (content / "en/billing/refund.md").unlink()
    write_article(content, replace(SAMPLE[1], status="archived"))
    run(root)
    write_article(content, replace(SAMPLE[0], path="en/billing/puncture.md", category="billing"))
    (content / "en/bike/flat-tyre.md").unlink()
    run(root, strict=True)
    shown = {name: text.decode() for name, text in files(root).items() if name.endswith(".html")}
    for name in ("en/bike/tyre/index.html", "en/bike/flat-tyre/index.html", "a/kb-1/index.html"):
        assert "en/billing/puncture/" in shown[name]
    gone = ("en/bike/theft/", "a/kb-2/", "en/billing/refund/", "a/kb-3/")
    assert all("no longer available" in shown[f"{address}index.html"] for address in gone)
    listed = (root / "site/sitemap.xml").read_text("utf-8") + (root / "site/llms.txt").read_text(
        "utf-8"
    )
    assert not any(address in listed for address in (*gone, "flat-tyre"))


def test_an_address_in_use_again_is_a_page(root: Path) -> None:
    """Another article that takes over the name of a file has its address, too."""
    run(root)
    (root / "content/en/bike/tyre.md").rename(root / "content/en/bike/tube.md")
    write_article(root / "content", article("kb-5", "en/bike/tyre.md", title="Which tyres fit?"))
    run(root, strict=True)
    page = (root / "site/en/bike/tyre/index.html").read_text("utf-8")
    assert "Which tyres fit?" in page
    assert "refresh" not in page


def test_links_inside_articles_may_use_a_former_address(root: Path) -> None:
    """They lead on as those of readers do."""
    run(root)
    (root / "content/en/bike/tyre.md").rename(root / "content/en/bike/tube.md")
    write_article(root / "content", replace(SAMPLE[2], body="See [the tyre](/en/bike/tyre/).\n"))
    assert run(root, strict=True).findings == ()


def test_dead_links_that_agents_sent_are_told_and_stop_nothing(root: Path) -> None:
    """Not even with --strict: a reply that was sent cannot be mended."""
    settings = load_settings(root)
    sent = ticket("1", reply(f"{settings.site_url}en/lost/"), solved=NOW)
    with writing(settings.database) as connection:
        save_tickets(connection, [sent])
    refresh_links(settings, ())
    assert run(root, strict=True).broken_links == (
        BrokenLink("en/lost/", 1, SOLVED, SOLVED, "s:1"),
    )
    write_article(root / "content", replace(SAMPLE[0], former=("en/lost/",)))
    assert run(root, strict=True).broken_links == ()
    assert (root / "site/en/lost/index.html").is_file()
