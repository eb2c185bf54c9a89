"""The help centre with a keyboard and nothing else: every stop is seen, none is a trap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.config import Settings
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, wait_until
from tests.site.browsing import Reader
from tests.site.centre import ARTICLE, LONG, TOKEN, serving_centre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const look = getComputedStyle(at), box = at.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const clipped = look.clipPath !== "none" || look.opacity === "0" || Math.min(box.width, box.height) < 8;
  return {
    name: (at.ariaLabel || at.labels?.[0]?.textContent || at.innerText || at.value || "").trim(),
    place: [...document.querySelectorAll("*")].indexOf(at), top: box.top + scrollY, height: box.height,
    seen: inside && !clipped && at.matches(":focus-visible") && look.outlineStyle !== "none"
      && parseFloat(look.outlineWidth) >= 2,
  };
}"""
EVERYWHERE = (
    "en/", "tr/bike/", LONG, "et/bike/everything/", "en/search/?q=bike", "en/search/?q=zzzzqq",
    "tr/contact/", "en/nowhere/", "a/kb-9003/",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(centre: Settings) -> Iterator[Running]:
    with serving_centre(centre) as found:
        yield found


class Hands:
    """Somebody who has no mouse, and must see at each stop where he is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = page.keyboard

    def tab(self, keys: str = "Tab") -> Any:
        """The stop that is reached; None behind the last one of the page."""
        self.keys.press(keys)
        stop = self.page.evaluate(STOP)
        assert stop is None or stop["seen"], (self.page.url, stop)
        return stop

    def tab_to(self, name: str) -> None:
        """Go on to what is called so."""
        passed: list[str | None] = []
        while len(passed) < 60:
            stop = self.tab()
            if stop and name in stop["name"]:
                return
            passed.append(stop and stop["name"])
        raise AssertionError(f"no {name} among {passed}")

    def around(self) -> list[Any]:
        """Every stop from the first to the last."""
        stops: list[Any] = []
        while (stop := self.tab()) is not None and stop not in stops[:1]:
            stops.append(stop)
            assert len(stops) < 120, "a trap"
        return stops


@pytest.fixture(params=[1280, 390])
def reader(browser: Browser, site: Running, request: pytest.FixtureRequest) -> Iterator[Reader]:
    context = browser.new_context(
        user_agent=BROWSER,
        locale="en-GB",
        reduced_motion="reduce",
        viewport={"width": request.param, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.route("https://velmo.example/**", lambda route: route.fulfill(body="the desk"))
    found = Reader(context, f"http://127.0.0.1:{site.port}/")
    yield found
    context.close()
    assert [one for one in found.troubles if "velmo.example" not in one] == []


def test_every_stop_is_seen_and_they_follow_the_text(reader: Reader) -> None:
    """From the skip link to the footer, in the order of reading, and out of the page again."""
    for address in EVERYWHERE:
        page = reader.go(address)
        if "q=" in address:
            page.wait_for_selector("[data-kb-results][data-query]", state="attached")
        stops = Hands(page).around()
        places = [stop["place"] for stop in stops]
        assert places == sorted(places), address
        assert len(stops) == 1 or stops[0]["name"] in (
            "Skip to content",
            "İçeriğe geç",
            "Liigu sisu juurde",
        ), stops
        if page.viewport_size == {"width": 390, "height": 800}:  # one column, so from top to bottom
            down = [stop["top"] + stop["height"] for stop in stops[1:]]
            assert all(below > above - 48 for above, below in pairwise(down)), (address, down)


def test_skip_the_head_of_a_page(reader: Reader) -> None:
    """The first stop leads past everything to the text."""
    hands = Hands(reader.go(LONG))
    assert hands.tab()["name"] == "Skip to content"
    hands.keys.press("Enter")
    assert hands.tab()["name"] == "Velmo Help"  # the breadcrumb
    assert reader.page.locator(".kb-crumbs a").first.evaluate("a => a === document.activeElement")


def test_search_and_open_a_result(reader: Reader) -> None:
    """A slash leads to the field and is a letter in it; Enter lists, Tab reaches the results."""
    page = reader.go("en/")
    hands = Hands(page)
    hands.keys.press("/")
    hands.keys.type("and/or")
    field = page.locator("#kb-q")
    assert field.input_value() == "and/or"
    hands.keys.press("ControlOrMeta+a")
    hands.keys.type("cancel subscription")
    page.wait_for_selector("[role=option]")
    hands.keys.press("Escape")
    assert not page.locator(".kb-drop").is_visible()
    hands.keys.press("Enter")
    page.wait_for_selector("[data-kb-results][data-query] a.kb-hit")
    hands.tab_to("How do I cancel my subscription?")
    hands.keys.press("Enter")
    page.wait_for_url("**/" + ARTICLE)


def test_vote_and_say_why(reader: Reader, site: Running) -> None:
    """No, a reason by arrow, a text with a slash in it, sent; the thanks have the focus."""
    before = len(site.events())
    page = reader.go(ARTICLE)
    hands = Hands(page)
    hands.tab_to("No")
    hands.keys.press("Enter")
    hands.tab_to("It is out of date")
    hands.keys.press("Space")
    hands.keys.press("ArrowDown")
    hands.tab_to("What should we change?")
    hands.keys.type("Steps 1/2 are gone")
    hands.tab_to("Send")
    hands.keys.press("Enter")
    assert page.locator("#thanks").evaluate("thanks => thanks === document.activeElement")

    def said() -> list[tuple[str | None, str | None]]:
        return [(e.reason, e.text) for e in site.events()[before:] if e.kind == "vote"]

    wait_until(lambda: said() == [("unclear", "Steps 1/2 are gone")])


def test_switch_language_and_look_and_copy_the_link(reader: Reader) -> None:
    """Escape closes the menu and leaves the focus on its button."""
    page = reader.go(ARTICLE)
    hands = Hands(page)
    hands.tab_to("Switch between light and dark")
    hands.keys.press("Enter")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    hands.tab_to("Copy link")
    hands.keys.press("Enter")
    page.wait_for_selector("text=Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{reader.base}a/kb-1002/"
    page.reload()
    hands.tab_to("English")
    hands.keys.press("Enter")
    hands.tab_to("Türkçe")
    hands.keys.press("Escape")
    assert not page.locator(".kb-languages ul").is_visible()
    assert page.locator(".kb-languages summary").evaluate("one => one === document.activeElement")
    hands.keys.press("Space")
    hands.tab_to("Türkçe")
    hands.keys.press("Enter")
    page.wait_for_url("**/tr/subscription/abonelik-iptali/")


def test_ask_look_and_hand_off(reader: Reader, site: Running) -> None:
    """Suggestions are the next stops; what was typed is still there; the desk is reached."""
    before = len(site.events())
    page = reader.go("en/contact/")
    hands = Hands(page)
    hands.tab_to("Your question")
    hands.keys.type("My bike/e-bike was stolen")
    page.wait_for_selector(".kb-found a.kb-hit")
    hands.tab_to("My bike was stolen")
    hands.keys.press("Enter")
    page.wait_for_url("**/en/bike/stolen-bike/")
    hands.tab_to("No, contact us")
    hands.keys.press("Enter")
    page.wait_for_url("**/en/contact/?article=kb-1006")
    page.wait_for_selector(".kb-found a.kb-hit")
    assert page.locator("textarea").input_value() == "My bike/e-bike was stolen"
    hands.tab_to("Write to our team")
    hands.keys.press("Enter")
    page.wait_for_url("https://velmo.example/**")
    wait_until(lambda: any(e.value == "handoff" for e in site.events()[before:]))


def test_the_agent_page_is_seen_at_every_stop(reader: Reader) -> None:
    """At its door, at the start, and with an article found."""
    page = reader.go("agent/")
    page.wait_for_selector("#kb-token:focus")
    hands = Hands(page)
    hands.keys.type(TOKEN)
    hands.tab_to("Sign in")
    hands.keys.press("Enter")
    page.wait_for_selector("#kb-q:focus")
    assert page.evaluate(STOP)["seen"]
    hands.keys.type("cancel")
    page.wait_for_selector("[data-kb-text] h1")
    names = [stop["name"] for stop in hands.around()]
    assert {"Link", "Reply", "Preview"} <= set(names)
