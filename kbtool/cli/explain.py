"""``kbtool explain``: what each sentence of an article rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import err, json_option, now, safe, settings_for

if TYPE_CHECKING:
    from kbtool.articles.explain import Explanation

STDOUT = Path("-")


@click.command("explain")
@click.argument("article")
@click.option("--all", "whole", is_flag=True, help="Show every source, not only the newest ones.")
@click.option(
    "--html",
    "target",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write a page for the reviewer: the article beside its evidence (- for stdout).",
)
@json_option
def command(article: str, whole: bool, target: Path | None, as_json: bool) -> None:
    """Show what each sentence of an article rests on.

    Each sentence with its line, as the agents wrote it behind it, with ticket and date; what a
    person edited, wrote or took out is marked. ARTICLE is an id or its beginning, of a draft or of
    a published article.

    \b
    Examples:
      kbtool explain kb-5f0c91aa
      kbtool explain kb-5f --all
      kbtool explain kb-5f0c91aa --html review.html
    """
    from kbtool.cli import explain_view
    from kbtool.page import check_target
    from kbtool.workflows.explain import explain

    if target == STDOUT and as_json:
        raise click.UsageError("--html - and --json both want stdout: give --html a file")
    if target is not None and target != STDOUT:
        check_target(target)
    found = explain(settings_for(), article)
    if as_json:
        explain_view.emit(found)
    elif target is None:
        explain_view.show(found, whole=whole)
    if target is not None:
        _write(target, found)


def _write(target: Path, found: Explanation) -> None:
    from kbtool.articles.explain import render
    from kbtool.page import write_page

    page = render(found, day=now().date())
    if target == STDOUT:
        click.echo(page, nl=False)
        return
    write_page(target, page)
    err().print(f"Page: {safe(target)}", soft_wrap=True)
