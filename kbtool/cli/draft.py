"""``kbtool draft``: drafts from the agents' own answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.common import (
    dry_run_option,
    emit_json,
    err,
    json_option,
    now,
    out,
    progress_bar,
    safe,
    settings_for,
    table,
)
from kbtool.cli.meaning import meaning
from kbtool.cli.rewriting import rewrite_option, rewriter_for, rewritings_json, tell_rewriting
from kbtool.cli.updating import only_update, propose, update_options
from kbtool.errors import ExitCode

if TYPE_CHECKING:
    from kbtool.workflows.draft import Drafted, DraftResult


@click.command("draft")
@click.argument("topics", nargs=-1)
@click.option("--top", type=click.IntRange(1), metavar="N", help="The N best topics to write.")
@click.option("--lang", metavar="CODE", help="Only the draft in this language.")
@click.option(
    "--min-requesters",
    type=click.IntRange(3),
    metavar="N",
    help="Draft from this many different requesters (3 at least); default: drafts.min_requesters.",
)
@click.option("--anyway", is_flag=True, help="Also topics that need a form, an engineer, a person.")
@rewrite_option
@update_options
@dry_run_option
@json_option
def command(
    topics: tuple[str, ...],
    top: int | None,
    lang: str | None,
    min_requesters: int | None,
    anyway: bool,
    rewrite: bool | None,
    update: str | None,
    target: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Write drafts of articles from the agents' own answers.

    A draft holds the sentences that several agents' public replies support, one draft a language.
    Where agents contradict each other it shows both sides. A draft that you edited or rejected is
    never overwritten. A topic that must not become an article is skipped with the reason. Exit
    code 1 when nothing was drafted.

    \b
    Examples:
      kbtool draft --top 8
      kbtool draft t-3f9a1c22 --lang tr
      kbtool draft t-3f9a1c22 --min-requesters 3 --dry-run
      kbtool draft --update kb-5f0c91aa | git apply
    """
    from kbtool.workflows.draft import draft

    if update is not None or target is not None:
        id_ = only_update(update, topics, top, lang, anyway, rewrite, dry_run)
        return propose(settings_for(), id_, least=min_requesters, target=target, as_json=as_json)
    if not topics and top is None:
        raise click.UsageError("Name topics, or use --top N. kbtool suggest lists the topics.")
    settings = settings_for()
    rewriter = rewriter_for(settings, rewrite)
    with progress_bar() as progress, meaning(settings if top else None, progress) as encoder:
        result = draft(
            settings,
            topics,
            top=top,
            lang=lang,
            min_requesters=min_requesters,
            dry_run=dry_run,
            anyway=anyway,
            now=now(),
            encoder=encoder,
            rewriter=rewriter,
            progress=progress,
        )
    tell_rewriting(rewriter)
    emit_json(_as_json(result)) if as_json else _print(result, dry_run=dry_run)
    return ExitCode.OK if result.drafts else ExitCode.NO


def _print(result: DraftResult, *, dry_run: bool) -> None:
    for warning in result.warnings:
        err().print(f"[yellow]Warning:[/yellow] {safe(warning)}")
    if result.drafts:
        shown = table("Draft", "Lang", "Title", "Tickets", "Conflicts", "File", whole=("Draft",))
        for one in result.drafts:
            article = one.article
            shown.add_row(
                article.id, article.lang, safe(article.title), str(one.tickets),
                str(one.conflicts or ""), one.outcome,
            )  # fmt: skip
        out().print(shown)
    for skipped in result.skipped:
        where = f" ({skipped.lang})" if skipped.lang else ""
        err().print(f"Not drafted: {safe(skipped.topic)}{where}: {safe(skipped.reason)}")
    if not result.drafts and not result.skipped:
        err().print("Nothing was drafted: no topic has answers for it. Next: kbtool suggest")
    if dry_run:
        err().print("Nothing was written (--dry-run).")
    elif result.drafts:
        err().print("Next: kbtool review")


def _as_json(result: DraftResult) -> dict[str, Any]:
    return {
        "format": 1,
        "drafts": [draft_json(one) for one in result.drafts],
        "skipped": [{"topic": s.topic, "lang": s.lang, "reason": s.reason} for s in result.skipped],
        "warnings": list(result.warnings),
        "rewritings": rewritings_json(result.rewritings),
    }


def draft_json(one: Drafted) -> dict[str, Any]:
    """A draft as ``--json`` prints it."""
    article = one.article
    return {
        "id": article.id,
        "topic": article.topic,
        "lang": article.lang,
        "title": article.title,
        "category": article.category,
        "translation_of": article.translation_of,
        "file": article.path,
        "outcome": one.outcome,
        "tickets": one.tickets,
        "conflicts": one.conflicts,
    }
