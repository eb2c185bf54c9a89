"""Addresses: page, permalink, former ones, and back from any link an agent may have sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.addresses import (
    AddressBook,
    address_book,
    former_problem,
    page_address,
)
from kbtool.config import Settings
from kbtool.config.settings import TicketSettings
from kbtool.model import Article, Message, PublishedAddress
from kbtool.permalink import permalink_address

TYRE = Article("kb-1", "Flat tyre", "en", "published", "bike", "", "en/bike/flat-tyre.md")
REIFEN = replace(TYRE, id="kb-2", lang="tr", path="tr/bike/lastik.md", translation_of="kb-1")
OLD = replace(TYRE, id="kb-3", status="archived", path="en/bike/old.md")
DRAFT = replace(TYRE, id="kb-4", status="draft", path="drafts/en/new.md", former=("en/new/",))
LONG_AGO = date(2025, 1, 1)


def settings(*former: str) -> Settings:
    """A help centre in English and Turkish with these former bases."""
    return Settings(
        root=Path("/kb"), config_file=Path("/kb/mkdocs.yml"), site_name="Help",
        site_url="https://help.example.com/", languages=("en", "tr"),
        tickets=TicketSettings(help_centre_urls=former),
    )  # fmt: skip


def book(*articles: Article, published: tuple[PublishedAddress, ...] = ()) -> AddressBook:
    """Where addresses lead with these articles, and with the sample when there are none."""
    shown = articles or (TYRE, REIFEN, OLD, DRAFT)
    return address_book(shown, settings("https://example.com/support/"), published)


def test_page_address_is_language_category_slug() -> None:
    """The slug is the file's name; no category, no empty step."""
    assert page_address(TYRE) == "en/bike/flat-tyre/"
    assert page_address(replace(TYRE, category=None, path="en/x.md")) == "en/x/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://help.example.com/a/kb-1/", "kb-1"),
        ("http://HELP.example.com/a/kb-1", "kb-1"),
        ("https://help.example.com/a/kb-1/?utm_source=mail#step-2", "kb-1"),
        ("https://example.com/support/a/kb-1", "kb-1"),
        ("https://help.example.com/en/bike/flat-tyre", "kb-1"),
        ("https://help.example.com/tr/bike/lastik/index.html", "kb-2"),
        ("https://help.example.com/a/kb-3/", "kb-3"),
        ("https://help.example.com/en/bike/old/", "kb-3"),
        ("https://help.example.com/a/kb-4/", None),
        ("https://help.example.com/a/kb-77/", None),
        ("https://help.example.com/en/bike/", None),
        ("https://example.com/a/kb-1/", None),
        ("https://evil.example/a/kb-1/", None),
        ("https://help.example.com/a/../secret/", None),
        ("not a url [", None),
    ],
)
def test_article_from_url(url: str, expected: str | None) -> None:
    """Permalinks and pages are recognised however they were pasted, other sites are not."""
    assert book().article_from_url(url) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a/kb-1/", "article"),
        ("en/bike/flat-tyre/", "article"),
        ("a/kb-3/", "withdrawn"),
        ("en/bike/old/", "withdrawn"),
        ("", "page"),
        ("en/", "page"),
        ("tr/contact/", "page"),
        ("en/bike/", "page"),
        ("llms.txt/", "page"),
        ("assets/kb.css/", "page"),
        ("media/no-such.png/", "nowhere"),
        ("a/kb-4/", "nowhere"),
        ("en/new/", "nowhere"),
        ("en/nothing/", "nowhere"),
        ("de/bike/", "nowhere"),
    ],
)
def test_where_an_address_leads(address: str, expected: str) -> None:
    """A withdrawn article's addresses say so; a draft's lead nowhere, nor does an odd language."""
    assert book().lead(address) == expected


def test_media_lead_somewhere_while_the_file_is_there(tmp_path: Path) -> None:
    """A picture that an agent linked."""
    (tmp_path / "plan.png").write_bytes(b"x")
    made = replace(book(), media=tmp_path)
    assert [made.lead(f"media/{name}/") for name in ("plan.png", "no.png")] == ["page", "nowhere"]


