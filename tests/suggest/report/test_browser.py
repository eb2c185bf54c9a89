"""The report in a real browser, opened as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from kbtool.suggest.report import Contents, render
from tests.browser import FAINT_TEXTS, OPEN, needs_browser
from tests.browser import opened as in_browser
from tests.suggest.report.samples import HOSTILE, LONG, contents, everywhere, topics

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
REPORTS = {
    "empty": contents(),
    "one": contents(topics(1)),
    "many": contents(topics(60)),
    "hostile": everywhere(HOSTILE),
    "long": everywhere(LONG, own="kb-1"),
}


def opened(page: Page, made: Contents, folder: Path) -> list[str]:
    """Open the report; what a reader must never meet comes back."""
    path = folder / "report.html"
    return in_browser(page, path, render(made))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_opens_clean_and_can_be_read(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """No request, no console line, no policy broken, nothing wider than the screen or faint."""
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    troubles = opened(page, REPORTS[name], tmp_path)
    page.evaluate(OPEN)
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # the style is on
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(FAINT_TEXTS) == []
    page.close()
    assert troubles == []


def test_one_chart_for_each_width(browser: Browser, tmp_path: Path) -> None:
    """A phone and a large screen see each chart once, in letters of a size to read."""
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 844})
        opened(page, REPORTS["many"], tmp_path)
        seen = page.locator("figure svg:visible")
        assert seen.count() == 2
        sizes = page.evaluate(
            "[...document.querySelectorAll('figure svg text')].filter((t) => t.checkVisibility())"
            ".map((t) => 14 * t.ownerSVGElement.getBoundingClientRect().width"
            " / t.ownerSVGElement.viewBox.baseVal.width)"
        )
        assert min(sizes) >= 12
        page.close()


def test_by_keyboard_and_on_paper(browser: Browser, tmp_path: Path) -> None:
    """Tab reaches the skip link first, then shows where it is; on paper details are left out."""
    page = browser.new_page(viewport={"width": 1280, "height": 844}, color_scheme="dark")
    opened(page, REPORTS["many"], tmp_path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.locator("a.skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it is there
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.emulate_media(media="print")
    assert not page.locator("details").first.is_visible()
    assert page.locator("#pareto svg:visible").count() == 1
    page.close()
