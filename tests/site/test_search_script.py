"""The browser's search: the same articles and scores as Python's, from a plain file server."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.model import Document, SearchFound
from kbtool.resources import bundled
from kbtool.search.impacts import scale
from kbtool.search.impacts.build import write_impacts
from kbtool.search.index import Index, export
from kbtool.search.parts import parts_of
from kbtool.site.beside.assets import write_assets
from tests.browser import needs_browser
from tests.search.helpers import document, sample_documents
from tests.site.search_asked import HOSTILE, many, pack, queries, ways

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser

THEME = bundled("theme")
ASK = """async ([base, asked]) => {
  const { search } = await import(`${base}../assets/search.js`);
  const answers = [];
  for (const [query, options] of asked) {
    answers.push(await search(base, query, options).catch((error) => ({ error: String(error) })));
  }
  return answers;
}"""
Asked = tuple[str, dict[str, Any]]


class Files(SimpleHTTPRequestHandler):
    """Plain files, as any web server gives them; each request is noted."""

    def __init__(self, *given: Any, host: Host) -> None:
        self._host = host
        super().__init__(*given, directory=str(host.root))

    def do_GET(self) -> None:
        self._host.requests.append(self.path)
        super().do_GET()

    def end_headers(self) -> None:
        """A server may take packed files for its own packing, which the browser undoes."""
        if self._host.encodes and "/search/" in self.path:
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()

    def log_message(self, *given: Any) -> None:
        """Say nothing."""


@dataclass
class Host:
    """A file server with help centres below a path."""

    root: Path
    requests: list[str] = field(default_factory=list)
    encodes: bool = False
    base: str = ""
    _published: int = 0

    def publish(self, name: str, documents: Sequence[Document], *empty: str) -> Index:
        """Put the search of ``documents`` where ``address(name)`` is, and ``empty`` languages;
        Python's index of the same.
        """
        index, site = self.root.parent / "index" / name, self.root / "help" / name
        for folder in (index, site):
            shutil.rmtree(folder, ignore_errors=True)
        languages = write_impacts(parts_of(documents), {}, partial(_write, index / "impacts"))
        export(index, site / "search", [*languages, *empty])
        write_assets(THEME, site)
        self._published += 10  # seconds: a server that knows whole ones must see another file
        for path in site.glob("search/*.kb"):
            os.utime(path, (self._published, self._published))
        return Index(index, languages)

    def address(self, name: str) -> str:
        return f"{self.base}help/{name}/search/"

    def asked(self) -> list[str]:
        """The files of search that were asked for since the last time."""
        found = [path.partition("/search/")[2] for path in self.requests if "/search/" in path]
        self.requests.clear()
        return found


def _write(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A file server."""
    root = tmp_path_factory.mktemp("host") / "files"
    (root / "help").mkdir(parents=True)
    (root / "help" / "index.html").write_text(
        "<!doctype html><title>Help</title>", encoding="utf-8"
    )
    host = Host(root)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, host=host)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        host.base = f"http://127.0.0.1:{server.server_port}/"
        yield host
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, host: Host) -> Iterator[Page]:
    """An empty page of the host, in a browser that remembers nothing."""
    host.encodes = False
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host.base}help/index.html")
    host.requests.clear()
    yield page
    context.close()


