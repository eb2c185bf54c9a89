"""``kbtool check``: what must be mended before readers see it."""

from __future__ import annotations

from dataclasses import asdict

import click

from kbtool.cli.common import (
    emit_json,
    err,
    json_option,
    now,
    out,
    settings_for,
    show_broken_links,
    show_finding,
)
from kbtool.errors import ExitCode
from kbtool.plural import many


@click.command("check")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@json_option
def command(strict: bool, as_json: bool) -> int:
    """Check the articles: links, doubles, contradictions, translations, privacy.

    Each finding has its file, line and code; README lists the codes. Exit code 1 when there is an
    error (with --strict: or a warning). Addresses that agents sent and that lead nowhere are told,
    but are no error.

    \b
    Examples:
      kbtool check
      kbtool check --strict --json
    """
    from kbtool.workflows.check import check

    result = check(settings_for(), now=now())
    failed = result.errors > 0 or (strict and result.warnings > 0)
    if as_json:
        emit_json(
            {
                "format": 1,
                "articles": len(result.articles),
                "errors": result.errors,
                "warnings": result.warnings,
                "findings": [asdict(finding) for finding in result.findings],
                "broken_links": [asdict(link) for link in result.broken_links],
            }
        )
    else:
        for finding in result.findings:
            show_finding(finding, out(), code=True)
        show_broken_links(result.broken_links, out())
        err().print(
            f"{many(len(result.articles), 'article')}: {many(result.errors, 'error')}, "
            f"{many(result.warnings, 'warning')}."
        )
    return ExitCode.NO if failed else ExitCode.OK
