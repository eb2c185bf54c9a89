"""Categories as readers see them: their sections, and the articles in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kbtool.config import Category, Settings
from kbtool.model import Article


@dataclass(frozen=True, slots=True)
class Link:
    """A page as another page names it; ``url`` is site-relative."""

    title: str
    url: str
    summary: str = ""
    lang: str = ""
    """Of title and summary where the page that lists it has another; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Section:
    """Articles of a category that belong together; those without a section come first, with
    neither slug nor title.
    """

    slug: str
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in one language with its articles in order."""

    slug: str
    title: str
    description: str
    icon: str
    url: str
    sections: tuple[Section, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """All its articles as the page lists them."""
        return tuple(link for section in self.sections for link in section.links)

    def section(self, article: Article) -> Link | None:
        """Where the category's page lists an article's section."""
        found = next((s for s in self.sections if s.slug and s.slug == article.section), None)
        return Link(found.title, f"{self.url}#{anchor(found.slug)}") if found else None


def anchor(section: str) -> str:
    """The id of a section's heading on its category's page."""
    return f"section-{section}"


def shelves(
    listed: Sequence[Article], link: Callable[[Article], Link], lang: str, settings: Settings
) -> tuple[Shelf, ...]:
    """The categories that hold articles in ``lang``: as set, then those only found in content/.

    ``listed`` are that language's articles in order, fallback pages last.
    """
    configured = {category.slug: category for category in settings.categories}
    used = {article.category for article in listed if article.category}
    extra = [Category(slug, {}, {}) for slug in sorted(used - configured.keys())]
    say = partial(_say, lang=lang, default=settings.default_language)
    return tuple(
        Shelf(
            slug=category.slug,
            title=say(category.title) or _readable(category.slug),
            description=say(category.description),
            icon=category.icon,
            url=f"{lang}/{category.slug}/",
            sections=_sections(
                category, [a for a in listed if a.category == category.slug], link, say
            ),
        )
        for category in (*configured.values(), *extra)
        if category.slug in used
    )


def _sections(
    category: Category,
    own: Sequence[Article],
    link: Callable[[Article], Link],
    say: Callable[[dict[str, str]], str],
) -> tuple[Section, ...]:
    """Those that hold articles: the loose ones, then as set, then those only found in content/."""
    used = {article.section or "" for article in own}
    slugs = ["", *category.sections, *sorted(used - category.sections.keys() - {""})]
    return tuple(
        Section(
            slug=slug,
            title=say(category.sections.get(slug, {})) or _readable(slug),
            links=tuple(link(article) for article in own if (article.section or "") == slug),
        )
        for slug in slugs
        if slug in used
    )


def _say(texts: dict[str, str], lang: str, default: str) -> str:
    return texts.get(lang) or texts.get(default, "")


def _readable(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
