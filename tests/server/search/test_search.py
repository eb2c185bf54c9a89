"""Search over HTTP: for programs as JSON, for readers without JavaScript as a page."""

from __future__ import annotations

import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import escape, unescape

import pytest

from tests.server.conftest import Running, wait_until


def test_results_have_the_agreed_shape(shared: Running) -> None:
    """The fields of the contract, the best first, the matching words marked."""
    answer = shared.http.get("/api/search", params={"q": "flat tyre", "lang": "en"})
    assert answer.headers["cache-control"] == "no-store"
    data = answer.json()
    assert (data["format"], data["query"], data["lang"]) == (1, "flat tyre", "en")
    assert data["count"] == len(data["results"]) >= 1
    best = data["results"][0]
    assert best.keys() == {
        "id", "title", "lang", "category", "url", "permalink", "score", "snippet",
    }  # fmt: skip
    assert (best["id"], best["url"]) == ("kb-1", "en/bike/flat-tyre/")
    assert all(
        isinstance(text, str) and marked in (True, False) for text, marked in best["snippet"]
    )


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({}, 0),
        ({"q": "  "}, 0),
        ({"q": "zzzzqqq"}, 0),
        ({"q": "tyre", "lang": "xx"}, 1),
        ({"q": "bike tyre", "limit": "1"}, 1),
        ({"q": "tyre", "limit": "-5"}, 1),
        ({"q": "tyre", "limit": "1e9"}, 1),
        ({"q": "tyre", "category": "orders"}, 0),
        ({"q": "tyre", "tag": "nothing"}, 0),
        ({"q": "tyre", "lang": "tr", "only_lang": "1"}, 0),
        ({"q": "\x00tyre\ud800".encode("utf-8", "replace").decode()}, 1),
        ({"q": "'\"<>(){}[]*:AND OR NOT ^~tyre"}, 1),
    ],
)
def test_odd_queries_are_answered(shared: Running, params: dict[str, str], count: int) -> None:
    """Nothing a reader types is an error."""
    answer = shared.http.get("/api/search", params=params)
    assert answer.status_code == 200
    assert answer.json()["count"] == count


def test_a_correction_is_told(shared: Running) -> None:
    """What was searched instead, until the reader asks as typed; which language came first."""
    typo = {"q": "repiar tyre", "lang": "tr"}
    data = shared.http.get("/api/search", params=typo).json()
    assert (data["corrected"], data["first_lang"]) == ("repair tyre", "en")
    assert data["results"][0]["id"] == "kb-1"
    typed = shared.http.get("/api/search", params=typo | {"as_typed": "1"}).json()
    assert typed["corrected"] is None


def test_long_queries_are_cut(shared: Running) -> None:
    """200 characters are searched and echoed, no more."""
    data = shared.http.get("/api/search", params={"q": "tyre " * 100}).json()
    assert len(data["query"]) <= 200
    assert data["count"] == 1


def test_many_search_at_once(shared: Running) -> None:
    """Threads do not get into each other's index."""
    queries = [("flat tyre", "kb-1"), ("swap bike", "kb-2"), ("lastik", "kb-3")] * 20

    def best(query: str) -> str:
        found: str = shared.http.get("/api/search", params={"q": query}).json()["results"][0]["id"]
        return found

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(best, [q for q, _ in queries])) == [id_ for _, id_ in queries]


def test_the_api_records_nothing_and_the_page_does(site: Running) -> None:
    """The script tells when a query has settled; the form is a search by itself, redacted."""
    site.http.get("/api/search?q=tyre")
    assert site.events() == []
    site.http.get("/en/search/", params={"q": "tyre for a@b.example"})
    (event,) = site.events()
    assert (event.kind, event.lang, event.query) == ("search", "en", "tyre for [email]")
    assert event.results == 1


