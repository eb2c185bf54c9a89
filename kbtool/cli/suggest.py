"""``kbtool suggest``: what customers keep asking and what to do about it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.common import (
    err,
    here,
    json_option,
    now,
    processors,
    progress_bar,
    safe,
    settings_for,
)
from kbtool.cli.meaning import meaning, with_semantic
from kbtool.config import Settings, find_root
from kbtool.config.load import CONFIG_NAME
from kbtool.errors import ConfigError, ExitCode
from kbtool.model import SuggestionKind
from kbtool.suggest.memory.history import KINDS
from kbtool.text.languages import KNOWN

if TYPE_CHECKING:
    from kbtool.workflows.judging import SuggestResult, View
    from kbtool.workflows.topics import TopicView

STDOUT = Path("-")


@click.command("suggest")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    help="Only the N best suggestions of either place.",
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="Only suggestions of this kind; may be repeated.",
)
@click.option(
    "--show",
    "topic",
    metavar="TOPIC",
    help="Show one topic (or one proposed line, w-…) with sample tickets.",
)
@click.option(
    "--html",
    "target",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write a report to send around: one HTML page with charts (- for stdout).",
)
@click.option(
    "--semantic/--no-semantic",
    default=None,
    help="Compare questions by meaning too, or by words alone, whatever the settings say.",
)
@click.option("--fresh", is_flag=True, help="Mine all tickets anew, also where few have changed.")
@click.option(
    "--history",
    is_flag=True,
    help="Show what became of earlier suggestions, and whether their promise held.",
)
@json_option
def command(
    files: tuple[Path, ...],
    top: int | None,
    kinds: tuple[SuggestionKind, ...],
    topic: str | None,
    target: Path | None,
    semantic: bool | None,
    fresh: bool,
    history: bool,
    as_json: bool,
) -> int:
    """Show what customers keep asking and what to do about it.

    The best suggestion is the one that could remove most tickets a month. Topics keep their ids
    from run to run. FILES are imported first; outside a knowledge base they are only read, and
    nothing is written. Exit code 1 when there is nothing to suggest.

    \b
    Examples:
      kbtool suggest
      kbtool suggest --top 10 --json
      kbtool suggest --kind promote --kind retire
      kbtool suggest --show t-3f9a1c22
      kbtool suggest --html report.html
      kbtool suggest --history
      kbtool suggest tickets.csv
      kbtool suggest tickets.csv --semantic
    """
    from kbtool.cli import suggest_view
    from kbtool.workflows.judging import View

    if history:
        _only_history(files, top, kinds, topic, target, fresh)
        return _show_history(as_json=as_json)
    if target is not None:
        _check(target, files, topic, as_json=as_json)
    settings = with_semantic(_settings(outside=bool(files)), semantic)
    stored = settings.config_file.is_file()
    if topic:
        return _show(settings, files, topic, fresh=fresh, as_json=as_json)
    view, page = View(top, frozenset(kinds)), None
    if stored:
        found = _mined(settings, files, fresh=fresh, shown=view)
    else:
        found, page = _in_files(settings, files, view, target)
    suggest_view.show_list(found, view, as_json=as_json, stored=stored, quiet=target == STDOUT)
    if target is not None:
        _write(target, page or _page(settings, found, view))
    return ExitCode.OK if view.of(found.suggestions) else ExitCode.NO


def _only_history(*others: object) -> None:
    """Refuse what goes not with --history."""
    if any(others):
        raise click.UsageError("--history goes with --json alone")


def _show_history(*, as_json: bool) -> int:
    """What became of earlier suggestions; exit code 1 when none was shown."""
    from kbtool.cli import history_view
    from kbtool.workflows.decisions import read_history

    found = read_history(settings_for(), now=now())
    history_view.show(found, as_json=as_json)
    return ExitCode.OK if found.decisions else ExitCode.NO


def _show(
    settings: Settings, files: tuple[Path, ...], topic: str, *, fresh: bool, as_json: bool
) -> int:
    """One topic, or one proposed line."""
    from kbtool.cli import proposals_view, topics_view
    from kbtool.suggest.wordings.lines import PREFIX
    from kbtool.workflows.wordings import show_proposal

    if topic.startswith(PREFIX) and settings.config_file.is_file():
        proposals_view.show(show_proposal(settings, topic), as_json=as_json)
    else:
        topics_view.show(_topic(settings, files, topic, fresh=fresh), as_json=as_json)
    return ExitCode.OK


@contextmanager
def _means(settings: Settings) -> Iterator[dict[str, Any]]:
    """What a mining works with: processors, what compares by meaning, a progress bar."""
    with progress_bar() as progress, meaning(settings, progress) as encoder:
        yield {"workers": processors(), "encoder": encoder, "progress": progress}


def _mined(
    settings: Settings, files: tuple[Path, ...], *, fresh: bool, shown: View | None = None
) -> SuggestResult:
    """What the knowledge base suggests with the files imported; what is shown is remembered."""
    from kbtool.workflows.suggest import suggest

    key = secrets.token_bytes(32)
    with _means(settings) as means:
        return suggest(settings, files, now=now(), fresh=fresh, fresh_key=key, shown=shown, **means)


def _topic(settings: Settings, files: tuple[Path, ...], topic: str, *, fresh: bool) -> TopicView:
    """One topic: of files alone outside a knowledge base; in one, of what is stored."""
    from kbtool.workflows.suggest_files import show_in_files
    from kbtool.workflows.topics import show_topic

    if not settings.config_file.is_file():
        with _means(settings) as means:
            return show_in_files(settings, files, topic, **means)
    if files:
        _mined(settings, files, fresh=fresh)
    return show_topic(settings, topic, now=now())


def _check(target: Path, files: tuple[Path, ...], topic: str | None, *, as_json: bool) -> None:
    """Refuse before the work what could not be written after it."""
    from kbtool.page import check_target

    if topic:
        raise click.UsageError("--html reports all topics, --show one: use one of them")
    if target == STDOUT and as_json:
        raise click.UsageError("--html - and --json both want stdout: give --html a file")
    if target != STDOUT:
        check_target(target, files)


def _in_files(
    settings: Settings, files: tuple[Path, ...], view: View, target: Path | None
) -> tuple[SuggestResult, str | None]:
    """What files alone suggest, and the report of it when one is asked for."""
    from kbtool.workflows.suggest_files import suggest_files
    from kbtool.workflows.suggest_report import report_files

    with _means(settings) as means:
        if target is None:
            return suggest_files(settings, files, **means), None
        return report_files(settings, files, view=view, now=now(), **means)


def _page(settings: Settings, found: SuggestResult, view: View) -> str:
    from kbtool.workflows.suggest_report import report

    return report(settings, found, view=view, now=now())


def _write(target: Path, page: str) -> None:
    from kbtool.page import write_page

    if target == STDOUT:
        click.echo(page, nl=False)
        return
    write_page(target, page)
    err().print(f"Report: {safe(target)}", soft_wrap=True)


def _settings(*, outside: bool) -> Settings:
    """Those of the knowledge base here; with ``outside`` the defaults where there is none."""
    folder = here()
    try:
        find_root(folder)
    except ConfigError:
        if not outside:
            raise
        languages = ("en", *(code for code in KNOWN if code != "en"))
        return Settings(folder, folder / CONFIG_NAME, "", "http://localhost/", languages=languages)
    return settings_for()
