"""The help centre without JavaScript: read, searched, voted on, and no way of it lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from kbtool.config import Settings
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, wait_until
from tests.site.browsing import Reader, plain_files
from tests.site.centre import ARTICLE, LONG, serving_centre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser


@pytest.fixture(scope="module")
def site(centre: Settings) -> Iterator[Running]:
    with serving_centre(centre) as found:
        yield found


@pytest.fixture
def plain(browser: Browser, site: Running) -> Iterator[Reader]:
    """A reader without JavaScript."""
    context = browser.new_context(user_agent=BROWSER, java_script_enabled=False)
    context.route("https://velmo.example/**", lambda route: route.fulfill(body="the desk"))
    yield Reader(context, f"http://127.0.0.1:{site.port}/")
    context.close()


@pytest.fixture
def scripted(browser: Browser, site: Running) -> Iterator[Reader]:
    context = browser.new_context(user_agent=BROWSER)
    yield Reader(context, f"http://127.0.0.1:{site.port}/")
    context.close()


def test_read_search_open_and_vote(plain: Reader, site: Running) -> None:
    """From home to the thanks; counted as with a script: the page that the vote leads back to is
    no second view, though this browser keeps no pixel (a route keeps it from caching).
    """
    before = len(site.events())
    page = plain.go("en/")
    page.locator("#kb-q").fill("cancel subscription")
    page.locator(".kb-search button").click()
    page.wait_for_url("**/en/search/?q=cancel+subscription")
    page.locator(".kb-results ol a").first.click()
    page.wait_for_url("**/" + ARTICLE)
    page.locator(".kb-vote button[value=yes]").click()
    page.wait_for_url("**/" + ARTICLE + "?again#thanks")
    assert page.locator("#thanks").is_visible()
    told = {("search", None), ("view", "kb-1002"), ("vote", "kb-1002")}
    wait_until(lambda: told <= {(e.kind, e.article) for e in site.events()[before:]})
    page.reload()  # the pixel of the page before has come by then
    views = [e for e in site.events()[before:] if (e.kind, e.article) == ("view", "kb-1002")]
    assert len(views) == 1


def test_say_why_and_reach_a_person(plain: Reader, site: Running) -> None:
    """No with a reason is one vote; from there the question goes to the desk."""
    before = len(site.events())
    page = plain.go(LONG)
    page.get_by_text("Not helpful? Tell us why").click()
    page.get_by_label("It is hard to understand").check()
    page.get_by_label("What should we change?").fill("Say what a wheel is")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/" + LONG + "?again#thanks")
    page.locator(".kb-help a").click()
    page.get_by_label("Your question").fill("What is a wheel?")
    page.get_by_role("button", name="Write to our team").click()
    page.wait_for_url("https://velmo.example/**")

    def told() -> list[tuple[str | None, ...]]:
        events = [e for e in site.events()[before:] if e.kind in ("vote", "contact")]
        return [(e.kind, e.value, e.reason, e.text) for e in events]

    said = ("vote", "no", "unclear", "Say what a wheel is")
    wait_until(lambda: told() == [said, ("contact", "handoff", None, None)])


def test_the_language_menu_and_the_contents_are_links(plain: Reader) -> None:
    """And nothing that needs a script is shown."""
    page = plain.go(LONG)
    assert not page.locator("[data-kb-theme]").is_visible()
    page.get_by_role("link", name="What it costs").click()
    page.wait_for_url("**/everything/#what-it-costs")
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="Türkçe").click()
    page.wait_for_url("**/tr/bike/her-sey/")


def test_old_and_permanent_addresses_lead_on_from_any_host(
    plain: Reader, browser: Browser, site: Running
) -> None:
    """By the server, and by the pages that stand there on a host of plain files."""
    with plain_files(site.settings.site_dir) as alone:
        for base in (plain.base, alone):
            for address in ("en/bike/all/", "a/kb-9001/"):
                plain.page.goto(base + address)
                plain.page.wait_for_url(base + LONG)
    page = plain.go("a/kb-9003/")
    page.get_by_role("link", name="Go to the help centre").click()
    page.wait_for_url("**/en/")


def shown(page: Page) -> tuple[str, list[str | None], list[str | None]]:
    """What stands in the results: every word, where links lead, what is marked."""
    links = page.locator(".kb-results a.kb-hit")
    # the server's links pass by it, so that the click is counted
    ids = [links.nth(n).get_attribute("data-article") for n in range(links.count())]
    marks: list[str | None] = [*page.locator(".kb-results mark").all_text_contents()]
    return page.locator(".kb-results").inner_text(), ids, marks


@pytest.mark.parametrize(
    "asked",
    [
        "en/search/?q=bike",
        "en/search/?q=batery",
        "en/search/?q=batery&as_typed=1",
        "en/search/?q=bike&lang=tr",
        "en/search/?q=battery&category=orders",
        "tr/search/?q=lastik&category=bike",
        "et/search/?q=everything",
        "en/search/?q=zzzzqq",
        "en/search/?q=bike&tag=repair",
    ],
)
def test_the_same_is_found_with_and_without(plain: Reader, scripted: Reader, asked: str) -> None:
    """Words, order, marked words: the script's list is the server's."""
    page = scripted.go(asked)
    page.wait_for_selector("[data-kb-results][data-query]", state="attached")
    assert shown(page) == shown(plain.go(asked))
    for field in ("category", "lang"):
        chosen = f"select[name={field}]"
        assert page.locator(chosen).input_value() == plain.page.locator(chosen).input_value()
