"""No page breaks a rule that axe-core can check, in light, dark, wide, narrow: of WCAG 2.2 A and
AA, and of good practice (landmarks, order of headings).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.config import Settings
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running
from tests.site.centre import LONG, TOKEN, VIEWS, View, serving_centre
from tests.site.shop import Shop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needs_browser
AXE = files("axe_playwright_python") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GOOD = [*RULES, "best-practice"]
RUN = """async (rules) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], elementRef: false,
  });
  const where = (node) => `${node.target.join(" ")}: ${node.failureSummary}`;
  return found.violations.map(({ id, nodes }) => [id, ...nodes.map(where)]);
}"""


@pytest.fixture(scope="module")
def site(centre: Settings, shop: Shop) -> Iterator[Running]:
    with serving_centre(centre, shop.origin) as found:
        yield found


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose language the help centre lacks. Only here may a script be put into pages."""
    made = browser.new_context(
        user_agent=BROWSER, locale="fr-FR", reduced_motion="reduce", bypass_csp=True
    )
    made.add_init_script(AXE.read_text(encoding="utf-8"))
    yield made
    made.close()


def broken(page: Page, rules: list[str] = GOOD) -> list[Any]:
    """The rules that a page breaks and where, in its state, wide and light, then narrow and dark."""
    found = []
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += [(width, scheme, one) for one in page.evaluate(RUN, rules)]
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_page_breaks_a_rule(context: BrowserContext, site: Running, view: View) -> None:
    """Every type of page in its states, each in one of three languages."""
    page = context.new_page()
    view.open(page, f"http://127.0.0.1:{site.port}/")
    assert broken(page) == []
    page.close()


def test_the_chooser_of_languages_breaks_no_rule(context: BrowserContext, site: Running) -> None:
    """For who reads none of them; others are led on."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/")
    assert page.get_by_role("link", name="Eesti").is_visible()
    assert broken(page) == []
    page.close()


def test_a_page_that_leads_on_breaks_no_rule(context: BrowserContext, site: Running) -> None:
    """As readers see it for a moment."""
    page = context.new_page()
    page.route(f"**/{LONG}", lambda route: route.fulfill(status=204))  # and so it stays
    page.goto(f"http://127.0.0.1:{site.port}/en/bike/all/")
    assert page.get_by_role("link", name="What is all this?").is_visible()
    assert broken(page) == []
    page.close()


def test_the_agent_page_breaks_no_rule(context: BrowserContext, site: Running) -> None:
    """The door, the start, and a found article beside the list."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/agent/")
    assert broken(page) == []
    page.locator("#kb-token").fill("wrong-wrong-wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert broken(page) == []
    page.locator("#kb-token").fill(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-kb-start]")
    assert broken(page) == []
    page.locator("#kb-q").fill("what is all this")
    page.wait_for_selector("[data-kb-text] h1")
    assert broken(page) == []
    page.close()


def test_the_widget_breaks_no_rule_on_anothers_page(
    context: BrowserContext, site: Running, shop: Shop
) -> None:
    """Its round button, the list, and an article. Landmarks there are the other page's own."""
    page = context.new_page()
    shop.help = f"http://127.0.0.1:{site.port}/"
    page.goto(f"{shop.origin}/")
    page.get_by_role("button", name="Help").click()
    page.get_by_role("dialog").get_by_role("listitem").first.wait_for()
    page.get_by_role("searchbox").fill("what is all this")
    page.get_by_role("link", name="What is all this?").wait_for()
    assert broken(page, RULES) == []
    page.get_by_role("link", name="What is all this?").click()
    page.get_by_role("group", name="Was this helpful?").wait_for()
    assert broken(page, RULES) == []
    page.close()
