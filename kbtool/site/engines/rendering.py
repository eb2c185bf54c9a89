"""Pages are rendered by the engine, or taken over from the last release when nothing of them changed.

The engine gets only the pages that have to be rendered, some hundred at a time: a page's HTML depends
on its own staged text and on what all pages share, never on another page.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbtool.model import Finding
from kbtool.progress import Progress
from kbtool.site.pages.stage import StagedPage
from kbtool.site.releases.files import SiteFiles

BATCH = 400
"""Pages given to the engine at once: it holds them all in memory (some 40 kB each)."""


@dataclass(frozen=True, slots=True)
class Shop:
    """Where and how pages are rendered."""

    folder: Path
    """Is thrown away with the release's other staged files."""
    grounds: Mapping[str, str]
    """Language → the key of what all its pages share."""
    render: Callable[[str, Path, Path, Callable[[], None]], Sequence[Finding]]
    """(language, Markdown files, where the HTML goes, call after each page) → what the engine
    warned of."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering said, and how many pages were rendered and not taken over."""

    findings: tuple[Finding, ...]
    pages: int


def render_pages(
    staged: Sequence[StagedPage], shop: Shop, files: SiteFiles, told: Progress
) -> Rendered:
    """Have every page in ``files``. Raises what the engine raises."""
    done, findings = Counter[str](), list[Finding]()

    def count() -> None:
        done["pages"] += 1
        told("pages", done["pages"], len(staged))

    wanted: dict[str, list[tuple[StagedPage, str]]] = {}
    for one in staged:
        key = one.key(shop.grounds[one.page.lang])
        if files.take(file_of(one.page.address), key):
            count()
        else:
            wanted.setdefault(one.page.lang, []).append((one, key))
    for lang, pages in wanted.items():
        for batch in _batches(pages):
            findings += _render_batch(lang, batch, shop, files, count)
    return Rendered(tuple(findings), sum(map(len, wanted.values())))


def file_of(address: str) -> str:
    """The file of a page, relative to the site."""
    return address if address.endswith(".html") else f"{address}index.html"


def _batches(
    pages: Sequence[tuple[StagedPage, str]],
) -> Iterator[Sequence[tuple[StagedPage, str]]]:
    for at in range(0, len(pages), BATCH):
        yield pages[at : at + BATCH]


def _render_batch(
    lang: str,
    batch: Sequence[tuple[StagedPage, str]],
    shop: Shop,
    files: SiteFiles,
    count: Callable[[], None],
) -> Sequence[Finding]:
    """Render some pages. What the engine warned of may belong to any of them: they are not taken
    over by the next release, so that it is told again.
    """
    docs, made = shop.folder / "docs", shop.folder / "made"
    for one, _ in batch:
        path = docs / one.path.removeprefix(f"{lang}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text(), encoding="utf-8", newline="\n")
    found = shop.render(lang, docs, made, count)
    for one, key in batch:
        html = (made / one.path.removeprefix(f"{lang}/")).with_suffix(".html")
        if html.is_file():  # a page that the engine did not give is told when all is checked
            files.adopt(file_of(one.page.address), None if found else key, html)
    shutil.rmtree(docs)
    shutil.rmtree(made)
    return found
