"""The agent page in a real browser: by keyboard alone from a few letters to the link that is pasted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, build_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needs_browser
TOKEN = "correct-horse-battery"
LINK = "https://help.velmo.example/a/kb-1002/"
TITLE = "How do I cancel my subscription?"
TICKET = """Tere!

Mu aku ei lae enam. Panin ratta eile õhtul laadima, aga hommikul oli aku ikka tühi ja tuluke ei
põlenud. Mida ma peaksin tegema? Olen proovinud mitut pistikut ja laadijat, aga midagi ei muutu.

Tervitades
Mari
"""
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => [type, await (await item.getType(type)).text()];
  return Object.fromEntries(await Promise.all(item.types.map(read)));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample help centre, built and served with an agent page."""
    with running(build_sample(tmp_path_factory.mktemp("kb")), agent_token=TOKEN) as found:
        yield found


def agent_context(browser: Browser, site: Running, **options: object) -> BrowserContext:
    """A browser that has signed in."""
    context = browser.new_context(user_agent=BROWSER, locale="en-GB", **options)  # type: ignore[arg-type]  # any option
    base = f"http://127.0.0.1:{site.port}"
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    answer = context.request.post(
        f"{base}/api/agent/sign-in", form={"token": TOKEN}, headers={"Origin": base}
    )
    assert answer.ok
    return context


@pytest.fixture
def agent(browser: Browser, site: Running) -> Iterator[Reader]:
    """An agent with a browser; what the policy blocks and any console error fails the test."""
    context = agent_context(browser, site, viewport={"width": 1280, "height": 860})
    found = Reader(context, f"http://127.0.0.1:{site.port}/", bears_404=False)
    yield found
    context.close()
    assert found.troubles == []


def chosen(page: Page) -> str:
    return page.locator("[role=option][aria-selected=true] .kb-hit-title").inner_text()


def types(page: Page, words: str, title: str) -> None:
    """Type and wait until the article called ``title`` is chosen."""
    page.keyboard.type(words)
    page.wait_for_selector(f'[aria-selected=true] .kb-hit-title:text-is("{title}")')


def test_sign_in_and_out_by_keyboard(browser: Browser, site: Running) -> None:
    """The token field has the focus; a wrong token says so; the address keeps the query."""
    context = browser.new_context(user_agent=BROWSER, locale="en-GB")
    reader = Reader(context, f"http://127.0.0.1:{site.port}/")
    page = reader.go("agent/?q=cancel")
    page.keyboard.type("wrong-wrong-wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/agent/?q=cancel")
    page.wait_for_selector("[role=option]")
    page.locator("form[action$=sign-out] button").press("Enter")
    page.wait_for_selector("#kb-token")
    context.close()
    assert [text for text in reader.troubles if "403" not in text] == []


@pytest.mark.parametrize(
    ("keys", "said", "given"),
    [
        ("Enter", "Link copied", {"text/plain": LINK}),
        ("Shift+Enter", "Markdown link copied", {"text/plain": f"[{TITLE}]({LINK})"}),
        (
            "Control+Shift+Enter",
            "HTML link copied",
            {
                "text/plain": f'<a href="{LINK}">{TITLE}</a>',
                "text/html": f'<a href="{LINK}">{TITLE}</a>',
            },
        ),
        (
            "Control+Enter",
            "Reply copied",
            {
                "text/plain": "This article in our help centre answers your question:\n"
                f"{TITLE}\n{LINK}",
                "text/html": "<p>This article in our help centre answers your question:<br>"
                f'<a href="{LINK}">{TITLE}</a></p>',
            },
        ),
    ],
)
def test_each_form_is_copied_by_a_key(
    agent: Reader, keys: str, said: str, given: dict[str, str]
) -> None:
    """Typing and one key, even before the results are there; what was copied is told."""
    page = agent.go("agent/")
    page.keyboard.type("cancel subscr")
    page.keyboard.press(keys)  # at once: it waits for the results of these very words
    page.wait_for_selector(f'[data-kb-done]:has-text("{said}: {TITLE}")')
    assert page.evaluate(CLIPBOARD) == given