def ask(page: Page, base: str, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """The script's answers. JSON carries the queries: half a character is a valid string there."""
    sent = json.dumps([base, asked])
    answers: list[dict[str, Any]] = page.evaluate(f"(sent) => ({ASK})(JSON.parse(sent))", sent)
    return answers


def same(index: Index, text: str, options: dict[str, Any]) -> SearchFound:
    """What Python finds for a query with the script's options."""
    return index.search(
        text,
        lang=options.get("lang"),
        category=options.get("category"),
        tag=options.get("tag"),
        limit=options.get("limit", 10),
        only_lang=options.get("onlyLang", False),
        as_typed=options.get("asTyped", False),
    )


def outcome(found: SearchFound) -> dict[str, Any]:
    """What must be the same in both."""
    hits = [{name: getattr(hit, name) for name in FIELDS} for hit in found.hits]
    return {"first_lang": found.lang, "corrected": found.corrected, "results": hits}


FIELDS = ("id", "title", "lang", "category", "url", "permalink", "score")


def compare(page: Page, base: str, index: Index, asked: Sequence[Asked]) -> int:
    """Ask both; the number of queries that found something comes back."""
    finding = 0
    for (text, options), answer in zip(asked, ask(page, base, asked), strict=True):
        assert "error" not in answer, (text, options, answer)
        expected = outcome(same(index, text, options))
        results = [{name: one[name] for name in FIELDS} for one in answer["results"]]
        got = {name: answer[name] for name in ("first_lang", "corrected")} | {"results": results}
        assert got == expected, (text, options)
        assert (answer["format"], answer["count"]) == (1, len(results))
        finding += bool(results)
    return finding


@pytest.mark.parametrize("lang", ["en", "de", "tr", "et"])
def test_conformance_packs_are_answered_as_in_python(lang: str, host: Host, page: Page) -> None:
    """Each language's own cases, its texts as people mistype them, and hostile strings."""
    documents, texts = pack(lang)
    index = host.publish(lang, documents)
    options = {"lang": lang, "languages": [lang]}
    asked = [(text, options) for text in (*texts, *queries(documents, 100, lang), *HOSTILE)]
    assert compare(page, host.address(lang), index, asked) > 150


def test_words_that_pages_rarely_have(host: Host, page: Page) -> None:
    """Two slips far apart in a long word; tags beyond the basic plane, which begin alike."""
    documents = [
        document("kb-1", "de", "Geschwindigkeitsbegrenzung", "Bei 25 ist Schluss.", tags=("𝐛𝐢𝐤𝐞",)),
        document("kb-2", "de", "Anderes", "Etwas anderes.", tags=("𝐛𝐢𝐫𝐝", "e-bike")),
    ]
    index = host.publish("rare", documents)
    options = {"lang": "de", "languages": ["de"]}
    asked: list[Asked] = [("Geschwndigkeitsbegrezung", options)]
    asked += [("25 etwas", options | {"tag": tag}) for tag in ("𝐛𝐢𝐤𝐞", "𝐛𝐢𝐫𝐝", "E-Bike")]
    assert compare(page, host.address("rare"), index, asked) == 4


def test_several_languages_filters_and_options(host: Host, page: Page) -> None:
    """The sample help centre in three languages, one with an empty file, one without; every
    option.
    """
    documents = sample_documents()
    index = host.publish("sample", documents, "fr")
    asked = [
        (text, ways(["de", "en", "et", "fr", "tr"], documents, str(number)))
        for number, text in enumerate((*queries(documents, 150), *HOSTILE))
    ]
    assert compare(page, host.address("sample"), index, asked) > 100


@pytest.mark.parametrize(("lang", "count", "encodes"), [("de", 1_500, False), ("tr", 450, True)])
def test_many_articles_in_many_shards(
    lang: str, count: int, encodes: bool, host: Host, page: Page
) -> None:
    """No shard is asked for twice, whether or not the browser undoes the gzip before."""
    texts, cases = pack(lang)
    documents = many(count, texts)
    index = host.publish("many", documents)
    host.encodes = encodes
    asked = [
        (text, ways([lang], documents, str(number)))
        for number, text in enumerate((*queries(documents, 100), *cases[::3], *HOSTILE))
    ]
    assert compare(page, host.address("many"), index, asked) > 100
    files = host.asked()
    assert len(files) == len(set(files)) > 15


def test_few_articles_are_one_request(host: Host, page: Page) -> None:
    """300 articles: nothing before the first query, then one file for all that are asked."""
    documents = many(300, pack("en")[0])
    host.publish("few", documents)
    base = host.address("few")
    page.evaluate("(base) => import(`${base}../assets/search.js`).then(() => {})", base)
    assert host.asked() == []
    options = {"lang": "en", "languages": ["en", "tr"]}
    for text in (documents[7].title, documents[8].body, documents[9].title[:3]):
        (answer,) = ask(page, base, [(text, options)])
        assert answer["count"] == 10
    assert host.asked() == ["en.kb"]


def test_a_newer_release_takes_the_place_of_the_files(host: Host, page: Page) -> None:
    """A page that was opened before goes on with the new articles, never with both."""
    texts, _ = pack("en")
    before, after = many(450, texts), many(460, texts)
    old = host.publish("swapped", before)
    options = {"lang": "en", "languages": ["en"]}
    base = host.address("swapped")
    assert compare(page, base, old, [(before[0].title, options)])
    new = host.publish("swapped", after)
    assert compare(page, base, new, [(one.title, options) for one in after[::20]])


def test_without_files_it_throws(host: Host, page: Page) -> None:
    """The page falls back to the server then; when the files are there later, they are read."""
    host.publish("gone", pack("et")[0])
    shutil.rmtree(host.root / "help" / "gone" / "search")
    options = {"lang": "et", "languages": ["en", "et"]}
    (answer,) = ask(page, host.address("gone"), [("pilet", options)])
    assert "error" in answer
    index = host.publish("gone", pack("et")[0])
    assert compare(page, host.address("gone"), index, [("pilet", options)])


def test_a_search_can_be_given_up(host: Host, page: Page) -> None:
    """As fetch does it; what was read is kept for the next."""
    index = host.publish("given-up", pack("en")[0])
    name = page.evaluate(
        """async (base) => {
          const { search } = await import(`${base}../assets/search.js`);
          const options = { lang: "en", languages: ["en"], signal: AbortSignal.abort() };
          return search(base, "reset", options).catch((error) => error.name);
        }""",
        host.address("given-up"),
    )
    assert name == "AbortError"
    options = {"lang": "en", "languages": ["en"]}
    assert compare(page, host.address("given-up"), index, [("reset", options)])
    assert host.asked() == ["en.kb"]


def test_words_are_marked_in_the_summary(host: Host, page: Page) -> None:
    """Whole words, in their forms, also those that a correction stands for; the rest as it is."""
    found = document("kb-1", "en", "Helmets", "Your helmets. <b>Helmet</b>!")
    one = Document(**{name: getattr(found, name) for name in found.__slots__} | {"summary": found.body})  # fmt: skip
    host.publish("marks", [one, document("kb-2", "en", "Bikes", "A bike.")])
    options = {"lang": "en", "languages": ["en"]}
    for text in ("helmet", "helmts"):
        (answer,) = ask(page, host.address("marks"), [(text, options)])
        pieces = answer["results"][0]["snippet"]
        assert "".join(piece for piece, _ in pieces) == one.summary
        assert [piece for piece, marked in pieces if marked] == ["helmets", "Helmet"]


def test_the_tables_are_those_of_python(host: Host, page: Page) -> None:
    """Scores of levels and factors of coverage."""
    host.publish("tables", pack("en")[0])
    tables = page.evaluate(
        "(base) => import(`${base}../assets/search.js`).then(({ SCORES, COVERAGE }) => [SCORES, COVERAGE])",
        host.address("tables"),
    )
    assert tables == [list(scale.SCORES), list(scale.COVERAGE)]
