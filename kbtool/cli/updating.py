"""``kbtool draft --update``: a diff with the evidence of each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kbtool.cli.common import emit_json, err, own_id, safe, visible
from kbtool.errors import ExitCode
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.articles.saying.replies import Said
    from kbtool.articles.update.propose import Change
    from kbtool.config import Settings
    from kbtool.workflows.update import Proposed

SHOWN = 5
"""Sentences quoted for each change; JSON has all."""
_DOES = {
    "replace": "change",
    "remove": "take out, for nobody says it any more:",
    "conflict": "ask a person about",
    "add": "add",
}

_Command = TypeVar("_Command", bound=Callable[..., Any])


def update_options(command: _Command) -> _Command:
    """``--update`` and ``--out``."""
    update = click.option(
        "--update", metavar="ARTICLE", help="Propose changes to an article, as a diff."
    )
    out = click.option(
        "--out",
        "target",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the diff of --update to a file.",
    )
    return update(out(command))


def only_update(update: str | None, *others: object) -> str:
    """The article to update. Raises UsageError without one, and with what goes not with it."""
    if update is None:
        raise click.UsageError("--out goes with --update.")
    if any(others):
        raise click.UsageError("--update ARTICLE goes with --out, --min-requesters and --json.")
    return update


def propose(
    settings: Settings, id_: str, *, least: int | None, target: Path | None, as_json: bool
) -> int:
    """Print the proposal (with ``target``: write it there); exit code 1 when there is none."""
    from kbtool.cli.common import now
    from kbtool.workflows.update import propose_update, write_proposal

    found = propose_update(settings, id_, min_requesters=least, now=now())
    text = _text(found) if found.diff else ""
    if target is not None and text:
        write_proposal(settings, target, text)
    if as_json:
        emit_json(_as_json(found))
    elif target is None and text:
        click.echo(text, nl=False)
    _tell(found, target)
    return ExitCode.OK if found.diff else ExitCode.NO


def _tell(found: Proposed, target: Path | None) -> None:
    if not found.diff:
        compared = many(found.tickets, "answered ticket")
        why = found.refused or f"it says what agents answer ({compared} compared)"
        err().print(safe(f"Nothing to propose for {found.article.id}: {why}"), soft_wrap=True)
        return
    name = safe(str(target) if target else "FILE")
    err().print(
        f"{many(len(found.changes), 'change')} proposed. Next, if you agree: "
        f"git apply {name} (or patch -p1 < {name}), then kbtool publish {found.article.id}",
        soft_wrap=True,
    )


def _text(found: Proposed) -> str:
    """The evidence as lines that ``patch`` skips, then the diff."""
    from kbtool.articles.update.patch import comment

    return comment(visible(note) for note in _notes(found)) + found.diff


def _notes(found: Proposed) -> Iterator[str]:
    article = found.article
    yield f"{article.id} “{article.title}”"
    yield f"compared with {many(found.tickets, 'answered ticket')} of {', '.join(found.topics)}"
    for number, change in enumerate(found.changes, start=1):
        sentence = change.old or change.new
        yield ""
        yield f"{number}. line {_line(found, change)}: {_DOES[change.kind]} “{_plain(sentence)}”"
        yield f"   {change.reason}"
        yield from (f"   {_quote(said)}" for said in _newest(change)[:SHOWN])
    yield ""


def _newest(change: Change) -> list[Said]:
    """The sentences that say the new, the newest first."""
    found = sorted(change.now.sources, key=lambda said: said.ref)
    return sorted(found, key=lambda said: str(said.on or ""), reverse=True)


def _quote(said: Said) -> str:
    """One agent's sentence; only its place when its form shows that it is about one customer."""
    text = f": “{_plain(said.text)}”" if said.fit else ""
    return f"{own_id(said.ticket)} {said.on or ''}".rstrip() + text


def _plain(text: str) -> str:
    from kbtool.articles.saying.replies import LINK

    return LINK.sub(r"[\1]", text)


def _line(found: Proposed, change: Change) -> int:
    return found.article.body_line - 1 + change.line


def _as_json(found: Proposed) -> dict[str, Any]:
    article = found.article
    return {
        "format": 1,
        "article": {
            "id": article.id,
            "title": article.title,
            "lang": article.lang,
            "status": article.status,
            "file": found.path,
        },
        "topics": list(found.topics),
        "tickets": found.tickets,
        "refused": found.refused,
        "changes": [_change_json(found, change) for change in found.changes],
        "diff": found.diff,
    }


def _change_json(found: Proposed, change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "line": _line(found, change),
        "old": _plain(change.old) or None,
        "new": _plain(change.new) or None,
        "reason": change.reason,
        "tickets": change.now.tickets,
        "agents": change.now.agents,
        "first_seen": change.now.first_seen,
        "last_seen": change.now.last_seen,
        "evidence": [
            {
                "source": said.ref,
                "ticket": said.ticket,
                "date": said.on,
                "text": _plain(said.text) if said.fit else None,
            }
            for said in _newest(change)
        ],
    }
