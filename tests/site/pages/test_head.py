"""What heads of pages tell machines: addresses, translations, previews, data of schema.org."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from jinja2 import Environment, FileSystemLoader

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.site.pages.head import head
from kbtool.site.pages.jsonld import jsonld
from kbtool.site.pages.shown import shown
from kbtool.site.plan.manifest import Page
from kbtool.site.plan.shelves import Link
from kbtool.workflows.counted import counting
from tests.site.manifests import HOSTILE, STRINGS, manifest_of, page_at

URL = "https://help.velmo.example/"
IS_URL = {"type": "string", "pattern": r"^https://help\.velmo\.example/[!-~]*$"}
TEXT = {"type": "string", "minLength": 1}


def thing(kind: str, /, **fields: Any) -> dict[str, Any]:
    """A schema of exactly these fields; those that end in _ may be missing."""
    names = {name.rstrip("_"): schema for name, schema in fields.items()}
    return {
        "type": "object",
        "properties": {"@type": {"const": kind}, **names},
        "required": ["@type", *(name for name in fields if not name.endswith("_"))],
        "additionalProperties": False,
    }


def listed(item: dict[str, Any], least: int) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least}


PUBLISHER = thing("Organization", name=TEXT, url=IS_URL)
LANG = {"enum": ["en", "tr"]}
SCHEMAS = {
    "Article": thing(
        "Article",
        headline=TEXT,
        description=TEXT,
        inLanguage=LANG,
        url=IS_URL,
        dateModified_={"type": "string", "format": "date"},
        mainEntityOfPage=thing("WebPage", **{"@id": IS_URL}),
        author=PUBLISHER,
        publisher=PUBLISHER,
    ),
    "BreadcrumbList": thing(
        "BreadcrumbList",
        itemListElement=listed(
            thing("ListItem", position={"type": "integer", "minimum": 1}, name=TEXT, item=IS_URL), 2
        ),
    ),
    "FAQPage": thing(
        "FAQPage",
        url=IS_URL,
        inLanguage=LANG,
        mainEntity=listed(
            thing("Question", name=TEXT, acceptedAnswer=thing("Answer", text=TEXT, url=IS_URL)), 1
        ),
    ),
    "WebSite": thing(
        "WebSite",
        name=TEXT,
        url=IS_URL,
        inLanguage=LANG,
        publisher=PUBLISHER,
        potentialAction=thing(
            "SearchAction",
            target=thing(
                "EntryPoint", urlTemplate={"type": "string", "pattern": r"^https:.*\{\w+\}$"}
            ),
            **{"query-input": {"const": "required name=search_term_string"}},
        ),
    ),
}
"""What schema.org knows and Google's rules ask for, of each thing that we tell."""


def things(page: Page, settings: Settings) -> dict[str, dict[str, Any]]:
    """The things of a page by type, each held against its schema."""
    data = jsonld(page, settings)
    if data is None:
        return {}
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    for one in data["@graph"]:
        jsonschema.validate(one, SCHEMAS[one["@type"]])
    return {one["@type"]: one for one in data["@graph"]}


def test_every_page_tells_valid_things(settings: Settings) -> None:
    """And those of its kind: tools tell nothing."""
    expected = {
        "home": {"WebSite"},
        "category": {"BreadcrumbList", "FAQPage"},
        "article": {"Article", "BreadcrumbList"},
    }
    for page in manifest_of(settings, title="Is my tyre flat?").pages:
        kinds = things(page, settings).keys()
        assert kinds <= expected.get(page.kind, set())
        assert kinds or page.kind not in expected


def test_an_article_tells_its_day_and_its_way(settings: Settings) -> None:
    """Positions count from one; without a day none is told."""
    page = page_at(manifest_of(settings), "en/bike/tyre/")
    told = things(page, settings)
    assert told["Article"]["headline"] == "My tyre is flat"
    assert told["Article"]["dateModified"] == "2026-06-03"
    way = [(e["position"], e["item"]) for e in told["BreadcrumbList"]["itemListElement"]]
    assert way == [(1, f"{URL}en/"), (2, f"{URL}en/bike/"), (3, f"{URL}en/bike/tyre/")]
    assert "dateModified" not in things(replace(page, updated=None), settings)["Article"]


