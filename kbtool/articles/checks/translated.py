"""Translations whose original has changed since, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.files.sections import TITLE, TOP, Section, fingerprint, mark_of
from kbtool.model import Article, Finding


def stale_translations(shelf: Shelf) -> Iterator[Finding]:
    """A finding for each section of an original that changed, came or went since the translation
    was published. Translations that never recorded what they were made from are left alone.
    """
    for article in shelf.alive:
        original = shelf.by_id.get((article.translation_of or "").lower())
        if original is None or not article.translated:
            continue
        if shelf.mark(original) != mark_of(article.translated):
            yield from _changes(article, original, shelf)


def _changes(article: Article, original: Article, shelf: Shelf) -> Iterator[Finding]:
    theirs, own = shelf.sections(original), shelf.sections(article)
    known, today = dict(article.translated), dict(fingerprint(original, theirs))
    hint = f"bring it up to date, then kbtool publish {article.id} --by …"
    lines = {section.name: section.line for section in theirs}
    for name in [*today, *(name for name in known if name not in today)]:
        if known.get(name) == today.get(name):
            continue
        place = f"{original.path}:{_line(original, name, lines, shelf)}"
        what = _named(name, theirs)
        happened = (
            f"{what} is new in {original.id}" if name not in known
            else f"{what} is gone from {original.id}" if name not in today
            else f"{what} of {original.id} changed"
        )  # fmt: skip
        yield finding(
            "stale-translation", article.path, _own_line(article, name, theirs, own, shelf),
            f"{happened} since this was translated ({place})", hint,
        )  # fmt: skip


def _named(name: str, theirs: Sequence[Section]) -> str:
    if name == TITLE:
        return "the title"
    if name == TOP:
        return "the text before the first heading"
    title = next((section.title for section in theirs if section.name == name), name)
    return f"the section “{title}”"


def _line(original: Article, name: str, lines: dict[str, int], shelf: Shelf) -> int:
    if name == TITLE:
        return shelf.line(original, "title")
    return original.body_line + lines.get(name, 1) - 1


def _own_line(
    article: Article,
    name: str,
    theirs: Sequence[Section],
    own: Sequence[Section],
    shelf: Shelf,
) -> int:
    """The line of the translation's own section in the same place; that of ``translation_of``
    where the two have not as many sections.
    """
    if name == TITLE:
        return shelf.line(article, "title")
    place = next((n for n, section in enumerate(theirs) if section.name == name), None)
    if place is None or len(theirs) != len(own):
        return shelf.line(article, "translation_of")
    return article.body_line + own[place].line - 1
