"""The built site in a real browser behind a real nginx, with the files that the build wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kbtool.workflows.build import build
from tests.browser import needs_browser
from tests.nginx import needs_nginx, nginx
from tests.site.browsing import Reader, build_sample
from tests.site.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [*needs_browser, needs_nginx]
ARTICLE = "en/subscription/cancel-subscription/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where nginx shows the sample help centre, built for https://help.velmo.example/help/."""
    settings = build_sample(tmp_path_factory.mktemp("kb"))
    settings = replace(settings, site_url="https://help.velmo.example/help/")
    build(settings, strict=False, now=NOW)
    with nginx(settings, tmp_path_factory.mktemp("nginx")) as base:
        yield base + "help/"


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """Without a server behind it, the site stays quiet under its strict policy."""
    with ExitStack() as ends:
        context = browser.new_context(locale="en-GB")
        ends.callback(context.close)
        found = Reader(context, address, bears_404=False)
        yield found
        assert found.troubles == []


def test_search_reads_the_sites_own_files(reader: Reader) -> None:
    """Typed words find the article; Enter opens it."""
    page = reader.go("en/")
    page.keyboard.press("/")
    page.keyboard.type("cancel subscr")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + ARTICLE)
    assert any(one.startswith("GET search/") for one in reader.asked)


def test_a_vote_thanks_and_the_language_switches(reader: Reader) -> None:
    """Nothing is sent anywhere; the same article opens in the other language."""
    page = reader.go(ARTICLE)
    page.locator(".kb-vote button[value=yes]").click()
    page.locator("#thanks").wait_for()
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="Eesti").click()
    page.wait_for_url("**/et/subscription/lepingu-lopetamine/")
    assert not [one for one in reader.asked if one.startswith("POST")]


def test_every_kind_of_page_keeps_the_policy(reader: Reader) -> None:
    """Also the results page, which the script fills, and one that an old address leads to."""
    for place in ("en/", "et/bike/", "tr/contact/", "a/kb-1002/"):
        reader.go(place).wait_for_load_state("networkidle")
    reader.go("en/search/?q=stolen").wait_for_selector("[data-kb-results] a")


def test_machine_data_is_read_and_nothing_runs(reader: Reader) -> None:
    """The data block is JSON in a page whose policy forbids inline scripts."""
    page = reader.go(ARTICLE)
    kinds = page.evaluate(
        """JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent)
        ["@graph"].map((thing) => thing["@type"])"""
    )
    assert kinds == ["Article", "BreadcrumbList"]
