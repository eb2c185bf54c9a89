"""The built site in a real browser, served by the real server under its strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, build_sample, plain_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
ARTICLE = "en/subscription/cancel-subscription/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample help centre, built and served."""
    with running(build_sample(tmp_path_factory.mktemp("kb"))) as found:
        yield found


@pytest.fixture
def reader(browser: Browser, site: Running) -> Iterator[Reader]:
    context = browser.new_context(
        user_agent=BROWSER, locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    found = Reader(context, f"http://127.0.0.1:{site.port}/")
    yield found
    context.close()
    assert found.troubles == []


def test_search_by_keyboard_alone(reader: Reader, site: Running) -> None:
    """`/` focuses, typing lists results, arrows choose, Escape closes, Enter opens; all recorded."""
    page = reader.go("en/")
    page.keyboard.press("/")
    page.keyboard.type("cancel subscr")
    page.wait_for_selector("[role=option]")
    field = page.locator("#kb-q")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    before = len(site.events())
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + ARTICLE)
    wait_until(lambda: len(site.events()) >= before + 3)
    events = [e for e in site.events()[before:] if e.kind in ("search", "click", "view")]
    search = next(e for e in events if e.kind == "search")
    click = next(e for e in events if e.kind == "click")
    view = next(e for e in events if e.kind == "view")
    assert (search.query, search.lang) == ("cancel subscr", "en")
    assert (click.query, click.article, click.position) == ("cancel subscr", "kb-1002", 1)
    assert view.article == "kb-1002"


def test_a_search_counts_when_it_has_settled_and_once(reader: Reader, site: Running) -> None:
    """Letters on the way are no searches; the same words again are not told twice."""
    page = reader.go("en/")
    before = len([e for e in site.events() if e.kind == "search"])
    page.locator("#kb-q").press_sequentially("battery", delay=20)
    wait_until(lambda: len([e for e in site.events() if e.kind == "search"]) > before)
    page.locator("#kb-q").press("Backspace")
    page.locator("#kb-q").press_sequentially("y")
    page.wait_for_timeout(1500)
    told = [e.query for e in site.events() if e.kind == "search"][before:]
    assert told == ["battery"]


def test_the_results_page_counts_one_search_whoever_fills_it(reader: Reader, site: Running) -> None:
    """Enter opens the page that the server fills; the script takes over without counting again."""
    page = reader.go("en/")
    before = len(site.events())
    page.locator("#kb-q").fill("stolen bike")
    page.locator("#kb-q").press("Enter")
    page.wait_for_selector(".kb-results a.kb-hit")
    page.wait_for_timeout(1300)
    assert [e.query for e in site.events()[before:] if e.kind == "search"] == ["stolen bike"]
    page.locator(".kb-results a.kb-hit").first.click()
    page.wait_for_url("**/en/bike/stolen-bike/")
    wait_until(lambda: any(e.kind == "click" for e in site.events()[before:]))
    click = next(e for e in site.events()[before:] if e.kind == "click")
    assert (click.query, click.article, click.position) == ("stolen bike", "kb-1006", 1)


def test_no_hit_says_so_and_shows_a_way_on(reader: Reader) -> None:
    """Advice in the list, categories and contact on the page."""
    page = reader.go("en/")
    page.locator("#kb-q").fill("zzzzqq")
    page.wait_for_selector(".kb-drop p")
    assert "No results for “zzzzqq”" in page.locator(".kb-drop").inner_text()
    page.locator("#kb-q").press("Enter")
    page.wait_for_url("**/en/search/?q=zzzzqq")
    assert page.locator(".kb-card").count() == 3
    assert page.locator(".kb-help a").is_visible()


def test_language_and_theme_switches(reader: Reader) -> None:
    """The same article in the other language; the chosen look stays on the next page."""
    page = reader.go(ARTICLE)
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="Eesti").click()
    page.wait_for_url("**/et/subscription/lepingu-lopetamine/")
    assert page.locator("html").get_attribute("lang") == "et"
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-kb-theme]").click()
    dark = page.evaluate(ground)
    assert dark != light
    reader.go("en/")
    assert page.evaluate(ground) == dark


def test_the_permanent_link_is_copied_and_leads_to_the_page(
    reader: Reader, browser: Browser
) -> None:
    """Copy link gives a/<id>/; opening it ends on the article."""
    page = reader.go(ARTICLE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-kb-copy]").click()
    page.wait_for_selector("text=Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == reader.base + "a/kb-1002/"
    page.goto(copied)
    page.wait_for_url("**/" + ARTICLE)


def test_without_a_server_behind_it_the_site_stays_quiet(browser: Browser, site: Running) -> None:
    """On a static host a vote still thanks; no event is sent, nothing throws or is logged."""
    context = browser.new_context()
    with plain_files(site.settings.site_dir) as base:
        reader = Reader(context, base, bears_404=False)
        reader.go(ARTICLE).locator(".kb-vote button[value=yes]").click()
        assert reader.page.locator("#thanks").is_visible()
        reader.go("en/contact/").wait_for_load_state("networkidle")
    context.close()
    assert reader.troubles == []
    assert [one for one in reader.asked if "api/" in one] == ["GET api/search?"]
