"""Search in a real browser, cold: what the first result of a query costs a reader.

Each of 20 queries (titles of made articles, every third with one typo) is asked by a browser that has
nothing yet, from a plain file server: requests, bytes as they travel, and CPU milliseconds of the
page's thread until the results are there (Chromium's own count, the script's loading included).
The goals at 10,000 articles: at most 10 requests, 120 KB and 20 ms. ``--articles`` gives other numbers.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.resources import bundled
from kbtool.search.impacts.build import write_impacts
from kbtool.search.parts import parts_of
from kbtool.site.beside.assets import write_assets
from tests.bench.library import Library
from tests.browser import CHROMIUM, FLAGS
from tests.eval.search_sets import as_document

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTICLES, QUERIES = (300, 10_000), 20
SEARCH = """async ([base, query]) => {
  const { search } = await import(`${base}assets/search.js`);
  const answer = await search(`${base}search/`, query, { lang: "en", languages: ["en"] });
  return answer.results.map((result) => result.id);
}"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one query, asked cold."""

    query: str
    requests: int
    bytes: int
    cpu: float
    """Milliseconds."""
    found: bool


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *given: Any) -> None:
        """Say nothing."""


def publish(count: int, site: Path) -> None:
    """What the browser needs of ``count`` made articles, in ``site``."""

    def write(name: str, data: bytes) -> None:
        path = site / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    documents = [as_document(one) for one in Library(count).articles()]
    write_impacts(parts_of(documents), {}, write)
    for texts in site.glob("search/*/t*"):
        texts.unlink()
    write_assets(bundled("theme"), site)
    (site / "index.html").write_text("<!doctype html><title>Search</title>", encoding="utf-8")


def measure(browser: Browser, base: str, query: str, wanted: frozenset[str], site: Path) -> Cost:
    """One query in a new, empty context."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{base}index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * float({one["name"]: one["value"] for one in metrics}["TaskDuration"])

    before = busy()
    ids = page.evaluate(SEARCH, [base, query])
    cpu = busy() - before
    files = [name for name in asked if name.startswith("search/")]
    size = sum((site / name).stat().st_size for name in files)
    context.close()
    return Cost(query, len(files), size, cpu, bool(wanted & set(ids)))


def report(count: int, costs: Sequence[Cost]) -> None:
    """Median and worst of each figure."""
    for name, values in (
        ("requests", [cost.requests for cost in costs]),
        ("KB", [cost.bytes / 1000 for cost in costs]),
        ("CPU ms", [cost.cpu for cost in costs]),
    ):
        print(
            f"{count:>7} articles  {name:9} median {statistics.median(values):7.1f}  most {max(values):7.1f}"
        )
    print(f"{count:>7} articles  found     {sum(cost.found for cost in costs)} of {len(costs)}")


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=ARTICLES)
    for count in parser.parse_args().articles:
        folder = Path(tempfile.mkdtemp(prefix="kbtool-search-browser-"))
        try:
            publish(count, folder)
            handler = partial(_Quiet, directory=str(folder))
            with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                base = f"http://127.0.0.1:{server.server_port}/"
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                    asked = Library(count).queries(QUERIES)
                    report(
                        count, [measure(browser, base, q.text, q.relevant, folder) for q in asked]
                    )
                    browser.close()
                server.shutdown()
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
