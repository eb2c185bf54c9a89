"""A damaged index under a running server."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from kbtool.search.index import DOCUMENTS
from tests.server.conftest import Running


def found(site: Running, query: str, lang: str = "en") -> list[str]:
    """The ids that the API finds."""
    answer = site.http.get("/api/search", params={"q": query, "lang": lang})
    assert answer.status_code == 200
    return [hit["id"] for hit in answer.json()["results"]]


def test_readers_get_results_from_the_new_index(
    site: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """All who ask at once wait for the one restoration; the log says it once."""
    for shelf in (site.settings.index_dir / "impacts").glob("*.kb"):
        shelf.write_bytes(b"cut off")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: found(site, "flat tyre"), range(16)))
    assert answers == [["kb-1"]] * 16
    assert sum("made anew" in record.getMessage() for record in caplog.records) == 1
    page = site.http.get("/en/search/", params={"q": "swap bike"})
    assert 'data-article="kb-2"' in page.text


def test_damage_that_shows_late_is_mended_too(site: Running) -> None:
    """An index that was read from before; asked by a help desk's sidebar."""
    assert found(site, "flat tyre") == ["kb-1"]
    for folder in (site.settings.index_dir / "impacts").glob("*.*/"):
        if folder.is_dir():
            shutil.rmtree(folder)
    asked = {"text": "Kann ich? Lastik patladı!", "lang": "tr"}
    for _ in range(8):  # whichever thread answers, also those that had the old one open
        answer = site.http.post("/api/suggest", json=asked)
        assert answer.status_code == 200
        assert answer.json()["results"][0]["id"] == "kb-3"


def test_it_is_tried_once(site: Running, caplog: pytest.LogCaptureFixture) -> None:
    """Without whole documents readers are told to come again, pages go on, the log says what helps;
    an index that takes the place of the damaged one is found.
    """
    index = site.settings.index_dir.resolve()
    shutil.copytree(index, index.with_name("whole"))
    (index / DOCUMENTS).unlink()
    (index / "index.json").write_bytes(b"{")
    for _ in range(3):
        assert site.http.get("/api/search?q=tyre").status_code == 503
    assert site.http.get("/en/").status_code == 200
    assert sum("kbtool build" in record.getMessage() for record in caplog.records) == 1
    shutil.rmtree(index)
    index.with_name("whole").rename(index)
    assert found(site, "flat tyre") == ["kb-1"]
