"""Search on the built site in a real browser: by the server, by the site's own files, without script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kbtool.model import Event
from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, build_sample, plain_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = needs_browser
RESULT = ".kb-results a.kb-hit"
SETTLED = "[data-kb-results][data-query]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample help centre, built and served."""
    with running(build_sample(tmp_path_factory.mktemp("kb"))) as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(user_agent=BROWSER, locale="en-GB")
    yield made
    made.close()


@pytest.fixture
def reader(context: BrowserContext, site: Running) -> Iterator[Reader]:
    found = Reader(context, f"http://127.0.0.1:{site.port}/", bears_404=False)
    yield found
    assert found.troubles == []


@pytest.fixture(params=["", "support/help/"])
def alone(
    request: pytest.FixtureRequest, context: BrowserContext, site: Running, tmp_path: Path
) -> Iterator[Reader]:
    """The site on a plain file server, at its root and below a path."""
    shutil.copytree(site.settings.site_dir, tmp_path / "www" / request.param, dirs_exist_ok=True)
    with plain_files(tmp_path / "www") as base:
        found = Reader(context, base + request.param, bears_404=False)
        yield found
        found.page.close()
    assert found.troubles == []


def titles(page: Page) -> list[str]:
    """What stands in the list of the search page."""
    page.wait_for_selector(SETTLED)
    return page.locator(".kb-results .kb-hit-title").all_inner_texts()


def searches(site: Running, before: int) -> list[Event]:
    """The searches recorded since ``before``."""
    return [event for event in site.events()[before:] if event.kind == "search"]


def test_a_plain_file_server_is_enough(alone: Reader) -> None:
    """Search as you type and the results page, with filters; nothing is loaded before the first
    key, the server is looked for once, nothing is sent and nothing is an error.
    """
    page = alone.go("en/")
    page.wait_for_load_state("networkidle")
    assert not [one for one in alone.asked if "search/" in one or "search.js" in one]
    page.locator("#kb-q").press_sequentially("stolen b")
    page.wait_for_selector("[role=option]")
    page.locator("#kb-q").press("Enter")
    page.wait_for_url("**/en/search/?q=stolen+b")
    assert titles(page)[0] == "My bike was stolen. What should I do?"
    page.locator("select[name=category]").select_option("orders")
    page.wait_for_url("**/en/search/?q=stolen+b&category=orders")
    page.locator(RESULT).first.click()
    page.wait_for_url("**/en/orders/*/")
    assert [one for one in alone.asked if "api/" in one] == ["GET api/search?"]


def test_both_ways_show_the_same(alone: Reader, reader: Reader) -> None:
    """The same titles in the same order, whoever answers; the browser's language does not matter."""
    for query in ("en/search/?q=cancel", "tr/search/?q=lastik", "et/search/?q=rehv&lang=et"):
        assert titles(alone.go(query)) == titles(reader.go(query)) != [], query


def test_a_correction_is_told_and_can_be_taken_back(reader: Reader, site: Running) -> None:
    """Above the results while typing and on the page; the link asks as typed, and stays so."""
    before = len(site.events())
    page = reader.go("en/")
    page.locator("#kb-q").press_sequentially("batery")
    told = page.locator(".kb-drop .kb-instead")
    told.wait_for()
    assert told.inner_text() == "Showing results for “battery” Search instead for “batery”"
    wait_until(lambda: bool(searches(site, before)))
    assert [(e.query, e.corrected) for e in searches(site, before)] == [("batery", "battery")]
    told.locator("a").click()
    told.wait_for(state="detached")
    assert page.locator("#kb-q").evaluate("field => field === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=batery&as_typed=1")
    page.wait_for_selector(SETTLED)
    assert "battery" not in page.locator(".kb-results h2").inner_text()
    page = reader.go("en/search/?q=batery")
    link = page.get_by_role("link", name="Search instead for “batery”")
    assert page.locator(".kb-results h2").inner_text() == "Showing results for “battery”"
    link.click()
    page.wait_for_url("**/en/search/?q=batery&as_typed=1")


def test_filters_stand_in_the_address(reader: Reader) -> None:
    """Category, language and tag narrow the list, alone or together, and are chosen on return."""
    page = reader.go("en/search/?q=bike")
    everything = titles(page)
    page.get_by_label("Language").select_option("tr")
    page.wait_for_url("**/en/search/?q=bike&lang=tr")
    wait_until(lambda: titles(page) != everything)
    badges = page.locator(RESULT).locator(".kb-hit-lang").all_inner_texts()
    assert badges == ["Türkçe"] * len(titles(page)) != []
    assert page.locator(".kb-hit-title").first.get_attribute("lang") == "tr"
    page = reader.go("en/search/?q=bike&category=orders")
    page.wait_for_selector(SETTLED)
    assert page.locator("select[name=category]").input_value() == "orders"
    shelves = page.locator(RESULT).locator(".kb-hit-shelf").all_inner_texts()
    assert set(shelves) == {"Orders and delivery"}
    page = reader.go("en/search/?q=bike&tag=no-such-tag")
    page.wait_for_selector(".kb-tag")
    assert titles(page) == []
    page.get_by_role("link", name="Search without it").click()
    page.wait_for_url("**/en/search/?q=bike")


