"""What goes over the wire: nothing to another host, nothing that the policy forbids, and little."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from kbtool.config import Settings
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, wait_until
from tests.site.browsing import Reader, plain_files
from tests.site.centre import TOKEN, VIEWS, serving_centre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Request, Response

pytestmark = needs_browser
MOST_BYTES, MOST_REQUESTS = 60_000, 6
FRAME = ("GET assets/kb.css", "GET assets/kb.js", "GET media/own.css", "GET media/logo.svg")
OURS = {"'none'", "'self'", "data:"}


@pytest.fixture(scope="module")
def site(centre: Settings) -> Iterator[Running]:
    with serving_centre(centre) as found:
        yield found


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A reader who was never there, each time."""
    with ExitStack() as ends:

        def come() -> BrowserContext:
            context = browser.new_context(user_agent=BROWSER, locale="fr-FR")
            ends.callback(context.close)
            return context

        yield come


def base_of(site: Running) -> str:
    return f"http://127.0.0.1:{site.port}/"


def test_every_page_keeps_to_its_host_and_its_policy(
    newcomer: Callable[[], BrowserContext], site: Running
) -> None:
    """All types of page and their states: no request elsewhere, no error, no warning; no id
    is there twice.
    """
    reader = Reader(newcomer(), base_of(site))
    policies: set[str] = set()

    def note(response: Response) -> None:
        policies.add(response.headers.get("content-security-policy", f"none at {response.url}"))

    reader.page.on("response", note)
    for view in VIEWS:
        view.open(reader.page, reader.base)
        ids = reader.page.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
        assert len(ids) == len(set(ids)), (view.name, Counter(ids).most_common(1))
    for address in ("", "en/bike/all/", "a/kb-9001/", "agent/"):
        reader.go(address).wait_for_load_state("networkidle")
    reader.page.locator("#kb-token").fill(TOKEN)
    reader.page.locator("#kb-token").press("Enter")
    reader.page.locator("#kb-q").fill("cancel")
    reader.page.wait_for_selector("[data-kb-text] h1")
    assert reader.troubles == []
    (policy,) = policies
    rules = {name: set(sources) for name, *sources in map(str.split, policy.split(";"))}
    assert rules["default-src"] == {"'none'"}
    assert rules.pop("form-action") == {"'self'", "https://velmo.example"}
    assert set().union(*rules.values()) <= OURS
    assert "data:" not in rules["script-src"] | rules["style-src"] | rules["connect-src"]


class Scale:
    """What a page weighs as it is sent to a newcomer: bodies as they are compressed, and headers."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.reader = Reader(context, base)
        self.reader.page.on("requestfinished", self._note)
        self.weights: dict[str, int] = {}
        self.whole: dict[str, int] = {}

    def go(self, address: str) -> dict[str, int]:
        """Bytes of each request that opening the page makes, as if the browser kept no file."""
        self.weights.clear()
        with self.reader.page.expect_event("requestfinished", lambda one: one.method == "POST"):
            self.reader.go(address)  # the last that it does is to tell that it was seen
        return self.weights

    def _note(self, request: Request) -> None:
        sizes = request.sizes()
        name = f"{request.method} {request.url.removeprefix(self.reader.base)}"
        weight = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        self.whole[name] = max(weight, self.whole.get(name, 0))  # again, it is not sent whole
        self.weights[name] = self.whole[name]


def test_every_page_is_light(newcomer: Callable[[], BrowserContext], site: Running) -> None:
    """At most 60 KB and six requests, events, a logo and a style of one's own included; an article's
    pictures come on top.
    """
    listed = json.loads((site.settings.site_dir / "articles.json").read_text(encoding="utf-8"))
    pages = [one["url"] for one in listed["articles"]]
    pages += ["en/", "tr/", "et/", "en/bike/", "tr/bike/", "et/orders/"]
    before = len([one for one in site.events() if one.kind == "view"])
    scale = Scale(newcomer(), base_of(site))
    scale.reader.go(pages[0]).wait_for_load_state("networkidle")
    frame = {name: weight for name, weight in scale.whole.items() if name.startswith(FRAME)}
    assert len(frame) == len(FRAME)  # of a page that comes later, the browser has it in memory
    for address in pages:
        weights = frame | scale.go(address)
        own = {name: weight for name, weight in weights.items() if "/picture.png" not in name}
        assert len(own) <= MOST_REQUESTS, (address, own)
        assert sum(own.values()) <= MOST_BYTES, (address, own)
    wait_until(
        lambda: len([e for e in site.events() if e.kind == "view"]) == before + len(pages) + 1
    )


def test_search_as_one_types_adds_little(
    newcomer: Callable[[], BrowserContext], site: Running
) -> None:
    """With the server its answers alone, without it the script and the files that a query needs."""
    with plain_files(site.settings.site_dir) as alone:
        for base, last, most in (
            (base_of(site), "api/search?q=", 6_000),
            (alone, "search/en.kb", 40_000),
        ):
            scale = Scale(newcomer(), base)
            page = scale.reader.go("en/")
            page.wait_for_load_state("networkidle")
            scale.weights.clear()
            with page.expect_event("requestfinished", lambda one: last in one.url):  # noqa: B023
                page.locator("#kb-q").fill("stolen bike")
            page.wait_for_selector("[role=option]")
            assert any(last in name for name in scale.weights)
            allowed = ("GET api/search?", "POST api/events", "GET assets/search.js", "GET search/")
            assert all(name.startswith(allowed) for name in scale.weights), scale.weights
            assert sum(scale.weights.values()) <= most, scale.weights
