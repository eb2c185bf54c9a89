"""How ``kbtool import`` shows what came in, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kbtool.cli.common import err, out, safe, table
from kbtool.plural import many
from kbtool.tickets.load import FileRead
from kbtool.tickets.sniff import Sniffed
from kbtool.workflows.import_tickets import ImportResult

REJECTED_SHOWN = 20


def show(result: ImportResult) -> None:
    """The summary on stdout; what needs a person's eye on stderr."""
    loaded = result.loaded
    for file in loaded.files:
        _show_file(file)
    rows = table("", "tickets")
    rows.columns[1].justify = "right"
    for label, count in _figures(result):
        rows.add_row(safe(label), f"{count:,}")
    out().print(rows)
    figures = result.figures
    languages = ", ".join(f"{safe(code)} {count:,}" for code, count in figures.languages)
    out().print(f"Languages: {languages or '–'}")
    out().print(f"Time span: {_span(figures.first, figures.last)}")
    cut = result.boilerplate
    if cut.lines:
        out().print(
            f"Boilerplate: {many(cut.lines, 'line')} cut from {many(cut.messages, 'message')}"
        )
    if figures.visits:
        met, all_ = sum(bool(one.tickets) for one in result.hand_offs), len(result.hand_offs)
        told = f"; {met:,} of {many(all_, 'recorded hand-off')} found a ticket" if all_ else ""
        out().print(f"Visit tokens: in {many(figures.visits, 'ticket')}{told}")
    if result.placed:
        known, none = result.placed.known, result.placed.none
        out().print(f"New questions: {known:,} belong to known topics, {none:,} to none")
    if result.ended:
        out().print(f"Deleted: {many(result.ended, 'event')} older than metrics.keep_months")
    _show_troubles(result)
    if result.dry_run:
        err().print("Nothing was stored (--dry-run).")
    elif figures.resolved:
        err().print("Next: kbtool suggest" + _then(result))


def _then(result: ImportResult) -> str:
    """What comes after the suggestions when new tickets are about published articles."""
    if not result.articles:
        return ""
    told = many(result.articles, "published article")
    return f", then kbtool review --compare: {told} may have become stale"


def _show_file(file: FileRead) -> None:
    second = f" with {', '.join(file.second)}" if file.second else ""
    out().print(
        f"{safe(file.file)}{safe(second)}: {many(file.tickets, 'ticket')}, {file.format}, "
        f"{file.encoding}, mapping {safe(file.mapping)} ({safe(file.why)})",
        soft_wrap=True,
    )
    if file.skipped:
        reasons = ", ".join(f"{safe(what)} {count:,}" for what, count in file.skipped)
        out().print(f"  no tickets, left out: {reasons}", soft_wrap=True)


def _figures(result: ImportResult) -> list[tuple[str, int]]:
    loaded, saved, figures = result.loaded, result.saved, result.figures
    rows = [("records read", result.read), ("rejected", loaded.rejected_count)]
    if loaded.skipped:
        rows.append(("left out, no tickets", loaded.skipped))
    if result.duplicates:
        rows.append(("replaced by a later record with the same id", result.duplicates))
    if result.forgotten:
        rows.append(("left out, forgotten before", result.forgotten))
    rows += [("new", saved.new), ("updated", saved.updated), ("unchanged", saved.unchanged)]
    if saved.pruned:
        rows.append(("pruned: not in the files any more", saved.pruned))
    rows += [("resolved", figures.resolved), ("answered", result.answered)]
    return rows + [
        (word, count) for word, count in figures.resolutions if word not in ("answered", "unknown")
    ]


def _show_troubles(result: ImportResult) -> None:
    loaded = result.loaded
    for note in loaded.notes:
        err().print(f"[yellow]Note:[/yellow] {safe(note)}", soft_wrap=True)
    if loaded.unknown_statuses:
        _show_statuses(loaded.unknown_statuses)
    if not loaded.rejected:
        return
    err().print(f"[yellow]Rejected: {loaded.rejected_count:,}[/yellow]")
    for item in loaded.rejected[:REJECTED_SHOWN]:
        err().print(f"  {safe(item.file)}:{item.line}: {safe(item.reason)}", soft_wrap=True)
    if loaded.rejected_count > REJECTED_SHOWN:
        err().print("  … of all, by reason:")
        for reason, count in loaded.rejections[:REJECTED_SHOWN]:
            err().print(f"  {count:,} × {safe(reason)}", soft_wrap=True)
        err().print(f"  --json lists the first {len(loaded.rejected):,}")


