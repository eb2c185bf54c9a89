"""``kbtool search``: for the agent who is answering right now.

Prints with Click alone: rich would cost a third of the time to the answer.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.common import emit_json, json_option, settings_for, visible
from kbtool.cli.search_advanced import ask_advanced, show_advanced
from kbtool.cli.search_view import copy, hits_as_json, print_hits, tell
from kbtool.errors import ExitCode
from kbtool.search.links import LinkFormat, ReplyFormat, format_link
from kbtool.workflows.search import SearchAnswer, search

if TYPE_CHECKING:
    from kbtool.search.ticket_answer import TicketAnswer

MAX_TEXT = 1_000_000
"""Characters of a pasted ticket that are read."""


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--ticket", metavar="ID|-", help="Ask with a whole ticket; - reads its text here.")
@click.option(
    "--advanced",
    metavar="QUERY",
    help="Ask with fields, phrases, filters, AND, OR, NOT instead; see above.",
)
@click.option("--lang", metavar="CODE", help="Only articles in this language; a ticket's own.")
@click.option("--category", metavar="NAME", help="Only articles of this category.")
@click.option("--tag", metavar="NAME", help="Only articles with this tag.")
@click.option("--as-typed", is_flag=True, help="Correct nothing: search the words as typed.")
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
@click.option(
    "--reply",
    type=click.Choice(["text", "markdown", "html"]),
    help="With --ticket: print only the best article's reply, in this form.",
)
@click.option(
    "--copy", "number", type=click.IntRange(1), metavar="N", help="Copy the Nth link or reply."
)
@json_option
def command(
    words: tuple[str, ...],
    ticket: str | None,
    advanced: str | None,
    lang: str | None,
    category: str | None,
    tag: str | None,
    as_typed: bool,
    limit: int,
    form: LinkFormat | None,
    reply: ReplyFormat | None,
    number: int | None,
    as_json: bool,
) -> int:
    """Find an article and its link, ready to paste into a reply.

    Letter case, missing diacritics, endings and a typo do not matter; the last word may be
    unfinished. Links are permanent. With --ticket the question is a whole ticket, stored or
    pasted, and a reply in the ticket's language comes with each article. Exit code 1 when
    nothing is found.

    \b
    Examples:
      kbtool search cancel subscription
      kbtool search --lang tr abonelik iptal --link markdown
      kbtool search "aku ei lae" --copy 1
      kbtool search --ticket zendesk:51006
      pbpaste | kbtool search --ticket - --reply html
      kbtool search --advanced 'title:refund AND "credit card" -paypal tag:billing'

    \b
    --advanced: all words must be there, in any form and in any field.
      "credit card"   these words in this order    a OR b   either (weaker than AND)
      -paypal         not (also: NOT paypal)       (a b)    brackets
      refun*          words that begin so
      title: asked: headings: body:                a word, phrase or bracket in this field
      tag: category: lang: id:                     exactly this one (tag:bil* begins so)
    """
    _check_usage(words, ticket, advanced, reply, narrowed=bool(category or tag), as_typed=as_typed)
    if ticket is not None:
        found = _ask_with_ticket(ticket, lang, limit)
        return _show_ticket_answer(found, form, reply, number, as_json=as_json)
    if advanced is not None:
        exact = ask_advanced(advanced, lang, category, tag, limit)
        return show_advanced(exact, form, number, as_json=as_json)
    answer = search(
        settings_for(),
        " ".join(words),
        lang=lang,
        category=category,
        tag=tag,
        limit=limit,
        as_typed=as_typed,
        told=tell,
    )
    return _show_answer(answer, form, number, as_json=as_json)


def _check_usage(
    words: tuple[str, ...],
    ticket: str | None,
    advanced: str | None,
    reply: str | None,
    *,
    narrowed: bool,
    as_typed: bool,
) -> None:
    if ticket is None and advanced is None and not words:
        raise click.UsageError("Give the words to search for, --ticket or --advanced.")
    if ticket is None and reply:
        raise click.UsageError("--reply answers a ticket: give --ticket, too.")
    if ticket is not None and (words or narrowed or advanced is not None):
        raise click.UsageError(
            "--ticket asks with the ticket alone: without words, --category, --tag and --advanced."
        )
    if advanced is not None and words:
        raise click.UsageError("--advanced is the whole query: put all of it in quotation marks.")
    if as_typed and not words:
        raise click.UsageError("--as-typed goes with words: nothing else is corrected.")


def _ask_with_ticket(ticket: str, lang: str | None, limit: int) -> TicketAnswer:
    # a ticket needs much that words do without: the database, cleaning, languages
    from kbtool.workflows.search_ticket import search_text, search_ticket

    if ticket != "-":
        return search_ticket(settings_for(), ticket, lang=lang, limit=limit, told=tell)
    text = sys.stdin.buffer.read(4 * MAX_TEXT).decode("utf-8", errors="replace")[:MAX_TEXT]
    return search_text(settings_for(), text, lang=lang, limit=limit, told=tell)


def _show_answer(
    answer: SearchAnswer, form: LinkFormat | None, number: int | None, *, as_json: bool
) -> int:
    links = [
        visible(format_link(hit.title, answer.permalink(hit), form or "url")) for hit in answer.hits
    ]
    if answer.corrected and answer.hits and not as_json:
        _tell_corrected(answer.corrected, answer.query)
    if as_json:
        emit_json(_as_json(answer))
    elif form:
        _print_each(links)
    elif answer.hits:
        print_hits(answer)
    if not answer.hits:
        _tell_nothing(answer)
        return ExitCode.NO
    return copy(links, number) if number else ExitCode.OK


def _show_ticket_answer(
    answer: TicketAnswer,
    form: LinkFormat | None,
    reply: ReplyFormat | None,
    number: int | None,
    *,
    as_json: bool,
) -> int:
    replies = [visible(answer.reply(hit, reply or "text")) for hit in answer.hits]
    if as_json:
        emit_json(answer.as_json())
    elif form:
        _print_each(
            [visible(format_link(hit.title, answer.permalink(hit), form)) for hit in answer.hits]
        )
    elif reply:
        _print_each(replies[:1])
    elif answer.hits:
        print_hits(answer)
        click.echo(f"Reply ({answer.reply_lang}), with the first article:\n")
        click.echo(replies[0])
    if not answer.hits:
        click.echo("No article fits this ticket; kbtool suggest shows what is missing.", err=True)
        return ExitCode.NO
    return copy(replies, number) if number else ExitCode.OK


def _print_each(texts: list[str]) -> None:
    for text in texts:
        click.echo(text)


def _tell_corrected(corrected: str, query: str) -> None:
    click.echo(
        f"Showing results for: {visible(corrected)}"
        f" (instead of: {visible(query)}; --as-typed searches what you typed)",
        err=True,
    )


def _tell_nothing(answer: SearchAnswer) -> None:
    where = "".join(f" in {part}" for part in (answer.lang, answer.category, answer.tag) if part)
    click.echo(f"No article found{where} for: {visible(answer.query)}", err=True)
    if answer.elsewhere:
        others = ", ".join(answer.elsewhere)
        click.echo(f"There is one in {others}: leave --lang away.", err=True)
    else:
        click.echo("Try fewer or other words; kbtool suggest shows what is missing.", err=True)


def _as_json(answer: SearchAnswer) -> dict[str, Any]:
    return {
        "format": 1,
        "query": answer.query,
        "lang": answer.lang,
        "category": answer.category,
        "tag": answer.tag,
        "corrected": answer.corrected,
        "count": len(answer.hits),
        "results": hits_as_json(answer),
    }
