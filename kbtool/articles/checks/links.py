"""Rules about links: that they lead somewhere, and that their words say where."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.files.moving import LinksOf
from kbtool.model import PUBLIC, Article, Finding
from kbtool.text import get_language, words
from kbtool.text.code import without_code

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PERMALINK = re.compile(r"/?a/([^/]+)/?(?:index\.html)?")
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:!\[[^\[\]]*\]\([^()\s]*\)|[^\[\]])*)\]"
    r"\(\s*(?P<url><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)"
    r"|<a\b(?P<tag>[^<>]*)>(?P<inner>.*?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ALT = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)|<img\b[^<>]*\balt\s*=\s*[\"']([^\"']*)[\"'][^<>]*>")
_TAG = re.compile(r"<[^<>]*>")


class Lead(NamedTuple):
    """A link to a place of ours."""

    url: str
    """As written."""
    line: int
    """1-based, of the file."""
    to: str
    """The path of a file of ``content/``, ``/`` and an article's id, or nothing: the same page."""
    anchor: str


def leads_of(article: Article, links: LinksOf) -> Iterator[Lead]:
    """The links of an article that may lead nowhere, or to an article."""
    counted = line = 0
    for target in links(article.body):
        path, _, anchor = target.url.partition("#")
        path = unquote(path.partition("?")[0])
        permalink = _PERMALINK.fullmatch(path) if path.startswith("/") else None
        if _SCHEME.match(target.url) or (path.startswith("/") and not permalink):
            continue  # another host's, or what only the build knows
        line += article.body.count("\n", counted, target.start)
        counted = target.start
        beside = posixpath.join(posixpath.dirname(article.path), path)
        to = f"/{permalink[1].lower()}" if permalink else posixpath.normpath(beside) if path else ""
        yield Lead(target.url, article.body_line + line, to, anchor)


def link_findings(
    article: Article, shelf: Shelf, leads: Iterable[Lead], live: Collection[str] | None = None
) -> Iterator[Finding]:
    """Links to articles, headings and files that are not there.

    ``live`` asks whether the article could be published now, together with these ids: then a link
    to an unpublished article is a finding too, as it is for every published one.
    """
    public = article.status in PUBLIC or live is not None
    for lead in leads:
        found = _target(lead, article, shelf)
        if found is None:
            problem = None if _is_there(lead, article, shelf) else _nowhere(lead.url)
        elif lead.anchor and not shelf.has_anchor(found, unquote(lead.anchor)):
            told = f"the link {lead.url} leads to a heading that is not there"
            problem = "broken-anchor", told
        elif public and found.status not in PUBLIC and found.id not in {article.id, *(live or ())}:
            told = f"the link {lead.url} leads to an article that is not published"
            problem = "broken-link", told
        else:
            continue
        if problem:
            hint = "mend or remove the link"
            yield finding(problem[0], article.path, lead.line, problem[1], hint)


def leading_to(gone: Article, shelf: Shelf, links: LinksOf) -> Iterator[Finding]:
    """The links of published articles that would break when readers do not see ``gone`` any more."""
    for article in shelf.articles:
        if article.status not in PUBLIC or article.id == gone.id:
            continue
        for lead in leads_of(article, links):
            found = _target(lead, article, shelf)
            if found is not None and found.id == gone.id:
                message = f"the link {lead.url} leads to {gone.id}"
                hint = "mend or remove the link first"
                yield finding("broken-link", article.path, lead.line, message, hint)


def word_findings(article: Article) -> Iterator[Finding]:
    """Links without words or without an address, and those whose words do not say where they lead.

    A reader who listens hears a page's links one after another, without the sentences around them.
    """
    vague = {tuple(words(text, article.lang)) for text in get_language(article.lang).vague_links}
    text = without_code(article.body)
    for match in _LINK.finditer(text):
        line = article.body_line + text.count("\n", 0, match.start())
        href = _HREF.search(match["tag"]) if match["tag"] is not None else None
        if match["tag"] is not None and href is None:
            continue  # the target of a link, not one
        url = next(filter(None, href.groups()), "") if href else (match["url"] or "").strip("<>")
        shown = _TAG.sub(" ", _ALT.sub(r"\1\2", match["text"] or match["inner"] or "")).strip()
        if not shown or not url.strip():
            lacks = "words" if not shown else "address"
            hint = "write the title of what it leads to, or take the link out"
            yield finding("empty-link", article.path, line, f"a link has no {lacks}", hint)
        elif tuple(words(shown, article.lang)) in vague:
            message = f"the words of the link do not say where it leads: {shown}"
            hint = "link the words that name the page"
            yield finding("vague-link", article.path, line, message, hint)


def _nowhere(url: str) -> tuple[str, str]:
    return "broken-link", f"the link {url} leads nowhere"


def _target(lead: Lead, article: Article, shelf: Shelf) -> Article | None:
    """The article that a link leads to; None when it is no link to an article we have."""
    if lead.to.startswith("/"):
        named = shelf.by_id.get(lead.to[1:])
        return shelf.heir(named) if named else None
    return shelf.by_path.get(lead.to) if lead.to else article


def _is_there(lead: Lead, article: Article, shelf: Shelf) -> bool:
    """Whether a path that is no article's leads to a file."""
    if lead.to.startswith("/"):
        return False
    path = unquote(re.split(r"[?#]", lead.url, maxsplit=1)[0])
    root = shelf.settings.content_dir
    file = (root / posixpath.dirname(article.path) / path).resolve()
    return file.is_relative_to(root.resolve()) and file.is_file() and file.suffix != ".md"
