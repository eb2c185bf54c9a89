"""Addresses of pages and articles: the one place where URL rules live.

A page's address is ``<lang>/[<category>/]<slug>/`` (site-relative, no leading slash); the slug is
the article's file name. An article's permanent address is ``a/<id>/``, for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from kbtool.model import Article

ARTICLE_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", re.IGNORECASE)
_PERMALINK = re.compile(r"a/([^/]+)/?")


def page_address(article: Article) -> str:
    """The site-relative address of an article's page."""
    slug = PurePosixPath(article.path).stem
    parts = [article.lang, article.category or "", slug]
    return "/".join(part for part in parts if part) + "/"


def permalink_address(article_id: str) -> str:
    """The site-relative permanent address of an article."""
    return f"a/{article_id}/"


def article_from_url(url: str, bases: Sequence[str], pages: Mapping[str, str]) -> str | None:
    """The id of the article that ``url`` points at, or None when it is not one of ours.

    ``bases`` are addresses of the help centre (site_url and former ones); ``pages`` maps page
    addresses to ids. Scheme, ``www.``, letter case of the host, query, fragment and a missing
    last slash do not matter. A permalink's id is returned even when no such article exists.
    """
    for base in bases:
        path = _path_below(url, base)
        if path is None:
            continue
        found = _PERMALINK.fullmatch(path)
        if found and ARTICLE_ID.fullmatch(found[1]):
            return found[1]
        address = path.removesuffix("index.html")
        return pages.get(address if address.endswith("/") else address + "/")
    return None


def _path_below(url: str, base: str) -> str | None:
    try:
        given, ours = urlsplit(url.strip()), urlsplit(base)
    except ValueError:
        return None
    if _host(given.netloc) != _host(ours.netloc):
        return None
    path, root = unquote(given.path).lstrip("/"), ours.path.strip("/")
    if not root:
        return path
    return path.removeprefix(root + "/") if path.startswith(root + "/") else None


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2].lower().removeprefix("www.")