def test_former_addresses_lead_to_the_article() -> None:
    """Those that it names and those that were remembered, by any base."""
    moved = replace(TYRE, former=("en/old-name", "/old/name.html", "a/kb-0/"))
    made = book(moved, published=(PublishedAddress("en/repair/tyre/", "kb-1", "en", LONG_AGO),))
    for url in ("en/old-name/", "old/name.html", "a/kb-0", "en/repair/tyre#x"):
        assert made.article_from_url("https://help.example.com/" + url) == "kb-1"
        assert made.article_from_url("https://example.com/support/" + url) == "kb-1"
    assert {r.target for r in made.redirects.values()} == {"en/bike/flat-tyre/"}


def test_an_address_in_use_belongs_to_its_page() -> None:
    """Neither another article's claim nor what was remembered takes it away."""
    other = replace(TYRE, id="kb-9", path="en/bike/other.md", former=("en/bike/flat-tyre/", "en/"))
    made = book(
        TYRE, other, published=(PublishedAddress("en/bike/flat-tyre/", "kb-9", "en", LONG_AGO),)
    )
    assert made.article("en/bike/flat-tyre/") == "kb-1"
    assert made.lead("en/") == "page"
    assert not {"en/bike/flat-tyre/", "en/"} & made.redirects.keys()


def test_what_an_article_names_comes_before_what_was_remembered() -> None:
    """So that a person can hand an address over; of two articles the published one has it."""
    heir = replace(TYRE, id="kb-9", path="en/bike/other.md", former=("en/bike/tyre/",))
    was = PublishedAddress("en/bike/tyre/", "kb-1", "en", LONG_AGO)
    assert book(TYRE, heir, published=(was,)).article("en/bike/tyre/") == "kb-9"
    gone = replace(OLD, id="kb-0", former=("en/bike/tyre/",))
    assert book(gone, heir).article("en/bike/tyre/") == "kb-9"


def test_an_article_that_was_deleted_is_remembered_as_withdrawn() -> None:
    """Its permanent and page addresses say so instead of leading nowhere."""
    was = tuple(PublishedAddress(a, "kb-8", "tr", LONG_AGO) for a in ("a/kb-8/", "tr/x/"))
    made = book(TYRE, published=was)
    assert [made.lead(a.address) for a in was] == ["withdrawn", "withdrawn"]
    assert made.redirects["tr/x/"].lang == "tr"


@pytest.mark.parametrize(
    "sent",
    [
        "https://acme.zendesk.example/hc/en-us/articles/360001234567-Flat-tyre",
        "https://acme.zendesk.example/hc/en-us/articles/360001234567-Another-title-since",
        "https://acme.zendesk.example/hc/tr/articles/360001234567",
        "https://acme.zendesk.example/hc/articles/360001234567-x#comments",
    ],
)
@pytest.mark.parametrize(
    "base", ["https://acme.zendesk.example/", "https://acme.zendesk.example/hc/"]
)
def test_zendesk_guide_articles_go_by_their_number(sent: str, base: str) -> None:
    """The title in the address changes with the article's, the number never."""
    article = replace(TYRE, former=("hc/en-us/articles/360001234567-Flat-tyre",))
    made = address_book([article], settings(base))
    assert made.article_from_url(sent) == "kb-1"
    assert made.article_from_url(sent.replace("360001234567", "3600012345678")) is None


def test_a_message_gives_its_addresses_once_each() -> None:
    """With scheme from its links, without from its text; mail addresses are none."""
    message = Message(
        "m", "agent", "public", None, None,
        "See help.example.com/en/x, www.help.example.com/a/kb-1/. Or hi@help.example.com/a or "
        "other.help.example.com/a/kb-1/ (https://help.example.com/a/kb-1/)",
        links=("https://help.example.com/a/kb-1/", "https://else.example/a/kb-1/"),
    )  # fmt: skip
    assert book().sent(message) == ("a/kb-1/", "en/x/")


