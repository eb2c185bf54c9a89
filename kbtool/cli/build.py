"""``kbtool build``: content/ becomes the site and its search index."""

from __future__ import annotations

from dataclasses import asdict
from time import perf_counter
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import (
    emit_json,
    err,
    json_option,
    now,
    out,
    progress_bar,
    safe,
    settings_for,
    show_broken_links,
    show_finding,
)
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.workflows.build import BuildResult


@click.command("build")
@click.option(
    "--strict",
    is_flag=True,
    help="Warnings, or a search that got worse, stop the build as errors do.",
)
@click.option("--clean", is_flag=True, help="Make every page anew, also those that did not change.")
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    help="What renders the pages; Zensical is an extra to install.",
)
@json_option
def command(strict: bool, clean: bool, engine: str, as_json: bool) -> None:
    """Build the help centre and its search index from content/.

    Pages of which nothing changed are taken over from the last build; the site is the same as one
    made from nothing. It replaces the old one in one step and only when all of it is there: after
    an error, a full disk or Ctrl-C the old one stays as it is. Exit code 1 means that content/ has
    errors (with --strict: or warnings, or that search answers fewer of the customers' questions
    than before); they are listed as file:line.

    \b
    Examples:
      kbtool build
      kbtool build --strict --json
    """
    from kbtool.workflows.build import build

    started = perf_counter()
    with progress_bar() as progress:
        built = build(
            settings_for(), strict=strict, now=now(), progress=progress, clean=clean, engine=engine
        )
    seconds = round(perf_counter() - started, 1)
    if as_json:
        emit_json(_as_json(built, seconds))
        return
    for finding in built.findings:
        show_finding(finding, err())
    show_broken_links(built.broken_links, err())
    if built.replay is not None:
        from kbtool.cli.replay_view import show_replay  # loads what mining needs

        show_replay(built.replay, err())
    _tell(built, seconds)


def _tell(built: BuildResult, seconds: float) -> None:
    pages = ", ".join(f"{lang} {number}" for lang, number in built.pages)
    articles = sum(number for _, number in built.articles)
    every = sum(number for _, number in built.pages)
    taken = every - built.rendered
    how = f"; {built.rendered} rendered, {taken} unchanged" if taken and built.is_new else ""
    out().print(f"[bold]{many(articles, 'article')}[/bold], pages: {pages}{how}; {seconds} s")
    if not built.is_new:
        out().print("Nothing changed since the last build, which stays.")
    out().print(f"The site is in {safe(built.site)} (release {built.release})", soft_wrap=True)


def _as_json(built: BuildResult, seconds: float) -> dict[str, object]:
    return {
        "format": 1,
        "release": built.release,
        "new": built.is_new,
        "site": built.site,
        "articles": dict(built.articles),
        "pages": dict(built.pages),
        "rendered": built.rendered,
        "seconds": seconds,
        "findings": [
            {name: getattr(finding, name) for name in finding.__slots__}
            for finding in built.findings
        ],
        "broken_links": [asdict(link) for link in built.broken_links],
        "replay": _replay_as_json(built),
    }


def _replay_as_json(built: BuildResult) -> dict[str, object] | None:
    if built.replay is None:
        return None
    from kbtool.cli.replay_view import replay_as_json

    return replay_as_json(built.replay)
