"""How ``kbtool hits`` shows what became of the lines, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from kbtool.cli.common import err, out, safe, table
from kbtool.events.aggregates.importing import AggregateImport
from kbtool.events.logs.ledger import Source
from kbtool.events.logs.records import REASONS, RULES, Account, FileTaken
from kbtool.plural import many
from kbtool.workflows.hits import HitsResult

REJECTED_SHOWN = 20
MISSING = {
    "Sec-Purpose": "pages loaded before anybody looked count as views",
    "Sec-GPC": "readers who ask not to be followed are followed within the day",
    "DNT": "the same of those who send DNT",
}
"""What it means that the lines do not tell a signal."""


def show(result: HitsResult) -> None:
    """The summary on stdout; what needs a person's eye on stderr."""
    for file in result.files:
        _show_file(file)
    if result.files:
        out().print(_account_table(result.account))
    for export in result.aggregates:
        _show_export(export)
    if result.days:
        out().print(f"Days with something new: {_span(result.days)}")
    if result.ended:
        out().print(f"Older than metrics.keep_months and deleted: {many(result.ended, 'event')}")
    _show_lacks(result.files)
    _show_rejected(result)
    for note in result.notes:
        err().print(f"[yellow]Note:[/yellow] {safe(note)}", soft_wrap=True)
    if result.dry_run:
        err().print("Nothing was stored (--dry-run).")
    elif result.account.stored or result.aggregates:
        err().print("Next: kbtool metrics")


def show_files(found: Sequence[Source]) -> None:
    """A table of the logs that were read."""
    if not found:
        err().print("No log was read yet: kbtool hits import FILE…")
        return
    rows = table("file", "lines", "stored", "excluded", "rejected", "hits", "read")
    for column in rows.columns[1:5]:
        column.justify = "right"
    for one in found:
        account = one.account
        counts = (
            account.lines,
            *(c.total() for c in (account.stored, account.excluded, account.rejected)),
        )
        read = f"{one.imported:%Y-%m-%d %H:%M}" if one.imported else "–"
        hits = _span([_day(at) for at in (one.first, one.last) if at is not None])
        rows.add_row(safe(one.name), *(f"{n:,}" for n in counts), hits, read)
    out().print(rows)


def result_json(result: HitsResult) -> dict[str, Any]:
    """The summary for scripts: lines = stored + excluded + rejected."""
    return {
        "format": 1,
        "dry_run": result.dry_run,
        "files": [_file_json(file) for file in result.files],
        **_account_json(result.account),
        "days": list(result.days),
        "rejected_lines": [asdict(item) for item in result.rejected],
        "exports": [asdict(export) for export in result.aggregates],
        "notes": list(result.notes),
        "ended": result.ended,
    }


def files_json(found: Iterable[Source]) -> dict[str, Any]:
    """The logs that were read, for scripts."""
    return {
        "format": 1,
        "files": [
            {
                "name": one.name,
                "format": one.format,
                "bytes": one.offset,
                **_account_json(one.account),
                "first": None if one.first is None else datetime.fromtimestamp(one.first, UTC),
                "last": None if one.last is None else datetime.fromtimestamp(one.last, UTC),
                "signals": sorted(one.signals),
                "imported": one.imported,
            }
            for one in found
        ],
    }


def _file_json(file: FileTaken) -> dict[str, Any]:
    return {
        "file": file.file,
        "format": file.format,
        "read_before": file.continued,
        "unread": file.unread,
        "lacks": list(file.lacks),
        "note": file.note or None,
        **_account_json(file.account),
    }


def _account_json(account: Account) -> dict[str, Any]:
    return {
        "lines": account.lines,
        "stored": dict(_most(account.stored)),
        "excluded": dict(_most(account.excluded)),
        "rejected": dict(_most(account.rejected)),
    }


def _show_file(file: FileTaken) -> None:
    if not file.format:
        out().print(f"{safe(file.file)}: no whole line yet", soft_wrap=True)
        return
    more = f", {file.continued:,} bytes read before" if file.continued else ""
    rest = f", {file.unread:,} bytes of an unfinished line left" if file.unread else ""
    lines = many(file.account.lines, "line")
    out().print(f"{safe(file.file)}: {file.format}, {lines}{more}{rest}", soft_wrap=True)
    if file.note:
        err().print(f"[yellow]Note:[/yellow] {safe(file.file)}: {safe(file.note)}", soft_wrap=True)


def _account_table(account: Account) -> Any:
    """Every line in one row or another."""
    rows = table("", "lines", "")
    rows.columns[1].justify = "right"
    rows.add_row("[bold]lines[/bold]", f"{account.lines:,}", "")
    parts: tuple[tuple[str, Counter[str], Mapping[str, str]], ...] = (
        ("stored", account.stored, {}),
        ("excluded", account.excluded, RULES),
        ("rejected", account.rejected, REASONS),
    )
    for name, counts, meanings in parts:
        rows.add_row(f"[bold]{name}[/bold]", f"{counts.total():,}", "")
        for word, count in _most(counts):
            rows.add_row(f"  {safe(word)}", f"{count:,}", safe(meanings.get(word, "")))
    return rows


def _show_export(export: AggregateImport) -> None:
    out().print(
        f"{safe(export.file)}: {export.source}, {_span(export.days)}: {many(export.views, 'view')} of "
        f"{many(export.articles, 'article')} from {export.stored:,} of {many(export.rows, 'row')}",
        soft_wrap=True,
    )
    if export.excluded:
        told = ", ".join(f"{rule} {count:,}" for rule, count in export.excluded)
        out().print(f"  left out: {told}", soft_wrap=True)
    for address, views in export.unmatched:
        out().print(f"  no article: {safe(address)} ({many(views, 'view')})", soft_wrap=True)
    for item in export.rejected[:REJECTED_SHOWN]:
        err().print(f"  {safe(item.file)}:{item.line}: {safe(item.reason)}", soft_wrap=True)
    if export.rejected_rows > REJECTED_SHOWN:
        err().print(f"  … {export.rejected_rows:,} rows rejected in all")


def _show_lacks(files: Iterable[FileTaken]) -> None:
    """What the lines do not tell, and what follows."""
    missing = {signal for file in files if file.account.lines for signal in file.lacks}
    for signal, meaning in MISSING.items():
        if signal in missing:
            err().print(f"The log does not tell {signal}: {meaning}", style="dim", soft_wrap=True)


def _show_rejected(result: HitsResult) -> None:
    total = result.account.rejected.total()
    if not total:
        return
    err().print(f"[yellow]Rejected: {total:,}[/yellow]")
    for item in result.rejected[:REJECTED_SHOWN]:
        meaning = REASONS.get(item.reason, "")
        told = f"{item.reason} ({meaning})" if meaning else item.reason
        err().print(f"  {safe(item.file)}:{item.line}: {safe(told)}", soft_wrap=True)
    if total > REJECTED_SHOWN:
        err().print(f"  … --json lists the first {len(result.rejected):,}")


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Most first; what came to nothing falls."""
    found = ((word, count) for word, count in counts.items() if count)
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _span(days: Sequence[date]) -> str:
    if not days:
        return "–"
    first, last = min(days), max(days)
    return f"{first}" if first == last else f"{first} to {last}"


def _day(at: int) -> date:
    return datetime.fromtimestamp(at, UTC).date()
