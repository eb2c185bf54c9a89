"""The whole help centre below a path, https://x/help/: by our server and on a host of plain files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from kbtool.config import Settings
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, wait_until
from tests.site.browsing import Reader, plain_files
from tests.site.centre import ARTICLE, LONG, TOKEN, VIEWS, build_centre, serving_centre
from tests.site.shop import Shop

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
ELSEWHERE = ("https://velmo.example/", "mailto:")


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Built for an address with a path; 404.html and what machines read hold it."""
    return build_centre(tmp_path_factory.mktemp("kb"), "https://help.velmo.example/help/")


@pytest.fixture(scope="module")
def site(below: Settings, shop: Shop) -> Iterator[Running]:
    with serving_centre(below, shop.origin) as found:
        yield found


@pytest.fixture(scope="module")
def files(below: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The built site as it would lie on a host of plain files."""
    www = tmp_path_factory.mktemp("www")
    (www / "help").symlink_to(below.site_dir)
    with plain_files(www) as base:
        yield base + "help/"


@pytest.fixture(params=["server", "files"])
def reader(
    browser: Browser, site: Running, files: str, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    context = browser.new_context(user_agent=BROWSER, locale="fr-FR")
    base = files if request.param == "files" else f"http://127.0.0.1:{site.port}/help/"
    found = Reader(context, base)
    yield found
    context.close()
    assert found.troubles == []


def test_every_page_stays_below(reader: Reader, files: str) -> None:
    """Nothing is asked for and no link leads out of the path; all states can be reached."""
    for view in VIEWS:
        if view.address == "en/nowhere/" and reader.base == files:
            continue  # that host has a page of its own
        view.open(reader.page, reader.base)
        leads = reader.page.locator("a").evaluate_all("all => all.map((one) => one.href)")
        assert [one for one in leads if not one.startswith((reader.base, *ELSEWHERE))] == []


def test_search_vote_and_languages_work(reader: Reader) -> None:
    """As one does it."""
    page = reader.go("en/")
    page.locator("#kb-q").fill("cancel subscription")
    page.wait_for_selector("[role=option]")
    page.locator("[role=option]").first.click()
    page.wait_for_url(reader.base + ARTICLE)
    page.locator("[data-kb-vote] button[value=yes]").click()
    page.wait_for_selector("#thanks", state="visible")
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="Eesti").click()
    page.wait_for_url(reader.base + "et/subscription/lepingu-lopetamine/")


def test_old_addresses_and_missing_pages_lead_back(reader: Reader) -> None:
    """Former and permanent addresses, and the page of those that never were."""
    for address in ("en/bike/all/", "a/kb-9001/"):
        reader.page.goto(reader.base + address)
        reader.page.wait_for_url(reader.base + LONG)
    page = reader.go("404.html")
    page.locator("#kb-q").fill("stolen")
    page.wait_for_selector("[role=option]")
    page.locator("[role=option]").first.click()
    page.wait_for_url(reader.base + "en/bike/stolen-bike/")


def test_what_happens_there_is_recorded(browser: Browser, site: Running) -> None:
    """Votes and hand-offs reach the server, with and without a script."""
    for script in (True, False):
        before = len(site.events())
        context = browser.new_context(user_agent=BROWSER, java_script_enabled=script)
        context.route("https://velmo.example/**", lambda route: route.fulfill(body="the desk"))
        reader = Reader(context, f"http://127.0.0.1:{site.port}/help/")
        page = reader.go(ARTICLE)
        page.locator("[data-kb-vote] button[value=yes]").click()
        page.wait_for_selector("#thanks", state="visible")
        page.locator(".kb-help a").click()
        page.get_by_role("button", name="Write to our team").click()
        page.wait_for_url("https://velmo.example/**")
        told = {("vote", "yes"), ("contact", "handoff")}
        wait_until(lambda: told <= {(e.kind, e.value) for e in site.events()[before:]})  # noqa: B023
        context.close()


def test_the_agent_page_and_the_widget_work(browser: Browser, site: Running, shop: Shop) -> None:
    """Links that are copied name the whole address; the script finds its help centre."""
    context = browser.new_context(user_agent=BROWSER, locale="en-GB")
    page = context.new_page()
    base = f"http://127.0.0.1:{site.port}/help/"
    page.goto(f"{base}agent/")
    page.locator("#kb-token").fill(TOKEN)
    page.locator("#kb-token").press("Enter")
    page.wait_for_url(f"{base}agent/")
    page.locator("#kb-q").fill("cancel subscription")
    page.wait_for_selector("[data-kb-text] h1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#kb-q").press("Enter")
    page.wait_for_selector('[data-kb-done]:has-text("Link copied")')
    assert page.evaluate("navigator.clipboard.readText()") == (
        "https://help.velmo.example/help/a/kb-1002/"
    )
    shop.help, shop.is_strict = base, False
    page.goto(f"{shop.origin}/")
    page.get_by_role("button", name="Help").click()
    page.get_by_role("searchbox").fill("stolen bike")
    page.get_by_role("link", name="stolen").first.click()
    page.get_by_role("group", name="Was this helpful?").wait_for()
    context.close()
