"""What the home page shows first: pinned articles, those most read, and what to search for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kbtool.addresses import group_of
from kbtool.config import Settings
from kbtool.model import PUBLIC, Article, Finding
from kbtool.site.plan.shelves import Shelf

MOST = 6
EXAMPLES = 3
EXAMPLE_LETTERS = 40
"""An example is tapped, not read."""


def wanted(
    shown: Sequence[Article], popular: Sequence[str], lang: str, settings: Settings
) -> tuple[str, ...]:
    """Groups of translations (ids of originals), best first: pinned ones, then those that are read
    most in ``lang``, then those read most in other languages.
    """
    known = {article.id.lower(): article for article in shown}
    read = [known[id_.lower()] for id_ in popular if id_.lower() in known]
    pinned = [known[id_.lower()] for id_ in settings.home.pinned if id_.lower() in known]
    read.sort(key=lambda article: article.lang != lang)
    return tuple(dict.fromkeys(group_of(article) for article in (*pinned, *read)))


def in_turn(shelves: Sequence[Shelf]) -> Iterator[str]:
    """Addresses of articles, one from each category in turn."""
    columns = [shelf.links for shelf in shelves]
    longest = max(map(len, columns), default=0)
    return (column[i].url for i in range(longest) for column in columns if i < len(column))


def examples(first: Sequence[Article], lang: str, settings: Settings) -> tuple[str, ...]:
    """What to search for: as set for ``lang``, else short wordings of the ``first`` articles."""
    given = (settings.home.examples or {}).get(lang)
    if given is not None:
        return given
    found = (_short(article) for article in first if article.lang == lang)
    return tuple(dict.fromkeys(text for text in found if text))[:EXAMPLES]


def _short(article: Article) -> str | None:
    texts = (*article.also_asked, article.title)
    return next((" ".join(t.split()) for t in texts if len(t) <= EXAMPLE_LETTERS), None)


def pin_findings(articles: Mapping[str, Article], settings: Settings) -> Iterator[Finding]:
    """Pinned ids that no reader can be led to; ``articles`` by id in lower case."""
    for id_ in settings.home.pinned:
        article = articles.get(id_.lower())
        if article is None or article.status not in PUBLIC:
            why = "there is no such article" if article is None else f"it is {article.status}"
            yield Finding(
                "warning", "unknown-pin", settings.config_file.name, 1,
                f"home.pinned names {id_}, which cannot be shown: {why}",
                "name published articles by their id",
            )  # fmt: skip
