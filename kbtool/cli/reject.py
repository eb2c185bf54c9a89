"""``kbtool reject``: a decision that is remembered, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.common import emit_json, err, json_option, now, out, safe, settings_for
from kbtool.model import SuggestionKind
from kbtool.suggest.memory.history import KINDS

if TYPE_CHECKING:
    from kbtool.workflows.reject import TakenBack
    from kbtool.workflows.reject_action import Refusal


NONE_NOW = "none of the topics of today; nothing else is rejected with it"


@click.command("reject")
@click.argument("id_", metavar="ID")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    help="Reject only this suggestion about the topic or article, e.g. retire.",
)
@click.option("--reason", metavar="TEXT", help="Why; it is kept.")
@click.option(
    "--times",
    type=click.FloatRange(1, min_open=True),
    metavar="N",
    help="Suggest it again when it has N times the tickets; default: 2.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Suggest it again from this day on, however it grows.",
)
@click.option("--for-good", is_flag=True, help="Never suggest it again.")
@click.option("--undo", is_flag=True, help="Take a rejection back.")
@json_option
def command(
    id_: str,
    kind: SuggestionKind | None,
    reason: str | None,
    times: float | None,
    until: datetime | None,
    for_good: bool,
    undo: bool,
    as_json: bool,
) -> None:
    """Reject a draft, a topic, a line or a suggestion, and remember why.

    A rejected draft stays in content/drafts/ with the reason and the rule in its front matter
    (reason:, wake:), where both may be edited, and is not drafted again; its topic is not
    suggested again until it has twice as many tickets, or as you say. Parts that split off a
    rejected topic are rejected with it. With --kind only one suggestion about a topic or an
    article is rejected. kbtool topics list --rejected shows them all.

    \b
    Examples:
      kbtool reject kb-5f0c91aa --reason "answered by the app itself since 5.4"
      kbtool reject t-3f9a1c22 --reason "after the relaunch" --until 2027-03-01
      kbtool reject kb-1003 --kind retire --reason "the law asks us to keep it"
      kbtool reject t-3f9a1c22 --undo
    """
    from kbtool.suggest.waking import TIMES
    from kbtool.workflows.reject import reject, take_back

    rules = _rules(times, until, for_good=for_good)
    if undo and (reason is not None or rules):
        raise click.UsageError("--undo goes alone")
    if undo:
        _tell_undone(take_back(settings_for(), id_, kind=kind, now=now()), as_json=as_json)
        return
    if reason is None:
        raise click.UsageError('a rejection needs a reason: --reason "…"')
    grown = None if until or for_good else times or TIMES
    day = until.date() if until else None
    done = reject(settings_for(), id_, kind=kind, reason=reason, times=grown, until=day, now=now())
    _tell(done, reason, as_json=as_json)


def _rules(times: float | None, until: datetime | None, *, for_good: bool) -> int:
    """How many rules are given: none or one. Raises UsageError for more, and for a day gone by."""
    rules = sum((times is not None, until is not None, for_good))
    if rules > 1:
        raise click.UsageError("give one of --times, --until and --for-good")
    if until is not None and until.date() <= now().date():
        raise click.UsageError(
            f"--until {until:%Y-%m-%d} is not in the future: it would wake at once"
        )
    return rules


def _tell(done: Refusal, reason: str, *, as_json: bool) -> None:
    from kbtool.cli.topics_view import ends, standing_json

    if as_json:
        file = done.article.path if done.article else None
        held: dict[str, Any] = standing_json(done.topic) if done.topic else {}
        emit_json({"format": 1, "rejected": done.id, "file": file, **_figures(held)})
        return
    what = "Draft" if done.article else _what(done.id)
    out().print(f"{what} {safe(done.id)} is rejected: {safe(reason)}", soft_wrap=True)
    if done.topic:
        subject = f"Its topic {done.topic.rejection.topic}" if done.article else "It"
        ending = ends(done.topic) if done.topic.topics else NONE_NOW
        err().print(f"{safe(subject)}: {safe(ending)}.", soft_wrap=True)


def _what(id_: str) -> str:
    from kbtool.suggest.wordings.lines import PREFIX

    if ":" in id_:
        return "Suggestion"
    return "Line" if id_.startswith(PREFIX) else "Topic"


def _figures(held: dict[str, Any]) -> dict[str, Any]:
    return {
        "topic": held.get("topic"),
        "tickets": held.get("tickets_then", 0),
        "wakes_at": held.get("wakes_at"),
        "until": held.get("until"),
    }


def _tell_undone(done: TakenBack, *, as_json: bool) -> None:
    topics = [rejection.topic for rejection in done.rejections]
    if as_json:
        drafts = [article.id for article in done.articles]
        emit_json({"format": 1, "drafts": drafts, "topics": topics})
        return
    for article in done.articles:
        out().print(f"Draft {safe(article.id)} is a draft again.", soft_wrap=True)
    for rejection in done.rejections:
        reason = rejection.reason or "no reason given"
        out().print(
            f"{_what(rejection.topic)} {safe(rejection.topic)} is rejected no more; the reason was: {safe(reason)}",
            soft_wrap=True,
        )
