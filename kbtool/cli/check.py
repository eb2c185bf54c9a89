"""``kbtool check``: what must be mended before readers see it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import (
    emit_json,
    err,
    json_option,
    now,
    out,
    progress_bar,
    settings_for,
    show_broken_links,
    show_finding,
)
from kbtool.errors import ExitCode
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.config import Settings
    from kbtool.workflows.check import CheckResult
    from kbtool.workflows.replay import Replay


@click.command("check")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--replay",
    "replayed",
    is_flag=True,
    help="Ask search what customers asked in answered tickets, and compare with the last build.",
)
@click.option(
    "--links-in-replies",
    "links",
    is_flag=True,
    help="List the addresses that agents sent in replies and that lead nowhere; any is an error.",
)
@json_option
def command(strict: bool, replayed: bool, links: bool, as_json: bool) -> int:
    """Check the articles: links, doubles, contradictions, translations, privacy.

    Each finding has its file, line and code; README lists the codes. Exit code 1 when there is an
    error (with --strict: or a warning; with --replay: or search answers fewer questions than
    before, beyond noise). Addresses that agents sent and that lead nowhere are told; an error
    they are with --links-in-replies only.

    \b
    Examples:
      kbtool check
      kbtool check --strict --json
      kbtool check --replay
      kbtool check --links-in-replies
    """
    from kbtool.workflows.check import check

    settings = settings_for()
    result = check(settings, now=now())
    replay = _replay(settings, result) if replayed else None
    if as_json:
        emit_json(_as_json(result, replay))
    else:
        _show(result, replay, links=links)
    failed = result.errors > 0 or (strict and result.warnings > 0)
    failed = failed or (links and bool(result.broken_links))
    return ExitCode.NO if failed or (replay is not None and replay.dropped) else ExitCode.OK


def _replay(settings: Settings, result: CheckResult) -> Replay:
    from kbtool.workflows.replay import replay_content

    with progress_bar() as progress:
        return replay_content(settings, result.articles, progress)


def _show(result: CheckResult, replay: Replay | None, *, links: bool) -> None:
    for finding in result.findings:
        show_finding(finding, out(), code=True)
    if links:
        from kbtool.cli.links_view import show_each_link

        show_each_link(result.broken_links, result.articles, out())
    else:
        show_broken_links(result.broken_links, out())
    if replay is not None:
        from kbtool.cli.replay_view import show_replay

        show_replay(replay, out())
    err().print(
        f"{many(len(result.articles), 'article')}: {many(result.errors, 'error')}, "
        f"{many(result.warnings, 'warning')}."
    )


def _as_json(result: CheckResult, replay: Replay | None) -> dict[str, object]:
    found: dict[str, object] = {
        "format": 1,
        "articles": len(result.articles),
        "errors": result.errors,
        "warnings": result.warnings,
        "findings": [asdict(finding) for finding in result.findings],
        "broken_links": [asdict(link) for link in result.broken_links],
    }
    if replay is not None:
        from kbtool.cli.replay_view import replay_as_json

        found["replay"] = replay_as_json(replay)
    return found
