"""How ``kbtool import`` shows what came in, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kbtool.cli.common import err, out, safe, table
from kbtool.tickets.sniff import Sniffed
from kbtool.workflows.import_tickets import ImportResult

REJECTED_SHOWN = 20


def show(result: ImportResult) -> None:
    """The summary on stdout; rejected records and notes on stderr."""
    loaded = result.loaded
    for file in loaded.files:
        second = f" with {file.second}" if file.second else ""
        out().print(
            f"{safe(file.file)}{safe(second)}: {file.tickets:,} tickets, {file.format}, {file.encoding}, "
            f"mapping {safe(file.mapping)} ({safe(file.why)})",
            soft_wrap=True,
        )
    rows = table("", "tickets")
    rows.columns[1].justify = "right"
    for label, count in _figures(result):
        rows.add_row(safe(label), f"{count:,}")
    out().print(rows)
    out().print(
        "Languages: "
        + (", ".join(f"{safe(code)} {count:,}" for code, count in result.languages) or "–")
    )
    out().print(f"Time span: {_span(result.first, result.last)}")
    _show_troubles(result)
    if result.saved is None:
        err().print("Nothing was stored (--dry-run).")
    elif result.resolved:
        err().print("Next: kbtool suggest")


def _figures(result: ImportResult) -> list[tuple[str, int]]:
    figures = [("read", result.read), ("rejected", len(result.loaded.rejected))]
    if result.loaded.duplicates:
        figures.append(("replaced by a later record with the same id", result.loaded.duplicates))
    if result.saved:
        figures += [
            ("new", result.saved.new),
            ("updated", result.saved.updated),
            ("unchanged", result.saved.unchanged),
        ]
    figures += [("resolved", result.resolved), ("answered", result.answered)]
    others = [
        (word, count) for word, count in result.resolutions if word not in ("answered", "unknown")
    ]
    return figures + others


def _show_troubles(result: ImportResult) -> None:
    loaded = result.loaded
    for note in loaded.notes:
        err().print(f"[yellow]Note:[/yellow] {safe(note)}", soft_wrap=True)
    if loaded.unknown_statuses:
        words = ", ".join(
            f"{safe(word) or '(empty)'} ({count:,})" for word, count in loaded.unknown_statuses
        )
        err().print(
            f"[yellow]Unknown status words, counted as open:[/yellow] {words}", soft_wrap=True
        )
        err().print(
            "Hint: name them under status: in a mapping (kbtool import FILE --sniff prints one)"
        )
    if loaded.rejected:
        err().print(f"[yellow]Rejected: {len(loaded.rejected):,}[/yellow]")
    for item in loaded.rejected[:REJECTED_SHOWN]:
        err().print(f"  {safe(item.file)}:{item.line}: {safe(item.reason)}", soft_wrap=True)
    if len(loaded.rejected) > REJECTED_SHOWN:
        err().print(
            f"  … and {len(loaded.rejected) - REJECTED_SHOWN:,} more; --json lists them all"
        )


def result_json(result: ImportResult) -> dict[str, Any]:
    """The summary for scripts, with every rejected record."""
    loaded = result.loaded
    return {
        "format": 1,
        "files": [asdict(file) for file in loaded.files],
        "read": result.read,
        "tickets": len(loaded.tickets),
        "stored": asdict(result.saved) if result.saved else None,
        "duplicates": loaded.duplicates,
        "resolved": result.resolved,
        "answered": result.answered,
        "resolutions": dict(result.resolutions),
        "languages": dict(result.languages),
        "first": result.first,
        "last": result.last,
        "unknown_statuses": dict(loaded.unknown_statuses),
        "notes": list(loaded.notes),
        "rejected": [asdict(item) for item in loaded.rejected],
    }


def show_sniffed(found: Sequence[Sniffed]) -> None:
    """The proposed mapping on stdout as YAML; coverage as comments' worth of tables on stderr."""
    for one in found:
        second = f" with {one.second}" if one.second else ""
        err().print(
            f"{safe(one.file + second)}: {one.format}, {one.encoding}; mapping {safe(one.mapping)}, because {safe(one.why)}",
            soft_wrap=True,
        )
        rows = table("field", "read from", "filled", "samples")
        for field in one.fields:
            share = f"{field.filled:,} of {one.records:,}"
            rows.add_row(
                field.field, safe(", ".join(field.paths)), share, safe(" · ".join(field.samples))
            )
        err().print(rows)
        err().print(
            "Messages: "
            + (", ".join(f"{kind} {count:,}" for kind, count in one.messages) or "none")
        )
        words = [
            f"{safe(word) or '(none)'} → {meaning or 'UNKNOWN'} ({count:,})"
            for word, count, meaning in one.statuses
        ]
        err().print("Status: " + ", ".join(words), soft_wrap=True)
        if one.unused:
            err().print("Not used: " + safe(", ".join(one.unused)), soft_wrap=True)
        err().print("The mapping, to be saved, changed and given with --mapping:\n")
        out().print(safe(one.yaml), soft_wrap=True)


def sniffed_json(found: Sequence[Sniffed]) -> dict[str, Any]:
    """The same for scripts."""
    return {"format": 1, "files": [asdict(one) for one in found]}


def _span(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return "no dates"
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
