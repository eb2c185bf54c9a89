"""``kbtool review --compare``: published articles beside what agents answer by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kbtool.cli.common import emit_json, err, out, progress_bar, safe, settings_for, show_finding
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.workflows.stale import Compared


def compare(id_: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Compare one published article, or all, and tell which became stale."""
    from kbtool.workflows.stale import compare as compared

    with progress_bar() as progress:
        found = compared(settings_for(), [id_] if id_ else [], dry_run=dry_run, progress=progress)
    for finding in found.findings:
        show_finding(finding, err())
    if as_json:
        emit_json(_as_json(found, dry_run=dry_run))
    else:
        _print(found, dry_run=dry_run)


def _print(found: Compared, *, dry_run: bool) -> None:
    for one in found.stale:
        article = one.article
        head = f"[bold]{article.id}[/bold] {safe(article.title)} (content/{safe(article.path)})"
        out().print(head, soft_wrap=True)
        for reason in one.why.reasons:
            out().print(f"  {safe(reason)}", soft_wrap=True)
    became = "would become stale" if dry_run else "became stale; readers go on seeing them"
    err().print(
        f"{many(found.compared, 'published article')} compared with what agents answer, "
        f"{len(found.stale)} {became}.",
        soft_wrap=True,
    )
    if found.unknown:
        err().print(
            f"{found.unknown} not compared: no topic is known that they answer, or no day when "
            "they were written.",
            soft_wrap=True,
        )
    if dry_run:
        err().print("Nothing was written (--dry-run).")
    elif found.stale:
        first = found.stale[0].article.id
        err().print(
            f"Next: kbtool draft --update {first}, or kbtool publish {first} if it is right"
        )


def _as_json(found: Compared, *, dry_run: bool) -> dict[str, Any]:
    return {
        "format": 1,
        "dry_run": dry_run,
        "compared": found.compared,
        "not_compared": found.unknown,
        "stale": [
            {
                "id": one.article.id,
                "title": one.article.title,
                "lang": one.article.lang,
                "file": one.article.path,
                "reasons": list(one.why.reasons),
                "heard_until": one.why.heard_until,
                "sources": [
                    {"source": said.ref, "ticket": said.ticket, "date": said.on}
                    for said in one.why.sources
                ],
            }
            for one in found.stale
        ],
    }
