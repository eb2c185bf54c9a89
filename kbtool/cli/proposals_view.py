"""How the lines are shown that search lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kbtool.cli.common import emit_json, out, own_id, safe
from kbtool.cli.topics_view import print_sample, sample_json
from kbtool.model import Proposal

if TYPE_CHECKING:
    from kbtool.workflows.wordings import ProposalView


def proposals_told(found: Iterable[Proposal]) -> Iterator[tuple[int, str, str]]:
    """(indent, text, style) of each line to print: where to paste, what to paste, and why."""
    for place, lines in groupby(sorted(found, key=_place), key=_place):
        yield 0, f"Add to {place}", ""
        for line in lines:
            yield 2, line.line, ""
            yield 4, f"{line.id}: {line.reason}", "dim"


def proposal_json(found: Proposal) -> dict[str, Any]:
    """A proposed line as ``--json`` prints it; tickets bear the help desk's own ids."""
    return {
        "id": found.id,
        "kind": found.kind,
        "lang": found.lang,
        "article": found.article,
        "text": found.text,
        "file": f"content/{found.file}",
        "at": found.at,
        "key": "also_asked" if found.kind == "also_asked" else None,
        "line": found.line,
        "reason": found.reason,
        "searches": found.searches,
        "visits": found.visits,
        "tickets": [own_id(key) for key in found.tickets],
        "requesters": found.requesters,
    }


def show(view: ProposalView, *, as_json: bool) -> None:
    """One line with sample tickets on stdout."""
    found = view.proposal
    if as_json:
        samples: Sequence[Any] = [sample_json(sample) for sample in view.samples]
        emit_json({"format": 1, **proposal_json(found), "samples": samples})
        return
    out().print(f"[bold]{safe(found.text)}[/bold]  ({safe(found.lang)}, {found.id})")
    for indent, text, style in proposals_told([found]):
        out().print(" " * indent + safe(text), style=style or None, soft_wrap=True)
    counts = (
        (found.searches, "search", "searches"),
        (found.visits, "visit", "visits"),
        (len(found.tickets), "ticket", "tickets"),
        (found.requesters, "requester", "requesters"),
    )
    told = (f"{n:,} {one if n == 1 else more}" for n, one, more in counts if n)
    out().print(", ".join(told))
    for sample in view.samples:
        print_sample(sample)


def _place(line: Proposal) -> str:
    below = "also_asked in " if line.kind == "also_asked" else ""
    place = f":{line.at}" if line.at else ""
    return f"{below}content/{line.file}{place}"
