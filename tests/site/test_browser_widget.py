"""The widget in a page of another origin: that page's own policy, styles and keys included."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kbtool.config.settings import WidgetSettings
from kbtool.events.parse import event_fields
from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Quiet, build_sample, serving
from tests.site.shop import Shop, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
HORRORS = """
body, body * { all: unset; }
* { color: red !important; font-size: 40px !important; line-height: 3 !important; }
kb-widget, div, dialog, header, form, ul, li, a, b, p, button, input, h2, svg {
  display: none !important; opacity: 0 !important; transform: scale(9) !important; filter: blur(9px);
  visibility: hidden !important; position: static !important; pointer-events: none !important;
}
html, body, h1, [data-kb-open] { display: block !important; visibility: visible !important; pointer-events: auto !important; opacity: 1 !important; transform: none !important; }
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("kb")).root


@pytest.fixture(scope="module")
def site(kb: Path, shop: Shop) -> Iterator[Running]:
    """The help centre, which lets the shop show its widget."""
    from kbtool.config import load_settings

    settings = replace(load_settings(kb), widget=WidgetSettings((shop.origin,)))
    with running(settings) as found:
        yield found


class Visitor:
    """A customer in a shop."""

    def __init__(self, browser: Browser, **context: object) -> None:
        fields = {"user_agent": BROWSER, "locale": "en-GB", "reduced_motion": "reduce"}
        self._context = browser.new_context(**(fields | context))  # type: ignore[arg-type]  # options by name
        self.page: Page = self._context.new_page()
        self.troubles: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda m: self.troubles.append(m.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", lambda dialog: self.troubles.append(dialog.message))
        self.page.on("request", lambda r: self.asked.append(f"{r.method} {r.url}"))

    def go(
        self,
        shop: Shop,
        *,
        help_centre: str,
        options: str = "",
        style: str = "",
        is_strict: bool = True,
    ) -> Page:
        """Open the shop and wait for the widget."""
        shop.help, shop.options, shop.style, shop.is_strict = help_centre, options, style, is_strict
        self.page.goto(f"{shop.origin}/")
        self.page.wait_for_selector("kb-widget dialog", state="attached")
        return self.page

    def leave(self) -> None:
        self._context.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    found: list[Visitor] = []

    def come(**context: object) -> Visitor:
        found.append(Visitor(browser, **context))
        return found[-1]

    yield come
    for visitor in found:
        visitor.leave()


def _address(site: Running) -> str:
    return f"http://127.0.0.1:{site.port}/"


def _focused(page: Page) -> str:
    """What has the focus inside the widget: its words."""
    return str(
        page.evaluate(
            "(() => { const at = document.querySelector('kb-widget').shadowRoot.activeElement;"
            " return at ? at.ariaLabel || at.textContent : document.activeElement.textContent; })()"
        )
    )


def test_search_read_vote_and_contact_by_keyboard(
    visit: Callable[..., Visitor], site: Running, shop: Shop
) -> None:
    """All of it under a strict policy of the shop, told as the widget's, and no console message."""
    visitor, before = visit(), len(site.events())
    page = visitor.go(shop, help_centre=_address(site))
    assert [one for one in visitor.asked if "/assets/" in one] == [
        f"GET {_address(site)}assets/widget.js"
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert _focused(page) == "Help"
    page.keyboard.press("Enter")
    field = page.get_by_role("dialog", name="Help").get_by_role("searchbox")
    field.wait_for()
    assert _focused(page) == "Search the help centre"
    assert page.get_by_role("dialog").get_by_role("listitem").count() == 6  # popular articles
    page.keyboard.type("cancel subscr")
    page.get_by_text("results").wait_for()
    page.keyboard.press("ArrowDown")
    assert "subscription" in _focused(page)
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Was this helpful?").wait_for()
    heading = page.get_by_role("heading", level=2).first
    assert "subscription" in heading.inner_text()
    page.keyboard.press("Tab")
    while _focused(page) != "Yes":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _focused(page) == "Thank you for your feedback."
    contact = page.get_by_role("link", name="Contact us")
    with page.expect_popup() as opened:
        contact.click()
    opened.value.wait_for_load_state("networkidle")
    assert opened.value.url.startswith(f"{_address(site)}en/contact/?article=kb-1002&q=cancel")
    assert opened.value.get_by_role("textbox", name="question").input_value() == "cancel subscr"
    wait_until(lambda: len(_kinds(site, before)) == 5)
    told = {
        (e.kind, e.article, e.query, e.position, e.value)
        for e in site.events()[before:]
        if e.source == "widget"
    }
    assert told == {
        ("search", None, "cancel subscr", None, None),
        ("click", "kb-1002", "cancel subscr", 1, None),
        ("view", "kb-1002", None, None, None),
        ("vote", "kb-1002", None, None, "yes"),
        ("contact", "kb-1002", None, None, "open"),
        ("contact", "kb-1002", None, None, "typed"),
    }
    assert page.evaluate("window.keys") == ["Tab", "Tab"]  # what is typed inside stays inside
    assert visitor.troubles == []


def _kinds(site: Running, start: int) -> set[str]:
    return {event.kind for event in site.events()[start:] if event.source == "widget"}


def test_the_dialog_keeps_and_returns_the_focus(
    visit: Callable[..., Visitor], site: Running, shop: Shop
) -> None:
    """Modal while open; Escape, the cross and a click beside it close it; back returns to the hit."""
    visitor = visit()
    page = visitor.go(shop, help_centre=_address(site))
    launcher = page.get_by_role("button", name="Help")
    launcher.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement || document.activeElement.localName") in (
            "kb-widget", "body",  # or the browser's own bars
        )  # fmt: skip
    dialog.get_by_role("listitem").nth(1).get_by_role("link").click()
    title = dialog.get_by_role("heading", level=2).first.inner_text()
    dialog.get_by_role("button", name="Back").click()
    assert _focused(page).startswith(title)
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert _focused(page) == "Help"
    launcher.click()
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()
    launcher.click()
    page.mouse.click(20, 20)
    assert not dialog.is_visible()
    assert visitor.troubles == []


def test_a_page_can_open_it_with_a_question(
    visit: Callable[..., Visitor], site: Running, shop: Shop
) -> None:
    """By an element of its own, or by its script; the round button can be left out."""
    visitor = visit()
    page = visitor.go(shop, help_centre=_address(site), options='data-position="none"')
    assert page.get_by_role("button").count() == 0
    page.get_by_role("link", name="My bike is gone").click()
    field = page.get_by_role("searchbox")
    page.get_by_role("link", name="stolen").first.wait_for()
    assert field.input_value() == "stolen bike"
    page.keyboard.press("Escape")
    page.evaluate("window.kbtool.open('battery')")
    page.get_by_role("link", name="battery").first.wait_for()
    assert field.input_value() == "battery"
    assert page.url == f"{shop.origin}/"
    assert visitor.troubles == []


def test_neither_style_reaches_the_other(
    visit: Callable[..., Visitor], site: Running, shop: Shop
) -> None:
    """Rules that would hide and redden all of it change nothing; the page looks as it did."""
    visitor = visit(viewport={"width": 1000, "height": 800})
    page = visitor.go(shop, help_centre=_address(site))
    looks = "JSON.stringify([...document.querySelectorAll('html, body, h1, a')].map((e) => ({...getComputedStyle(e)})))"
    page.evaluate("document.querySelector('kb-widget').remove()")
    without = page.evaluate(looks)
    plain = _panel_look(visitor.go(shop, help_centre=_address(site)))
    page.keyboard.press("Escape")
    assert page.evaluate(looks) == without
    assert _panel_look(visitor.go(shop, help_centre=_address(site), style=HORRORS)) == plain
    assert page.locator("kb-widget [style]").count() == 0
    assert visitor.troubles == []


def _panel_look(page: Page) -> object:
    """Place, colour and type of everything the panel shows."""
    page.get_by_role("button", name="Help").click()
    page.get_by_role("dialog").get_by_role("listitem").first.wait_for()
    return page.evaluate(
        """() => [...document.querySelector("kb-widget").shadowRoot.querySelectorAll("*")].map((e) => {
          const { x, y, width, height } = e.getBoundingClientRect(), look = getComputedStyle(e);
          return [e.localName, x, y, width, height, look.color, look.fontSize, look.opacity, look.visibility];
        })"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_the_screen_and_can_be_read(
    visit: Callable[..., Visitor], site: Running, shop: Shop, width: int, scheme: str
) -> None:
    """Full screen on a phone, in a corner else; contrast 4.5, targets of 24 pixels, in any colour."""
    visitor = visit(viewport={"width": width, "height": 844}, color_scheme=scheme)
    for colour in ("", "gold"):
        page = visitor.go(shop, help_centre=_address(site), options=f'data-color="{colour}"')
        launcher, dialog = page.get_by_role("button", name="Help"), page.get_by_role("dialog")
        launcher.click()
        dialog.get_by_role("listitem").first.wait_for()
        box = dialog.bounding_box()
        assert box is not None
        assert (box["width"] == width) == (width == 390)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        _is_readable(page)
        dialog.get_by_role("listitem").first.get_by_role("link").click()
        dialog.get_by_role("group").wait_for()
        _is_readable(page)
    assert visitor.troubles == []


def _is_readable(page: Page) -> None:
    inside = "document.querySelector('kb-widget').shadowRoot.querySelector('dialog')"
    assert page.evaluate(f"({FAINT_TEXTS.replace('document.body', inside)})()") == []
    assert page.evaluate(f"{inside}.scrollWidth <= {inside}.clientWidth")
    small = """[...DIALOG.querySelectorAll("button, header input, .results a, .main")]
      .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect())
      .filter((box) => box.width < 24 || box.height < 24).length"""
    assert page.evaluate(small.replace("DIALOG", inside)) == 0


@pytest.mark.parametrize(
    ("colour", "fill", "ink"),
    [
        ("#0b7a5c", "rgb(11, 122, 92)", "rgb(255, 255, 255)"),
        ("hsl(350 90% 70%)", "rgb(247, 110, 133)", "rgb(0, 0, 0)"),
        ("red; } * { display: none", "rgb(59, 83, 214)", "rgb(255, 255, 255)"),
    ],
)
def test_a_colour_gets_the_ink_that_can_be_read_on_it(
    visit: Callable[..., Visitor], site: Running, shop: Shop, colour: str, fill: str, ink: str
) -> None:
    """What is no colour leaves ours."""
    visitor = visit()
    page = visitor.go(shop, help_centre=_address(site), options=f'data-color="{colour}"')
    launcher = page.get_by_role("button", name="Help")
    look = launcher.evaluate(
        "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    )
    assert look == [fill, ink]
    assert visitor.troubles == []


@pytest.mark.parametrize(
    ("options", "button", "title"),
    [
        ('data-lang="tr"', "Yardım", "Size nasıl yardımcı olabiliriz?"),
        ('data-lang="et-EE" data-label="Küsi meilt"', "Küsi meilt", "Kuidas saame aidata?"),
        ('data-lang="fi"', "Help", "How can we help?"),
    ],
)
def test_it_speaks_the_language_that_is_asked_for(
    visit: Callable[..., Visitor], site: Running, shop: Shop, options: str, button: str, title: str
) -> None:
    """Also a form of it; one that the help centre lacks gives way to the page's own."""
    visitor = visit()
    page = visitor.go(shop, help_centre=_address(site), options=options)
    page.get_by_role("button", name=button).click()
    page.get_by_text(title).wait_for()
    assert visitor.troubles == []


def test_an_article_brings_in_known_elements_and_texts_alone(
    visit: Callable[..., Visitor], site: Running, shop: Shop
) -> None:
    """Whatever stands in the page that is fetched, and even where no policy of the shop's helps:
    nothing runs, links are whole and lead out.
    """
    hostile = """<article class="kb-article"><div class="kb-body" onclick="alert(1)">
      <p style="color:red" class="launch" onclick="alert(1)">Plain <b>bold</b></p>
      <script>alert(1)</script><style>* { display: none }</style><img src="x" onerror="alert(1)">
      <iframe src="https://evil.example/"></iframe><svg onload="alert(1)"><a href="#">in</a></svg>
      <a href="javascript:alert(1)">bad</a><a href="../bike-size/">near</a><a href="#part">part</a>
      <form action="https://evil.example/"><button>Send</button></form>
      <table><tr><td colspan="2">cell</td></tr></table></div></article>"""
    visitor = visit()
    page = visitor.go(shop, help_centre=_address(site), is_strict=False)
    page.route(
        "**/en/bike/stolen-bike/",
        lambda route: route.fulfill(
            body=hostile,
            content_type="text/html",
            headers={"Access-Control-Allow-Origin": shop.origin},
        ),
    )
    page.evaluate("window.kbtool.open('stolen bike')")
    page.get_by_role("link", name="stolen").first.click()
    page.get_by_role("group", name="Was this helpful?").wait_for()
    text = page.locator("kb-widget .text")
    here = f"{_address(site)}en/bike/"
    out = 'target="_blank" rel="noopener"'
    text.locator("img").wait_for(state="detached")  # there is no such picture: its words stay
    html = " ".join(text.inner_html().split())
    assert html == (
        f"<p>Plain <b>bold</b></p> <a>bad</a>"
        f'<a href="{here}bike-size/" {out}>near</a>'
        f'<a href="{here}stolen-bike/#part" {out}>part</a> '
        '<table><tbody><tr><td colspan="2">cell</td></tr></tbody></table>'
    )
    assert [one for one in visitor.troubles if "404" not in one] == []


def test_another_origin_is_told_so_and_led_to_the_help_centre(
    visit: Callable[..., Visitor], site: Running, shop: Shop
) -> None:
    """Nothing is shown there, nothing stored; a link leads on."""
    with open_shop() as other:
        visitor, before = visit(), len(site.events())
        page = visitor.go(other, help_centre=_address(site))
        page.get_by_role("button", name="Help").click()
        page.get_by_text("Help cannot be shown on this page right now.").wait_for()
        link = page.get_by_role("link", name="Go to the help centre")
        assert link.get_attribute("href") == f"{_address(site)}en/"
        answer = page.evaluate(
            """(url) => fetch(url, { method: "POST", body: "{}" }).then(() => "read", () => "kept")""",
            f"{_address(site)}api/events",
        )
        assert answer == "kept"
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog").is_visible()
        assert len(site.events()) == before


def test_a_static_site_answers_without_a_server(
    visit: Callable[..., Visitor], kb: Path, shop: Shop
) -> None:
    """A host of plain files that sends the header: search in the browser, articles, no event."""

    class Files(Quiet):
        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", shop.origin)
            super().end_headers()

    with serving(partial(Files, directory=str(kb / "site"))) as address:
        visitor = visit()
        page = visitor.go(shop, help_centre=address)
        page.evaluate("window.kbtool.open('stolen bike')")
        page.get_by_role("link", name="stolen").first.click()
        page.get_by_role("group", name="Was this helpful?").wait_for()
        page.get_by_role("button", name="No").click()
        assert _focused(page) == "Thank you for your feedback."
        assert not [one for one in visitor.asked if one.startswith(("POST", "OPTIONS"))]
        assert visitor.troubles == []


def test_a_static_site_may_tell_its_log(
    visit: Callable[..., Visitor], kb: Path, shop: Shop, tmp_path: Path
) -> None:
    """Built with metrics.log_hits: each event is a request without a body, and asks for nothing in
    advance.
    """
    folder = tmp_path / "site"
    shutil.copytree(kb / "site", folder)
    script = (folder / "assets" / "widget.js").read_text(encoding="utf-8")
    (folder / "assets" / "widget.js").write_text(script.replace("HITS = 0", "HITS = 1", 1))
    told: list[dict[str, object]] = []

    class Log(Quiet):
        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", shop.origin)
            super().end_headers()

        def do_POST(self) -> None:  # noqa: N802 - its name there
            path, _, query = self.path.partition("?")
            told.append(
                event_fields(query) | {"path": path, "body": self.headers["Content-Length"]}
            )
            self.send_response(204)
            super().end_headers()

    with serving(partial(Log, directory=str(folder))) as address:
        visitor = visit()
        page = visitor.go(shop, help_centre=address)
        page.evaluate("window.kbtool.open('stolen bike')")
        page.get_by_role("link", name="stolen").first.click()
        page.get_by_role("button", name="No").click()
        wait_until(lambda: len(told) == 4)
        assert visitor.troubles == []
        assert not [one for one in visitor.asked if one.startswith("OPTIONS")]
    kinds = sorted((e["kind"], e.get("value"), e.get("article")) for e in told)
    assert kinds == [
        ("click", None, "kb-1006"), ("search", None, None), ("view", None, "kb-1006"),
        ("vote", "no", "kb-1006"),
    ]  # fmt: skip
    assert {(e["path"], e["source"], e["body"]) for e in told} == {("/api/hit", "widget", "0")}


def test_the_script_is_light(site: Running) -> None:
    """What every page of a shop loads: at most 6,000 bytes."""
    script = site.http.get("/assets/widget.js")
    assert script.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(script.content, 6, mtime=0)) <= 6000
