"""The next command of each suggestion; where a line is to be written, the editor at that line."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kbtool.articles.files.store import line_of
from kbtool.config import Settings
from kbtool.model import Article, Proposal, Suggestion
from kbtool.suggest.wordings.searches import is_plain

EDITOR = "${EDITOR:-vi}"
"""What a shell makes of the user's own editor; ``+LINE`` is understood by vi, vim, nano, emacs."""


def with_next_steps(
    found: Iterable[Suggestion], settings: Settings, articles: Sequence[Article]
) -> tuple[Suggestion, ...]:
    """The suggestions, each with a command where there is one, and with the lines' places."""
    by_id = {article.id: article for article in articles}
    return tuple(_with_step(one, settings, by_id) for one in found)


def edit(settings: Settings, path: Path, line: int) -> str:
    """The command that opens a file of the knowledge base at a line, typed in its root folder."""
    name = path.relative_to(settings.root).as_posix()
    return f"{EDITOR} +{line} {shlex.quote(name)}"


def _with_step(one: Suggestion, settings: Settings, articles: Mapping[str, Article]) -> Suggestion:
    placed = replace(
        one, proposals=tuple(_placed(line, settings, articles) for line in one.proposals)
    )
    if placed.command is not None:
        return placed
    return replace(placed, command=_command(placed, settings, articles))


def _placed(line: Proposal, settings: Settings, articles: Mapping[str, Article]) -> Proposal:
    article = articles.get(line.article or "")
    if article is not None:
        return replace(line, at=_asked_line(settings, article))
    lines = 0
    with suppress(OSError, UnicodeDecodeError):
        lines = len((settings.content_dir / line.file).read_text("utf-8").splitlines())
    return replace(line, at=max(1, lines))


def _asked_line(settings: Settings, article: Article) -> int:
    """The line of ``also_asked``, or of the title where there is none yet."""
    return line_of(settings.content_dir, article, "also_asked" if article.also_asked else "title")


def _command(one: Suggestion, settings: Settings, articles: Mapping[str, Article]) -> str | None:
    article = articles.get(one.article or "")
    if one.kind == "wording" and one.proposals:
        first = one.proposals[0]
        return edit(settings, settings.content_dir / first.file, first.at or 1)
    if one.kind == "wording" and article is not None:
        return edit(settings, settings.content_dir / article.path, _asked_line(settings, article))
    if one.kind == "promote":
        return edit(settings, settings.config_file, _pinned_line(settings.config_file))
    if one.kind == "translate" and article is not None:
        return f"kbtool review {article.id}"
    if one.kind == "write" and one.topic is None and is_plain(one.question):
        return f"kbtool search -- {shlex.quote(one.question)}"
    return None


def _pinned_line(file: Path) -> int:
    """Where ``home.pinned`` stands in mkdocs.yml, or what it goes below; 1 where nothing does."""
    with suppress(OSError, UnicodeDecodeError):
        lines = file.read_text("utf-8").splitlines()
        for key in ("pinned", "home", "kbtool", "extra"):
            for number, line in enumerate(lines, start=1):
                if re.match(rf"\s*{key}\s*:", line):
                    return number
    return 1
