"""What the page's script tells of views and how it sends it, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.model import Event
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, build_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = needs_browser
ARTICLE = "en/subscription/cancel-subscription/"
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
API = "**/api/events"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample help centre, built and served."""
    with running(build_sample(tmp_path_factory.mktemp("kb"))) as found:
        yield found


@pytest.fixture
def reader(browser: Browser, site: Running) -> Iterator[Reader]:
    context = browser.new_context(
        user_agent=BROWSER, locale="en-GB", viewport={"width": 1280, "height": 500}
    )
    context.clock.install()
    yield Reader(context, f"http://127.0.0.1:{site.port}/")
    context.close()


class Views:
    """The views of the article from now on."""

    def __init__(self, site: Running) -> None:
        self._site = site
        self._before = {event.id for event in site.events()}

    def __call__(self) -> list[Event]:
        return [
            event
            for event in self._site.events()
            if event.kind == "view" and event.article == "kb-1002" and event.id not in self._before
        ]

    def read(self) -> list[tuple[int | None, int | None]]:
        """How long and how far, once it was told."""
        wait_until(lambda: any(event.dwell is not None for event in self()))
        return [(event.dwell, event.scroll) for event in self()]


def test_a_view_is_told_when_seen_and_completed_when_left(reader: Reader, site: Running) -> None:
    """At once without an end; then with the seconds and the per cent, rounded down, as one view."""
    views = Views(site)
    page = reader.go(ARTICLE)
    wait_until(lambda: len(views()) == 1)
    assert views()[0].dwell is None
    page.clock.fast_forward(35_000)
    page.evaluate("document.querySelector('.kb-article').scrollIntoView({ block: 'end' })")
    reader.go("en/")
    assert views.read() == [(30, 100)]
    assert reader.troubles == []


def test_who_goes_on_at_once_has_seen_what_was_in_sight(reader: Reader, site: Running) -> None:
    """No seconds, and of a long article the part that stood on the first screen."""
    views = Views(site)
    page = reader.go(ARTICLE)
    share = page.evaluate(
        """(() => { const box = document.querySelector(".kb-article").getBoundingClientRect();
        return (innerHeight - box.top) / box.height * 100; })()"""
    )
    reader.go("en/")
    assert 0 < share < 100
    ((dwell, scroll),) = views.read()
    assert (dwell, scroll) == (0, share // 25 * 25)


def test_only_time_in_sight_counts_and_it_only_grows(reader: Reader, site: Running) -> None:
    """A tab in the background is not read; each time it is left the view is brought up to date."""
    views = Views(site)
    page = reader.go(ARTICLE)
    page.clock.fast_forward(12_000)
    page.evaluate(HIDE, True)
    assert [dwell for dwell, _ in views.read()] == [10]
    page.clock.fast_forward(900_000)
    page.evaluate(HIDE, False)
    page.clock.fast_forward(20_000)
    page.evaluate(HIDE, True)
    wait_until(lambda: [event.dwell for event in views()] == [30])
    page.evaluate(HIDE, False)
    reader.go("en/")
    assert [event.dwell for event in views()] == [30]


def test_a_page_that_nobody_looks_at_is_not_viewed(reader: Reader, site: Running) -> None:
    """Opened in a tab behind others: the view comes with the first look. Opened again from what the
    browser kept: another view.
    """
    views = Views(site)
    page = reader.page
    page.add_init_script(f"({HIDE})(true)")
    reader.go(ARTICLE).wait_for_load_state("networkidle")
    assert views() == []
    page.evaluate(HIDE, False)
    wait_until(lambda: len(views()) == 1)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    wait_until(lambda: len(views()) == 2)


class Line:
    """The way to the server: what is sent on it, and whether it leads anywhere."""

    def __init__(self, page: Page) -> None:
        self._page, self.is_cut = page, False
        self.sent: list[list[dict[str, Any]]] = []
        """The events of each request. Beacons of a page that is gone are not seen here."""
        page.route(API, self._pass)

    def _pass(self, route: Route) -> None:
        self.sent.append(json.loads(route.request.post_data or "null"))
        if self.is_cut:
            route.abort()
        else:
            route.continue_()

    def wait_for(self, sent: int) -> None:
        """Until so many requests were made; routes are served while the page waits."""

        def came() -> bool:
            self._page.wait_for_timeout(20)
            return len(self.sent) == sent

        wait_until(came)

    def kinds(self) -> list[tuple[str, ...]]:
        """The events of each request."""
        return [tuple(event["kind"] for event in events) for events in self.sent]


def taken(site: Running) -> int:
    """How many events the server took, repeated ones too."""
    found: int = site.http.get("/healthz").json()["events"]["stored"]
    return found


def test_what_happens_together_is_sent_together(reader: Reader, site: Running) -> None:
    """The search that was under way and the click on its result: one request."""
    line = Line(reader.page)
    page = reader.go("en/")
    page.locator("#kb-q").fill("cancel")
    page.clock.run_for(200)
    page.wait_for_selector("[role=option]")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/" + ARTICLE)
    line.wait_for(3)
    assert line.kinds() == [("view",), ("search", "click"), ("view",)]


def test_an_unreachable_server_is_asked_three_times(reader: Reader, site: Running) -> None:
    """With the same ids; not a fourth time, and the reader is told nothing."""
    line, page = Line(reader.page), reader.page
    line.is_cut = True
    reader.go(ARTICLE)
    for sent in (1, 2, 3, 3):
        line.wait_for(sent)
        page.clock.run_for(10_000)
    assert len({events[0]["id"] for events in line.sent}) == 1


def test_what_was_not_told_goes_with_the_page_and_counts_once(
    reader: Reader, site: Running
) -> None:
    """The view that failed and its end, by beacons, when the page is left: two events, one view."""
    views, before = Views(site), taken(site)
    line = Line(reader.page)
    line.is_cut = True
    reader.go(ARTICLE)
    line.wait_for(1)
    line.is_cut = False
    reader.go("en/")
    assert [dwell for dwell, _ in views.read()] == [0]
    wait_until(lambda: taken(site) == before + 3)  # and the view of the next page
    assert len(views()) == 1


def test_a_browser_that_a_program_steers_says_so(browser: Browser, site: Running) -> None:
    """navigator.webdriver: kept apart, in no figure."""
    context = browser.new_context(user_agent=BROWSER)
    context.add_init_script("Object.defineProperty(navigator, 'webdriver', { get: () => true })")
    views = Views(site)
    Reader(context, f"http://127.0.0.1:{site.port}/").go(ARTICLE)
    wait_until(lambda: len(views()) == 1)
    context.close()
    assert [(event.excluded, event.visitor) for event in views()] == [("automated", None)]
