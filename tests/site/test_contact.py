"""Votes and the contact page in a real browser: what a reader meets, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from kbtool.config import Contact
from kbtool.handoff import TOKEN, desk_address, mail_address
from kbtool.model import Event
from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.server.contact.test_contacting import Desk, desk
from tests.site.browsing import Reader, build_sample, plain_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
DESK = "https://velmo.example/contact"
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
    assert [one for one in found.troubles if DESK not in one] == []


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
    page.wait_for_url("**/" + ARTICLE + "?again#thanks")
    assert page.locator("#thanks").is_visible()
    assert page.locator(".kb-vote form:visible").count() == 0
    (vote,) = votes()
    assert (vote.article, vote.value, vote.reason) == (ID, "no", "outdated")


QUESTION = "Hello, how do I cancel my subscription?"
VISIT = "kbv-23456789abcd"


def ask(page: Page, question: str = QUESTION) -> None:
    """Type a question and wait for what may answer it."""
    page.get_by_label("Your question").fill(question)
    page.wait_for_selector(".kb-found a.kb-hit")


def desk_opened(page: Page, button: str) -> dict[str, list[str]]:
    """Press a button that leads to the help desk; the parameters it is asked with."""
    with page.expect_request(DESK + "*") as asked:
        page.get_by_role("button", name=button).click()
    return parse_qs(urlsplit(asked.value.url).query)


def test_articles_appear_while_the_question_is_typed(reader: Reader, site: Running) -> None:
    """From three words or twelve letters on; their number is told to screen readers, and recorded."""
    steps = Watch(site, "contact")
    page = reader.go("en/contact/?article=kb-1001")
    field = page.get_by_label("Your question")
    field.press_sequentially("cancel sub", delay=5)
    page.wait_for_timeout(500)
    assert page.locator(".kb-suggested a").count() == 0
    ask(page)
    live = page.locator(".kb-suggested [role=status]")
    assert live.inner_text() == "3 articles may answer your question"
    first = page.locator(".kb-suggested a").first
    assert first.get_attribute("data-article") == ID
    assert first.locator(".kb-hit-text").inner_text()
    assert page.evaluate(FAINT_TEXTS) == []
    wait_until(lambda: len(steps()) == 3)
    told = [(e.value, e.article, e.results) for e in steps()]
    assert told == [
        ("open", "kb-1001", None), ("typed", "kb-1001", None), ("shown", "kb-1001", 3),
    ]  # fmt: skip
    assert {e.arm for e in steps()} == {None}
    searches = [e for e in site.events() if e.kind == "search" and "Hello" in (e.query or "")]
    assert searches == []
    field.fill("ok")
    page.wait_for_selector(".kb-suggested:not(.kb-found)")
    assert live.inner_text() == ""


def test_an_opened_article_asks_whether_it_solved_the_question(
    reader: Reader, site: Running
) -> None:
    """Yes is recorded with the article; No leads back to the question, which is still there."""
    steps = Watch(site, "contact")
    page = reader.go("en/contact/")
    ask(page)
    page.locator(".kb-suggested a").first.click()
    page.wait_for_url("**/" + ARTICLE)
    page.get_by_role("link", name="No, contact us").click()
    page.wait_for_url("**/en/contact/?article=" + ID)
    page.wait_for_selector(".kb-found a.kb-hit")
    assert page.get_by_label("Your question").input_value() == QUESTION
    page.locator(".kb-suggested a").first.click()
    page.get_by_role("button", name="Yes, this solved it").click()
    assert page.get_by_text("Great! Thank you for telling us.").is_visible()
    assert not page.locator("[data-kb-vote]").is_visible()
    wait_until(lambda: any(e.value == "solved" for e in steps()))
    told = [(e.value, e.article, e.position) for e in steps() if e.value in ("opened", "solved")]
    assert told == [("opened", ID, 1), ("opened", ID, 1), ("solved", ID, None)]
    page.reload()
    assert page.locator("[data-kb-vote]").is_visible()
    assert not page.locator("[data-kb-solved]").is_visible()


def test_the_hand_off_takes_a_visit_token_along(reader: Reader, site: Running) -> None:
    """One token a tab, in the address and the event; no cookie; another tab has another. Who presses
    twice on a page goes on once.
    """
    steps = Watch(site, "contact")
    context = reader.page.context
    context.route(DESK + "*", lambda route: route.fulfill(status=204))  # the page stays
    page = reader.go("en/contact/")
    (token,) = desk_opened(page, "Write to our team")["kb_visit"]
    assert TOKEN.fullmatch(token)
    assert context.cookies() == []
    assert desk_opened(page, "Write to our team")["kb_visit"] == [token]  # pressed again: the same
    page.reload()
    assert desk_opened(page, "Write to our team")["kb_visit"] == [token]
    other = context.new_page()
    other.goto(page.url)
    (another,) = desk_opened(other, "Write to our team")["kb_visit"]
    wait_until(lambda: len([e for e in steps() if e.value == "handoff"]) == 3)
    assert [e.token for e in steps() if e.value == "handoff"] == [token, token, another]
    assert another != token


ADDRESSES = (
    "https://d.example/new", "https://d.example/new?a=1#top", "https://d.example/new#{lang}",
    "https://d.example/{lang}?v={visit}&a={article}&q={question}",
)  # fmt: skip
QUESTIONS = (
    "",
    " şifre & x=y? #1 \r\n(it's *new*!)\nhello~ ",
    "é" * 1300,
    "🙂" * 1250,
    "&cc=x@evil.example",
)


def test_script_and_server_make_the_same_addresses(reader: Reader) -> None:
    """Whatever is asked and whatever the setting is: one rule, in two languages."""
    page = reader.go("en/contact/")
    page.wait_for_selector("[data-kb-contact]")
    made = """async ([url, values]) => {
      const it = await import(new URL("../../assets/contact.js", location.href).href);
      return [it.deskAddress(url, values), it.mailAddress("a+b@c.example", "Bir sorum var", values)];
    }"""
    for url in ADDRESSES:
        for question in QUESTIONS:
            values = {"question": question, "visit": VISIT, "article": "", "lang": "en"}
            mine = [
                desk_address(url, values),
                mail_address("a+b@c.example", "Bir sorum var", values),
            ]
            assert page.evaluate(made, [url, values]) == mine


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Desk]]:
    """The sample with a webhook, built and served; the desk that is posted to."""
    root = tmp_path_factory.mktemp("hooked")
    with desk() as hook:
        contact = Contact(url=DESK, webhook=hook.url)
        with running(build_sample(root, contact=contact)) as found:
            yield found, hook


def test_a_question_is_sent_in_place_and_its_failure_told(
    browser: Browser, hooked: tuple[Running, Desk]
) -> None:
    """First the desk is down: the question stays and another way is offered; then thanks."""
    site, hook = hooked
    context = browser.new_context(user_agent=BROWSER)
    reader = Reader(context, f"http://127.0.0.1:{site.port}/")
    steps = Watch(site, "contact")
    page = reader.go("en/contact/")
    ask(page)
    page.locator(".kb-suggested a").first.click()
    page.wait_for_selector("[data-kb-solved]:not([hidden])")
    page.go_back()
    page.wait_for_selector(".kb-found a.kb-hit")
    page.get_by_label("Your e-mail address").fill("eva@kunde.example")
    hook.statuses = [400]
    page.get_by_role("button", name="Send to our team").click()
    page.wait_for_selector("#failed:not([hidden])")
    assert page.get_by_label("Your question").input_value() == QUESTION
    assert page.get_by_role("link", name="Open our contact form").is_visible()
    page.get_by_role("button", name="Send to our team").click()
    page.wait_for_selector("#sent", state="visible")
    assert not page.locator("[data-kb-contact]").is_visible()
    taken = hook.taken[-1]
    (event,) = [e for e in steps() if e.value == "handoff"]
    assert (taken["question"], taken["email"]) == (QUESTION, "eva@kunde.example")
    assert (taken["visit"], taken["suggested"], taken["lang"]) == (event.token, [ID], "en")
    context.close()
    assert [one for one in reader.troubles if "status of 502" not in one] == []


def test_without_its_server_the_question_goes_to_the_form(
    browser: Browser, hooked: tuple[Running, Desk]
) -> None:
    """The same pages on a static host: nothing is posted, the help desk's form opens instead."""
    site, hook = hooked
    before = len(hook.taken)
    context = browser.new_context()
    context.route(DESK + "*", lambda route: route.fulfill(status=204))
    with plain_files(site.settings.site_dir) as base:
        reader = Reader(context, base, bears_404=False)
        ask(reader.go("en/contact/"))
        (token,) = desk_opened(reader.page, "Send to our team")["kb_visit"]
    context.close()
    assert TOKEN.fullmatch(token)
    assert len(hook.taken) == before
    assert not [one for one in reader.asked if one.startswith("POST")]


def test_the_form_works_without_javascript(plain: Reader, site: Running) -> None:
    """Answers first, with the way to a person on their page; or straight to the help desk."""
    steps = Watch(site, "contact")
    page = plain.go("en/contact/")
    page.get_by_label("Your question").fill("cancel subscription")
    page.get_by_role("button", name="Find answers").click()
    page.wait_for_url("**/en/search/?q=cancel+subscription")
    assert page.locator(".kb-results ol a").first.is_visible()
    page.locator(".kb-help a").click()
    (token,) = desk_opened(page, "Write to our team")["kb_visit"]
    assert [(e.value, e.token) for e in steps()] == [("handoff", token)]