@pytest.mark.parametrize(
    "address",
    ["https://help.example.com/en/x/", "//x/y", "en/../x", "en//x", "", "/", "en/x?y=1", "en/x#y",
     "en\\x", "en/\x00", "api/x", "media/x", "robots.txt", "en/x.html/y", "x" * 400, "en/" + "ü" * 150],
)  # fmt: skip
def test_what_cannot_be_a_former_address_is_told(address: str) -> None:
    """Whole URLs, ways out of the site, and names that the site itself needs."""
    assert former_problem(address)


@given(st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True))
def test_a_permalink_leads_back_to_its_article(article_id: str) -> None:
    """permalink → URL → id is the identity."""
    made = book(replace(TYRE, id=article_id))
    url = "https://example.com/support/" + permalink_address(article_id)
    assert made.article_from_url(url) == article_id


def test_an_archived_article_leads_to_the_one_that_took_its_place() -> None:
    """By every address it had, also when that one was replaced later; letter case is no matter."""
    old = replace(OLD, replaced_by="KB-5", former=("en/older/",))
    between = replace(OLD, id="kb-5", path="en/bike/between.md", replaced_by="kb-1")
    was = PublishedAddress("en/bike/oldest/", "kb-3", "en", LONG_AGO)
    found = book(TYRE, old, between, published=(was,))
    for address in ("a/kb-3/", "en/bike/old/", "en/older/", "en/bike/oldest/", "a/kb-5/"):
        assert found.lead(address) == "article", address
        assert found.article(address) == "kb-1"
        assert found.redirects[address].target == "en/bike/flat-tyre/"


@pytest.mark.parametrize("heir", ["kb-3", "kb-4", "kb-9", None])
def test_without_a_published_heir_an_archived_article_says_that_it_is_gone(
    heir: str | None,
) -> None:
    """A circle, a draft, nothing at all: readers are told, not led in circles."""
    found = book(TYRE, replace(OLD, replaced_by=heir), DRAFT)
    assert found.lead("a/kb-3/") == "withdrawn"
    assert found.article("a/kb-3/") == "kb-3"


def test_an_article_without_translation_has_a_fallback_page() -> None:
    """At the same address but for the language, with its category; a link to it is a link to it."""
    made = book(TYRE)
    assert made.fallbacks == {"tr/bike/flat-tyre/": "tr"}
    assert made.pages["tr/bike/flat-tyre/"] == "kb-1"
    assert (made.lead("tr/bike/flat-tyre/"), made.lead("tr/bike/")) == ("article", "page")
    assert book(TYRE, REIFEN).fallbacks == {}
    assert book(replace(REIFEN, translation_of=None)).fallbacks == {}
    hidden = replace(settings(), untranslated="hide")
    assert address_book([TYRE], hidden).fallbacks == {}


def test_a_fallback_page_gives_way_to_whatever_is_at_its_address() -> None:
    """A page of that language, the search page, a former address of another article."""
    other = replace(TYRE, id="kb-5", lang="tr", path="tr/bike/Flat-Tyre.md")
    assert book(TYRE, other).fallbacks == {}
    assert book(replace(TYRE, category=None, path="en/search.md")).fallbacks == {}
    moved = replace(other, path="tr/bike/x.md", former=("tr/bike/flat-tyre/",))
    made = book(TYRE, moved)
    assert made.fallbacks == {}
    assert made.redirects["tr/bike/flat-tyre/"].target == "tr/bike/x/"


def test_a_former_fallback_page_leads_to_the_translation() -> None:
    """While it stands it is no redirect; once translated, readers stay in their language."""
    was = PublishedAddress("tr/bike/flat-tyre/", "kb-1", "tr", LONG_AGO)
    assert "tr/bike/flat-tyre/" not in book(TYRE, published=(was,)).redirects
    made = book(TYRE, REIFEN, published=(was,))
    assert made.redirects["tr/bike/flat-tyre/"].target == "tr/bike/lastik/"
    hidden = address_book([TYRE], replace(settings(), untranslated="hide"), (was,))
    assert hidden.redirects["tr/bike/flat-tyre/"].target == "en/bike/flat-tyre/"
