"""``kbtool search``: for the agent who is answering right now.

Prints with Click alone: rich would cost a third of the time to the answer.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from typing import Any

import click

from kbtool.cli.common import emit_json, json_option, settings_for, visible
from kbtool.errors import ExitCode
from kbtool.model import SearchHit
from kbtool.search.links import LinkFormat, format_link
from kbtool.workflows.search import SearchAnswer, search


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", metavar="CODE", help="Only articles in this language.")
@click.option("--category", metavar="NAME", help="Only articles of this category.")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    help="Most results.",
)
@click.option(
    "--link",
    "form",
    type=click.Choice(["url", "markdown", "html"]),
    help="Print only the links, one a line, in this form.",
)
@click.option("--copy", "number", type=click.IntRange(1), metavar="N", help="Copy the Nth link.")
@json_option
def command(
    words: tuple[str, ...],
    lang: str | None,
    category: str | None,
    limit: int,
    form: LinkFormat | None,
    number: int | None,
    as_json: bool,
) -> int:
    """Find an article and its link, ready to paste into a reply.

    Letter case, missing diacritics, endings and a typo do not matter; the last word may be
    unfinished. Links are permanent. Exit code 1 when nothing is found.

    \b
    Examples:
      kbtool search cancel subscription
      kbtool search --lang tr abonelik iptal --link markdown
      kbtool search "aku ei lae" --copy 1
    """
    answer = search(settings_for(), " ".join(words), lang=lang, category=category, limit=limit)
    if as_json:
        emit_json(_as_json(answer))
    elif form:
        _print_links(answer, form)
    elif answer.hits:
        _print_hits(answer)
    if not answer.hits:
        _tell_nothing(answer)
        return ExitCode.NO
    return _copy(answer, number, form or "url") if number else ExitCode.OK


def _print_links(answer: SearchAnswer, form: LinkFormat) -> None:
    for hit in answer.hits:
        click.echo(visible(format_link(hit.title, answer.permalink(hit), form)))


def _print_hits(answer: SearchAnswer) -> None:
    width = min(shutil.get_terminal_size().columns, 100)
    for number, hit in enumerate(answer.hits, 1):
        place = " · ".join(part for part in (hit.lang, hit.category) if part)
        title = click.style(visible(hit.title), bold=True)
        click.echo(f"{number:>2}  {title}  {click.style(visible(place), dim=True)}")
        for line in _snippet_lines(hit, width - 4):
            click.echo("    " + line)
        click.echo("    " + click.style(visible(answer.permalink(hit)), fg="cyan") + "\n")


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


def _tell_nothing(answer: SearchAnswer) -> None:
    where = "".join(f" in {part}" for part in (answer.lang, answer.category) if part)
    click.echo(f"No article found{where} for: {visible(answer.query)}", err=True)
    if answer.elsewhere:
        others = ", ".join(answer.elsewhere)
        click.echo(f"There is one in {others}: leave --lang away.", err=True)
    else:
        click.echo("Try fewer or other words; kbtool suggest shows what is missing.", err=True)


def _copy(answer: SearchAnswer, number: int, form: LinkFormat) -> int:
    from kbtool.cli.clipboard import copy_text, osc52

    if number > len(answer.hits):
        found = "is 1 result" if len(answer.hits) == 1 else f"are {len(answer.hits)} results"
        click.echo(f"Nothing copied: there {found}.", err=True)
        return ExitCode.NO
    hit = answer.hits[number - 1]
    link = visible(format_link(hit.title, answer.permalink(hit), form))
    tool = copy_text(link)
    if tool:
        click.echo(f"Copied with {tool}: {link}", err=True)
        return ExitCode.OK
    if sys.stderr.isatty():
        sys.stderr.write(osc52(link))
        click.echo(f"No clipboard tool found; asked the terminal to copy: {link}", err=True)
        return ExitCode.OK
    click.echo(
        "No clipboard tool found (wl-copy, xclip, xsel, pbcopy, clip.exe). The link:", err=True
    )
    click.echo(link)
    return ExitCode.OK


def _as_json(answer: SearchAnswer) -> dict[str, Any]:
    return {
        "format": 1,
        "query": answer.query,
        "lang": answer.lang,
        "category": answer.category,
        "count": len(answer.hits),
        "results": [
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
        ],
    }
