"""``kbtool search --advanced``: what the record found, with what was not understood.

Whoosh takes longer to load than the other ways of searching take in all, so it is only loaded
here, when it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kbtool.cli.common import emit_json, settings_for, visible
from kbtool.cli.search_view import copy, hits_as_json, print_hits, tell
from kbtool.errors import ExitCode
from kbtool.search.links import LinkFormat, format_link

if TYPE_CHECKING:
    from kbtool.workflows.search_advanced import AdvancedAnswer


def ask_advanced(
    query: str, lang: str | None, category: str | None, tag: str | None, limit: int
) -> AdvancedAnswer:
    """The answer of the knowledge base in or above the current folder."""
    from kbtool.workflows.search_advanced import search_advanced

    return search_advanced(
        settings_for(), query, lang=lang, category=category, tag=tag, limit=limit, told=tell
    )


def show_advanced(
    answer: AdvancedAnswer, form: LinkFormat | None, number: int | None, *, as_json: bool
) -> int:
    """Print the hits as the options ask, the notes on stderr. Returns the exit code."""
    links = [
        visible(format_link(hit.title, answer.permalink(hit), form or "url")) for hit in answer.hits
    ]
    if as_json:
        emit_json(
            {
                "format": 1,
                "query": answer.query,
                "lang": answer.lang,
                "category": answer.category,
                "tag": answer.tag,
                "count": len(answer.hits),
                "total": answer.total,
                "notes": list(answer.notes),
                "results": hits_as_json(answer),
            }
        )
    elif form:
        for link in links:
            click.echo(link)
    else:
        print_hits(answer)
    _tell(answer, as_json=as_json)
    if not answer.hits:
        return ExitCode.NO
    return copy(links, number) if number else ExitCode.OK


def _tell(answer: AdvancedAnswer, *, as_json: bool) -> None:
    for note in () if as_json else answer.notes:
        click.echo(f"Note: {visible(note)}.", err=True)
    if not answer.hits:
        click.echo(f"No article matches: {visible(answer.query)}", err=True)
    elif answer.total > len(answer.hits) and not as_json:
        click.echo(f"These are {len(answer.hits)} of {answer.total} articles; see -n.", err=True)