def test_where_the_browser_has_no_clipboard_the_old_way_is_taken(agent: Reader) -> None:
    """A page opened by plain http on another machine has none."""
    page = agent.go("agent/")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { get: () => undefined })")
    page.evaluate("""window.addEventListener("copy", ({ clipboardData: data }) => {
      window.copied = [data.getData("text/plain"), data.getData("text/html")];
    })""")
    types(page, "cancel subscr", TITLE)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('[data-kb-done]:has-text("Reply copied")')
    plain, rich = page.evaluate("window.copied")
    assert plain.endswith(f"\n{TITLE}\n{LINK}")
    assert f'<a href="{LINK}">{TITLE}</a>' in rich


def test_the_arrows_choose_and_the_preview_follows(agent: Reader) -> None:
    """Focus stays in the field; the article stands beside, its links and pictures absolute."""
    page = agent.go("agent/")
    assert page.evaluate("document.activeElement.id") == "kb-q"
    types(page, "cancel subscr", TITLE)
    page.wait_for_selector(f'[data-kb-text] h1:text-is("{TITLE}")')
    page.keyboard.press("ArrowDown")
    second = chosen(page)
    assert second != TITLE
    page.wait_for_selector(f'[data-kb-text] h1:text-is("{second}")')
    field = page.locator("#kb-q")
    active = page.locator("[aria-selected=true]").get_attribute("id")
    assert field.get_attribute("aria-activedescendant") == active
    assert field.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "kb-q"
    page.keyboard.press("ArrowUp")
    page.wait_for_selector(f'[data-kb-text] h1:text-is("{TITLE}")')
    links = page.locator("[data-kb-text] a").evaluate_all(
        "all => all.map((a) => [a.getAttribute('href'), a.target, a.rel])"
    )
    assert links
    assert all(link[0].startswith(agent.base) for link in links)
    assert {(link[1], link[2]) for link in links} == {("_blank", "noopener")}
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_nothing_of_a_page_but_its_text_comes_over(agent: Reader) -> None:
    """Handlers, styles, scripts, forms and odd addresses of an article's page stay behind."""
    evil = """<article class="kb-article"><h1 onclick="x" style="color:red" id="kb-q">Evil</h1>
      <script>window.evil = 1</script><form><input name="q"></form><iframe src="/"></iframe>
      <a href="javascript:window.evil=1">a</a><a href="../other/">b</a><img src="x.png" onerror="x">
      <svg><a xlink:href="javascript:1" href="javascript:1">c</a></svg></article>"""
    agent.page.route("**/cancel-subscription/", lambda route: route.fulfill(body=evil))
    agent.page.route("**/x.png", lambda route: route.fulfill(body=b"", content_type="image/png"))
    page = agent.go("agent/?q=cancel+subscr")
    page.wait_for_selector('[data-kb-text] h1:text-is("Evil")')
    html = page.locator("[data-kb-text]").inner_html()
    for gone in (
        "onclick",
        "onerror",
        "style",
        "<script",
        "javascript:",
        "<form",
        "<input",
        "iframe",
        "id=",
    ):
        assert gone not in html, gone
    assert f'href="{agent.base}en/subscription/other/"' in html
    assert f'src="{agent.base}en/subscription/cancel-subscription/x.png"' in html
    assert page.evaluate("window.evil") is None
    # the policy has a word about handlers even where a page is only parsed
    agent.troubles[:] = [text for text in agent.troubles if "Content Security Policy" not in text]


def test_a_reply_in_another_language_takes_the_translation(agent: Reader) -> None:
    """Found with English words, sent in Turkish: title, link, preview and phrase are Turkish."""
    page = agent.go("agent/")
    types(page, "cancel subscr", TITLE)
    page.locator("select[name=reply]").select_option("tr")
    page.wait_for_selector('[data-kb-note]:has-text("Türkçe")')
    assert chosen(page) == TITLE
    page.wait_for_selector("[data-kb-text][lang=tr] h1")
    page.keyboard.press("/")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('[data-kb-done]:has-text("Reply copied")')
    reply = page.evaluate(CLIPBOARD)["text/plain"].splitlines()
    assert reply[0].startswith("Yardım merkezimizdeki")
    assert reply[1] == page.locator("[data-kb-text] h1").inner_text()
    assert reply[2] == "https://help.velmo.example/a/kb-2002/"


