"""Pages that follow the builds: the script that pages get, and what its stream says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kbtool.config import Settings
from kbtool.server.pages.live import Live, for_staff
from tests.server.conftest import Running, make_release, running, show_release, wait_until


@pytest.fixture
def live(settings: Settings) -> Live:
    return Live(settings.current_release)


@pytest.fixture
def watched(settings: Settings, live: Live) -> Iterator[Running]:
    with running(for_staff(settings), live=live) as found:
        yield found


@pytest.mark.parametrize(
    ("address", "way"),
    [("/en/", "../"), ("/en/bike/flat-tyre/", "../../../"), ("/en/nowhere", "../"), ("/x", "")],
)
def test_each_page_gets_the_script_with_its_release(
    watched: Running, address: str, way: str
) -> None:
    """Also the page of missing addresses, at any depth; the way leads to the server's root."""
    answer = watched.http.get(address)
    tag = f'<script src="{way}assets/live.js" data-release="r1"></script>'
    assert answer.text.count(tag) == 1
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "script-src 'self';" in answer.headers["content-security-policy"]


def test_a_browser_keeps_no_page_with_the_script(watched: Running) -> None:
    """No tag to ask again with, nothing stored: without --watch the page is a plain one again."""
    first = watched.http.get("/en/")
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    assert "last-modified" not in first.headers
    asked = {"If-Modified-Since": "Sun, 22 Nov 2099 12:00:00 GMT"}
    assert watched.http.get("/en/", headers=asked).status_code == 200


def test_other_files_are_as_they_were_built(watched: Running, settings: Settings) -> None:
    """Scripts, fonts and JSON are not touched, and the site's own files have no trace of this."""
    for address in ("assets/kb.js", "assets/font.0123abcd.woff2", "articles.json"):
        built = (settings.current_release / "site" / address).read_bytes()
        assert watched.http.get(f"/{address}").content == built
    site = settings.current_release / "site"
    assert not [
        path for path in site.rglob("*") if path.is_file() and b"live.js" in path.read_bytes()
    ]


def test_without_watch_there_is_nothing_of_it(site: Running) -> None:
    """Neither the script nor its stream."""
    assert "live.js" not in site.http.get("/en/").text
    assert site.http.get("/assets/live.js").status_code == 404
    assert site.http.get("/api/live").status_code == 404


def _news(lines: Iterator[str]) -> dict[str, Any]:
    """The next message of a stream."""
    line = next(line for line in lines if line.startswith("data: "))
    told: dict[str, Any] = json.loads(line.removeprefix("data: "))
    return told


def test_the_stream_tells_what_holds_and_each_change(
    watched: Running, live: Live, settings: Settings, built_index: Path
) -> None:
    """The release at once, a trouble when there is one, that it is gone, and a new release."""
    with watched.http.stream("GET", "/api/live") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert _news(lines) == {"release": "r1", "trouble": []}
        live.tell(("content/en/a.md:3: <b>no</b>",))
        assert _news(lines) == {"release": "r1", "trouble": ["content/en/a.md:3: <b>no</b>"]}
        live.tell(())
        assert _news(lines)["trouble"] == []
        make_release(settings.root, "r2", built_index)
        show_release(settings.root, "r2")
        assert _news(lines) == {"release": "r2", "trouble": []}
    assert 'data-release="r2"' in watched.http.get("/en/").text


def test_an_open_stream_does_not_keep_the_server_from_stopping(
    settings: Settings, live: Live
) -> None:
    """It ends by itself; the other end sees a whole answer."""
    with running(settings, live=live) as site, site.http.stream("GET", "/api/live") as stream:
        lines = stream.iter_lines()
        assert _news(lines)["release"] == "r1"
        live.around(lambda *_: None, lambda: True)  # type: ignore[arg-type] # never asked
        assert [line for line in lines if line] == []


def test_without_a_release_the_stream_waits_for_one(settings: Settings, live: Live) -> None:
    """A link that is gone for a moment is no error."""
    with running(settings, live=live) as site:
        shutil.move(settings.current_release, settings.root / "aside")
        with site.http.stream("GET", "/api/live") as stream:
            assert _news(stream.iter_lines()) == {"release": "", "trouble": []}


def test_ones_own_visits_are_kept_apart(watched: Running) -> None:
    """Whoever looks at his own work is staff: stored with that reason, in no figure."""
    sent = watched.http.post("/api/events", json={"id": "a", "kind": "view", "article": "kb-1"})
    assert sent.status_code == 204
    wait_until(lambda: bool(watched.events()))
    assert [event.excluded for event in watched.events()] == ["staff"]
