"""The report in a real browser, opened as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.metrics.compare import compare
from kbtool.metrics.page import render
from kbtool.model import Report
from tests.browser import FAINT_TEXTS, OPEN, needs_browser
from tests.browser import opened as in_browser
from tests.metrics.page.samples import HOSTILE, LONG, contact, empty, everywhere, rich, slim, young

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needs_browser
REPORTS = {
    "rich": rich(),
    "young": slim(young()),
    "empty": empty(),
    "hostile": slim(everywhere(HOSTILE)),
    "long": slim(everywhere(LONG)),
}
AXE = files("axe_playwright_python") / "axe.min.js"
RUN = """async (rules) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], elementRef: false,
  });
  return found.violations.map(({ id, nodes }) => [id, ...nodes.map((n) => n.target.join(" "))]);
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LETTERS = """[...document.querySelectorAll('svg text')].filter((t) => t.checkVisibility())
  .map((t) => 14 * t.ownerSVGElement.getBoundingClientRect().width
    / t.ownerSVGElement.viewBox.baseVal.width)"""


def opened(page: Page, report: Report, folder: Path) -> list[str]:
    """Open the report; what a reader must never meet comes back."""
    return in_browser(
        page, folder / "report.html", render(report, "Velmo", compared=compare(report, rich()))
    )


@pytest.mark.parametrize("name", REPORTS)
def test_the_file_opens_clean_and_can_be_read(browser: Browser, tmp_path: Path, name: str) -> None:
    """No request, no console line, no policy broken, nothing wider than the screen or faint."""
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    troubles = opened(page, REPORTS[name], tmp_path)
    page.evaluate(OPEN)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert page.evaluate(FAINT_TEXTS) == [], (width, scheme)
    page.close()
    assert troubles == []


def test_letters_in_charts_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """A phone and a large screen see each chart once, in letters of 12 pixels or more."""
    page = browser.new_page()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        opened(page, REPORTS["rich"], tmp_path)
        assert page.locator("figure svg:visible").count() == 5 + 3
        assert min(page.evaluate(LETTERS)) >= 12
    page.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Only here may a script be put into the page."""
    made = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    made.add_init_script(AXE.read_text(encoding="utf-8"))
    yield made
    made.close()


def test_the_page_breaks_no_rule(context: BrowserContext, tmp_path: Path) -> None:
    """Of WCAG 2.2 A and AA and of good practice: wide and light, narrow and dark, all opened."""
    page = context.new_page()
    path = tmp_path / "report.html"
    shown = slim(replace(rich(), contact=contact(6_912, 3_000)))  # with the grey tile
    made = render(shown, "Velmo", compared=compare(shown, rich()))
    path.write_text(made, encoding="utf-8")
    page.goto(path.as_uri())
    page.evaluate(OPEN)
    found: list[Any] = []
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += page.evaluate(RUN, RULES)
    assert found == []
    page.close()


def test_on_paper_the_definitions_are_there(browser: Browser, tmp_path: Path) -> None:
    """Printed from a dark screen it is light; tables of charts stay behind, definitions do not."""
    page = browser.new_page(viewport={"width": 1280, "height": 844}, color_scheme="dark")
    opened(page, REPORTS["rich"], tmp_path)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".tile .limit").first.evaluate("(node) => node.checkVisibility()")
    assert not page.locator("nav").is_visible()
    assert not page.locator("#weeks details:not(.defined)").first.is_visible()
    page.close()


def test_on_a_phone_each_row_of_a_table_is_a_list(browser: Browser, tmp_path: Path) -> None:
    """Every number has its column's name beside it, and a screen reader still finds a table."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    opened(page, REPORTS["rich"], tmp_path)
    cell = page.locator("#articles td").first
    assert cell.evaluate("(node) => getComputedStyle(node, '::before').content") == '"Views"'
    assert page.locator("#articles").get_by_role("rowheader").count() == 12
    assert page.locator("#articles").get_by_role("columnheader").count() == 8
    page.close()
