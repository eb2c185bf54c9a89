"""The built site in a real browser behind a real nginx, with the files that the build wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from kbtool.config import Settings
from kbtool.events.parse import Known, Sender, event_fields, parse_event
from kbtool.model import Event
from kbtool.workflows.build import build
from tests.browser import needs_browser
from tests.nginx import needs_nginx, nginx
from tests.server.conftest import BROWSER, wait_until
from tests.site.browsing import Reader, build_sample
from tests.site.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [*needs_browser, needs_nginx]
ARTICLE = "en/subscription/cancel-subscription/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where nginx shows the sample help centre, built for https://help.velmo.example/help/."""
    settings = build_sample(tmp_path_factory.mktemp("kb"))
    settings = replace(settings, site_url="https://help.velmo.example/help/")
    build(settings, strict=False, now=NOW)
    with nginx(settings, tmp_path_factory.mktemp("nginx")) as base:
        yield base + "help/"


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """Without a server behind it, the site stays quiet under its strict policy."""
    with ExitStack() as ends:
        context = browser.new_context(locale="en-GB")
        ends.callback(context.close)
        found = Reader(context, address, bears_404=False)
        yield found
        assert found.troubles == []


def test_search_reads_the_sites_own_files(reader: Reader) -> None:
    """Typed words find the article; Enter opens it."""
    page = reader.go("en/")
    page.keyboard.press("/")
    page.keyboard.type("cancel subscr")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + ARTICLE)
    assert any(one.startswith("GET search/") for one in reader.asked)


def test_a_vote_thanks_and_the_language_switches(reader: Reader) -> None:
    """Nothing is sent anywhere; the same article opens in the other language."""
    page = reader.go(ARTICLE)
    page.locator(".kb-vote button[value=yes]").click()
    page.locator("#thanks").wait_for()
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="Eesti").click()
    page.wait_for_url("**/et/subscription/lepingu-lopetamine/")
    assert not [one for one in reader.asked if one.startswith("POST")]


def test_every_kind_of_page_keeps_the_policy(reader: Reader) -> None:
    """Also the results page, which the script fills, and one that an old address leads to."""
    for place in ("en/", "et/bike/", "tr/contact/", "a/kb-1002/"):
        reader.go(place).wait_for_load_state("networkidle")
    reader.go("en/search/?q=stolen").wait_for_selector("[data-kb-results] a")


def test_machine_data_is_read_and_nothing_runs(reader: Reader) -> None:
    """The data block is JSON in a page whose policy forbids inline scripts."""
    page = reader.go(ARTICLE)
    kinds = page.evaluate(
        """JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent)
        ["@graph"].map((thing) => thing["@type"])"""
    )
    assert kinds == ["Article", "BreadcrumbList"]


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Settings]]:
    """The same, built so that pages tell nginx's log what happens."""
    settings = build_sample(tmp_path_factory.mktemp("logged"))
    settings = replace(
        settings,
        site_url="https://help.velmo.example/help/",
        metrics=replace(settings.metrics, log_hits=True),
    )
    build(settings, strict=False, now=NOW)
    with nginx(settings, tmp_path_factory.mktemp("nginx")) as base:
        yield base + "help/", settings


def lines_of(settings: Settings) -> list[list[str]]:
    """The quoted fields of each line of the log."""
    log = (settings.state_dir / "hits.log").read_text(encoding="utf-8")
    return [re.findall(r'"([^"]*)"', line) for line in log.splitlines()]


def events_of(settings: Settings) -> list[Event]:
    """The events in the log, checked as those that a server is sent."""
    articles = json.loads((settings.site_dir / "articles.json").read_text(encoding="utf-8"))
    known = Known({one["id"] for one in articles["articles"]}, settings.languages, str)
    hits = [line for line in lines_of(settings) if line[0].startswith("POST /help/api/hit?")]
    queries = [line[0].split(" ")[1].partition("?")[2] for line in hits]
    sender = Sender(None, None)
    return [parse_event(event_fields(q), at=NOW, sender=sender, known=known) for q in queries]


def test_the_log_is_the_queue_where_no_server_runs(
    browser: Browser, logged: tuple[str, Settings]
) -> None:
    """What a reader does stands in nginx's log as the collector would have been sent it: the view,
    how it was read, a search with its click, a vote with its reason in any script; no body, and no
    page breaks for it.
    """
    base, settings = logged
    with ExitStack() as ends:
        context = browser.new_context(locale="en-GB", user_agent=BROWSER)
        ends.callback(context.close)
        reader = Reader(context, base, bears_404=False)
        page = reader.go("en/")
        page.locator("#kb-q").fill("cancel subscription")
        page.locator("[role=option]").first.click()
        page.wait_for_url("**/" + ARTICLE)
        page.locator(".kb-vote button[value=no]").click()
        page.locator(".kb-why textarea").fill("Eksik & yanlış: 漢字?")
        page.get_by_role("button", name="Send").click()
        reader.go("tr/").wait_for_load_state("networkidle")
        wait_until(lambda: len([e for e in events_of(settings) if e.kind == "view"]) == 4)
        assert reader.troubles == []
    told = {(e.kind, e.article, e.lang, e.query, e.position) for e in events_of(settings)}
    assert told >= {
        ("view", None, "en", None, None), ("search", None, "en", "cancel subscription", None),
        ("click", "kb-1002", "en", "cancel subscription", 1), ("view", "kb-1002", "en", None, None),
        ("view", None, "tr", None, None),
    }  # fmt: skip
    first, left = [e for e in events_of(settings) if (e.kind, e.article) == ("view", "kb-1002")]
    assert (first.id, first.dwell) == (left.id, None)
    assert left.dwell is not None
    assert left.scroll is not None
    votes = [e for e in events_of(settings) if e.kind == "vote"]
    assert [(v.value, v.text) for v in votes] == [("no", None), ("no", "Eksik & yanlış: 漢字?")]
    assert len({v.id for v in votes}) == 1


def test_the_log_says_what_a_reader_asks_for(logged: tuple[str, Settings]) -> None:
    """Beside the page itself, which is the view of a reader without JavaScript: whether it was loaded
    ahead, and whether he asks not to be followed.
    """
    base, settings = logged
    signals = {"Sec-Purpose": "prefetch;prerender", "Sec-GPC": "1", "DNT": "1"}
    for headers in (signals, {}):
        page = httpx.get(base + ARTICLE, headers={"User-Agent": BROWSER, **headers})
        assert "view.gif" not in page.text
    asked, plain = [
        line for line in lines_of(settings) if line[0].startswith(f"GET /help/{ARTICLE}")
    ][-2:]
    assert asked[2:] == [BROWSER, "prefetch;prerender", "1", "1"]
    assert plain[2:] == [BROWSER, "-", "-", "-"]
