"""What every command shares: the knowledge base, the clock, both outputs, safe text."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from kbtool.config import Settings, find_root, load_settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Progress: TypeAlias = Callable[[str, int, int | None], None]

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be done; write nothing."
)


def settings_for(path: Path | None = None) -> Settings:
    """Settings of the knowledge base in or above ``path`` (default: the current folder).

    Raises ConfigError when there is none or its settings are wrong.
    """
    return load_settings(find_root(path or Path.cwd()))


def now() -> datetime:
    """The time, UTC, whole seconds; SOURCE_DATE_EPOCH fixes it for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def visible(text: object) -> str:
    """``text`` with control and direction characters made visible; no markup is escaped.

    Ticket text is a stranger's: without this it could colour, erase or retitle the terminal.
    """
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else "�" for c in str(text)
    )


def safe(text: object) -> str:
    """``text`` for rich's consoles and tables: ``visible``, with rich's markup escaped."""
    from rich.markup import escape

    return escape(visible(text))


def emit_json(data: object) -> None:
    """Print ``data`` as JSON on stdout, readable, in UTF-8."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def table(*columns: str) -> Table:
    """A plain table with these column headings."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column)
    return made


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress callback that draws a bar on stderr while a terminal is looking."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(compact=True),
        console=err(),
        transient=True,
        disable=not err().is_terminal,
    ) as bars:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(safe(stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report


@cache
def out() -> Console:
    """The console on stdout: results."""
    from rich.console import Console

    return Console(soft_wrap=False, highlight=False)


@cache
def err() -> Console:
    """The console on stderr: everything else."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def _plain(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"not JSON: {type(value).__name__}")
