"""Find articles for an agent: index → ranked articles with permanent links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.config import Settings
from kbtool.errors import NotFoundError
from kbtool.model import SearchHit
from kbtool.search.index import Index


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What was found, best first."""

    query: str
    lang: str | None
    category: str | None
    site_url: str
    """With a trailing slash; hits' addresses are relative to it."""
    hits: tuple[SearchHit, ...]
    elsewhere: tuple[str, ...]
    """When there are no hits: the languages that have some."""

    def permalink(self, hit: SearchHit) -> str:
        """The full permanent address of a hit."""
        return self.site_url + hit.permalink

    def page(self, hit: SearchHit) -> str:
        """The full address of a hit's page as it is now."""
        return self.site_url + hit.url


def search(
    settings: Settings,
    query: str,
    *,
    lang: str | None = None,
    category: str | None = None,
    limit: int = 10,
) -> SearchAnswer:
    """The best ``limit`` articles for any text; ``lang`` and ``category`` are strict filters.

    Raises IndexMissingError when nothing was built yet, NotFoundError when the knowledge base
    has no such language or category.
    """
    _check("language", lang, settings.languages)
    _check("category", category, [known.slug for known in settings.categories])
    with Index.open(settings.index_dir) as index:
        hits = index.search(query, lang=lang, category=category, limit=limit, only_lang=True)
        others = index.search(query, category=category, limit=limit) if lang and not hits else ()
    return SearchAnswer(
        query=query,
        lang=lang,
        category=category,
        site_url=settings.site_url,
        hits=hits,
        elsewhere=tuple(sorted({hit.lang for hit in others})),
    )


def _check(what: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        hint = "there are: " + ", ".join(known) if known else f"mkdocs.yml names no {what}"
        raise NotFoundError(f"no {what} {name!r} in this knowledge base", hint=hint)
