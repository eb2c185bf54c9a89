"""Articles in ``content/``: read with every problem named, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import FileIO
from pathlib import Path
from typing import TypeAlias

from kbtool.articles.files.frontmatter import (
    dump_article,
    field_line,
    one_newline,
    parse_article,
)
from kbtool.articles.files.header import MAX_HEADER
from kbtool.disk import replace_file
from kbtool.errors import ContentError, NotFoundError
from kbtool.model import Article, Finding
from kbtool.text import did_you_mean

MAX_FILE = 8 * MAX_HEADER
DRAFTS = "drafts"
DOUBLE = "duplicate-id"
"""Code of the finding that two files have one id."""
_FEW = 5
"""Articles named in a hint."""


@dataclass(frozen=True)
class Source:
    """A file of ``content/`` as it was read."""

    path: str
    """Relative to the content folder, with forward slashes."""
    raw: bytes

    @cached_property
    def digest(self) -> str:
        """Hash of its bytes, in hex."""
        return sha256(self.raw, usedforsecurity=False).hexdigest()


Parsed: TypeAlias = tuple[Article | None, Sequence[Finding]]
"""What a file holds, None when anything is wrong with it, and what that is."""


def read_articles(
    content_dir: Path, parse: Callable[[Source], Parsed] | None = None
) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """All articles and drafts below ``content_dir`` by path, and what could not be read.

    A file that cannot be read, leads outside the folder, or repeats another's id becomes a
    Finding and is left out; hidden files and folders are ignored. ``parse`` is ``parse_source``
    or gives the same.
    """
    articles: list[Article] = []
    findings: list[Finding] = []
    parsing = parse or parse_source
    for name, path in _files(content_dir, content_dir.resolve(), findings):
        raw = _read(name, path)
        article, found = parsing(Source(name, raw)) if isinstance(raw, bytes) else (None, [raw])
        findings.extend(found)
        if article:
            articles.append(article)
    kept, doubles = _distinct(content_dir, articles)
    findings.extend(doubles)
    return kept, tuple(sorted(findings, key=lambda f: (f.file, f.line, f.code)))


def text_of(source: Source) -> str:
    """What a file says, with every line ended by a line feed. Raises UnicodeDecodeError."""
    return one_newline(source.raw.decode("utf-8"))


def parse_source(source: Source) -> Parsed:
    """The article in a file, or what is wrong with it."""
    try:
        return parse_article(text_of(source), source.path)
    except UnicodeDecodeError as error:
        line = source.raw[: error.start].count(b"\n") + 1
        found = _unread(
            source.path, "not-utf8", "the file is not UTF-8 text", "save it as UTF-8", line
        )
        return None, [found]


def find_article(
    articles: Iterable[Article],
    id_: str,
    unread: Sequence[Finding] = (),
    *,
    beginning: bool = False,
) -> Article:
    """The article with an id (letter case does not matter); with ``beginning``, the only one whose
    id begins so will do.

    Raises NotFoundError; ContentError when several files have the id, or when it may be in a file
    that could not be read: those ``unread`` that are named after it, or all.
    """
    known = {article.id.lower(): article for article in articles}
    name = id_.lower()
    if found := known.get(name):
        return _only(found, unread)
    alike = sorted(other for other in known if beginning and name and other.startswith(name))
    if len(alike) == 1:
        return _only(known[alike[0]], unread)
    if unread:
        own = [f for f in unread if f.file.rpartition("/")[2].lower() == f"{name}.md"]
        hint = "mend the lines named above" + ("" if own else "; it may be in one of these files")
        raise ContentError(f"{id_} cannot be read", findings=own or unread, hint=hint)
    if alike:
        shown = ", ".join(known[other].id for other in alike[:_FEW])
        more = f" and {len(alike) - _FEW} more" if len(alike) > _FEW else ""
        raise NotFoundError(f"several articles begin with {id_!r}", hint=f"there are {shown}{more}")
    raise NotFoundError(f"there is no article {id_!r}", hint=did_you_mean(name, sorted(known)))


def _only(article: Article, unread: Sequence[Finding]) -> Article:
    """``article``, unless another file has its id. Raises ContentError."""
    same = f"the id {article.id} is ".lower()
    doubles = [f for f in unread if f.code == DOUBLE and f.message.lower().startswith(same)]
    if doubles:
        hint = "mend the lines named above: nobody can tell which of them is meant"
        raise ContentError(f"several files are {article.id}", findings=doubles, hint=hint)
    return article


def write_article(content_dir: Path, article: Article) -> Path:
    """Write ``article`` to its own path in one step; the path written comes back.

    Either the old file or the whole new one is there, also after a power cut. Raises
    ContentError when the path leads outside ``content_dir`` or the disk refuses.
    """
    path = content_dir / article.path
    if not _inside(path, content_dir.resolve()) or path.is_symlink():
        raise ContentError(
            f"{article.path}: leads outside the content folder", hint="remove the symbolic link"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, dump_article(article).encode())
    except OSError as error:
        hint = "nothing was changed; free some space or check the permissions and run it again"
        raise ContentError(f"{path}: {error.strerror}", hint=hint) from None
    return path


def move_article(content_dir: Path, old: Article, new: Article) -> Path:
    """Write ``new``, then remove ``old``'s file when its path is another one.

    Raises ContentError when another file stands at the new path. In between, both exist: the
    check names them, nothing is lost.
    """
    if old.path != new.path and (content_dir / new.path).exists():
        raise ContentError(
            f"{new.path}: another file is already there",
            hint="give the draft another title, or move the other file",
        )
    path = write_article(content_dir, new)
    if old.path != new.path:
        (content_dir / old.path).unlink(missing_ok=True)
    return path


def line_of(content_dir: Path, article: Article, key: str) -> int:
    """The line of a front matter key in an article's file, 1 when it cannot be found."""
    with suppress(OSError, UnicodeDecodeError):
        return field_line((content_dir / article.path).read_text("utf-8"), key)
    return 1


