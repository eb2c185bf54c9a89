"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result of a search, best first in its list."""

    id: str
    title: str
    lang: str
    category: str | None
    url: str
    permalink: str
    score: int
    snippet: tuple[tuple[str, bool], ...]
    """Pieces of plain text; ``True`` marks the words that matched."""


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What a search found."""

    hits: tuple[SearchHit, ...]
    """Best first."""
    lang: str | None
    """The language whose articles come first; None when there are no articles."""
    corrected: str | None
    """The query as it was searched, when words of it were taken for slips of others."""
