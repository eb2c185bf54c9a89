"""``kbtool review``: what waits for a person, and one article with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kbtool.articles.explain.trace import Trace, trace
from kbtool.articles.review import tickets_of
from kbtool.cli.common import (
    dry_run_option,
    emit_json,
    err,
    json_option,
    now,
    out,
    safe,
    settings_for,
    show_finding,
    table,
)
from kbtool.cli.comparing import compare
from kbtool.model import PUBLIC
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.model import Article
    from kbtool.workflows.review import Waiting


@click.command("review")
@click.argument("id_", metavar="[ID]", required=False)
@click.option(
    "--stale",
    metavar="WHY",
    help="Mark a published article as out of date; readers go on seeing it.",
)
@click.option(
    "--compare",
    "compared",
    is_flag=True,
    help="Mark published articles (or ID) as out of date that newer tickets contradict.",
)
@dry_run_option
@json_option
def command(
    id_: str | None, stale: str | None, compared: bool, dry_run: bool, as_json: bool
) -> None:
    """List what waits for a person, or show one with its evidence.

    Drafts, stale articles, overdue reviews, and rejected drafts that woke: that first which could
    save most tickets a year. With an ID a draft, or an archived article, goes into review (its
    text is not touched); what readers see stays as it is. It is shown with what each sentence
    rests on and what must be mended before it can be published.

    \b
    Examples:
      kbtool review
      kbtool review kb-5f0c91aa
      kbtool review kb-1005 --stale "the charger was replaced in May"
      kbtool review --compare --dry-run
    """
    from kbtool.workflows.review import start_review, waiting

    if (dry_run and not compared) or (compared and stale is not None):
        raise click.UsageError("--dry-run goes with --compare, and --compare with an ID or none.")
    if compared:
        compare(id_, dry_run=dry_run, as_json=as_json)
        return
    settings = settings_for()
    if id_:
        one = start_review(settings, id_, stale=stale, now=now())
        if as_json:
            emit_json({"format": 1, "article": _row(one) | _details(one)})
        else:
            _show(one)
        return
    if stale is not None:
        raise click.UsageError("--stale needs the ID of an article")
    found, findings = waiting(settings, now=now())
    for finding in findings:
        show_finding(finding, err())
    if as_json:
        emit_json({"format": 1, "articles": [_row(one) for one in found]})
    else:
        _list(found)


def _list(found: tuple[Waiting, ...]) -> None:
    if not found:
        err().print("Nothing waits for review. Next: kbtool suggest, then kbtool draft")
        return
    shown = table("Article", "Waits as", "Saves", "Tickets", "Age", "To mend")
    for one in found:
        article = one.article
        age = "" if one.age_days is None else f"{one.age_days} d"
        saves = "" if one.saves is None else f"{one.saves:,.0f}"
        reason = f"\n[dim]{safe(article.reason)}[/dim]" if article.reason else ""
        title = f"{article.id} ({article.lang})\n{safe(article.title)}{reason}"
        shown.add_row(
            title, _why(one), saves, str(one.tickets or ""),
            age, str(len(one.errors) or ""), end_section=True,
        )  # fmt: skip
    out().print(shown)
    err().print(
        "Saves: tickets a year. Next: kbtool review ID, then edit its file in content/, then "
        "kbtool publish ID, kbtool reject ID or kbtool archive ID",
        soft_wrap=True,
    )


def _why(one: Waiting) -> str:
    """Why it waits, for the day it comes out when a lot gave it one."""
    day = f" for {one.article.release}" if one.why == "planned" else ""
    return f"{one.why}{day}" + (", edited" if one.edited else "")


def _show(one: Waiting) -> None:
    article = one.article
    out().print(f"[bold]{safe(article.title)}[/bold]  ({article.lang}, {article.id})")
    if article.reason:
        out().print(f"  {article.status}: {safe(article.reason)}", style="dim", soft_wrap=True)
    for other in article.also_asked:
        out().print(f"  also asked: {safe(other)}", style="dim", soft_wrap=True)
    out().print()
    out().print(safe(article.body), soft_wrap=True)
    _show_evidence(article)
    for finding in one.findings:
        show_finding(finding, err())
    if one.why == "planned":
        err().print(
            f"kbtool publish --due brings it out on {article.release}, as its lot says. Published by "
            "hand before, it is no part of the experiment.",
            soft_wrap=True,
        )
    todo = "mend the errors above, then " if one.errors else ""
    shown = f", or kbtool archive {article.id}" if article.status in PUBLIC else ""
    err().print(
        f"Edit content/{safe(article.path)} if needed; {todo}kbtool publish {article.id}{shown}",
        soft_wrap=True,
    )


def _show_evidence(article: Article) -> None:
    """What each drafted sentence rests on, and what a person made of it."""
    found = trace(article)
    if article.evidence:
        out().print("[bold]Evidence[/bold] (never published)")
    for number, evidence in enumerate(article.evidence):
        mark = f"  [yellow]({mark})[/yellow]" if (mark := _mark(number, found)) else ""
        out().print(f"{number + 1:>3}. {safe(evidence.text)}{mark}", soft_wrap=True)
        seen = f", last {evidence.last_seen}" if evidence.last_seen else ""
        backing = f"{many(evidence.tickets, 'ticket')}, {many(evidence.agents, 'agent')}{seen}: "
        shown = ", ".join(tickets_of([evidence]))
        out().print(f"     {backing}{safe(shown)}", style="dim", soft_wrap=True)
    written = dict.fromkeys(str(one.line) for one in found.sentences if one.state == "written")
    if written and article.evidence:
        lines = f"{'line' if len(written) == 1 else 'lines'} {', '.join(written)}"
        out().print(f"Written by a person, without evidence: {lines}", soft_wrap=True)


def _mark(number: int, found: Trace) -> str:
    """What a person did with the sentence of an evidence; empty when it stands as drafted."""
    if number in found.removed:
        return "taken out"
    own = [one for one in found.sentences if number in one.evidence]
    if not own or any(one.state == "drafted" for one in own):
        return ""
    new = dict.fromkeys(value for one in own for value in one.new_numbers)
    return f"edited; {', '.join(new)} not in it" if new else "edited"


def _row(one: Waiting) -> dict[str, Any]:
    article = one.article
    return {
        "id": article.id,
        "status": article.status,
        "lang": article.lang,
        "title": article.title,
        "file": article.path,
        "topic": article.topic,
        "tickets": one.tickets,
        "why": one.why,
        "release": article.release,
        "reason": article.reason,
        "age_days": one.age_days,
        "saves_a_year": one.saves,
        "edited": one.edited,
        "conflicts": sum(finding.code == "conflict" for finding in one.findings),
        "problems": [
            {
                "level": f.level,
                "code": f.code,
                "file": f.file,
                "line": f.line,
                "message": f.message,
            }
            for f in one.findings
        ],
    }


def _details(one: Waiting) -> dict[str, Any]:
    article = one.article
    found = trace(article)
    return {
        "also_asked": list(article.also_asked),
        "body": article.body,
        "evidence": [
            {
                "text": evidence.text,
                "tickets": tickets_of([evidence]),
                "agents": evidence.agents,
                "last_seen": evidence.last_seen,
                "sources": list(evidence.sources),
                "edited": evidence.edited,
                "removed": number in found.removed,
            }
            for number, evidence in enumerate(article.evidence)
        ],
        "written": [one.line for one in found.sentences if one.state == "written"],
    }