def _show_statuses(words: Sequence[tuple[str, int]]) -> None:
    shown = ", ".join(
        f"“{safe(word) or '(empty)'}” {count:,}" for word, count in words[:REJECTED_SHOWN]
    )
    more = f" and {len(words) - REJECTED_SHOWN:,} more" if len(words) > REJECTED_SHOWN else ""
    err().print(
        f"[yellow]{many(len(words), 'status word')} no mapping knows:[/yellow] {shown}{more}: "
        "they count as open",
        soft_wrap=True,
    )
    err().print(
        "Hint: name them in a mapping under status: (kbtool import FILE --sniff prints one)"
    )


def result_json(result: ImportResult) -> dict[str, Any]:
    """The summary for scripts, with the first rejected records and all reasons."""
    loaded, figures, placed = result.loaded, result.figures, result.placed
    return {
        "format": 1,
        "dry_run": result.dry_run,
        "files": [{**asdict(file), "skipped": dict(file.skipped)} for file in loaded.files],
        "read": result.read,
        "tickets": figures.tickets,
        "stored": asdict(result.saved),
        "duplicates": result.duplicates,
        "forgotten": result.forgotten,
        "resolved": figures.resolved,
        "answered": result.answered,
        "resolutions": dict(figures.resolutions),
        "languages": dict(figures.languages),
        "first": figures.first,
        "last": figures.last,
        "boilerplate": asdict(result.boilerplate),
        "topics": {"known": placed.known, "none": placed.none} if placed else None,
        "articles_to_compare": result.articles,
        "visits": figures.visits,
        "hand_offs": {
            "recorded": len(result.hand_offs),
            "with_ticket": sum(bool(one.tickets) for one in result.hand_offs),
        },
        "ended_events": result.ended,
        "unknown_statuses": dict(loaded.unknown_statuses),
        "notes": list(loaded.notes),
        "rejected_count": loaded.rejected_count,
        "rejections": dict(loaded.rejections),
        "rejected": [asdict(item) for item in loaded.rejected],
    }


def show_sniffed(found: Sequence[Sniffed]) -> None:
    """The proposed mapping on stdout as YAML; what it would read on stderr."""
    for one in found:
        _show_coverage(one)
        for label, words in _sniffed_words(one):
            err().print(f"{label}: {safe(', '.join(words))}", soft_wrap=True)
        for note in one.notes:
            err().print(f"[yellow]Note:[/yellow] {safe(note)}", soft_wrap=True)
        err().print("The mapping, to be saved, changed and given with --mapping:\n")
        out().print(safe(one.yaml), soft_wrap=True)


def _show_coverage(one: Sniffed) -> None:
    err().print(
        f"{safe(one.file)}: {one.format}, {one.encoding}; mapping {safe(one.mapping)}, because {safe(one.why)}",
        soft_wrap=True,
    )
    rows = table("field", "read from", "filled", "samples")
    for field in one.fields:
        share = f"{field.filled:,} of {field.of:,}"
        rows.add_row(
            field.field, safe(", ".join(field.paths)), share, safe(" · ".join(field.samples))
        )
    err().print(rows)


def _sniffed_words(one: Sniffed) -> Iterator[tuple[str, list[str]]]:
    """(label, what there is) of everything but the fields; only what there is."""
    yield "Messages", [f"{kind} {count:,}" for kind, count in one.messages] or ["none"]
    yield (
        "Status",
        [
            f"{word or '(none)'} → {meaning or 'UNKNOWN'} ({count:,})"
            for word, count, meaning in one.statuses
        ],
    )
    for second in one.seconds:
        place = second.file or ("in the tickets" if second.inside else "not given")
        beside = "" if second.file or second.inside else f"; looked for: {', '.join(second.beside)}"
        yield f"Records of {second.name}", [place + beside]
    if one.skipped:
        yield "No ticket", [f"{reason} ({count:,})" for reason, count in one.skipped]
    if one.unused:
        yield "Not used", list(one.unused)


def sniffed_json(found: Sequence[Sniffed]) -> dict[str, Any]:
    """The same for scripts."""
    return {"format": 1, "files": [asdict(one) for one in found]}


def _span(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return "no dates"
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
