"""What pages of other sites may ask: allowed origins what the widget needs, all others nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.config.settings import WidgetSettings
from tests.server.conftest import Running, make_knowledge_base, running

APP, EVIL = "https://app.example", "https://evil.example"
READABLE = (
    "/en/bike/flat-tyre/", "/tr/", "/assets/kb.js", "/search/none.kb", "/api/search?q=tyre",
)  # fmt: skip
OURS_ALONE = (
    "/articles.json", "/healthz", "/", "/api/view.gif", "/a/kb-1/", "/agent/",
    "/api/click?article=kb-1&query=tyre&position=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, built_index: Path) -> Iterator[Running]:
    settings = make_knowledge_base(tmp_path_factory.mktemp("crossing"), built_index)
    with running(replace(settings, widget=WidgetSettings((APP,)))) as found:
        yield found


def _from(origin: str) -> dict[str, str]:
    return {"Origin": origin, "Sec-Fetch-Site": "cross-site"}


def _event(number: int) -> dict[str, str]:
    return {"id": f"crossing-{number}", "kind": "view", "article": "kb-1", "lang": "en"}


@pytest.mark.parametrize("address", READABLE)
def test_allowed_origins_may_read_what_the_widget_reads(site: Running, address: str) -> None:
    """The permission names the origin; without credentials, and caches keep origins apart."""
    answer = site.http.get(address, headers=_from(APP))
    assert answer.headers["access-control-allow-origin"] == APP
    assert "access-control-allow-credentials" not in answer.headers
    for asked in (_from(APP), _from(EVIL), {}):
        vary = site.http.get(address, headers=asked).headers["vary"]
        assert "Origin" in vary.split(", ")


@pytest.mark.parametrize("address", READABLE)
@pytest.mark.parametrize("origin", [EVIL, "https://app.example.evil.example", "null", ""])
def test_other_origins_get_no_permission(site: Running, origin: str, address: str) -> None:
    """Not those either that look alike."""
    answer = site.http.get(address, headers=_from(origin))
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("address", OURS_ALONE)
def test_nothing_else_may_be_read_by_anybody(site: Running, address: str) -> None:
    """Addresses that record, the agent page, health and lists stay the site's own."""
    answer = site.http.get(address, headers=_from(APP))
    assert "access-control-allow-origin" not in answer.headers
    assert "cross-origin-resource-policy" not in answer.headers


def test_an_unchanged_file_keeps_its_permission(site: Running) -> None:
    """A browser applies the headers of a 304 to its copy."""
    first = site.http.get("/assets/kb.js", headers=_from(APP))
    again = site.http.get(
        "/assets/kb.js", headers=_from(APP) | {"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.headers["access-control-allow-origin"] == APP
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"


def test_events_are_taken_from_allowed_origins_alone(site: Running) -> None:
    """A preflight and the event itself; others are refused as ever, and nothing of them stored."""
    ask = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    for number, (origin, allowed) in enumerate([(APP, True), (EVIL, False)]):
        before = len(site.events())
        preflight = site.http.options("/api/events", headers=_from(origin) | ask)
        assert preflight.is_success == allowed
        assert preflight.headers.get("access-control-allow-methods") == (
            "POST" if allowed else None
        )
        answer = site.http.post("/api/events", json=_event(number), headers=_from(origin))
        assert answer.status_code == (204 if allowed else 403)
        given = answer.headers.get("access-control-allow-origin")
        assert given == (APP if allowed else None)
        assert len(site.events()) == before + allowed


def test_a_widget_page_is_told_why_an_event_was_refused(site: Running) -> None:
    """An error is an answer, too: the page may read it."""
    answer = site.http.post("/api/events", content=b"{", headers=_from(APP))
    assert answer.status_code == 400
    assert answer.headers["access-control-allow-origin"] == APP


def test_forms_stay_the_sites_own(site: Running) -> None:
    """A page that may show the widget votes by event, never by form."""
    form = {"article": "kb-1", "lang": "en", "value": "yes"}
    before = len(site.events())
    for address in ("/api/vote", "/api/contact"):
        assert site.http.post(address, data=form, headers=_from(APP)).status_code == 403
    assert len(site.events()) == before


def test_without_origins_there_is_no_crossing(shared: Running) -> None:
    """The default is what it was before there was a widget: no header of it anywhere."""
    for address in READABLE:
        answer = shared.http.get(address, headers=_from(APP))
        assert "access-control-allow-origin" not in answer.headers
        assert "cross-origin-resource-policy" not in answer.headers
        assert "Origin" not in answer.headers.get("vary", "")


def test_below_a_sub_path_the_same_holds(site: Running) -> None:
    """The addresses are those of the site, wherever it stands."""
    below = replace(site.settings, site_url="https://help.velmo.example/help/")
    with running(below) as served:
        answer = served.http.get("/help/en/bike/flat-tyre/", headers=_from(APP))
        assert answer.headers["access-control-allow-origin"] == APP
