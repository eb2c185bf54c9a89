"""Which pages there are, where, and what each says about its neighbours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kbtool.config import Settings
from kbtool.config.settings import Home
from kbtool.model import Article, PublishedAddress
from kbtool.site.plan.manifest import Manifest, Page, build_manifest
from kbtool.site.plan.shelves import Link
from tests.site.conftest import SAMPLE, article


def made(settings: Settings, *articles: Article) -> Manifest:
    manifest, findings = build_manifest(articles or SAMPLE, settings, lambda a: a.body.strip())
    assert findings == ()
    return manifest


def page(manifest: Manifest, address: str) -> Page:
    return next(page for page in manifest.pages if page.address == address)


def test_every_language_has_its_fixed_pages_categories_and_articles(settings: Settings) -> None:
    """Drafts and archived articles have no page; a category without articles has none either."""
    assert [page.address for page in made(settings).pages] == [
        "en/", "en/404.html", "en/bike/", "en/bike/theft/", "en/bike/tyre/", "en/billing/",
        "en/billing/refund/", "en/contact/", "en/counted/", "en/search/",
        "tr/", "tr/404.html", "tr/bike/", "tr/bike/lastik/", "tr/bike/theft/", "tr/billing/",
        "tr/billing/refund/", "tr/contact/", "tr/counted/", "tr/search/",
    ]  # fmt: skip


def test_the_order_of_the_files_does_not_matter(settings: Settings) -> None:
    """Same articles, same manifest."""
    assert made(settings, *reversed(SAMPLE)) == made(settings)


def test_translations_point_at_each_other(settings: Settings) -> None:
    """An article names its translations; one without names itself; a category where it exists."""
    manifest = made(settings)
    both = (("en", "en/bike/tyre/"), ("tr", "tr/bike/lastik/"))
    assert page(manifest, "en/bike/tyre/").alternates == both
    assert page(manifest, "tr/bike/lastik/").alternates == both
    assert page(manifest, "en/bike/theft/").alternates == (("en", "en/bike/theft/"),)
    assert page(manifest, "en/bike/").alternates == (("en", "en/bike/"), ("tr", "tr/bike/"))
    assert page(manifest, "en/billing/").alternates == (("en", "en/billing/"),)


def test_an_untranslated_article_is_shown_in_the_default_language(settings: Settings) -> None:
    """The page is Turkish around English text; it is listed last, with the language it is in; no
    machine is pointed to it, the language switch is.
    """
    manifest = made(settings)
    found = page(manifest, "tr/bike/theft/")
    assert (found.lang, found.title, found.fallback_of) == ("tr", SAMPLE[1].title, "en/bike/theft/")
    assert found.article == SAMPLE[1]
    assert found.crumbs == (Link("Bisiklet", "tr/bike/"),)
    both = (("en", "en/bike/theft/"), ("tr", "tr/bike/theft/"))
    assert (found.alternates, found.switch) == ((), both)
    assert page(manifest, "en/bike/theft/").switch == both
    assert [(link.url, link.lang) for link in page(manifest, "tr/bike/").links] == [
        ("tr/bike/lastik/", ""), ("tr/bike/theft/", "en"),
    ]  # fmt: skip
    assert {link.url for link in found.links} == {"tr/bike/lastik/"}
    assert page(manifest, "tr/billing/").fallback_of == "en/billing/"
    assert page(manifest, "tr/bike/").fallback_of == ""


def test_untranslated_articles_can_be_hidden(settings: Settings) -> None:
    """Then a language holds what was written in it, and the switch leads to its home page."""
    manifest = made(replace(settings, untranslated="hide"))
    assert [p.address for p in manifest.of("tr") if p.article] == ["tr/bike/lastik/"]
    assert page(manifest, "en/bike/theft/").switch == (("en", "en/bike/theft/"),)


def test_sections_group_the_articles_of_a_category(settings: Settings) -> None:
    """In the order of the settings, then those only articles name; articles without one first."""
    bike = replace(settings.categories[0], sections={"ride": {"en": "On the road"}, "none": {}})
    articles = [
        article("kb-1", "en/bike/a.md", title="A", section="worn-out"),
        article("kb-2", "en/bike/b.md", title="B", section="ride"),
        article("kb-3", "en/bike/c.md", title="C"),
    ]
    manifest = made(replace(settings, categories=(bike,)), *articles)
    (shelf,) = page(manifest, "en/bike/").shelves
    assert [(s.slug, s.title, [link.title for link in s.links]) for s in shelf.sections] == [
        ("", "", ["C"]), ("ride", "On the road", ["B"]), ("worn-out", "Worn out", ["A"]),
    ]  # fmt: skip
    assert [link.title for link in page(manifest, "en/bike/").links] == ["C", "B", "A"]
    assert page(manifest, "en/bike/b/").section == Link("On the road", "en/bike/#section-ride")
    assert page(manifest, "en/bike/c/").section is None


def test_pinned_articles_stand_first_then_those_read_most(settings: Settings) -> None:
    """In each language its own article of a group of translations; the rest in turn."""
    pinned = replace(settings, home=Home(pinned=("KB-3",)))
    manifest, _ = build_manifest(SAMPLE, pinned, lambda a: "", popular=["kb-2", "kb-1t", "kb-old"])
    home = page(manifest, "en/")
    assert home.popular
    assert [link.url for link in home.links] == [
        "en/billing/refund/", "en/bike/theft/", "en/bike/tyre/",
    ]  # fmt: skip
    assert [link.url for link in page(manifest, "tr/").links] == [
        "tr/billing/refund/", "tr/bike/lastik/", "tr/bike/theft/",
    ]  # fmt: skip
    assert not page(made(settings), "en/").popular


def test_a_pin_that_cannot_be_shown_is_told(settings: Settings) -> None:
    """A mistyped id and an archived article, both in mkdocs.yml."""
    pinned = replace(settings, home=Home(pinned=("kb-77", "kb-old", "kb-1")))
    _, findings = build_manifest(SAMPLE, pinned, lambda a: "")
    assert [(f.level, f.code, f.file) for f in findings] == [
        ("warning", "unknown-pin", "mkdocs.yml"), ("warning", "unknown-pin", "mkdocs.yml"),
    ]  # fmt: skip
    assert "kb-77" in findings[0].message
    assert "archived" in findings[1].message


def test_examples_are_short_wordings_unless_they_are_set(settings: Settings) -> None:
    """At most three, each of another article, never in another language."""
    asked = replace(SAMPLE[0], also_asked=("x" * 41, "puncture"))
    assert page(made(settings, asked, *SAMPLE[1:]), "en/").examples == (
        "My bike was stolen", "Where is my refund?", "puncture",
    )  # fmt: skip
    assert page(made(settings), "tr/").examples == ("Lastiğim patladı",)
    given = replace(settings, home=Home(examples={"en": ("late parcel",), "tr": ()}))
    assert page(made(given), "en/").examples == ("late parcel",)
    assert page(made(given), "tr/").examples == ()


def test_an_article_knows_its_category_and_summary(settings: Settings) -> None:
    """The breadcrumb is the category; the summary is what the given function says."""
    found = page(made(settings), "en/bike/tyre/")
    assert found.crumbs == (Link("Your bike", "en/bike/"),)
    assert found.summary == "One sentence."


def test_a_category_is_as_new_as_its_newest_article(settings: Settings) -> None:
    """Dates are true: no page is newer than what it lists."""
    manifest = made(settings)
    assert str(page(manifest, "en/bike/").updated) == "2026-08-01"
    assert str(page(manifest, "en/billing/").updated) == "2026-06-03"


def test_the_home_page_lists_categories_in_the_order_of_the_settings(settings: Settings) -> None:
    """A few articles follow, one from each category in turn."""
    home = page(made(settings), "en/")
    assert [(shelf.title, len(shelf.links)) for shelf in home.shelves] == [
        ("Your bike", 2), ("Billing", 1),
    ]  # fmt: skip
    assert [link.url for link in home.links] == [
        "en/bike/theft/", "en/billing/refund/", "en/bike/tyre/",
    ]  # fmt: skip


def test_an_article_without_category_is_listed_on_the_home_page(settings: Settings) -> None:
    """Nothing that is published is out of reach, however many there are."""
    loose = [article(f"kb-9{n}", f"en/loose-{n}.md") for n in range(9)]
    home = page(made(settings, *SAMPLE, *loose), "en/")
    assert {f"en/loose-{n}/" for n in range(9)} <= {link.url for link in home.links}


def test_permanent_links_lead_on_or_say_that_the_article_is_gone(settings: Settings) -> None:
    """Published articles have a target, archived ones none, drafts no link at all."""
    assert {link.address: link.target for link in made(settings).redirects} == {
        "a/kb-1/": "en/bike/tyre/",
        "a/kb-1t/": "tr/bike/lastik/",
        "a/kb-2/": "en/bike/theft/",
        "a/kb-3/": "en/billing/refund/",
        "a/kb-old/": None,
        "en/bike/old/": None,
    }


def test_former_addresses_are_part_of_the_site(settings: Settings) -> None:
    """Those that an article names and those that an earlier build published."""
    moved = replace(SAMPLE[0], former=("hc/en-us/articles/360-Tyre",))
    was = PublishedAddress("en/repair/tyre/", "kb-1", "en", date(2026, 1, 1))
    manifest, _ = build_manifest([moved], settings, lambda a: a.title, [was])
    assert {link.address: link.target for link in manifest.redirects} == {
        "a/kb-1/": "en/bike/tyre/",
        "en/repair/tyre/": "en/bike/tyre/",
        "hc/en-us/articles/360-Tyre/": "en/bike/tyre/",
    }


def test_two_pages_with_one_address_are_an_error(settings: Settings) -> None:
    """Another article, a category and a fixed page: each collision names the file to rename."""
    twin = article("kb-7", "en/other/tyre.md", category="bike")
    shelf, fixed = article("kb-8", "en/bike.md"), article("kb-9", "en/Search.md")
    _, findings = build_manifest((*SAMPLE, twin, shelf, fixed), settings, lambda a: "")
    assert [(f.level, f.code, f.file) for f in findings] == [
        ("error", "same-address", "en/Search.md"),
        ("error", "same-address", "en/bike.md"),
        ("error", "same-address", "en/other/tyre.md"),
    ]


def test_nothing_at_all_still_has_a_home(settings: Settings) -> None:
    """An empty knowledge base builds."""
    empty, findings = build_manifest((), settings, lambda a: "")
    assert findings == ()
    assert [page.kind for page in empty.of("en")] == [
        "home",
        "missing",
        "contact",
        "counted",
        "search",
    ]


def test_a_stale_article_stays_visible(settings: Settings) -> None:
    """Due for review is no reason to break links."""
    stale = replace(SAMPLE[0], status="stale")
    assert page(made(settings, stale), "en/bike/tyre/").article == stale
