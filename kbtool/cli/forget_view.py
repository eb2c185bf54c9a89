"""How ``kbtool forget`` shows what was removed and what relied on it, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kbtool.articles.explain.reliance import Loss, Reliance
from kbtool.cli.common import err, out, safe, show_finding
from kbtool.model import PUBLIC
from kbtool.plural import many
from kbtool.workflows.forget import Forgotten, Known

BEYOND = (
    "history of version control (git)",
    "sites built before, here and where they were copied to",
    "backups",
    "exports of the help desk, and the help desk itself",
    "reports, tables and JSON that were written to files",
    "what somebody typed into the site's search box: nothing ties it to a person",
)
"""Where a person's data may still be, which kbtool cannot know or must not touch."""
_TICKETS_SHOWN = 10


def show(found: Forgotten) -> None:
    """What is removed on stdout, with the articles; what could not be found on stderr."""
    if found.finished:
        err().print("The bytes that an interrupted kbtool forget had left are gone.")
    for one in found.known:
        out().print(_named(one), soft_wrap=True)
    for hashed in found.unknown:
        err().print(
            f"[yellow]Nothing is known of[/yellow] the one with the hash {hashed}: give what the "
            "export calls the requester, or a ticket's whole id",
            soft_wrap=True,
        )
    if found.tickets:
        out().print(f"{_verb(found)}: {_sum(found)}", soft_wrap=True)
    _show_reliances(found)
    for finding in found.unread:
        show_finding(finding, err())
    if found.unread:
        err().print("The files named above cannot be read; they may rely on the tickets too.")
    if found.dry_run:
        return
    show_done(found)


def show_done(found: Forgotten) -> None:
    """What is left to be done by people, on stderr; first that it is done."""
    if found.tickets:
        err().print(f"Removed for good: {_sum(found)}.", soft_wrap=True)
        err().print("Not reached:")
        for place in BEYOND:
            err().print(f"  - {place}")
    files = many(len(found.reliances), "file")
    if found.reliances and found.content:
        public = any(one.article.status in PUBLIC for one in found.reliances)
        after = ". Next: kbtool build" if public else "."
        err().print(f"Changed: {files} of content/{after}", soft_wrap=True)
    elif found.reliances:
        err().print(f"Not changed: {files} of content/; kbtool forget --content does that.")


def _named(one: Known) -> str:
    if one.kind == "ticket":
        return f"Ticket {safe(one.name)}"
    keys = ", ".join(safe(ticket.key) for ticket in one.tickets[:_TICKETS_SHOWN])
    more = ", …" if len(one.tickets) > _TICKETS_SHOWN else ""
    return f"Person {one.name}: {many(len(one.tickets), 'ticket')} ({keys}{more})"


def _verb(found: Forgotten) -> str:
    return "Would be removed" if found.dry_run else "Removed"


def _sum(found: Forgotten) -> str:
    return (
        f"{many(len(found.tickets), 'ticket')} with {many(found.messages, 'message')}, "
        f"{many(found.questions, 'question')}; {many(len(found.topics), 'topic')} told anew"
    )


def _show_reliances(found: Forgotten) -> None:
    if not found.reliances:
        out().print("No article relies on forgotten tickets.")
        return
    out().print("These articles relied on them:")
    for one in found.reliances:
        _show_reliance(one)


def _show_reliance(one: Reliance) -> None:
    article = one.article
    state = "a draft nobody edited" if one.may_be_redrafted else article.status
    out().print(f"content/{safe(article.path)} ({state})", soft_wrap=True)
    for loss in one.losses:
        weak = " – [red]readers see it[/red]" if loss in one.weak else ""
        out().print(f"  “{safe(loss.sentence)}”: {_left(loss)}{weak}", soft_wrap=True)
    for text in one.asked:
        where = "title" if text == article.title else "also_asked"
        out().print(f"  {where} “{safe(text)}”: only they asked it so", soft_wrap=True)
    if one.may_be_redrafted and article.topic:
        out().print(f"  write it anew: kbtool draft {safe(article.topic)}", soft_wrap=True)


def _left(loss: Loss) -> str:
    before, left = loss.before, loss.left
    if not left.tickets:
        return f"{many(before.tickets, 'ticket')} said it, none is left"
    agents = f"{many(left.agents, 'agent')} of {before.agents}"
    return f"{many(left.tickets, 'ticket')} of {before.tickets} left, {agents}"


def forgotten_json(found: Forgotten) -> dict[str, Any]:
    """The same for scripts; people are told by their stored hash."""
    return {
        "format": 1,
        "dry_run": found.dry_run,
        "content_changed": found.content and not found.dry_run and bool(found.reliances),
        "known": [
            {"kind": one.kind, "name": one.name, "tickets": [t.key for t in one.tickets]}
            for one in found.known
        ],
        "unknown": list(found.unknown),
        "removed": {
            "tickets": list(found.tickets),
            "messages": found.messages,
            "questions": found.questions,
            "topics": list(found.topics),
        },
        "articles": [_reliance_json(one) for one in found.reliances],
        "unread": [asdict(finding) for finding in found.unread],
        "not_reached": list(BEYOND),
    }


def _reliance_json(one: Reliance) -> dict[str, Any]:
    article = one.article
    return {
        "id": article.id,
        "file": f"content/{article.path}",
        "status": article.status,
        "redraft": f"kbtool draft {article.topic}" if one.may_be_redrafted else None,
        "sentences": [
            {
                "text": loss.sentence,
                "tickets_before": loss.before.tickets,
                "tickets": loss.left.tickets,
                "agents": loss.left.agents,
                "last_seen": loss.left.last_seen,
                "weak": loss in one.weak,
            }
            for loss in one.losses
        ],
        "only_they_asked": list(one.asked),
    }
