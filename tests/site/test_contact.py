"""Votes and the contact page in a real browser: what a reader meets, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from kbtool.model import Event
from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, build_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
ARTICLE = "en/subscription/cancel-subscription/"
ID = "kb-1002"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample help centre, built and served."""
    with running(build_sample(tmp_path_factory.mktemp("kb"))) as found:
        yield found


@pytest.fixture
def reader(browser: Browser, site: Running) -> Iterator[Reader]:
    context = browser.new_context(user_agent=BROWSER, viewport={"width": 390, "height": 844})
    found = Reader(context, f"http://127.0.0.1:{site.port}/")
    yield found
    context.close()
    assert found.troubles == []


@pytest.fixture
def plain(browser: Browser, site: Running) -> Iterator[Reader]:
    """A reader without JavaScript."""
    context = browser.new_context(user_agent=BROWSER, java_script_enabled=False)
    yield Reader(context, f"http://127.0.0.1:{site.port}/")
    context.close()


class Watch:
    """The events of one kind from now on."""

    def __init__(self, site: Running, kind: str) -> None:
        self._site, self._kind = site, kind
        self._before = len(self._all())

    def __call__(self) -> list[Event]:
        return self._all()[self._before :]

    def _all(self) -> list[Event]:
        return [event for event in self._site.events() if event.kind == self._kind]


def test_a_no_is_recorded_at_once_and_completed_by_why(reader: Reader, site: Running) -> None:
    """The reason and the text, redacted, become part of the same vote; then thanks."""
    votes = Watch(site, "vote")
    page = reader.go(ARTICLE)
    assert not page.locator(".kb-why").is_visible()
    page.locator(".kb-vote button[value=no]").click()
    assert page.evaluate("document.activeElement.tagName") == "LEGEND"
    assert page.evaluate(FAINT_TEXTS) == []
    wait_until(lambda: len(votes()) == 1)
    assert (votes()[0].value, votes()[0].reason) == ("no", None)
    page.get_by_label("Something is missing").check()
    page.locator(".kb-why textarea").fill("Where do I find it?\nMail eva@kunde.example")
    page.get_by_role("button", name="Send").click()
    assert page.locator("#thanks").is_visible()
    assert page.locator(".kb-vote form:visible").count() == 0
    wait_until(lambda: votes()[0].reason is not None)
    (vote,) = votes()
    said = (vote.article, vote.value, vote.reason, vote.text)
    assert said == (ID, "no", "incomplete", "Where do I find it? Mail [email]")


def test_a_yes_thanks_at_once_and_nothing_said_changes_nothing(
    reader: Reader, site: Running
) -> None:
    """Who says why with empty fields is thanked too; the vote stays as it was."""
    votes = Watch(site, "vote")
    page = reader.go(ARTICLE)
    page.locator(".kb-vote button[value=no]").click()
    page.get_by_role("button", name="Send").click()
    assert page.locator("#thanks").is_visible()
    page.reload()
    page.locator(".kb-vote button[value=yes]").click()
    assert page.locator("#thanks").is_visible()
    wait_until(lambda: len(votes()) == 2)
    assert [(vote.value, vote.reason, vote.text) for vote in votes()] == [
        ("no", None, None), ("yes", None, None),
    ]  # fmt: skip


def test_a_vote_with_why_works_without_javascript(plain: Reader, site: Running) -> None:
    """One form post makes one vote; the reader comes back to thanks."""
    votes = Watch(site, "vote")
    page = plain.go(ARTICLE)
    page.locator(".kb-why summary").click()
    page.get_by_label("It is out of date").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/" + ARTICLE + "#thanks")
    assert page.locator("#thanks").is_visible()
    assert page.locator(".kb-vote form:visible").count() == 0
    (vote,) = votes()
    assert (vote.article, vote.value, vote.reason) == (ID, "no", "outdated")
