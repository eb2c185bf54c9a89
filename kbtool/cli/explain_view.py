"""How an explanation is shown: as text for people, as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kbtool.articles.explain import Explanation, Source, Wording, backing, by_ticket, changes, edits
from kbtool.articles.explain.trace import Part, Sentence, State
from kbtool.articles.review import tickets_of
from kbtool.cli.common import emit_json, err, out, safe
from kbtool.plural import many

SHOWN = 3
"""Tickets shown of each sentence and question, unless all are asked for."""
_COLOURS: dict[State, str] = {"drafted": "green", "edited": "yellow", "written": "magenta"}


def show(found: Explanation, *, whole: bool) -> None:
    """Print the article sentence by sentence, with what stands behind each."""
    article = found.article
    out().print(f"[bold]{safe(article.title)}[/bold]  ({article.lang}, {article.id})")
    _line(f"  {_asked(found.title, whole=whole)}", "dim")
    for one in found.also_asked:
        _line(f"  also asked: {safe(one.text)} ({_asked(one, whole=whole)})", "dim")
    edited = edits(found.trace.sentences)
    seen: set[int] = set()
    conflict: int | None = None
    for part in found.trace.parts:
        if part.conflict != conflict and (conflict := part.conflict):
            _line(f"\n[bold]Conflict {conflict}: agents disagree[/bold]")
        if not part.sentences and part.block.kind == "heading":
            _line(f"\n[bold]{safe(part.block.text)}[/bold]")
        for sentence in part.sentences:
            _show_sentence(sentence, part)
            if sentence in edited:
                _line(f"      drafted as: {_before(edited[sentence], found)}")
            for number in sentence.evidence:
                _show_evidence(number, found, sentence.state, seen, whole=whole)
    if found.trace.removed:
        _line("\n[bold]Taken out by a person[/bold]")
    for number in found.trace.removed:
        _line(f"\n      {safe(found.article.evidence[number].text)}", "strike")
        _show_evidence(number, found, None, seen, whole=whole)
    _tell(found)


def emit(found: Explanation) -> None:
    """Print the explanation as JSON, whole; evidence is numbered from 1."""
    article, counts = found.article, found.states
    emit_json(
        {
            "format": 1,
            "article": {
                "id": article.id,
                "status": article.status,
                "lang": article.lang,
                "file": article.path,
                "topic": article.topic,
            },
            "stored": found.stored,
            "title": _wording(found.title),
            "also_asked": [_wording(one) for one in found.also_asked],
            "counts": {
                "drafted": counts["drafted"],
                "edited": counts["edited"],
                "written": counts["written"],
                "removed": len(found.trace.removed),
                "conflicts": found.conflicts,
            },
            "sentences": list(_sentences(found)),
            "evidence": [_evidence(number, found) for number in range(len(article.evidence))],
        }
    )


def _show_sentence(sentence: Sentence, part: Part) -> None:
    marker = part.block.marker
    lead = f"{marker} " if sentence is part.sentences[0] and marker else ""
    label = f"{part.label} " if sentence is part.sentences[0] and part.label else ""
    _line(f"\n{sentence.line:>4}  {safe(lead + label + sentence.text)}")
    for value in sentence.new_numbers:
        _line(f"      [red]{safe(value)} is not in the evidence[/red]")
    if not sentence.evidence:
        own = sentence.state == "written"
        told = "by a person, no evidence" if own else "by kbtool, no one sentence stands behind it"
        _line(f"      {_coloured(sentence.state)} [dim]{told}[/dim]")


def _coloured(state: State) -> str:
    return f"[{_COLOURS[state]}]{state}[/{_COLOURS[state]}]"


def _show_evidence(
    number: int, found: Explanation, state: State | None, seen: set[int], *, whole: bool
) -> None:
    """An evidence with its sources; those that were shown above are not shown again."""
    evidence, tickets = found.article.evidence[number], by_ticket(found.sources[number])
    told = "see above" if number in seen else backing(evidence)
    how = f"{_coloured(state)} [dim]from" if state else "[dim]rested on"
    _line(f"      {how} evidence {number + 1}: {told}[/dim]")
    if number in seen:
        return
    seen.add(number)
    shown = tickets if whole else tickets[:SHOWN]
    for of_ticket in shown:
        first = of_ticket[0]
        day = f"{first.on}  " if first.on else ""
        said = " … ".join(source.text or "" for source in of_ticket)
        text = f"({first.missing})" if first.missing else said
        _line(f"        {day}{safe(first.ticket)}  {safe(text)}", "dim" if first.missing else "")
    if len(tickets) > len(shown):
        _line(f"        … and {len(tickets) - len(shown)} more (--all)", "dim")


def _before(run: Sequence[Sentence], found: Explanation) -> str:
    """The words as drafted, those that are gone struck out."""
    return "".join(
        f"[strike red]{safe(piece.text)}[/strike red]"
        if piece.change == "gone"
        else safe(piece.text)
        for piece in changes(run, found.article)
        if piece.change != "new"
    )


def _asked(wording: Wording, *, whole: bool) -> str:
    if not wording.tickets:
        return "no stored ticket asks it in these words"
    shown = wording.tickets if whole else wording.tickets[:SHOWN]
    rest = len(wording.tickets) - len(shown)
    return f"asked in {safe(', '.join(shown))}{f' and {rest} more' if rest else ''}"


def _tell(found: Explanation) -> None:
    """What the whole comes to, on stderr."""
    counts = found.states
    told = [f"{counts[state]} {state}" for state in _COLOURS if counts[state]]
    if found.trace.removed:
        told.append(f"{len(found.trace.removed)} taken out")
    if found.conflicts:
        told.append(many(found.conflicts, "open conflict"))
    whole = f"{many(sum(counts.values()), 'sentence')}: {', '.join(told)}"
    err().print(f"content/{safe(found.article.path)}: {whole}", soft_wrap=True)
    if not found.stored:
        err().print("No tickets are stored here: sources are references only.", soft_wrap=True)


def _line(text: str, style: str = "") -> None:
    out().print(text, style=style or None, soft_wrap=True)


def _sentences(found: Explanation) -> Iterator[dict[str, Any]]:
    for part in found.trace.parts:
        for sentence in part.sentences:
            yield {
                "line": sentence.line,
                "text": sentence.text,
                "kind": "note" if part.label else part.block.kind,
                "state": sentence.state,
                "evidence": [number + 1 for number in sentence.evidence],
                "new_numbers": list(sentence.new_numbers),
                "conflict": part.conflict,
            }


def _evidence(number: int, found: Explanation) -> dict[str, Any]:
    evidence = found.article.evidence[number]
    return {
        "number": number + 1,
        "text": evidence.text,
        "removed": number in found.trace.removed,
        "tickets": tickets_of([evidence]),
        "agents": evidence.agents,
        "first_seen": evidence.first_seen,
        "last_seen": evidence.last_seen,
        "sources": [_source(source) for source in found.sources[number]],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "ref": source.ref,
        "ticket": source.ticket,
        "date": source.on,
        "text": source.text,
        "missing": source.missing,
    }


def _wording(wording: Wording) -> dict[str, Any]:
    return {"text": wording.text, "tickets": wording.tickets}
