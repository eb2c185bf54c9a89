"""How tickets and macros look on a terminal and in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kbtool.cli.common import err, out, safe
from kbtool.model import Cut, Macro, Message, Ticket
from kbtool.plural import many
from kbtool.workflows.tickets import Listing

_SUBJECT = 70
_FIRST_LINE = 80
_MACRO_LINES = 8


def print_ticket(ticket: Ticket, *, whole_cuts: bool) -> None:
    """The ticket's facts, then its messages; what was cut is dim, in its place."""
    out().print(f"[bold]{safe(ticket.key)}  {safe(ticket.subject)}[/bold]", soft_wrap=True)
    for line in _facts(ticket):
        out().print(safe(line), style="dim", soft_wrap=True)
    for number, message in enumerate(ticket.messages, start=1):
        out().print()
        out().print(_heading(number, message), soft_wrap=True)
        for text, is_cut in _body(message, whole_cuts=whole_cuts):
            out().print(f"  {safe(text)}".rstrip(), style="dim" if is_cut else None, soft_wrap=True)
        if message.links:
            out().print(f"  links: {safe(' '.join(message.links))}", style="dim", soft_wrap=True)
    if not ticket.messages:
        err().print("It has no messages.")


def _facts(ticket: Ticket) -> Iterator[str]:
    state = "resolved" if ticket.resolved else "not resolved"
    sure = "" if ticket.language_confidence is None else f" ({ticket.language_confidence:.2f})"
    told = " (the source says so)" if ticket.language and not sure else ""
    yield (
        f'status "{ticket.status}", {state}, {ticket.resolution} · '
        f"language {ticket.language or 'unknown'}{sure}{told}"
    )
    yield f"created {_time(ticket.created_at)} · solved {_time(ticket.solved_at)}"
    known = {
        "requester": _short(ticket.requester),
        "group": ticket.group,
        "channel": ticket.channel,
        "tags": ", ".join(ticket.tags),
        "product": ticket.product,
        "type": ticket.type,
        "priority": ticket.priority,
        "rating": None if ticket.csat is None else f"{ticket.csat:.0%}",
        "comment": ticket.csat_comment,
        "reopened": ticket.reopens,
        "merged into": ticket.merged_into,
    }
    if any(known.values()):
        yield " · ".join(f"{name} {value}" for name, value in known.items() if value)
    read = ticket.provenance
    yield f"read from {read.file}:{read.line} with the mapping {read.mapping}"


def _heading(number: int, message: Message) -> str:
    colour = {"customer": "cyan", "agent": "green"}.get(message.role, "magenta")
    note = " [bold yellow]internal note[/bold yellow]" if message.visibility == "internal" else ""
    used = f" · macro {safe(', '.join(message.macros))}" if message.macros else ""
    who = " ".join(part for part in (message.role, _short(message.author)) if part)
    when = _time(message.at)
    return f"[bold {colour}]{number} {safe(who)}[/bold {colour}]{note} · {when}{used}"


def _body(message: Message, *, whole_cuts: bool) -> Iterator[tuple[str, bool]]:
    """(line, whether it was cut): the kept text with the cuts where they were."""
    lines = message.text.splitlines()
    cuts = list(message.cuts)
    for place in range(len(lines) + 1):
        while cuts and (cuts[0].line <= place or place == len(lines)):
            yield from ((line, True) for line in _cut_lines(cuts.pop(0), whole=whole_cuts))
        if place < len(lines):
            yield lines[place], False


def _cut_lines(cut: Cut, *, whole: bool) -> Iterator[str]:
    lines = [line for line in cut.text.splitlines() if line.strip()]
    if cut.text.startswith(f"[{cut.kind},"):  # too personal to be kept: only its length is known
        yield f"✂ {cut.text[1:-1]}"
    elif whole or not lines:
        yield f"✂ {cut.kind}, {many(len(lines), 'line')}:"
        yield from (f"  {line}" for line in lines)
    else:
        more = f", {many(len(lines), 'line')}" if len(lines) > 1 else ""
        yield f"✂ {cut.kind}{more}: {_cropped(lines[0], _FIRST_LINE)}"


def print_list(found: Listing) -> None:
    """A line a ticket; how many more there are goes to stderr."""
    if not found.stored:
        err().print("There are no tickets yet. Next: kbtool import FILE")
        return
    if not found.count:
        err().print(f"None of the {many(found.stored, 'stored ticket')} is like that.")
        return
    width = max(len(ticket.key) for ticket in found.tickets)
    for ticket in found.tickets:
        day = ticket.created_at.date().isoformat() if ticket.created_at else " " * 10
        lang = ticket.language or "unknown"
        out().print(
            f"{safe(ticket.key):<{width}}  {day}  {ticket.resolution:<9}  {safe(lang):<7}  "
            f"{many(len(ticket.messages), 'message'):<11}  {safe(_cropped(ticket.subject, _SUBJECT))}",
            soft_wrap=True,
        )
    if found.count > len(found.tickets):
        err().print(f"{len(found.tickets)} of {many(found.count, 'ticket')}; --limit shows more")


def print_macros(found: Sequence[Macro], count: int) -> None:
    """Each macro with its figures above its text."""
    for number, macro in enumerate(found, start=1):
        languages = " ".join(f"{lang} {tickets}" for lang, tickets in macro.languages)
        days = " – ".join(f"{at:%Y-%m-%d}" for at in (macro.first, macro.last) if at)
        name = f"macro {macro.id}" if macro.named else macro.id
        figures = f"{many(macro.tickets, 'ticket')}, {many(macro.agents, 'agent')} · {languages}"
        out().print(f"[bold]{number}. {safe(figures)}[/bold] · {safe(name)}", soft_wrap=True)
        lines = macro.text.splitlines() or ["(its messages have no sentence in common)"]
        for line in lines[:_MACRO_LINES]:
            out().print(f"   {safe(line)}", soft_wrap=True)
        if len(lines) > _MACRO_LINES:
            out().print(f"   … {many(len(lines) - _MACRO_LINES, 'more sentence')}")
        used = ", ".join(macro.samples)
        out().print(f"   {days}{' · ' if days else ''}{safe(used)}", style="dim", soft_wrap=True)
    if count > len(found):
        err().print(f"{len(found)} of {many(count, 'macro')}; --limit shows more")


def as_data(ticket: Ticket) -> dict[str, Any]:
    """The whole ticket as it is stored."""
    return {"key": ticket.key, **asdict(ticket)}


def row(ticket: Ticket) -> dict[str, Any]:
    """What a list says about a ticket."""
    return {
        "key": ticket.key,
        "subject": ticket.subject,
        "status": ticket.status,
        "resolved": ticket.resolved,
        "resolution": ticket.resolution,
        "language": ticket.language,
        "language_confidence": ticket.language_confidence,
        "created_at": ticket.created_at,
        "solved_at": ticket.solved_at,
        "messages": len(ticket.messages),
    }


def macro_row(macro: Macro) -> dict[str, Any]:
    """A macro with its languages as a map."""
    return asdict(macro) | {"languages": dict(macro.languages)}


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "–"


def _short(person: str | None) -> str:
    return (person or "")[:6]


def _cropped(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
