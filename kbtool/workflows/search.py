"""Find articles for an agent: words → ranked articles with permanent links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kbtool.config import Settings
from kbtool.errors import NotFoundError
from kbtool.model import SearchFound, SearchHit
from kbtool.search.index import Index
from kbtool.search.restore import asked, silent


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What was found, best first."""

    query: str
    lang: str | None
    category: str | None
    site_url: str
    """With a trailing slash; hits' addresses are relative to it."""
    tag: str | None
    corrected: str | None
    """The query as it was searched, when words of it were taken for slips of others."""
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
    tag: str | None = None,
    limit: int = 10,
    as_typed: bool = False,
    told: Callable[[str], None] = silent,
) -> SearchAnswer:
    """The best ``limit`` articles for any text; ``lang``, ``category`` and ``tag`` are strict
    filters; ``as_typed`` corrects nothing. A damaged index is restored first, which ``told`` says.

    Raises IndexMissingError when nothing was built yet or the index cannot be restored,
    NotFoundError when the knowledge base has no such language or category.
    """
    check_filters(settings, lang, category)

    def ask(directory: Path) -> tuple[SearchFound, tuple[SearchHit, ...]]:
        with Index.open(directory) as index:
            find = partial(
                index.search, query, category=category, tag=tag, limit=limit, as_typed=as_typed
            )
            found = find(lang=lang, only_lang=True)
            return found, find().hits if lang and not found.hits else ()

    found, others = asked(settings, ask, told)
    return SearchAnswer(
        query=query,
        lang=lang,
        category=category,
        tag=tag,
        corrected=found.corrected,
        site_url=settings.site_url,
        hits=found.hits,
        elsewhere=tuple(sorted({hit.lang for hit in others})),
    )


def check_filters(settings: Settings, lang: str | None, category: str | None = None) -> None:
    """Raises NotFoundError when the knowledge base has no such language or category."""
    known = {
        "language": (lang, settings.languages),
        "category": (category, tuple(shelf.slug for shelf in settings.categories)),
    }
    for what, (name, names) in known.items():
        if name is not None and name not in names:
            hint = "there are: " + ", ".join(names) if names else f"mkdocs.yml names no {what}"
            raise NotFoundError(f"no {what} {name!r} in this knowledge base", hint=hint)