def test_a_pasted_ticket_gets_replies_in_its_language(agent: Reader) -> None:
    """The message keeps its lines, stays out of the address, and Escape takes it away."""
    page = agent.go("agent/")
    page.evaluate(PASTE, TICKET)
    page.wait_for_selector("[role=option]")
    assert page.locator("[data-kb-ticket]").inner_text().startswith("A message of")
    assert "Eesti" in page.locator("select[name=reply] option").first.inner_text()
    reply = page.locator("[data-kb-reply]").inner_text()
    assert reply.startswith("Teie küsimusele vastab")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('[data-kb-done]:has-text("Reply copied")')
    assert page.evaluate(CLIPBOARD)["text/plain"] == reply
    assert page.url == f"{agent.base}agent/"
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-kb-start]:visible")
    assert page.locator("[data-kb-ticket]").is_hidden()


def test_the_filters_and_the_address(agent: Reader) -> None:
    """The address says what is asked; it can be opened, and the way back leads to the last query."""
    page = agent.go("agent/")
    page.keyboard.type("cancel")
    page.keyboard.press("Enter")  # used: it keeps its place
    page.wait_for_selector('[data-kb-done]:has-text("Link copied")')
    page.locator("select[name=lang]").select_option("et")
    page.wait_for_url("**/agent/?q=cancel&lang=et")
    page.locator("select[name=category]").select_option("bike")
    page.wait_for_url("**/agent/?q=cancel&lang=et&category=bike")
    page.go_back()
    page.wait_for_url("**/agent/?q=cancel")
    page.wait_for_selector(f'[aria-selected=true] .kb-hit-title:text-is("{TITLE}")')
    page.go_forward()
    page.wait_for_url("**/agent/?q=cancel&lang=et&category=bike")
    assert page.locator("select[name=lang]").input_value() == "et"


def test_open_leads_to_the_page_which_counts_no_reader(agent: Reader, site: Running) -> None:
    """A new tab with the article; its view is kept apart as staff, the searches are not kept."""
    page = agent.go("agent/")
    before = len(site.events())
    types(page, "cancel subscr", TITLE)
    with page.context.expect_page() as opened:
        page.keyboard.press("Alt+Enter")
    opened.value.wait_for_url("**/en/subscription/cancel-subscription/")
    wait_until(lambda: len(site.events()) > before)
    assert [(e.kind, e.excluded) for e in site.events()[before:]] == [("view", "agent")]


def test_a_session_that_ended_shows_the_form(agent: Reader) -> None:
    """No dead page: the next key leads to the form."""
    page = agent.go("agent/")
    page.context.clear_cookies()
    page.keyboard.type("x")
    page.wait_for_selector("#kb-token")
    agent.troubles[:] = [text for text in agent.troubles if "404" not in text]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_and_can_be_read(browser: Browser, site: Running, width: int, scheme: str) -> None:
    """No horizontal scrolling, contrast of 4.5, controls with names and of a size to be hit."""
    context = agent_context(
        browser, site, viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/agent/?q=cancel&reply=tr")
    page.wait_for_selector("[data-kb-text] h1")
    page.evaluate(PASTE, TICKET)
    page.wait_for_selector("[data-kb-reply]:visible")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(FAINT_TEXTS) == []
    small = """() => [...document.querySelectorAll("button, select, input:not([type=hidden]), .kb-agent-copies a")]
      .filter((e) => e.checkVisibility())
      .filter((e) => Math.min(e.offsetWidth, e.offsetHeight) < 24 || !(e.innerText || e.ariaLabel || e.labels?.[0]?.textContent || "").trim())
      .map((e) => e.outerHTML)"""
    assert page.evaluate(small) == []
    context.close()


def test_without_a_script_the_field_opens_the_help_centres_search(
    browser: Browser, site: Running
) -> None:
    """And the page says why."""
    context = agent_context(browser, site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/agent/")
    assert page.locator("noscript").inner_text().startswith("This page needs JavaScript.")
    page.locator("#kb-q").fill("cancel")
    page.locator("#kb-q").press("Enter")
    page.wait_for_url("**/en/search/?q=cancel*")
    assert page.locator(".kb-results a").count() >= 1
    context.close()
