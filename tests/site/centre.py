"""A help centre with a page of every type, and the ways to each state of them."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kbtool.articles.files.store import write_article
from kbtool.config import Settings, load_settings
from kbtool.config.settings import WidgetSettings
from kbtool.resources import bundled
from kbtool.workflows.build import build
from tests.server.conftest import Running, running
from tests.site.conftest import NOW, article

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOKEN = "correct-horse-battery"
ARTICLE = "en/subscription/cancel-subscription/"
LONG = "en/bike/everything/"
BODY = """\
Here is all that an article can hold. A [link to another article](flat-tyre.md) stands in it.

![A dark blue picture](picture.png)

## The first steps

1. Open the app and go to **Bike > Settings**.
2. Press `Reset` or <kbd>Ctrl</kbd> <kbd>R</kbd>.
    - A point below a step
    - Another one
3. Wait.

> **Good to know:** you can do this at any time.

## What it costs

| Component | Reimbursement | Workshop | Availability | Cancellation | Responsibility |
|---|---:|---|---|---|---|
| Inner tube | 12 € | Every partner in Leeds, Izmir and Tallinn | Immediately | Yes | Customers |
| Battery | 320 € | By post | After 5 days | No | Manufacturer |

!!! warning "Mind the battery"
    It is heavy.

??? note "More about it"
    It holds 500 Wh.

## When it does not help

    velmo --reset --bike --everything --and-a-line-that-is-much-longer-than-any-telephone-is-wide

### The lock

Read [how a bike is charged](battery-charging.md), or write to help@velmo.example.
"""
CSS = ".kb-brand span { letter-spacing: 0; }\n"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28" width="28" height="28">'
    '<circle cx="14" cy="14" r="13" fill="#3b53d6"/></svg>\n'
)


def build_centre(root: Path, site_url: str | None = None) -> Settings:
    """The sample with a logo and a style of its own, and more articles: one that holds everything
    (Turkish, too; Estonian readers get the English one), a withdrawn one and a renamed one.
    """
    content = root / "content"
    shutil.copytree(bundled("content"), content)
    conf = bundled("mkdocs.yml").read_text(encoding="utf-8")
    conf = conf.replace("  font: false", "  font: false\n  logo: logo.svg\nextra_css: [own.css]")
    if site_url:
        conf = conf.replace("https://help.velmo.example/", site_url)
    (root / "mkdocs.yml").write_text(conf, encoding="utf-8")
    (content / "logo.svg").write_text(LOGO, encoding="utf-8")
    (content / "own.css").write_text(CSS, encoding="utf-8")
    for one in ("en", "tr"):
        (content / one / "bike" / "picture.png").write_bytes(_picture(900, 360))
    everything = article("kb-9001", "en/bike/everything.md", title="What is all this?", body=BODY)
    write_article(content, replace(everything, former=("en/bike/all/",)))
    turkish = BODY.replace("flat-tyre", "patlak-lastik").replace(
        "battery-charging", "batarya-sarji"
    )
    write_article(
        content,
        article("kb-9002", "tr/bike/her-sey.md", title="Bütün bunlar nedir?", body=turkish,
                translation_of="kb-9001"),
    )  # fmt: skip
    write_article(content, article("kb-9003", "en/bike/gone.md", status="archived"))
    settings = load_settings(root)
    build(settings, strict=False, now=NOW)
    return settings


def _picture(width: int, height: int) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + b"\x20\x30\x70" * width) * height
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", size), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@contextmanager
def serving_centre(settings: Settings, *origins: str) -> Iterator[Running]:
    """The real server with an agent page; pages of ``origins`` may show the widget."""
    widget = WidgetSettings(origins) if origins else settings.widget
    with running(replace(settings, widget=widget), agent_token=TOKEN) as found:
        yield found


@dataclass(frozen=True, slots=True)
class View:
    """Something that a reader looks at: an address, and what is done there."""

    name: str
    address: str
    reach: Callable[[Page], object] = lambda page: None
    """Brings the page into the state, and waits until it is there."""

    def open(self, page: Page, base: str) -> None:
        """Go there below ``base``."""
        page.goto(base + self.address)
        self.reach(page)


def _settled(page: Page) -> None:
    # a selector, because wait_for_function polls by eval, which our policy forbids
    page.wait_for_selector("[data-kb-results][data-query]", state="attached")


def _drop(words: str) -> Callable[[Page], object]:
    def reach(page: Page) -> None:
        page.locator("#kb-q").fill(words)
        page.wait_for_selector(".kb-drop :is([role=option], p)")

    return reach


def _menu(page: Page) -> None:
    page.locator(".kb-languages summary").click()
    page.wait_for_selector(".kb-languages ul", state="visible")


def _why(page: Page) -> None:
    page.locator("[data-kb-vote] button[value=no]").click()
    page.wait_for_selector(".kb-why textarea", state="visible")


def _thanked(page: Page) -> None:
    page.locator("[data-kb-vote] button[value=yes]").click()
    page.wait_for_selector("#thanks", state="visible")


def _suggested(page: Page) -> None:
    page.locator("textarea[name=question]").press_sequentially("My bike was stolen, what now?")
    page.wait_for_selector(".kb-found a.kb-hit")


def _solved(page: Page) -> None:
    _suggested(page)
    page.locator(".kb-found a.kb-hit").first.click()
    page.wait_for_selector("[data-kb-solved]", state="visible")


VIEWS = (
    View("home", "en/"),
    View("home-tr", "tr/"),
    View("category with sections", "en/bike/"),
    View("category with fallback pages", "et/bike/"),
    View("article", ARTICLE),
    View("article-et", "et/subscription/lepingu-lopetamine/"),
    View("article with contents", LONG),
    View("article with contents-tr", "tr/bike/her-sey/"),
    View("fallback page", "et/bike/everything/"),
    View("search", "en/search/?q=bike", _settled),
    View("search corrected", "en/search/?q=batery", _settled),
    View("search-tr without a hit", "tr/search/?q=zzzzqq", _settled),
    View("search filtered to nothing", "en/search/?q=battery&category=orders&lang=en", _settled),
    View("search without a question", "et/search/"),
    View("list while typing", "en/", _drop("cancel")),
    View("list while typing-et, corrected", "et/", _drop("laadmine")),
    View("list while typing, empty", ARTICLE, _drop("zzzzqq")),
    View("language menu", "tr/bike/patlak-lastik/", _menu),
    View("vote asked why", ARTICLE, _why),
    View("vote thanked", "et/bike/katkine-rehv/", _thanked),
    View("contact", "tr/contact/"),
    View("what is counted", "et/counted/"),
    View("contact with suggestions", "en/contact/", _suggested),
    View("article that may solve it", "en/contact/", _solved),
    View("404", "en/nowhere/"),
    View("404-et", "et/404.html"),
    View("withdrawn page", "a/kb-9003/"),
)
"""Every type of page and its states, the three languages among them."""
