"""The site's own search, asked in a real browser: its script over plain files, without a server."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kbtool.model import Document
from kbtool.resources import bundled
from kbtool.search.index import SEARCH, build_index, export
from kbtool.site.beside.assets import write_assets
from tests.browser import CHROMIUM, FLAGS
from tests.eval.search_scores import Answer
from tests.eval.search_sets import Query
from tests.site.browsing import plain_files

if TYPE_CHECKING:
    from playwright.sync_api import Page

BATCH = 500
"""Queries that the page is given at once."""
_ASK = """async (sent) => {
  const { base, languages, asked } = JSON.parse(sent);
  const { search } = await import(`${base}assets/search.js`);
  const answers = [];
  for (const [query, lang] of asked) {
    const started = performance.now();
    const { results } = await search(`${base}search/`, query, { lang, languages });
    answers.push([results.map(({ id }) => id), performance.now() - started]);
  }
  return answers;
}"""


class NoBrowserError(Exception):
    """There is no Chromium to ask."""


class StaticAsker:
    """A page that has loaded the script; it keeps the files that it has read."""

    def __init__(self, page: Page, base: str, languages: Sequence[str]) -> None:
        self._page = page
        self._base = base
        self._languages = tuple(languages)

    def ask_all(self, queries: Sequence[Query]) -> list[Answer]:
        """Every query asked once, in order, of a page that has answered one before.

        Milliseconds are those of the page's clock, with the files that a query has to wait for.
        """
        asked = [(query.text, query.lang) for query in queries]
        self._ask(asked[:1])
        return [
            Answer(tuple(ids), ms)
            for start in range(0, len(asked), BATCH)
            for ids, ms in self._ask(asked[start : start + BATCH])
        ]

    def _ask(self, asked: Sequence[tuple[str, str | None]]) -> list[tuple[list[str], float]]:
        sent = {"base": self._base, "languages": self._languages, "asked": asked}
        # as JSON, which can carry the half characters of broken texts
        found: list[tuple[list[str], float]] = self._page.evaluate(_ASK, json.dumps(sent))
        return found


@contextmanager
def static_asker(documents: Sequence[Document]) -> Iterator[tuple[StaticAsker, float]]:
    """(asker, CPU seconds of the build) of the files that a site with ``documents`` has.

    Files, server and browser are gone afterwards. Raises NoBrowserError.
    """
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise NoBrowserError("There is no Chromium to ask (Debian: apt-get install chromium).")
    languages = sorted({document.lang for document in documents})
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        site = _publish(documents, languages, Path(folder))
        built = time.process_time() - started
        with plain_files(site) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page()
            page.goto(f"{base}index.html")
            yield StaticAsker(page, base, languages), built
            browser.close()


def _publish(documents: Sequence[Document], languages: Sequence[str], folder: Path) -> Path:
    """The folder of a site with the search of ``documents`` and one empty page."""
    index, site = folder / "index", folder / "site"
    site.mkdir()
    build_index(documents, index)
    export(index, site / SEARCH, languages)
    shutil.rmtree(index)
    write_assets(bundled("theme"), site)
    (site / "index.html").write_text("<!doctype html><title>Search</title>", encoding="utf-8")
    return site
