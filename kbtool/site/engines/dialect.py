"""The Markdown of articles: its extensions, and our own one, which cleans what they made.

Both engines hand articles to Python-Markdown. Cleaning is its last step there, so that an engine
without hooks cleans as well, before a template or anything else has seen the HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from kbtool.site.engines.sanitize import sanitize
from kbtool.text import slugify

CLEANING = __name__
"""The extension by the name that Python-Markdown loads it by."""


def extensions(lang: str, own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ours, then the user's as ``{name: options}``; one the user configures replaces ours. The
    cleaning stands last, and nobody can replace it.
    """
    ours: list[dict[str, Any]] = [
        {"admonition": {}},
        {"attr_list": {}},
        {"pymdownx.details": {}},
        {"pymdownx.superfences": {}},
        {"sane_lists": {}},
        {"tables": {"use_align_attribute": True}},  # a style attribute would break a strict CSP
        {"toc": {"slugify": anchors(lang)}},
    ]
    kept = [entry for entry in own if CLEANING not in entry]
    names = {next(iter(entry)) for entry in kept}
    return [*(one for one in ours if next(iter(one)) not in names), *kept, {CLEANING: {}}]


def anchors(lang: str) -> partial[str]:
    """What makes the anchor of a heading: our slugs, for the script of ``lang``."""
    return partial(_anchor, lang)


def _anchor(lang: str, text: str, separator: str) -> str:
    return slugify(text, lang)


class Cleaning(Extension):  # type: ignore[misc] # Python-Markdown ships no types
    """Cleans the HTML of an article after all other extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Stand last."""
        md.postprocessors.register(_Cleaner(md), "kbtool", float("-inf"))


class _Cleaner(Postprocessor):  # type: ignore[misc] # the same
    def run(self, text: str) -> str:
        return sanitize(text)


def makeExtension(**options: Any) -> Cleaning:  # noqa: N802 - Python-Markdown's own name
    """What Python-Markdown calls when it loads this module."""
    return Cleaning(**options)
