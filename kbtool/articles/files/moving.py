"""Relative links keep leading where they led when files of ``content/`` move."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol
from urllib.parse import unquote

from kbtool.model import Article

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|\?|$", re.IGNORECASE)
_MARKS = re.compile(r"[\s()<>%?#\"'\\]")


class Target(Protocol):
    """A link as written and where it stands in the body."""

    @property
    def url(self) -> str: ...  # noqa: D102 - a field
    @property
    def start(self) -> int: ...  # noqa: D102 - a field
    @property
    def end(self) -> int: ...  # noqa: D102 - a field


LinksOf = Callable[[str], Iterable[Target]]
"""The links of a Markdown body, in order."""


def place_of(url: str, file: str) -> str | None:
    """The path in ``content/`` that a link in ``file`` leads to; None when it is not relative."""
    if _ELSEWHERE.match(url):
        return None
    path = unquote(re.split(r"[?#]", url, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))


def relinked(article: Article, was: str, moved: Mapping[str, str], links: LinksOf) -> Article:
    """``article``, which stood at ``was``, with the relative links that its own move and that of
    other files (old path → new path) would break written anew.
    """
    pieces: list[str] = []
    last = 0
    for target in links(article.body):
        place = place_of(target.url, was)
        if place is None or place.startswith(".."):
            continue
        now = moved.get(place, place)
        if place_of(target.url, article.path) == now:
            continue
        path = posixpath.relpath(now, posixpath.dirname(article.path) or ".")
        rest = re.search(r"[?#].*", target.url)
        pieces += [article.body[last : target.start], _written(path), rest[0] if rest else ""]
        last = target.end
    if not pieces:
        return article
    return replace(article, body="".join([*pieces, article.body[last:]]))


def _written(path: str) -> str:
    return _MARKS.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), path)
