"""``kbtool topics``: what the last run found, what became of each, where a ticket belongs."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from kbtool.cli.common import (
    emit_json,
    err,
    json_option,
    now,
    processors,
    progress_bar,
    settings_for,
)
from kbtool.config import Settings
from kbtool.errors import ExitCode

if TYPE_CHECKING:
    from kbtool.workflows.assign import Placed

MAX_TEXT = 1_000_000
"""Characters of a text on stdin that are read."""

limit_option = click.option(
    "-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Most shown."
)


@click.group("topics")
def command() -> None:
    """Look at the topics: what became of each, and where a ticket belongs.

    Nothing is mined here: these are the topics that kbtool suggest found last.

    \b
    Examples:
      kbtool topics list --lang tr
      kbtool topics show t-3f9a1c22
      kbtool topics history
      kbtool topics assign 51004
    """


@command.command("list")
@click.option("--lang", metavar="CODE", help="Only topics with tickets in this language.")
@click.option("--gone", is_flag=True, help="Those that the last run did not find any more.")
@click.option("--rejected", is_flag=True, help="What was rejected, why, and when it wakes.")
@limit_option
@json_option
def list_(lang: str | None, gone: bool, rejected: bool, limit: int, as_json: bool) -> int:
    """List the topics, those with most tickets first. Exit code 1 when there is none.

    A month: tickets to expect in the next one. Article: the one that answers it.

    \b
    Examples:
      kbtool topics list --lang tr --limit 50
      kbtool topics list --gone
      kbtool topics list --rejected
    """
    from kbtool.cli import topics_view as views
    from kbtool.workflows.topics import list_rejected, list_topics

    if rejected and (gone or lang):
        raise click.UsageError("--rejected lists all rejections; give it alone")
    if rejected:
        refused = list_rejected(settings_for(), now=now())
        if as_json:
            emit_json(views.rejected_json(refused, limit))
        else:
            views.print_rejected(refused, limit)
        return ExitCode.OK if refused else ExitCode.NO
    rows = list_topics(settings_for(), lang=lang, gone=gone, now=now())
    if as_json:
        emit_json(views.list_json(rows, limit))
    elif rows:
        (views.print_gone if gone else views.print_list)(rows, limit)
    else:
        err().print("There is no such topic." if gone or lang else "Next: kbtool suggest")
    return ExitCode.OK if rows else ExitCode.NO


@command.command("show")
@click.argument("topic")
@json_option
def show(topic: str, as_json: bool) -> None:
    """Show one topic with its wordings, sample tickets and past.

    TOPIC is an id or the beginning of one. One that was merged shows as what it is part of now.

    \b
    Examples:
      kbtool topics show t-3f9a1c22
    """
    from kbtool.cli import topics_view as views
    from kbtool.workflows.topics import show_topic

    views.show(show_topic(settings_for(), topic, now=now()), as_json=as_json)


@command.command("history")
@click.argument("topic", required=False)
@limit_option
@json_option
def history(topic: str | None, limit: int, as_json: bool) -> int:
    """Show what the runs of kbtool suggest changed, the last one first.

    Topics are born, split off others, merge into others, are gone, come back. With a TOPIC only
    what happened to it and to those that merged into it. Runs that changed nothing are not kept.
    Exit code 1 when there is nothing.

    \b
    Examples:
      kbtool topics history --limit 3
      kbtool topics history t-3f9a1c22
    """
    from kbtool.cli import topics_view as views
    from kbtool.workflows.topics import topic_history

    found = topic_history(settings_for(), topic)
    if as_json:
        emit_json(views.history_json(found, limit))
    elif found.runs:
        views.print_history(found, limit)
    else:
        err().print("Nothing is remembered yet. Next: kbtool suggest")
    return ExitCode.OK if found.runs else ExitCode.NO


@command.command("assign")
@click.argument("tickets", metavar="TICKET|FILE|-...", nargs=-1, required=True)
@json_option
def assign(tickets: tuple[str, ...], as_json: bool) -> int:
    """Tell which topic tickets belong to, and how surely (0 to 1), without mining.

    TICKET is the id of a stored ticket, FILE a help-desk export (or a folder of them) that is
    only read, - the text of a message on stdin. Exit code 1 when no topic fits any of them.

    \b
    Examples:
      kbtool topics assign 51004 51007
      kbtool topics assign new.csv --json
      kbtool topics assign - < mail.txt
    """
    from kbtool.cli import topics_view as views

    found = _assign(settings_for(), tickets)
    if as_json:
        emit_json(views.placed_json(found))
    else:
        views.print_placed(found)
    return ExitCode.OK if any(one.topic for one in found) else ExitCode.NO


def _assign(settings: Settings, words: tuple[str, ...]) -> list[Placed]:
    """Each word's tickets in the order of the words."""
    from kbtool.workflows import assign as work

    found: list[Placed] = []
    with progress_bar() as progress:
        how: dict[str, Any] = {"workers": processors(), "progress": progress}
        for kind, some in groupby(words, _kind):
            if kind == "file":  # tickets and their comments may be in two
                found += work.assign_files(settings, [Path(word) for word in some], **how)
            elif kind == "text":
                found += [work.assign_text(settings, sys.stdin.read(MAX_TEXT)) for _ in some]
            else:
                found += work.assign_stored(settings, list(some))
    return found


def _kind(word: str) -> Literal["text", "file", "ticket"]:
    if word == "-":
        return "text"
    return "file" if Path(word).exists() else "ticket"
