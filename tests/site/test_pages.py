"""Pages as readers see them: sections, fallback pages, no dead end, print, right-to-left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Settings, load_settings
from kbtool.workflows.build import build
from tests.browser import FAINT_TEXTS, needs_browser
from tests.server.conftest import BROWSER, Running, running, wait_until
from tests.site.browsing import Reader, build_sample
from tests.site.conftest import NOW, article

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = needs_browser
UNTRANSLATED = "tr/bike/train-travel/"
ARABIC_WORDS = """\
language: العربية
hero: كيف يمكننا مساعدتك؟
search_placeholder: ابحث عن إجابات
contact_us: اتصل بنا
untranslated: "هذه المقالة غير متوفرة بالعربية بعد. إليك النص الأصلي:"
"""
ARABIC = """\
أعد تشغيل الدراجة ثم حاول مرة أخرى.

## الخطوات

1. افتح التطبيق.
2. اضغط على **الشحن**.

- تحقق من الشاحن
- تحقق من البطارية

> **ملاحظة:** الضوء الأحمر يعني أن البطارية باردة.

## الأسعار

| الخدمة | السعر |
|---|---:|
| إصلاح | 20 € |

## المساعدة

اكتب إلينا. `kb-1 --code`
"""
CONFIG = """\
site_name: Velmo
site_url: https://help.velmo.example/
theme: {name: material, custom_dir: mine}
extra:
  kbtool:
    languages: [ar, en]
    categories:
      bike: {icon: bike, title: {ar: دراجتك, en: Your bike}, sections: {power: {ar: البطارية}}}
      many: {title: {ar: أسئلة كثيرة}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample help centre, built and served."""
    with running(build_sample(tmp_path_factory.mktemp("kb"))) as found:
        yield found


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A help centre in Arabic with words of its own, and English as the second language."""
    with running(build_arabic(tmp_path_factory.mktemp("ar"))) as found:
        yield found


def build_arabic(root: Path) -> Settings:
    """One article with everything in it, thirty in a category without sections."""
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "mine" / "strings").mkdir(parents=True)
    (root / "mine" / "strings" / "ar.yaml").write_text(ARABIC_WORDS, encoding="utf-8")
    main = article("kb-1", "ar/bike/battery.md", title="البطارية لا تشحن، ماذا أفعل؟", body=ARABIC)
    write_article(root / "content", replace(main, section="power"))
    for number in range(30):
        one = article(f"kb-1{number:02}", f"ar/many/q{number:02}.md", title=f"سؤال رقم {number}؟")
        write_article(root / "content", one)
    settings = load_settings(root)
    build(settings, strict=False, now=NOW)
    return settings


@pytest.fixture
def reader(browser: Browser, site: Running) -> Iterator[Reader]:
    context = browser.new_context(user_agent=BROWSER, locale="en-GB")
    found = Reader(context, f"http://127.0.0.1:{site.port}/")
    yield found
    context.close()
    assert found.troubles == []


def test_a_category_lists_its_sections(reader: Reader) -> None:
    """With a heading each; an article's breadcrumb leads to its section."""
    page = reader.go("en/bike/")
    assert page.locator(".kb-section-title").all_inner_texts() == [
        "Repairs and battery", "Theft and travel",
    ]  # fmt: skip
    assert page.locator(".kb-section-title + ul li").count() == 4
    page = reader.go("en/bike/flat-tyre/")
    page.get_by_role("link", name="Repairs and battery").click()
    page.wait_for_url("**/en/bike/#section-repairs")
    assert "flat tyre" in page.locator("#section-repairs + ul").inner_text()


def test_an_untranslated_article_is_found_read_and_voted_on_in_the_readers_language(
    reader: Reader, site: Running
) -> None:
    """Listed last with its language; the words around it are Turkish; votes count for it."""
    page = reader.go("tr/bike/")
    last = page.locator(".kb-list a").last
    assert last.locator(".kb-lang").inner_text() == "English"
    assert last.locator("> span").get_attribute("lang") == "en"
    last.click()
    page.wait_for_url("**/" + UNTRANSLATED)
    assert page.locator("html").get_attribute("lang") == "tr"
    assert "henüz Türkçesi yok" in page.locator("[role=note]").inner_text()
    for text in ("h1", ".kb-body"):
        assert page.locator(text).get_attribute("lang") == "en"
        assert page.locator(text).get_attribute("dir") == "ltr"
    assert page.locator("link[rel=canonical]").get_attribute("href") == (
        "https://help.velmo.example/en/bike/train-travel/"
    )
    assert page.locator("link[hreflang]").count() == 0
    related = page.locator(".kb-section .kb-list a").first.get_attribute("href")
    assert related
    assert related.startswith("../../../tr/")
    before = len(site.events())
    page.locator(".kb-vote button[value=yes]").click()
    wait_until(lambda: any(e.kind == "vote" for e in site.events()[before:]))
    vote = next(e for e in site.events()[before:] if e.kind == "vote")
    assert (vote.article, vote.lang) == ("kb-1009", "tr")


def test_the_language_switch_leads_to_fallback_pages_and_back(reader: Reader) -> None:
    """The same article in every language, translated or not."""
    page = reader.go("en/bike/train-travel/")
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="Türkçe").click()
    page.wait_for_url("**/" + UNTRANSLATED)
    page.locator(".kb-languages summary").click()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/bike/train-travel/")
    hreflangs = page.locator("link[hreflang]").count()
    assert hreflangs == 0  # alone in its language