def test_questions_are_those_the_category_answers_in_sight(settings: Settings) -> None:
    """Titles that ask, with the line below them; none of another language, none where only titles
    are listed.
    """
    manifest = manifest_of(settings)
    page = page_at(manifest, "en/billing/")
    (asked,) = things(page, settings)["FAQPage"]["mainEntity"]
    assert (asked["name"], asked["acceptedAnswer"]["text"]) == (
        "Where is my refund?", "About Where is my refund?",
    )  # fmt: skip
    assert "FAQPage" not in things(page_at(manifest, "en/bike/"), settings)
    other = replace(page, links=(Link("Why?", "en/x/", "Because.", "tr"), Link("Why?", "en/y/")))
    assert "FAQPage" not in things(other, settings)
    (section,) = page.shelves[0].sections
    dense = replace(page.shelves[0], sections=(replace(section, links=section.links * 26),))
    assert "FAQPage" not in things(replace(page, shelves=(dense,)), settings)


def test_a_fallback_page_says_where_it_belongs(settings: Settings) -> None:
    """Its canonical address is the original's; it has no data, no twin and no translations."""
    page = page_at(manifest_of(settings), "tr/bike/theft/")
    assert head(page, settings) == {"canonical": f"{URL}en/bike/theft/", "locale": "tr_TR"}


@pytest.mark.parametrize(
    ("address", "default"),
    [("en/bike/tyre/", "en/bike/tyre/"), ("tr/", ""), ("tr/contact/", "en/contact/")],
)
def test_readers_of_other_languages_are_led_to_the_default(
    settings: Settings, address: str, default: str
) -> None:
    """x-default: the language chooser for home pages."""
    told = head(page_at(manifest_of(settings), address), settings)["alternates"]
    assert [one["lang"] for one in told] == ["en", "tr", "x-default"]
    assert told[-1]["url"] == URL + default
    assert {"lang": address[:2], "url": URL + address} in told


class Head(HTMLParser):
    """The elements of a head: (name, attributes, text)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if data.strip():
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)

    def meta(self, name: str) -> list[str | None]:
        """The contents of all meta elements of a name or property."""
        return [
            a["content"] for tag, a, _ in self.found if name in (a.get("name"), a.get("property"))
        ]


def rendered(page: Page, settings: Settings, **site: Any) -> Head:
    """``parts/head.html`` as an engine renders it."""
    environment = Environment(loader=FileSystemLoader(bundled("theme")), autoescape=True)
    kb = shown(page, "../", STRINGS, counting(settings)) | {"head": head(page, settings)}
    context = {
        "kb": kb, "page": {"title": page.title}, "site": {"name": settings.site_name, "url": URL, **site},
    }  # fmt: skip
    return Head(environment.get_template("parts/head.html").render(context))


def test_the_head_of_an_article(settings: Settings) -> None:
    """Address, translations, twin, preview and data."""
    page = page_at(manifest_of(settings), "en/bike/tyre/")
    found = rendered(page, settings, picture="media/logo.png")
    links = [(a["rel"], a.get("hreflang"), a["href"]) for tag, a, _ in found.found if tag == "link"]
    assert links == [
        ("canonical", None, f"{URL}en/bike/tyre/"),
        ("alternate", "en", f"{URL}en/bike/tyre/"),
        ("alternate", "tr", f"{URL}tr/bike/lastik/"),
        ("alternate", "x-default", f"{URL}en/bike/tyre/"),
        ("alternate", None, f"{URL}en/bike/tyre/index.md"),
    ]
    for name, content in (
        ("description", "About My tyre is flat"), ("og:type", "article"),
        ("og:site_name", "Velmo Help"), ("og:title", "My tyre is flat"),
        ("og:description", "About My tyre is flat"), ("og:url", f"{URL}en/bike/tyre/"),
        ("og:locale", "en_US"), ("og:locale:alternate", "tr_TR"),
        ("article:modified_time", "2026-06-03"), ("og:image", f"{URL}media/logo.png"),
        ("twitter:card", "summary"),
    ):  # fmt: skip
        assert found.meta(name) == [content], name


@pytest.mark.parametrize("address", ["en/search/", "en/404.html"])
def test_tools_are_not_to_be_found(settings: Settings, address: str) -> None:
    """They say so, and nothing else."""
    found = rendered(page_at(manifest_of(settings), address), settings)
    assert [a for tag, a, _ in found.found] == [{"name": "robots", "content": "noindex"}]


def test_a_title_cannot_leave_its_place(settings: Settings) -> None:
    """Neither an attribute nor the data block: it ends where it should and reads back."""
    found = rendered(page_at(manifest_of(settings, title=HOSTILE), "en/bike/tyre/"), settings)
    ((_, attributes, text),) = [one for one in found.found if one[0] == "script"]
    assert attributes == {"type": "application/ld+json"}
    assert json.loads(text)["@graph"][0]["headline"] == HOSTILE
    assert found.meta("og:title") == [HOSTILE]
