"""``kbtool check``: what must be mended before readers see it."""

from __future__ import annotations

from dataclasses import asdict

import click

from kbtool.cli.common import emit_json, err, json_option, now, out, safe, settings_for
from kbtool.errors import ExitCode
from kbtool.model import Finding


@click.command("check")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@json_option
def command(strict: bool, as_json: bool) -> int:
    """Check the articles: ids, links, personal data, overdue reviews.

    Exit code 1 when there is an error (with --strict: or a warning).

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
            }
        )
    else:
        for finding in result.findings:
            _print(finding)
        err().print(
            f"{len(result.articles)} articles: {result.errors} errors, {result.warnings} warnings."
        )
    return ExitCode.NO if failed else ExitCode.OK


def _print(finding: Finding) -> None:
    colour = "red" if finding.level == "error" else "yellow"
    place = f"content/{safe(finding.file)}:{finding.line}"
    level = f"[{colour}]{finding.level}[/{colour}]"
    out().print(f"{place}: {level}: {safe(finding.message)} ({finding.code})", soft_wrap=True)
    if finding.hint:
        out().print(f"    {safe(finding.hint)}", style="dim", soft_wrap=True)