def test_nothing_in_a_category_is_no_missing_article(reader: Reader, site: Running) -> None:
    """The page offers to search everything; no search without a result is recorded."""
    before = len(site.events())
    page = reader.go("en/search/?q=stolen&category=subscription&lang=et")
    page.wait_for_selector(".kb-everywhere")
    page.wait_for_timeout(1200)
    assert searches(site, before) == []
    page.get_by_role("link", name="Search everything for “stolen”").click()
    page.wait_for_url("**/en/search/?q=stolen")
    page.wait_for_selector(RESULT)
    assert page.locator("select[name=category]").input_value() == ""


def test_searches_in_vain_are_events_when_the_api_is_down(
    context: BrowserContext, site: Running
) -> None:
    """The files answer under the strict policy. Recorded are a search without a result, one whose
    results nobody opened, and one with a click; no key asks the broken API again.
    """
    before = len(site.events())
    reader = Reader(context, f"http://127.0.0.1:{site.port}/")
    reader.page.route("**/api/search?q=*", lambda route: route.fulfill(status=503))
    page = reader.go("en/search/?q=zzzzqq")
    wait_until(lambda: len(searches(site, before)) == 1)
    page.locator("#kb-q").fill("charge battery")
    wait_until(lambda: len(searches(site, before)) == 2)
    page.locator("#kb-q").fill("stolen")
    page.wait_for_selector("[data-kb-results][data-query=stolen]")
    page.locator(RESULT).first.click()
    wait_until(lambda: any(e.kind == "click" for e in site.events()[before:]))
    found = {e.query: e.results for e in searches(site, before)}
    clicked = {e.query for e in site.events()[before:] if e.kind == "click"}
    assert found["zzzzqq"] == 0
    assert (found["charge battery"] or 0) > 0
    assert clicked == {"stolen"} < found.keys()
    assert len([one for one in reader.asked if "api/search?q" in one]) == 1
    assert [t for t in reader.troubles if "status of 503" not in t] == []


def test_an_answer_that_comes_late_is_not_shown(reader: Reader) -> None:
    """The first letters' answer is held back; what is shown belongs to what stands in the field."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = reader.go("en/search/")
    page.route("**/api/search?q=stolen&*", hold)
    page.locator("#kb-q").fill("stolen")
    page.wait_for_event("request", lambda request: "q=stolen&" in request.url)
    page.locator("#kb-q").fill("battery")
    page.wait_for_selector("[data-kb-results][data-query=battery]")
    held[0].abort()
    page.wait_for_timeout(200)
    assert page.locator(".kb-results h2").inner_text() == "Results for “battery”"
    page.locator("#kb-q").fill("")
    page.locator(RESULT).first.wait_for(state="detached")


def test_without_javascript_it_can_all_be_done(browser: Browser, site: Running) -> None:
    """Filter, take a correction back, open a result: the server fills the page and counts."""
    context = browser.new_context(user_agent=BROWSER, java_script_enabled=False)
    page = context.new_page()
    before = len(site.events())
    page.goto(f"http://127.0.0.1:{site.port}/en/search/?q=batery")
    assert page.locator(".kb-results h2").inner_text() == "Showing results for “battery”"
    assert page.locator("#kb-q").input_value() == "batery"
    page.locator("#kb-q").fill("bike")
    page.locator("select[name=category]").select_option("bike")
    page.get_by_label("Language").select_option("tr")
    page.locator(".kb-filters button").click()
    page.wait_for_url("**/en/search/?q=bike&category=bike&lang=tr")
    assert page.get_by_label("Language").input_value() == "tr"
    page.locator(RESULT).first.click()
    page.wait_for_url("**/tr/bike/*/")
    context.close()
    told = [(e.query, e.corrected) for e in searches(site, before)]
    assert told == [("batery", "battery"), ("bike", None)]
    click = next(e for e in site.events()[before:] if e.kind == "click")
    assert (click.query, click.position, click.lang) == ("bike", 1, "en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_corrections_and_filters_fit_and_can_be_read(
    browser: Browser, site: Running, width: int, scheme: str
) -> None:
    """No horizontal scrolling and enough contrast, in the list while typing and on the page."""
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for address in ("en/search/?q=batery", "et/search/?q=zzzzqq&tag=x&lang=tr", "tr/"):
        page.goto(f"http://127.0.0.1:{site.port}/{address}")
        if "search" in address:
            page.wait_for_selector(SETTLED)
        else:
            page.locator("#kb-q").fill("lastikk")
            page.wait_for_selector(".kb-drop [role=option]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate(FAINT_TEXTS) == [], address
    context.close()
