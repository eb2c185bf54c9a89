"""Nothing jumps, is cut off, runs over its neighbour or is too small to hit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.config import Settings
from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running
from tests.site.browsing import plain_files
from tests.site.centre import LONG, VIEWS, View, serving_centre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = needs_browser
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (!one.hadRecentInput) shifts.push([one.value, ...one.sources.map(({ node }) => node?.className ?? String(node))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
SHIFTS = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(
  [shifts.reduce((sum, [value]) => sum + value, 0), shifts]
))))"""
SPACED = """() => {
  const sheet = new CSSStyleSheet(); // the spacing of WCAG 1.4.12; a policy lets such a sheet in
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => {
  const shown = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility())
    .filter((one) => !one.closest("svg, .kb-hidden, noscript"));
  const said = (one) => `${one.localName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
  const cut = shown.filter((one) => {
    const look = getComputedStyle(one);
    if (!one.textContent.trim() || look.webkitLineClamp !== "none" || look.clipPath !== "none" || one.matches("textarea, select, table")) return false;
    return /hidden|clip/.test(look.overflowX) && one.scrollWidth > one.clientWidth + 1
      || /hidden|clip/.test(look.overflowY) && one.scrollHeight > one.clientHeight + 1;
  });
  const over = [];
  const hit = shown.filter((one) => one.matches("a, button, summary, select, h1, h2, h3, p, label, td, th") && !one.closest(".kb-drop, .kb-search, .kb-languages[open]"));
  for (const [n, one] of hit.entries()) {
    for (const two of hit.slice(n + 1)) {
      if (one.contains(two) || two.contains(one)) continue;
      const a = one.getBoundingClientRect(), b = two.getBoundingClientRect();
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 2 && getComputedStyle(one).display !== "inline" && getComputedStyle(two).display !== "inline") over.push(`${said(one)} OVER ${said(two)}`);
    }
  }
  const wide = document.documentElement.scrollWidth > innerWidth ? [`page ${document.documentElement.scrollWidth}`] : [];
  return [...wide, ...cut.map(said), ...over];
}"""
SMALL = """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden]), textarea")]
  .filter((one) => one.checkVisibility() && !one.closest(".kb-body, .kb-hidden") && !one.matches(".kb-skip"))
  .filter((one) => getComputedStyle(one).display !== "inline" || !one.closest("p, li, dd, td"))
  .filter((one) => getComputedStyle(one).clipPath === "none")
  .map((one) => [one.getBoundingClientRect(), one.labels?.[0]?.getBoundingClientRect(), one])
  .filter(([box, label]) => Math.min(Math.max(box.width, label?.width ?? 0), Math.max(box.height, label?.height ?? 0)) < 24)
  .map(([box, , one]) => `${box.width}×${box.height} ${one.outerHTML.slice(0, 90)}`)"""


@pytest.fixture(scope="module")
def site(centre: Settings) -> Iterator[Running]:
    with serving_centre(centre) as found:
        yield found


def visitor(browser: Browser, width: int, **more: Any) -> BrowserContext:
    context = browser.new_context(
        user_agent=BROWSER,
        locale="fr-FR",
        reduced_motion="reduce",
        viewport={"width": width, "height": 844},
        **more,
    )
    context.add_init_script(WATCH)
    return context


@pytest.fixture(scope="module", params=[1280, 390])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = visitor(browser, request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_page_stands_still_and_shows_all(page: Page, site: Running, view: View) -> None:
    """In a state of each type of page: no shift, no scrolling sideways, nothing cut off, no control
    below 24 pixels; also with the widest spacing that readers may set. Dark or light, all can be read.
    """
    view.open(page, f"http://127.0.0.1:{site.port}/")
    total, shifts = page.evaluate(SHIFTS)
    assert total < 0.01, shifts
    assert page.evaluate(SMALL) == []
    assert page.evaluate(CUT) == []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert page.evaluate(FAINT_TEXTS) == [], scheme
    page.evaluate(SPACED)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_suggestions_that_come_late_move_nothing(
    browser: Browser, site: Running, width: int
) -> None:
    """Room for them is made with the key that was pressed, not when the server has answered."""
    context = visitor(browser, width)
    page = context.new_page()

    def later(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.goto(f"http://127.0.0.1:{site.port}/en/contact/")
    context.route("**/api/search?**", later)
    page.locator("textarea[name=question]").press_sequentially("My bike was stolen, what now?")
    page.wait_for_selector(".kb-found a.kb-hit")
    total, shifts = page.evaluate(SHIFTS)
    assert page.locator(".kb-found a.kb-hit").count() == 3
    context.close()
    assert total < 0.01, shifts


@pytest.mark.parametrize("address", ["en/search/?q=bike", "tr/search/?q=zzzzqq", LONG])
def test_what_comes_late_moves_nothing(browser: Browser, site: Running, address: str) -> None:
    """Results that the browser finds by itself, pictures and fonts, each after half a second."""
    with plain_files(site.settings.site_dir) as alone:
        context = visitor(browser, 390)
        page = context.new_page()

        def later(route: Route) -> None:
            page.wait_for_timeout(600)
            route.continue_()

        for late in ("**/search/??.kb", "**/picture.png", "**/search.js*"):
            context.route(late, later)
        page.goto(alone + address)
        if "search" in address:
            page.wait_for_selector("[data-kb-results][data-query]", state="attached")
        total, shifts = page.evaluate(SHIFTS)
        context.close()
    assert total < 0.01, shifts


@pytest.mark.parametrize("address", ["en/", "et/bike/", LONG, "tr/search/?q=lastik", "en/contact/"])
def test_twice_as_large_nothing_is_lost(browser: Browser, site: Running, address: str) -> None:
    """At 200 % a screen of 1280 pixels has room for 640."""
    context = visitor(browser, 640, device_scale_factor=2)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/{address}")
    assert page.evaluate(CUT) == []
    page.evaluate(SPACED)
    assert page.evaluate(CUT) == []
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_with_forced_colours_what_is_chosen_and_what_can_be_pressed_is_seen(
    browser: Browser, site: Running
) -> None:
    """Where the system paints all grounds alike, edges tell."""
    context = visitor(browser, 1280, forced_colors="active")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/en/")
    page.locator("#kb-q").fill("cancel")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    edge = "(one, name) => getComputedStyle(one)[name]"
    assert page.locator("[aria-selected=true]").evaluate(edge, "outlineStyle") == "solid"
    page.keyboard.press("Escape")
    for pressed in (".kb-help .kb-button", ".kb-search button", ".kb-card"):
        assert page.locator(pressed).first.evaluate(edge, "borderTopStyle") == "solid", pressed
    context.close()