def _files(content_dir: Path, root: Path, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    """(path relative to the folder, path) of each file: a folder's own before those below it."""
    folders = [("", str(content_dir))]
    while folders:
        name, folder = folders.pop()
        below = []
        for entry in _entries(folder):
            own = name + entry.name
            is_text = entry.name.endswith(".md")
            if entry.is_symlink():
                if (is_text or entry.is_dir()) and not _inside(Path(entry.path), root):
                    findings.append(_outside(own))
            elif entry.is_dir():
                below.append((f"{own}/", entry.path))
            elif is_text and entry.is_file():
                yield own, entry.path
        folders += reversed(below)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What stands in a folder, by name, without what is hidden; nothing when it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            shown = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return []
    return sorted(shown, key=lambda entry: entry.name)


def _read(name: str, path: str) -> bytes | Finding:
    try:
        with FileIO(path) as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE:
                return _unread(name, "too-large", "the file is larger than 8 MB", "split it")
            return file.read()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return _unread(name, "unreadable", message, "check its permissions")


def _distinct(
    content_dir: Path, articles: Sequence[Article]
) -> tuple[tuple[Article, ...], list[Finding]]:
    first: dict[str, Article] = {}
    doubles: list[Finding] = []
    for article in articles:
        other = first.setdefault(article.id.lower(), article)
        if other is not article:
            place = f"{other.path}:{line_of(content_dir, other, 'id')}"
            message = f"the id {article.id} is also used in {place}"
            hint = "give the newer one another id; an id once published never changes"
            line = line_of(content_dir, article, "id")
            doubles.append(Finding("error", DOUBLE, article.path, line, message, hint))
    return tuple(first.values()), doubles


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _outside(name: str) -> Finding:
    hint = "copy the file into content/ instead of linking it"
    message = "a symbolic link that leads outside the content folder"
    return Finding("error", "outside-content", name, 1, message, hint)


def _unread(name: str, code: str, message: str, hint: str, line: int = 1) -> Finding:
    return Finding("error", code, name, line, message, hint)
