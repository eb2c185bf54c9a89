"""Links between files of ``content/`` become links between pages; one that leads nowhere is an
error with its line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from kbtool.model import Article, Finding
from kbtool.site.pages.pictures import size_of
from kbtool.text.code import without_code

MEDIA = "media/"
"""Where files that articles show (images, PDFs) stand on the site."""
_TARGETS = re.compile(
    r"""(?P<image>!\[[^\]\n]*)?\]\(\s*"""
    r"""(?:<(?P<angled>[^<>\n]*)>|(?P<inline>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"""
    r"""(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)"""
    r"""|^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*<?(?P<definition>[^\s<>]+)>?"""
    r"""|<(?P<tag>a|img)\b[^<>\n]*?\s(?:href|src)\s*=\s*["'](?P<html>[^"'\n]*)["']""",
    re.MULTILINE | re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link points, as written, and where it stands in the Markdown."""

    url: str
    start: int
    end: int
    image: bool
    after: int | None = None
    """Where attributes of an image may stand; None when they cannot."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a link may lead to."""

    pages: Mapping[str, str]
    """Address of the page of each article file (path relative to content/)."""
    addresses: frozenset[str]
    """Addresses of all pages, permanent and former ones included."""
    content_dir: Path
    hidden: frozenset[str]
    """Article files that are not on the site."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A body with its links rewritten, the files it shows, and what leads nowhere. An image says how
    large it is.
    """

    body: str
    media: frozenset[str]
    findings: tuple[Finding, ...]


def targets(markdown: str) -> Iterator[Target]:
    """Every link and image destination outside code, in order."""
    for match in _TARGETS.finditer(without_code(markdown)):
        name = next(n for n in ("angled", "inline", "definition", "html") if match[n] is not None)
        image = match["image"] is not None or (match["tag"] or "").lower() == "img"
        after = match.end() if match["image"] is not None else None
        yield Target(match[name], match.start(name), match.end(name), image, after)


def rewrite(article: Article, root: str, places: Places) -> Rewritten:
    """``article``'s body with relative links made page-relative; ``root`` leads to the site root."""
    body, pieces, last = article.body, [], 0
    media: set[str] = set()
    findings: list[Finding] = []
    for target in targets(body):
        try:
            address = _resolve(target, article.path, places)
        except _LeadsNowhereError as problem:
            line = article.body_line + body.count("\n", 0, target.start)
            findings.append(problem.finding(article.path, line))
            continue
        if address is None:
            continue
        if address.startswith(MEDIA):
            media.add(address.removeprefix(MEDIA))
        fragment = target.url.partition("#")[2]
        new = root + quote(address) + (f"#{fragment}" if fragment else "")
        pieces += [body[last : target.start], new]
        last = target.end
        if attributes := _attributes(target, address, body, places):
            pieces += [body[last : target.after], attributes]
            last = target.after or last
    return Rewritten("".join(pieces) + body[last:], frozenset(media), tuple(findings))


def _attributes(target: Target, address: str, body: str, places: Places) -> str:
    """The size of an image as attributes, so that its place is free before it has come; empty when
    it is not known or the writer said something of it.
    """
    if target.after is None or body.startswith("{", target.after):
        return ""
    size = size_of(places.content_dir / address.removeprefix(MEDIA))
    return f"{{ width={size[0]} height={size[1]} }}" if size else ""


class _LeadsNowhereError(Exception):
    """A link that a reader could not follow, or an image that a reader would not see."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(why)
        self.url, self.why = url, why

    def finding(self, file: str, line: int) -> Finding:
        message = f"the link {self.url} leads nowhere: {self.why}"
        return Finding("error", "broken-link", file, line, message, "mend or remove the link")


class _RemoteImageError(_LeadsNowhereError):
    """An image on another host: showing it would tell that host who reads."""

    def finding(self, file: str, line: int) -> Finding:
        message = f"the image {self.url} is on another host and is left out"
        hint = "copy it beside the article and link the copy"
        return Finding("warning", "remote-image", file, line, message, hint)


def _resolve(target: Target, file: str, places: Places) -> str | None:
    """The site address a target leads to, or None when it stays as it is."""
    url = target.url
    path = unquote(url.partition("#")[0].partition("?")[0])
    if _SCHEME.match(url):
        if target.image:
            raise _RemoteImageError(url, "on another host")
        return None
    if not path:
        return None
    if path.startswith("/"):
        return _known(path[1:], url, places, "the site has no such page")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    if joined in places.pages:
        return places.pages[joined]
    if joined in places.hidden:
        raise _LeadsNowhereError(url, "that article is not published")
    if not joined.endswith(".md") and _is_media(places.content_dir, joined):
        return MEDIA + joined
    return _known(joined + "/", url, places, "there is no such file in content/")


def _known(address: str, url: str, places: Places, otherwise: str) -> str:
    address = address.removesuffix("index.html")
    for found in (address, address.rstrip("/") + "/"):
        if found in places.addresses:
            return found
    raise _LeadsNowhereError(url, otherwise)


def _is_media(content_dir: Path, path: str) -> bool:
    """Whether ``path`` is a plain file inside the content folder, links followed."""
    if any(part.startswith(".") for part in path.split("/")):
        return False
    file, root = (content_dir / path).resolve(), content_dir.resolve()
    return file.is_relative_to(root) and file.is_file()
