"""Find articles by fields, phrases, filters and boolean queries: the record → hits with links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kbtool.config import Settings
from kbtool.model import SearchHit
from kbtool.search.record.files import FOLDER
from kbtool.search.record.read import Record, RecordFound, RecordHit
from kbtool.search.restore import asked, silent
from kbtool.search.snippet import snippet
from kbtool.workflows.search import check_filters


@dataclass(frozen=True, slots=True)
class AdvancedAnswer:
    """What was found, best first."""

    query: str
    lang: str | None
    category: str | None
    tag: str | None
    site_url: str
    """With a trailing slash; hits' addresses are relative to it."""
    hits: tuple[SearchHit, ...]
    """Their scores are hundredths of the record's."""
    total: int
    """Articles that match, shown or not."""
    notes: tuple[str, ...]
    """What of the query was not understood or is in no article."""

    def permalink(self, hit: SearchHit) -> str:
        """The full permanent address of a hit."""
        return self.site_url + hit.permalink

    def page(self, hit: SearchHit) -> str:
        """The full address of a hit's page as it is now."""
        return self.site_url + hit.url


def search_advanced(
    settings: Settings,
    query: str,
    *,
    lang: str | None = None,
    category: str | None = None,
    tag: str | None = None,
    limit: int = 10,
    told: Callable[[str], None] = silent,
) -> AdvancedAnswer:
    """The best ``limit`` articles for a query in the agents' language (``record.query``).

    ``lang``, ``category`` and ``tag`` are strict filters. A damaged record is restored first, which
    ``told`` says. Raises IndexMissingError when nothing was built yet or the record cannot be
    restored, NotFoundError when the knowledge base has no such language or category.
    """
    check_filters(settings, lang, category)

    def ask(directory: Path) -> RecordFound:
        with Record.open(directory / FOLDER) as record:
            return record.find(query, lang=lang, category=category, tag=tag, limit=limit)

    found = asked(settings, ask, told)
    return AdvancedAnswer(
        query=query,
        lang=lang,
        category=category,
        tag=tag,
        site_url=settings.site_url,
        hits=tuple(map(_shown, found.hits)),
        total=found.total,
        notes=found.notes,
    )


def _shown(hit: RecordHit) -> SearchHit:
    article = hit.document
    return SearchHit(
        id=article.id,
        title=article.title,
        lang=article.lang,
        category=article.category,
        url=article.url,
        permalink=article.permalink,
        score=round(100 * hit.score),
        snippet=snippet(article.body, article.lang, hit.words),
    )
