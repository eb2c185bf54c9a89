"""How topics, their past and the rejected ones look on a terminal and in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kbtool.cli.common import emit_json, err, out, own_id, safe, table
from kbtool.model import Sample, TopicChange, TopicRun
from kbtool.plural import many
from kbtool.suggest.waking import Standing
from kbtool.suggest.wordings.lines import PREFIX
from kbtool.workflows.topics import Past, Refused, Row, TopicHistory, TopicView

if TYPE_CHECKING:
    from kbtool.workflows.assign import Placed

SHOWN_CHARACTERS = 1_200
SHOWN_CHANGES = 12
"""Changes of one run that are listed; JSON has all."""


def show(view: TopicView, *, as_json: bool) -> None:
    """One topic with its sample tickets, and its past where there is one."""
    if as_json:
        emit_json(_view_json(view))
    else:
        _print_view(view)


def print_list(rows: Sequence[Row], limit: int) -> None:
    """The current topics as a table on stdout."""
    columns = ("Topic", "Tickets", "A month", "Trend", "Languages", "Article", "Question")
    shown = table(*columns, whole=("Topic", "Article"))
    for row in rows[:limit]:
        topic = row.topic
        monthly = "" if topic.expected is None else f"{topic.expected:.1f}"
        asleep = " [dim](rejected)[/dim]" if row.asleep else ""
        shown.add_row(
            safe(topic.id), str(len(topic.tickets)), monthly, topic.trend,
            safe(" ".join(f"{lang} {n}" for lang, n in topic.languages)),
            safe(row.covered.article) if row.covered else "none", safe(topic.question) + asleep,
        )  # fmt: skip
    out().print(shown)
    _tell_rest(len(rows), limit)


def print_gone(rows: Sequence[Row], limit: int) -> None:
    """The topics that are no more as a table on stdout."""
    shown = table("Topic", "Tickets", "Last found", "Now part of", "Question", whole=("Topic",))
    for row in rows[:limit]:
        shown.add_row(
            safe(row.topic.id), str(len(row.topic.tickets)), f"{row.last_seen:%Y-%m-%d}",
            safe(row.now or ""), safe(row.topic.question),
        )  # fmt: skip
    out().print(shown)
    _tell_rest(len(rows), limit)


def list_json(rows: Sequence[Row], limit: int) -> dict[str, Any]:
    """The same for scripts."""
    return {"format": 1, "count": len(rows), "topics": [_row(row) for row in rows[:limit]]}


def print_rejected(found: Sequence[Refused], limit: int) -> None:
    """The rejected topics on stdout: why, and until when."""
    for one in found[:limit]:
        standing = one.standing
        out().print(f"[bold]{safe(standing.rejection.topic)}[/bold]  {safe(one.question)}")
        day = f"{standing.rejection.at:%Y-%m-%d}"
        why = f"rejected {day}: {standing.rejection.reason or 'no reason given'}"
        out().print(f"  {safe(why)}", soft_wrap=True)
        out().print(f"  {safe(ends(standing))}{safe(_held(one))}", soft_wrap=True)
    _tell_rest(len(found), limit)
    asleep = sum(one.standing.sleeps for one in found)
    err().print(
        f"{many(len(found), 'rejection')}, {asleep} asleep. "
        "Take one back: kbtool reject TOPIC --undo"
    )


def rejected_json(found: Sequence[Refused], limit: int) -> dict[str, Any]:
    """The same for scripts."""
    rows = [
        {**standing_json(one.standing), "question": one.question, "now": one.now}
        for one in found[:limit]
    ]
    return {"format": 1, "count": len(found), "rejected": rows}


def standing_json(one: Standing) -> dict[str, Any]:
    """A rejection and when it ends."""
    return {
        "topic": one.rejection.topic,
        "reason": one.rejection.reason,
        "at": one.rejection.at,
        "tickets_then": one.rejection.tickets,
        "tickets": one.tickets,
        "topics": list(one.topics),
        "asleep": one.sleeps,
        "wakes_at": one.wakes_at,
        "until": one.rejection.until,
    }


def ends(one: Standing) -> str:
    """When a rejected topic is suggested again, in words."""
    rejection = one.rejection
    if not one.sleeps:
        why = "the day came" if rejection.until else f"it has {many(one.tickets, 'ticket')}"
        if ":" in rejection.topic and not rejection.until:
            why = f"what speaks for it is {one.tickets:,} by now"
        return f"suggested again: {why}"
    if rejection.until is not None:
        return f"suggested again from {rejection.until} on"
    if one.wakes_at is not None and rejection.topic.startswith("retire:"):
        return f"suggested again after {one.wakes_at:,} days without use; now {one.tickets:,}"
    if one.wakes_at is not None and ":" in rejection.topic:
        told = f"{one.wakes_at:,} tickets, visits or votes speak for it; now {one.tickets:,}"
        return f"suggested again when {told}"
    if one.wakes_at is not None:
        what = "visits and tickets" if rejection.topic.startswith(PREFIX) else "tickets"
        return f"suggested again when it has {one.wakes_at:,} {what}; now {one.tickets:,}"
    return "rejected for good"


def print_history(history: TopicHistory, limit: int) -> None:
    """What each run changed on stdout, the last run first."""
    for run in history.runs[: -limit - 1 : -1]:
        kinds = Counter(change.kind for change in run.changes)
        told = ", ".join(f"{n:,} {kind}" for kind, n in sorted(kinds.items()))
        out().print(
            f"[bold]{run.at:%Y-%m-%d %H:%M}[/bold]  run {run.number}: {told}; then "
            f"{many(run.topics, 'topic')} of {many(run.tickets, 'ticket')}"
        )
        for change in run.changes[:SHOWN_CHANGES]:
            question = history.questions.get(change.topic, "")
            out().print(f"  {safe(_told(change))}  [dim]{safe(question)}[/dim]", soft_wrap=True)
        if len(run.changes) > SHOWN_CHANGES:
            out().print(f"  … and {len(run.changes) - SHOWN_CHANGES:,} more (--json has them)")
    _tell_rest(len(history.runs), limit)


def history_json(history: TopicHistory, limit: int) -> dict[str, Any]:
    """The same for scripts."""
    runs = history.runs[: -limit - 1 : -1]
    return {"format": 1, "count": len(history.runs), "runs": [_run(run) for run in runs]}


def print_placed(found: Sequence[Placed]) -> None:
    """Where tickets belong, a line each on stdout; how many do on stderr."""
    for one in found:
        if one.topic is not None:
            told = f"{one.topic.id}  {one.confidence:.2f}  {one.topic.question}"
        else:
            told = "none" if one.asks else "none: it asks nothing"
        out().print(safe(f"{one.ticket}  {told}"), soft_wrap=True)
    if len(found) > 1:
        fitting = sum(one.topic is not None for one in found)
        err().print(f"{many(fitting, 'ticket')} of {len(found):,} belong to known topics.")


def placed_json(found: Sequence[Placed]) -> dict[str, Any]:
    """The same for scripts."""
    rows = [
        {
            "ticket": one.ticket,
            "asks": one.asks,
            "topic": one.topic.id if one.topic else None,
            "question": one.topic.question if one.topic else None,
            "confidence": one.confidence,
        }
        for one in found
    ]
    return {"format": 1, "tickets": rows}


def _tell_rest(count: int, limit: int) -> None:
    if count > limit:
        err().print(f"Shown: {limit} of {count:,} (--limit shows more).")


def _held(one: Refused) -> str:
    """Where a rejected topic is, when not where it was."""
    topic, others = one.standing.rejection.topic, set(one.standing.topics)
    parts = sorted(others - {topic})
    if parts:
        return f"; holds back {', '.join(sorted(others))}"
    if one.now != topic:
        return f"; its tickets are part of {one.now} now, which was not rejected"
    return "" if others else "; the last run did not find it"


def _told(change: TopicChange) -> str:
    """A change in words."""
    count = many(change.tickets, "ticket")
    if change.kind == "merged":
        part = "" if change.shared >= change.tickets else f", which has {change.shared:,} of them"
        return f"{change.topic} ({count}) merged into {change.other}{part}"
    if change.kind == "gone":
        return f"{change.topic} ({count}) is gone"
    origin = f", {change.shared:,} of them from {change.other}" if change.other else ""
    verb = {"born": "was born", "split": f"split off {change.other}", "back": "came back"}
    return f"{change.topic} {verb[change.kind]} with {count}{origin}"


def _row(row: Row) -> dict[str, Any]:
    topic = row.topic
    return {
        "topic": topic.id,
        "question": topic.question,
        "keywords": list(topic.keywords),
        "tickets": len(topic.tickets),
        "requesters": topic.requesters,
        "languages": dict(topic.languages),
        "trend": topic.trend,
        "expected": topic.expected,
        "article": row.covered.article if row.covered else None,
        "confidence": row.covered.confidence if row.covered else None,
        "rejected": row.asleep,
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "now": row.now,
    }


def _run(run: TopicRun) -> dict[str, Any]:
    return {
        "run": run.number,
        "at": run.at,
        "topics": run.topics,
        "tickets": run.tickets,
        "changes": [_change(change) for change in run.changes],
    }


def _change(change: TopicChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "topic": change.topic,
        "tickets": change.tickets,
        "other": change.other,
        "shared": change.shared,
    }


def _print_view(view: TopicView) -> None:
    topic = view.topic
    out().print(f"[bold]{safe(topic.question)}[/bold]  ({safe(topic.id)})")
    languages = ", ".join(f"{lang} {n}" for lang, n in topic.languages)
    size, people = many(len(topic.tickets), "ticket"), many(topic.requesters, "requester")
    peaks = f" ({', '.join(topic.peaks)})" if topic.peaks else ""
    monthly = "" if topic.expected is None else f"; {topic.expected:.1f} expected next month"
    out().print(f"{size} from {people}; {safe(languages)}; {topic.trend}{safe(peaks)}{monthly}")
    out().print(f"Keywords: {safe(', '.join(topic.keywords))}")
    out().print("Months: " + ", ".join(f"{month} {n}" for month, n in topic.months))
    for way in topic.ways:
        out().print(f"Answered as in {safe(own_id(way.ticket))}: {many(way.tickets, 'ticket')}")
    for twin in topic.twins:
        out().print(f"May be the same question as {safe(twin.topic)} ({twin.chance:.0%})")
    if view.past is not None:
        _print_past(view.past)
    out().print("\n[bold]Asked as[/bold]")
    for wording in topic.wordings:
        out().print(f"- {safe(wording.text)} [dim]({safe(wording.lang or '?')})[/dim]")
    for sample in view.samples:
        print_sample(sample)


def _print_past(past: Past) -> None:
    """Since when there is such a topic, what happened to it, whether it is rejected."""
    until = f", last found {past.last_seen:%Y-%m-%d}: it is gone" if past.gone else ""
    out().print(f"First found {past.first_seen:%Y-%m-%d}{until}")
    for run, change in past.changes:
        out().print(f"  {run.at:%Y-%m-%d}  {safe(_told(change))}", style="dim", soft_wrap=True)
    for one in past.rejected:
        why = f"Rejected {one.rejection.at:%Y-%m-%d}: {one.rejection.reason or 'no reason given'}"
        out().print(f"[yellow]{safe(why)}[/yellow] ({safe(ends(one))})", soft_wrap=True)


def sample_json(sample: Sample) -> dict[str, Any]:
    """A sample ticket as ``--json`` prints it."""
    return {
        "ticket": own_id(sample.ticket),
        "lang": sample.lang,
        "at": sample.at,
        "subject": sample.subject,
        "question": sample.question,
        "replies": list(sample.replies),
    }


def print_sample(sample: Sample) -> None:
    """A sample ticket on stdout: what was asked and what agents answered."""
    day = f", {sample.at:%Y-%m-%d}" if sample.at else ""
    out().print(f"\n[bold]Ticket {safe(own_id(sample.ticket))}[/bold]{day}: {safe(sample.subject)}")
    out().print(safe(_cut(sample.question)))
    for reply in sample.replies:
        out().print("[bold]Agent:[/bold]")
        out().print(safe(_cut(reply)))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS].rstrip() + " …"


def _view_json(view: TopicView) -> dict[str, Any]:
    topic = view.topic
    data = {
        "format": 1,
        "topic": topic.id,
        "question": topic.question,
        "keywords": list(topic.keywords),
        "tickets": [own_id(key) for key in topic.tickets],
        "requesters": topic.requesters,
        "languages": dict(topic.languages),
        "months": dict(topic.months),
        "trend": topic.trend,
        "peaks": list(topic.peaks),
        "expected": topic.expected,
        "ways": [{"ticket": own_id(way.ticket), "tickets": way.tickets} for way in topic.ways],
        "twins": [{"topic": twin.topic, "chance": twin.chance} for twin in topic.twins],
        "wordings": [{"text": w.text, "lang": w.lang} for w in topic.wordings],
        "samples": [sample_json(sample) for sample in view.samples],
    }
    return data if view.past is None else data | _past_json(view.past)


def _past_json(past: Past) -> dict[str, Any]:
    return {
        "first_seen": past.first_seen,
        "last_seen": past.last_seen,
        "gone": past.gone,
        "changes": [{"at": run.at, **_change(change)} for run, change in past.changes],
        "rejected": [standing_json(one) for one in past.rejected],
    }
