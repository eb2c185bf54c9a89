"""The reviewer's page in a real browser, opened as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from kbtool.articles.explain import Explanation, render
from tests.articles.explain.samples import DAY, HOSTILE, LONG, everywhere, explained
from tests.browser import FAINT_TEXTS, OPEN, needs_browser
from tests.browser import opened as in_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
PAGES = {
    "edited": explained(sources=9),
    "hostile": everywhere(HOSTILE),
    "long": everywhere(LONG),
    "empty": explained("", (), stored=False),
}
SIDES = """[...document.querySelectorAll('.pair:not(.head)')].map((row) => {
  const [left, right] = [...row.children].map((side) => side.getBoundingClientRect());
  return right.left >= left.right && right.top < left.top + 1;
})"""


def opened(page: Page, found: Explanation, folder: Path) -> list[str]:
    """Open the page; what a reader must never meet comes back."""
    path = folder / "review.html"
    return in_browser(page, path, render(found, day=DAY))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_opens_clean_and_can_be_read(
    browser: Browser, tmp_path: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    """No request, no console line, no policy broken, nothing wider than a screen or faint."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    troubles = opened(page, PAGES[name], tmp_path)
    page.evaluate(OPEN)
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # the style is on
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(FAINT_TEXTS) == []
    page.close()
    assert troubles == []


def test_side_by_side_where_there_is_room(browser: Browser, tmp_path: Path) -> None:
    """Evidence stands at the right of its sentence, below it on a phone, at the right on paper."""
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    opened(page, PAGES["edited"], tmp_path)
    assert set(page.evaluate(SIDES)) == {True}
    page.set_viewport_size({"width": 390, "height": 844})
    assert set(page.evaluate(SIDES)) == {False}
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 900, "height": 844})
    assert set(page.evaluate(SIDES)) == {True}
    page.close()


def test_states_are_told_without_colour(browser: Browser, tmp_path: Path) -> None:
    """By a word, a line under the text, and for changed words a stroke or an underline."""
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    opened(page, PAGES["edited"], tmp_path)
    lines = {
        state: page.evaluate(
            f"getComputedStyle(document.querySelector('{state}')).textDecorationStyle + ' ' +"
            f"getComputedStyle(document.querySelector('{state}')).textDecorationLine"
        )
        for state in (".sentence.drafted", ".sentence.edited", ".sentence.written", "del", "ins")
    }
    assert lines == {
        ".sentence.drafted": "solid none",
        ".sentence.edited": "dotted underline",
        ".sentence.written": "wavy underline",
        "del": "solid line-through",
        "ins": "solid underline",
    }
    page.locator(".pair a.ref").first.click()
    assert page.evaluate("location.hash") == "#evidence-1"
    page.close()
