"""Pages in a real browser: what tests of them share. The ``browser`` itself is a fixture for all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("KBTOOL_REQUIRE_BROWSER"),  # CI sets it
        reason="NO CHROMIUM FOUND: pages, script, policy and accessibility were NOT TESTED; "
        "install it (Debian: apt-get install chromium) and run the tests again",
    ),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-blink-features=AutomationControlled",  # or navigator.webdriver says what we are
]  # fmt: skip
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FAINT_TEXTS = """() => {
  const scale = (colour) => colour.startsWith("color(") ? 255 : 1; // what color-mix() computes to
  const numbers = (colour) => colour.match(/[\\d.]+/g).map((v, i) => v * (i < 3 ? scale(colour) : 1));
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > .99) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("noscript, script")) continue;
    if (!element.checkVisibility() || element.closest("[aria-hidden]")) continue;
    const ink = getComputedStyle(element)[element.closest("svg") ? "fill" : "color"];
    const [a, b] = [light(numbers(ink)), light(behind(element))];
    const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${walker.currentNode.data.trim()}`);
  }
  return faint;
}"""


def opened(page: Page, path: Path, html: str) -> list[str]:
    """Write a page and open it as a file; what a reader must never meet comes back, as it grows."""
    path.write_text(html, encoding="utf-8")
    troubles: list[str] = []
    page.on("console", lambda m: troubles.append(m.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.on("request", lambda r: troubles.append(r.url) if r.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return troubles
