"""The lot for suggestions on the contact page, in a real browser: one arm sees them, one does not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from kbtool.config import load_settings
from kbtool.handoff import new_token
from kbtool.model import Arm
from kbtool.workflows.build import build
from tests.arms import arm_of
from tests.browser import needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, plain_files
from tests.site.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
DESK = "https://desk.example/new"
CONFIG = f"""site_name: Tea
site_url: https://help.tea.example/
extra:
  kbtool:
    languages: [en]
    categories:
      boxes: {{icon: box, title: {{en: Boxes}}, description: {{en: Tea}}}}
    contact: {{url: "{DESK}"}}
    metrics: {{holdout_percent: 30}}
"""
ARTICLE = """---
id: kb-7
title: How do I change my tea box?
lang: en
status: published
category: boxes
reviewed_by: Anu
---
Open Account > Boxes and tap your box.
"""
QUESTION = "how do I change my tea box"
_TOKENS = [new_token(random.Random(seed).choice) for seed in range(400)]  # noqa: S311 - the same in each run
_SETTLED_MS = 700
"""The page asks 300 ms after the last key."""


def token_of(arm: Arm) -> str:
    """A visit token whose tab is in this arm."""
    return next(token for token in _TOKENS if arm_of(token, 30) == arm)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A help centre of one article, with a holdout, built and served."""
    root = tmp_path_factory.mktemp("kb")
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    _write(root / "content/en/boxes/tea-box.md")
    settings = load_settings(root)
    build(settings, strict=False, now=NOW)
    with running(settings) as found:
        yield found


def _write(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(ARTICLE, "utf-8")


def reader(browser: Browser, base: str, arm: Arm) -> Reader:
    """A person whose tab is in an arm."""
    context = browser.new_context(user_agent=BROWSER, viewport={"width": 390, "height": 844})
    context.route(DESK + "*", lambda route: route.fulfill(status=204))  # the page stays
    context.add_init_script(f"sessionStorage.setItem('kb-visit', '{token_of(arm)}')")
    return Reader(context, base, bears_404=False)


def served(site: Running) -> str:
    """Where the site is."""
    return f"http://127.0.0.1:{site.port}/"


def told(site: Running, begun: int) -> list[tuple[str | None, str | None]]:
    """(step, arm) of each contact event since there were so many."""
    found = [event for event in site.events() if event.kind == "contact"]
    return [(event.value, event.arm) for event in found[begun:]]


def hand_off(found: Reader) -> str:
    """Go on to the help desk; the visit token it was asked with."""
    with found.page.expect_request(DESK + "*") as asked:
        found.page.get_by_role("button", name="Write to our team").click()
    return parse_qs(urlsplit(asked.value.url).query)["kb_visit"][0]


def test_a_tab_without_suggestions_sees_none_and_reaches_a_person_all_the_same(
    browser: Browser, site: Running
) -> None:
    """Nothing is searched, said or made room for; the steps tell their arm; the token goes along."""
    begun = len(told(site, 0))
    found = reader(browser, served(site), "off")
    page = found.go("en/contact/")
    page.get_by_label("Your question").press_sequentially(QUESTION, delay=1)
    page.wait_for_timeout(_SETTLED_MS)
    assert page.locator(".kb-suggested a").count() == 0
    assert page.locator(".kb-suggested [role=status]").inner_text() == ""
    assert page.locator(".kb-asking, .kb-found").count() == 0
    assert not [one for one in found.asked if "api/search?q" in one]
    assert hand_off(found) == token_of("off")
    wait_until(lambda: len(told(site, begun)) == 3)
    assert told(site, begun) == [("open", "off"), ("typed", "off"), ("handoff", "off")]
    found.page.context.close()


def test_a_tab_with_suggestions_sees_them_and_tells_its_arm_to_the_end(
    browser: Browser, site: Running
) -> None:
    """Also on the article that was opened, where it says that it was helped."""
    begun = len(told(site, 0))
    found = reader(browser, served(site), "on")
    page = found.go("en/contact/")
    page.get_by_label("Your question").fill(QUESTION)
    page.wait_for_selector(".kb-found a.kb-hit")
    wait_until(lambda: len(told(site, begun)) == 3)
    page.locator(".kb-suggested a").first.click()
    page.get_by_role("button", name="Yes, this solved it").click()
    wait_until(lambda: len(told(site, begun)) == 5)
    assert told(site, begun) == [
        (step, "on") for step in ("open", "typed", "shown", "opened", "solved")
    ]
    found.page.context.close()


def test_what_comes_from_the_widget_is_drawn_like_the_rest(browser: Browser, site: Running) -> None:
    """It leads here with the question: typed already, and nothing suggested in the arm without."""
    begun = len(told(site, 0))
    found = reader(browser, served(site), "off")
    page = found.go("en/contact/?q=how+do+I+change+my+tea+box&source=widget")
    page.wait_for_timeout(_SETTLED_MS)
    assert page.locator(".kb-suggested a").count() == 0
    wait_until(lambda: len(told(site, begun)) == 2)
    assert told(site, begun) == [("open", "off"), ("typed", "off")]
    found.page.context.close()


@pytest.mark.parametrize("arm", ["on", "off"])
def test_the_lot_is_the_same_where_search_reads_files(
    browser: Browser, site: Running, arm: Arm
) -> None:
    """On a host without the server the script draws the same lot."""
    with plain_files(site.settings.site_dir) as base:
        found = reader(browser, base, arm)
        page = found.go("en/contact/")
        page.get_by_label("Your question").fill(QUESTION)
        if arm == "on":
            page.wait_for_selector(".kb-found a.kb-hit")
        else:
            page.wait_for_timeout(_SETTLED_MS)
            assert page.locator(".kb-suggested a").count() == 0
        found.page.context.close()


def test_script_and_server_draw_the_same_lot(browser: Browser, site: Running) -> None:
    """For every token and share, and a tab of the page's own making is in one arm to its end."""
    context = browser.new_context(user_agent=BROWSER)
    found = Reader(context, served(site), bears_404=False)
    page = found.go("en/contact/")
    page.wait_for_function("sessionStorage.getItem('kb-arm')")
    token, arm = page.evaluate("['kb-visit', 'kb-arm'].map((key) => sessionStorage.getItem(key))")
    assert arm_of(token, 30) == arm
    page.reload()
    page.wait_for_function("sessionStorage.getItem('kb-arm')")
    assert page.evaluate("sessionStorage.getItem('kb-arm')") == arm
    drawn = """async ([tokens, shares]) => {
      const { armOf } = await import(new URL("../../assets/contact.js", location.href).href);
      return shares.map((share) => tokens.map((token) => armOf(token, share)));
    }"""
    shares = [0, 1, 10, 30, 50]
    mine = [[arm_of(token, share) for token in _TOKENS] for share in shares]
    assert page.evaluate(drawn, [_TOKENS, shares]) == mine
    context.close()
