"""The permanent address of an article: the one that replies hold, for ever."""

from __future__ import annotations


def permalink_address(article_id: str) -> str:
    """The site-relative permanent address of an article."""
    return f"a/{article_id}/"
