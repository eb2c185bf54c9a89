"""How suggestions and topics are shown."""

from __future__ import annotations

from typing import Any

from kbtool.cli.common import emit_json, err, out, safe, table
from kbtool.model import Suggestion
from kbtool.workflows.suggest import Sample, SuggestResult, TopicView

FEW = 50
"""Questions below which little can recur: said to the user, nothing is refused."""
SHOWN_CHARACTERS = 1_200


def show_list(found: SuggestResult, top: int | None, *, as_json: bool) -> None:
    """The best suggestions on stdout; what they were found in on stderr."""
    chosen = found.suggestions[:top]
    if as_json:
        emit_json({"format": 1, "suggestions": [suggestion_json(s) for s in chosen]})
    elif chosen:
        _print_table(chosen)
    _tell(found, chosen)


def show(view: TopicView, *, as_json: bool) -> None:
    """One topic with its sample tickets on stdout."""
    if as_json:
        emit_json(_view_json(view))
    else:
        _print_view(view)


def suggestion_json(found: Suggestion) -> dict[str, Any]:
    """A suggestion as ``--json`` prints it; tickets bear the help desk's own ids."""
    return {
        "kind": found.kind,
        "topic": found.topic,
        "question": found.question,
        "tickets": [_own_id(key) for key in found.tickets],
        "requesters": found.requesters,
        "languages": dict(found.languages),
        "article": found.article,
        "worth": found.worth,
        "reasons": list(found.reasons),
    }


def _own_id(key: str) -> str:
    return key.partition(":")[2]


def _print_table(chosen: tuple[Suggestion, ...]) -> None:
    shown = table("Do", "Question, and why", "Tickets", "People", "In", "Trend", "Article")
    for column in shown.columns:
        column.no_wrap = True
    question = shown.columns[1]
    question.no_wrap, question.ratio = False, 1
    shown.columns[2].justify = shown.columns[3].justify = "right"
    for found in chosen:
        why = "; ".join(found.reasons)
        shown.add_row(
            f"{found.kind}\n{safe(found.topic or '')}",
            f"{safe(found.question)}\n[dim]{safe(why)}[/dim]\n",
            str(len(found.tickets)),
            str(found.requesters),
            safe("\n".join(f"{lang} {n}" for lang, n in found.languages)),
            found.trend or "",
            safe(found.article or "none"),
        )
    out().print(shown)


def _tell(found: SuggestResult, chosen: tuple[Suggestion, ...]) -> None:
    """What was looked at, what was left out and why, what to type next."""
    err().print(
        f"{found.tickets} tickets, {found.questions} resolved ones that ask something, "
        f"{len(found.topics)} topics."
    )
    if found.tickets == 0:
        err().print("There are no tickets yet. Next: kbtool import FILE")
    elif found.questions < FEW:
        err().print(
            f"That is few: a topic needs {found.smallest} tickets with the same question, and "
            f"below {FEW} questions hardly any will have them. Import more tickets."
        )
    if found.quiet:
        err().print(f"{found.quiet} topics are answered by an article and need nothing.")
    if found.rejected:
        err().print(f"{found.rejected} topics were rejected and have not doubled since.")
    if len(chosen) < len(found.suggestions):
        err().print(f"{len(found.suggestions) - len(chosen)} more suggestions are not shown.")
    command = next((s.command for s in chosen if s.command), None)
    if command:
        err().print(f"Next: {safe(command)}")


def _print_view(view: TopicView) -> None:
    topic = view.topic
    out().print(f"[bold]{safe(topic.question)}[/bold]  ({safe(topic.id)})")
    languages = ", ".join(f"{lang} {n}" for lang, n in topic.languages)
    out().print(
        f"{len(topic.tickets)} tickets from {topic.requesters} requesters; {safe(languages)}; "
        f"{topic.trend}"
    )
    out().print(f"Keywords: {safe(', '.join(topic.keywords))}")
    out().print("Months: " + ", ".join(f"{month} {n}" for month, n in topic.months))
    out().print("\n[bold]Asked as[/bold]")
    for wording in topic.wordings:
        out().print(f"- {safe(wording.text)} [dim]({safe(wording.lang or '?')})[/dim]")
    for sample in view.samples:
        _print_sample(sample)


def _print_sample(sample: Sample) -> None:
    day = f", {sample.at:%Y-%m-%d}" if sample.at else ""
    out().print(
        f"\n[bold]Ticket {safe(_own_id(sample.ticket))}[/bold]{day}: {safe(sample.subject)}"
    )
    out().print(safe(_cut(sample.question)))
    for reply in sample.replies:
        out().print("[bold]Agent:[/bold]")
        out().print(safe(_cut(reply)))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS].rstrip() + " …"


def _view_json(view: TopicView) -> dict[str, Any]:
    topic = view.topic
    return {
        "format": 1,
        "topic": topic.id,
        "question": topic.question,
        "keywords": list(topic.keywords),
        "tickets": [_own_id(key) for key in topic.tickets],
        "requesters": topic.requesters,
        "languages": dict(topic.languages),
        "months": dict(topic.months),
        "trend": topic.trend,
        "wordings": [{"text": w.text, "lang": w.lang} for w in topic.wordings],
        "samples": [
            {
                "ticket": _own_id(sample.ticket),
                "lang": sample.lang,
                "at": sample.at,
                "subject": sample.subject,
                "question": sample.question,
                "replies": list(sample.replies),
            }
            for sample in view.samples
        ],
    }
