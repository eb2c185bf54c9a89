"""How found articles are shown and copied; with Click alone, like ``kbtool search``."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, Protocol

import click

from kbtool.cli.common import visible
from kbtool.errors import ExitCode
from kbtool.model import SearchHit


class Answer(Protocol):
    """What was found, for words or for a ticket."""

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """Best first."""

    def permalink(self, hit: SearchHit) -> str:
        """The full permanent address of a hit."""


class PagedAnswer(Answer, Protocol):
    """An answer that knows the hits' pages, too."""

    def page(self, hit: SearchHit) -> str:
        """The full address of a hit's page as it is now."""


def hits_as_json(answer: PagedAnswer) -> list[dict[str, Any]]:
    """The hits with full links and the pieces of their snippets."""
    return [
        {
            "id": hit.id,
            "title": hit.title,
            "lang": hit.lang,
            "category": hit.category,
            "permalink": answer.permalink(hit),
            "url": answer.page(hit),
            "score": hit.score,
            "snippet": [[text, marked] for text, marked in hit.snippet],
        }
        for hit in answer.hits
    ]


def print_hits(answer: Answer) -> None:
    """The articles with their places, snippets and permanent links."""
    width = min(shutil.get_terminal_size().columns, 100)
    for number, hit in enumerate(answer.hits, 1):
        place = " · ".join(part for part in (hit.lang, hit.category) if part)
        title = click.style(visible(hit.title), bold=True)
        click.echo(f"{number:>2}  {title}  {click.style(visible(place), dim=True)}")
        for line in _snippet_lines(hit, width - 4):
            click.echo("    " + line)
        click.echo("    " + click.style(visible(answer.permalink(hit)), fg="cyan") + "\n")


def tell(line: str) -> None:
    """Say on stderr what happened on the way to the answer."""
    click.echo(visible(line), err=True)


def _snippet_lines(hit: SearchHit, width: int) -> list[str]:
    """The snippet wrapped, matched words underlined (wrapped first: codes have no width)."""
    text = " ".join("".join(piece for piece, _ in hit.snippet).split())
    if text and text[-1] not in ".!?…":
        text += " …"
    matched = {piece for piece, marked in hit.snippet if marked}
    lines = textwrap.wrap(visible(text), width, max_lines=3, placeholder=" …")
    if not matched:
        return lines
    longest_first = sorted(matched, key=lambda word: (-len(word), word))
    found = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
    return [found.sub(lambda match: click.style(match[0], underline=True), line) for line in lines]


def copy(pastes: Sequence[str], number: int) -> int:
    """Put the ``number``-th of these on the clipboard; say how it went. Returns the exit code."""
    from kbtool.cli.clipboard import copy_text, osc52

    if number > len(pastes):
        found = "is 1 result" if len(pastes) == 1 else f"are {len(pastes)} results"
        click.echo(f"Nothing copied: there {found}.", err=True)
        return ExitCode.NO
    text = pastes[number - 1]
    tool = copy_text(text)
    if tool:
        click.echo(f"Copied with {tool}: {text}", err=True)
        return ExitCode.OK
    if sys.stderr.isatty():
        sys.stderr.write(osc52(text))
        click.echo(f"No clipboard tool found; asked the terminal to copy: {text}", err=True)
        return ExitCode.OK
    click.echo(
        "No clipboard tool found (wl-copy, xclip, xsel, pbcopy, clip.exe). The text:", err=True
    )
    click.echo(text)
    return ExitCode.OK
