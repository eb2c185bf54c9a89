"""``kbtool reject ID --kind KIND``: one suggestion about an article, a topic or a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import NotFoundError
from kbtool.mining.memory.history import last_run
from kbtool.mining.memory.store import read_topics
from kbtool.model import Article, SuggestionKind
from kbtool.suggest.memory.records import Decision
from kbtool.suggest.store import read_decisions, record_rejection
from kbtool.suggest.waking import Rejection, Standing
from kbtool.workflows.topics import read_standings


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was rejected: a draft, a topic that has none, a proposed line, or one suggestion."""

    id: str
    article: Article | None
    topic: Standing | None
    """The rejection (of a draft: of its topic) and when that ends; None for a draft without a
    topic."""


def reject_action(
    settings: Settings,
    kind: SuggestionKind,
    id_: str,
    why: tuple[str, float | None, date | None],
    now: datetime,
) -> Refusal:
    """Remember that a suggestion was rejected: (why, times, until) are those of ``reject``.

    ``id_`` is the id (or its beginning) of the article, topic or search that a suggestion of this
    kind named. Raises NotFoundError when none was shown.
    """
    reason, times, until = why
    with writing(settings.database) as connection:
        one = _named(read_decisions(connection), kind, id_)
        made = Rejection(
            one.key, reason.strip(), one.weight, now, last_run(connection), times, until
        )
        record_rejection(connection, made)
        held = read_standings(connection, read_topics(connection), now.date())
    return Refusal(one.key, None, next(s for s in held if s.rejection.topic == one.key))


def _named(known: Sequence[Decision], kind: SuggestionKind, id_: str) -> Decision:
    """The last suggestion of this kind that names the id."""
    own = [one for one in known if one.kind == kind]
    found = [one for one in own if id_ in (one.target, one.topic, one.article)] or [
        one for one in own if id_ and one.target.startswith(id_)
    ]
    if len({one.key for one in found}) == 1:
        return found[-1]
    told = "several suggestions" if found else "no suggestion"
    raise NotFoundError(
        f"{told} to {kind} {id_} {'were' if found else 'was'} shown",
        hint=f"kbtool suggest --kind {kind} shows those of today",
    )
