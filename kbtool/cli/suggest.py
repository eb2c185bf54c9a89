"""``kbtool suggest``: what customers keep asking and what to do about it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from kbtool.cli.common import here, json_option, now, processors, progress_bar, settings_for
from kbtool.config import Settings, find_root
from kbtool.config.load import CONFIG_NAME
from kbtool.errors import ConfigError, ExitCode
from kbtool.text.languages import KNOWN


@click.command("suggest")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the N best suggestions.")
@click.option("--show", "topic", metavar="TOPIC", help="Show one topic with sample tickets.")
@json_option
def command(files: tuple[Path, ...], top: int | None, topic: str | None, as_json: bool) -> int:
    """Show what customers keep asking and what to do about it.

    The best suggestion is the one that could remove most tickets a month. Topics keep their ids
    from run to run. FILES are imported first; outside a knowledge base they are only read, and
    nothing is written. Exit code 1 when there is nothing to suggest.

    \b
    Examples:
      kbtool suggest
      kbtool suggest --top 10 --json
      kbtool suggest --show t-3f9a1c22
      kbtool suggest tickets.csv
    """
    from kbtool.cli import suggest_view as views
    from kbtool.workflows import suggest as work

    settings = _settings(outside=bool(files))
    stored = settings.config_file.is_file()
    with progress_bar() as progress:
        how: dict[str, Any] = {"workers": processors(), "progress": progress}
        if not stored and topic:
            view = work.show_in_files(settings, files, topic, **how)
        elif not stored:
            found = work.suggest_files(settings, files, **how)
        elif files or not topic:
            key = secrets.token_bytes(32)
            found = work.suggest(settings, files, now=now(), fresh_key=key, **how)
    if topic:
        views.show(view if not stored else work.show_topic(settings, topic), as_json=as_json)
        return ExitCode.OK
    views.show_list(found, top, as_json=as_json, stored=stored)
    return ExitCode.OK if found.suggestions else ExitCode.NO


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
