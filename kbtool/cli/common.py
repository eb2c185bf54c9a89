"""What every command shares: the knowledge base, the clock, both outputs, safe text."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.config import Settings, find_root, load_settings
from kbtool.errors import ConfigError, KbError
from kbtool.plural import many
from kbtool.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kbtool.model import BrokenLink, Finding


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that a terminal may obey or hide: controls, directions, line separators."""

MOST_LINKS = 15
"""Broken links shown to people; JSON has all."""

_BYTES = ("looking at ", "reading ")
"""Beginnings of the stages whose progress is counted in bytes of a file."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be done; write nothing."
)


def settings_for(path: Path | None = None) -> Settings:
    """Settings of the knowledge base in or above ``path`` (default: the current folder).

    Raises ConfigError when there is none or its settings are wrong.
    """
    return load_settings(find_root(path or here()))


def here() -> Path:
    """The current folder. Raises ConfigError when it was deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise ConfigError("the current folder was deleted", hint="go to another folder") from None


def now() -> datetime:
    """The time, UTC, whole seconds; SOURCE_DATE_EPOCH fixes it for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def processors() -> int:
    """How many processes may work at once: the processors this one may use, at most eight."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def visible(text: object) -> str:
    """``text`` with control and direction characters made visible; no markup is escaped.

    Ticket text is a stranger's: without this it could colour, erase or retitle the terminal.
    """
    return "".join(
        "�" if c != "\n" and unicodedata.category(c) in _UNSEEN else c for c in str(text)
    )


def safe(text: object) -> str:
    """``text`` for rich's consoles and tables: ``visible``, with rich's markup escaped."""
    from rich.markup import escape

    return escape(visible(text))


def own_id(key: str) -> str:
    """The help desk's own id in a ticket's key."""
    return key.partition(":")[2]


def show_finding(finding: Finding, console: Console, *, code: bool = False) -> None:
    """Print a finding as ``file:line: level: message`` with its hint below.

    Articles are named as seen from the knowledge base, other files as the finding names them.
    """
    colour = "red" if finding.level == "error" else "yellow"
    folder = "content/" if finding.file.endswith(".md") else ""
    place = f"{folder}{safe(finding.file)}:{finding.line}"
    rule = f" ({finding.code})" if code else ""
    message = f"[{colour}]{finding.level}[/{colour}]: {safe(finding.message)}{rule}"
    console.print(f"{place}: {message}", soft_wrap=True)
    if finding.hint:
        console.print(f"    {safe(finding.hint)}", style="dim", soft_wrap=True)


def show_error(error: KbError) -> None:
    """Print an error on stderr: its findings, what it says, its hint."""
    for finding in getattr(error, "findings", ()):
        show_finding(finding, err())
    err().print(f"[red]Error:[/red] {safe(error.message)}", soft_wrap=True)
    if error.hint:
        err().print(f"Hint: {safe(error.hint)}", soft_wrap=True)


def show_broken_links(found: Sequence[BrokenLink], console: Console) -> None:
    """Print the addresses sent in replies that lead nowhere, and what to do; nothing when none."""
    if not found:
        return
    told = many(len(found), "address", "addresses")
    console.print(f"[yellow]{told} sent in replies, where there is nothing:[/yellow]")
    for link in found[:MOST_LINKS]:
        last = f", last {link.last_sent.date()}" if link.last_sent else ""
        shown = f"  {safe(link.address)} ({many(link.tickets, 'ticket')}{last})"
        console.print(shown, soft_wrap=True)
    if len(found) > MOST_LINKS:
        console.print(f"  … and {len(found) - MOST_LINKS:,} more (--json has them)", style="dim")
    hint = "name the address under former: in the article that answers it now"
    console.print(f"    {hint}", style="dim", soft_wrap=True)


def emit_json(data: object) -> None:
    """Print ``data`` as JSON on stdout, readable, in UTF-8.

    What a terminal may obey is written as ``\\u…``: the same to programs, harmless to people.
    """
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    unseen = (c for c in set(text) - {"\n"} if unicodedata.category(c) in _UNSEEN)
    click.echo(text.translate({ord(c): json.dumps(c)[1:-1] for c in unseen}))


def table(*columns: str, whole: Collection[str] = ()) -> Table:
    """A plain table with these column headings.

    What stands in the columns ``whole`` is not cut in a narrow terminal: ids are typed again.
    """
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, no_wrap=column in whole)
    return made


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress callback that draws a bar on stderr while a terminal is looking."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[size]}"),
        TimeRemainingColumn(compact=True),
        console=err(),
        transient=True,
        disable=not err().is_terminal,
    ) as bars:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(safe(stage), total=total, size="")
            bars.update(tasks[stage], completed=done, total=total, size=_size(stage, done, total))

        yield report


def _size(stage: str, done: int, total: int | None) -> str:
    """How many megabytes of a large file were read, for the stages that count bytes."""
    if total is None or total < 10**6 or not stage.startswith(_BYTES):
        return ""
    return f"{done / 1e6:,.0f} of {total / 1e6:,.0f} MB"


@cache
def out() -> Console:
    """The console on stdout: results."""
    from rich.console import Console

    return Console(soft_wrap=False, highlight=False, emoji=False)


@cache
def err() -> Console:
    """The console on stderr: everything else."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False)


def _plain(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"not JSON: {type(value).__name__}")