def test_home_gives_examples_and_questions(reader: Reader) -> None:
    """An example is a search away."""
    page = reader.go("en/")
    examples = page.locator(".kb-examples a")
    assert 1 <= examples.count() <= 3
    words = examples.first.inner_text()
    examples.first.click()
    page.wait_for_selector(".kb-results a.kb-hit")
    assert page.locator("#kb-q").input_value() == words


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("query", ["q=zzzzqq", "q=battery&category=orders"])
def test_no_search_is_a_dead_end(browser: Browser, site: Running, query: str, script: bool) -> None:
    """Nothing found, with or without a filter, with or without JavaScript: articles that many read,
    categories and a way to a person; with results the articles make room.
    """
    context = browser.new_context(user_agent=BROWSER, java_script_enabled=script)
    page = context.new_page()
    base = f"http://127.0.0.1:{site.port}/en/search/?"
    page.goto(base + query)
    page.wait_for_selector(".kb-results h2")
    assert page.locator(".kb-results h2").inner_text().startswith("No results for")
    assert page.locator(".kb-instead-of-hits a").first.is_visible()
    assert page.locator(".kb-card").count() == 3
    assert page.locator(".kb-help a").is_visible()
    assert page.locator(".kb-everywhere a").count() == ("category" in query)
    page.goto(base + "q=battery")
    page.wait_for_selector(".kb-results a.kb-hit")
    assert not page.locator(".kb-instead-of-hits a").first.is_visible()
    context.close()


def test_an_article_prints_as_text_with_its_address_and_date(reader: Reader) -> None:
    """No chrome, dark on white also for who reads in the dark."""
    page = reader.go("en/bike/flat-tyre/")
    assert not page.locator(".kb-print").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".kb-print").inner_text() == "https://help.velmo.example/a/kb-1001/"
    assert page.locator("time").is_visible()
    for chrome in ("header", "footer", ".kb-vote", ".kb-help", ".kb-copy", ".kb-section"):
        assert not page.locator(chrome).first.is_visible(), chrome
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_readers_choice_of_colours_stands_before_the_systems(reader: Reader) -> None:
    """Both ways; each colour is said once."""
    ground = "getComputedStyle(document.body).backgroundColor"
    page = reader.go("en/")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.locator("[data-kb-theme]").click()
    assert page.evaluate(ground) == light
    page.emulate_media(color_scheme="light")
    page.locator("[data-kb-theme]").click()
    assert page.evaluate(ground) == dark


def test_nothing_moves_for_who_asked_for_that(reader: Reader) -> None:
    """Cards have no transition then."""
    page = reader.go("en/")
    time = "getComputedStyle(document.querySelector('.kb-card')).transitionDuration"
    assert page.evaluate(time) != "0s"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(time) == "0s"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_right_to_left_mirrors_and_overflows_nowhere(
    browser: Browser, arabic: Running, width: int, scheme: str
) -> None:
    """In Arabic, and on a fallback page whose text runs against its interface."""
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for address in ("ar/", "ar/bike/", "ar/many/", "ar/bike/battery/", "ar/search/?q=qq", "ar/contact/",
                    "ar/404.html", "en/bike/battery/", "en/many/"):  # fmt: skip
        page.goto(f"http://127.0.0.1:{arabic.port}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate(FAINT_TEXTS) == [], address
    context.close()


def test_arrows_borders_and_markers_stand_on_the_right_side(
    browser: Browser, arabic: Running
) -> None:
    """Where reading begins, in the text's own direction."""
    page = browser.new_page()
    style = "(e, [of, name]) => getComputedStyle(e, of)[name]"
    page.goto(f"http://127.0.0.1:{arabic.port}/ar/bike/battery/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".kb-crumbs li").nth(1).evaluate(style, ["::before", "rotate"]) == "-135deg"
    for address in ("ar/bike/battery/", "en/bike/battery/"):
        page.goto(f"http://127.0.0.1:{arabic.port}/{address}")
        quote = page.locator(".kb-body blockquote")
        assert quote.evaluate(style, [None, "borderRightWidth"]) == "4px"
        assert quote.evaluate(style, [None, "borderLeftWidth"]) == "0px"
        step = page.locator(".kb-body > ol > li").first
        assert step.evaluate(style, ["::before", "right"]) == "0px"
    page.goto(f"http://127.0.0.1:{arabic.port}/ar/many/")
    arrow = page.locator(".kb-list a").first
    assert arrow.evaluate(style, ["::after", "rotate"]) == "-135deg"
    page.close()


def test_a_language_of_ones_own_speaks(browser: Browser, arabic: Running) -> None:
    """Its words in pages and in what the server puts in; English where it has none."""
    context = browser.new_context(user_agent=BROWSER, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{arabic.port}/ar/")
    assert page.locator("h1").inner_text() == "كيف يمكننا مساعدتك؟"
    assert "العربية" in page.locator(".kb-languages summary").inner_text()
    page.goto(f"http://127.0.0.1:{arabic.port}/ar/search/?q=qqqq")
    assert page.locator(".kb-results h2").inner_text() == "No results for “qqqq”"
    context.close()