def test_results_stand_in_the_built_page(site: Running) -> None:
    """Titles are escaped, links lead to the articles, the page carries the recorded event's id."""
    page = site.http.get("/en/search/", params={"q": "swap my bike"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert 'data-article="kb-2">' in page.text
    assert "Can I swap &lt;my&gt; bike?</span>" in page.text
    assert '<span class="kb-hit-shelf">Orders</span>' in page.text
    assert "<my>" not in page.text
    assert f'data-kb-event="{site.events()[0].id}"' in page.text
    assert "kb:results" not in page.text


def test_the_page_tells_a_correction_and_keeps_the_form(site: Running) -> None:
    """Said above the results with a way back; field and filters hold what was sent."""
    asked = {"q": "repiar tyre", "category": "bike", "lang": "en"}
    page = site.http.get("/en/search/", params=asked).text
    assert "Showing results for “repair tyre”</h2>" in page
    back = "?q=repiar+tyre&amp;category=bike&amp;lang=en&amp;as_typed=1"
    assert f'<a href="{back}">Search instead for “repiar tyre”</a>' in page
    assert ' name="q" value="repiar tyre"' in page
    assert '<option value="bike" selected>bike</option></select>' in page
    assert '<option value="en" selected>' in page
    (event,) = site.events()
    assert (event.query, event.corrected) == ("repiar tyre", "repair tyre")
    typed = site.http.get("/en/search/", params=asked | {"as_typed": "1"}).text
    assert "repair tyre" not in typed


def test_results_in_another_language_say_so(shared: Running) -> None:
    """The language's own name stands at the result, whose text is marked as being in it."""
    page = shared.http.get("/en/search/", params={"q": "lastik"}).text
    assert '<span class="kb-hit-lang" lang="tr">Türkçe</span>' in page
    assert '<span class="kb-hit-title" lang="tr">Lastik patladı' in page
    assert "kb-hit-lang" not in shared.http.get("/tr/search/", params={"q": "lastik"}).text


def test_a_filter_that_leaves_nothing_is_no_event(site: Running) -> None:
    """What a category hides is not missing: the page offers all of them, and nothing is recorded."""
    page = site.http.get("/en/search/", params={"q": "tyre", "category": "orders", "tag": "x&y"})
    assert '<a href="?q=tyre">Search everything for “tyre”</a>' in page.text
    assert '<input type="hidden" name="tag" value="x&amp;y" form="kb-search">' in page.text
    assert "kb-event" not in page.text
    assert site.events() == []


def test_a_result_opened_without_javascript_is_a_click(site: Running) -> None:
    """The page's own link records query, place and number of results, and leads to the article."""
    page = site.http.get("/en/search/", params={"q": "tyre & <swap> bike"}).text
    links = [unescape(link) for link in re.findall(r'class="kb-hit" href="([^"]+)"', page)]
    opened = site.http.get(f"/en/search/{links[1]}")
    assert opened.status_code == 303
    search, click = site.events()
    assert (click.kind, click.query, click.position) == ("click", search.query, 2)
    assert (click.results, click.lang) == (len(links), "en")
    address = site.http.get(f"/a/{click.article}/").headers["location"].removeprefix("../../")
    assert str(opened.next_request.url).endswith(f"/{address}")  # type: ignore[union-attr]


def test_no_results_are_told_and_recorded(site: Running) -> None:
    """A search without result says so in the page's language; what stands below leads on."""
    page = site.http.get("/tr/search/", params={"q": "zzzzqqq"})
    assert "“zzzzqqq” için sonuç bulunamadı" in page.text
    assert [e.results for e in site.events()] == [0]


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onx='1", "{n}{q}&lt;"],
)
def test_a_query_is_shown_as_text(shared: Running, query: str) -> None:
    """What was typed appears escaped, never as markup."""
    page = shared.http.get("/en/search/", params={"q": query}).text
    assert escape(query) in page
    assert f'value="{escape(query)}"' in page
    assert "<script" not in page
    assert "<img" not in page


def test_without_a_query_it_is_the_page_as_built(shared: Running) -> None:
    """No query, an empty one, or a language that is not ours: the file, or nothing."""
    assert "kb:results" in shared.http.get("/en/search/").text
    assert "kb:results" in shared.http.get("/en/search/?q=%20").text
    assert shared.http.get("/xx/search/?q=tyre").status_code == 404


def test_a_lost_event_does_not_cost_the_reader_the_answer(site: Running) -> None:
    """With the event store broken the results still come."""
    with closing(sqlite3.connect(site.settings.database)) as other, other:
        other.execute("DROP TABLE events")
    page = site.http.get("/en/search/", params={"q": "tyre"})
    assert page.status_code == 200
    assert "How do I repair a flat tyre?" in page.text


def test_a_missing_index_is_said_politely(site: Running) -> None:
    """Pages go on; search answers 503 until the next build."""
    for file in sorted(site.settings.index_dir.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    answer = site.http.get("/api/search?q=tyre")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert site.http.get("/en/").status_code == 200


def test_results_do_not_wait_for_a_busy_store(site: Running) -> None:
    """While another process holds the database a reader gets results; the search is kept after."""
    other = sqlite3.connect(site.settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    page = site.http.get("/en/search/", params={"q": "flat tyre"})
    assert time.monotonic() - start < 5
    assert "How do I repair a flat tyre?" in page.text
    other.execute("ROLLBACK")
    other.close()
    wait_until(lambda: [event.query for event in site.events()] == ["flat tyre"])
