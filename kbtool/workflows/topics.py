"""``kbtool topics``: what the last run found, what became of each topic, and where a ticket belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import Connection, reading
from kbtool.errors import NotFoundError
from kbtool.mining.memory.history import read_runs
from kbtool.mining.memory.identity import forwarding, with_topics_now
from kbtool.mining.memory.store import read_gone, read_seen, read_topics
from kbtool.model import Coverage, Sample, Ticket, Topic, TopicChange, TopicRun
from kbtool.suggest.coverage import cover
from kbtool.suggest.store import read_decisions, read_proposals, read_rejections, read_weights
from kbtool.suggest.waking import Standing, standings
from kbtool.tickets.store import find_tickets
from kbtool.workflows.links import book_of, linked_articles, refresh_links
from kbtool.workflows.rejections import refresh_rejections

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Past:
    """What is remembered of a topic."""

    first_seen: datetime
    last_seen: datetime
    """When a run found it first and last."""
    gone: bool
    """Whether the last run did not find it."""
    changes: tuple[tuple[TopicRun, TopicChange], ...]
    """What happened to it and with it, oldest first."""
    rejected: tuple[Standing, ...]
    """Rejections that are about it."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic to look at before deciding."""

    topic: Topic
    samples: tuple[Sample, ...]
    past: Past | None = None
    """None of files alone: nothing is remembered of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A topic in the list."""

    topic: Topic
    covered: Coverage | None
    first_seen: datetime
    last_seen: datetime
    now: str | None
    """For a gone topic that was merged: the one that holds its tickets now."""
    asleep: bool
    """Whether a rejection holds it back."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A rejection with the question that was rejected."""

    standing: Standing
    question: str
    now: str
    """The topic that holds its tickets now; its own id when it was not merged."""


@dataclass(frozen=True, slots=True)
class TopicHistory:
    """What the runs of the miner changed."""

    runs: tuple[TopicRun, ...]
    """Oldest first."""
    questions: Mapping[str, str]
    """The question of each topic there ever was, by its id."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is stored about topics."""

    topics: tuple[Topic, ...]
    gone: tuple[Topic, ...]
    runs: tuple[TopicRun, ...]
    forwarded: Mapping[str, str]
    seen: Mapping[str, tuple[datetime, datetime]]
    rejected: tuple[Standing, ...]


def list_topics(
    settings: Settings, *, lang: str | None = None, gone: bool = False, now: datetime
) -> tuple[Row, ...]:
    """The topics of the last run, those with most tickets first, with the articles that answer
    them; with ``gone`` instead those it did not find, those seen last first. Only topics with
    tickets in ``lang`` when it is given. Raises StoreError.
    """
    articles, _ = read_articles(settings.content_dir)
    refresh_links(settings, articles)
    refresh_rejections(settings, articles, now=now)
    with reading(settings.database) as connection:
        known = _read(connection, now.date())
        linked = linked_articles(connection, book_of(connection, settings, articles))
    wanted = [
        topic
        for topic in (known.gone if gone else known.topics)
        if lang is None or lang in dict(topic.languages)
    ]
    covered = {} if gone else cover(wanted, with_topics_now(articles, known.forwarded), linked)
    held = {topic for one in known.rejected if one.sleeps for topic in one.topics}
    return tuple(
        Row(
            topic,
            covered.get(topic.id),
            *known.seen[topic.id],
            now=known.forwarded.get(topic.id) if gone else None,
            asleep=topic.id in held,
        )
        for topic in wanted
    )


def list_rejected(settings: Settings, *, now: datetime) -> tuple[Refused, ...]:
    """All rejections of topics, those that sleep first, then by topic id. Raises StoreError."""
    articles, _ = read_articles(settings.content_dir)
    refresh_rejections(settings, articles, now=now)
    with reading(settings.database) as connection:
        known = _read(connection, now.date())
        lines, actions = read_proposals(connection), read_decisions(connection)
    questions = {line.id: line.text for line in lines}
    questions |= {topic.id: topic.question for topic in (*known.gone, *known.topics)}
    names = questions | {article.id: article.title for article in articles}
    questions |= {one.key: names.get(one.target, "") for one in actions}
    ranked = sorted(known.rejected, key=lambda one: (not one.sleeps, one.rejection.topic))
    return tuple(
        Refused(
            one,
            questions.get(one.rejection.topic, ""),
            known.forwarded.get(one.rejection.topic, one.rejection.topic),
        )
        for one in ranked
    )


def show_topic(settings: Settings, topic_id: str, *, now: datetime) -> TopicView:
    """A topic with its most typical tickets and its past.

    One that was merged shows as what it was merged into; one that is gone as it was last. Raises
    NotFoundError.
    """
    with reading(settings.database) as connection:
        known = _read(connection, now.date())
        names = {t.id for t in known.topics}
        try:
            topic = find_topic(known.topics, topic_id, known.forwarded)
        except NotFoundError:
            if topic_id not in {t.id for t in known.gone}:
                raise
            topic = find_topic(known.gone, topic_id)
        tickets = find_tickets(connection, topic.tickets[:SAMPLES])
    past = Past(
        *known.seen[topic.id],
        gone=topic.id not in names,
        changes=_happened(known.runs, _identities(topic.id, known.forwarded)),
        rejected=tuple(
            one
            for one in known.rejected
            if topic.id in one.topics or one.rejection.topic == topic.id
        ),
    )
    return TopicView(topic, tuple(map(sample_of, tickets)), past)


def topic_history(settings: Settings, topic_id: str | None = None) -> TopicHistory:
    """The runs that changed something; with ``topic_id`` only what happened to that topic, with
    it, and to those merged into it. Raises NotFoundError when there never was one.
    """
    with reading(settings.database) as connection:
        runs = read_runs(connection)
        ever = (*read_topics(connection), *read_gone(connection))
    questions = {topic.id: topic.question for topic in ever}
    if topic_id is None:
        return TopicHistory(runs, questions)
    forwarded = forwarding(change for run in runs for change in run.changes)
    ids = _identities(find_topic(ever, topic_id).id, forwarded)
    found: dict[int, list[TopicChange]] = {}
    for run, change in _happened(runs, ids):
        found.setdefault(run.number, []).append(change)
    return TopicHistory(
        tuple(
            replace(run, changes=tuple(found[run.number])) for run in runs if run.number in found
        ),
        questions,
    )


def read_topic(connection: Connection, topic_id: str) -> Topic:
    """The topic of the last run that ``topic_id`` (its beginning, or an id merged into it) names.

    Raises NotFoundError.
    """
    changes = (change for run in read_runs(connection) for change in run.changes)
    return find_topic(read_topics(connection), topic_id, forwarding(changes))


def find_topic(
    topics: Sequence[Topic], topic_id: str, forwarded: Mapping[str, str] | None = None
) -> Topic:
    """The topic with this id or its unambiguous beginning, or that it was merged into.

    Raises NotFoundError.
    """
    by_id = {topic.id: topic for topic in topics}
    into = {old: new for old, new in (forwarded or {}).items() if new in by_id}
    names = {topic_id} & {*by_id, *into} or {
        name for name in (*by_id, *into) if topic_id and name.startswith(topic_id)
    }
    found = {into.get(name, name) if name not in by_id else name for name in names}
    if len(found) == 1:
        return by_id[found.pop()]
    told = "several topics begin with" if found else "there is no topic"
    hint = "kbtool topics list shows the topics" if topics else "run kbtool suggest first"
    raise NotFoundError(f"{told} {topic_id}", hint=hint)


def read_standings(
    connection: Connection, topics: Iterable[Topic], today: date
) -> tuple[Standing, ...]:
    """What each rejection means today for ``topics``, the current ones."""
    sizes = _sizes(connection, topics)
    return standings(read_rejections(connection), read_runs(connection), sizes, today)


def sample_of(ticket: Ticket) -> Sample:
    """What was asked in a ticket and what agents answered in public."""
    public = [m for m in ticket.messages if m.visibility == "public"]
    return Sample(
        ticket=ticket.key,
        lang=ticket.language,
        at=ticket.created_at,
        subject=ticket.subject,
        question=next((m.text for m in public if m.role == "customer"), ""),
        replies=tuple(m.text for m in public if m.role == "agent"),
    )


def _read(connection: Connection, today: date) -> _Known:
    topics, runs = read_topics(connection), read_runs(connection)
    sizes = _sizes(connection, topics)
    return _Known(
        topics=topics,
        gone=read_gone(connection),
        runs=runs,
        forwarded=forwarding(change for run in runs for change in run.changes),
        seen=read_seen(connection),
        rejected=standings(read_rejections(connection), runs, sizes, today),
    )


def _sizes(connection: Connection, topics: Iterable[Topic]) -> dict[str, int]:
    """What counts for whatever can be rejected, by id: tickets of a topic, and what speaks for a
    proposed line, or for a suggestion by its kind and target.
    """
    lines = {line.id: line.weight for line in read_proposals(connection)}
    return lines | read_weights(connection) | {topic.id: len(topic.tickets) for topic in topics}


def _identities(topic_id: str, forwarded: Mapping[str, str]) -> frozenset[str]:
    """The id of a topic and those of the topics merged into it."""
    return frozenset({topic_id, *(old for old, new in forwarded.items() if new == topic_id)})


def _happened(
    runs: Iterable[TopicRun], ids: frozenset[str]
) -> tuple[tuple[TopicRun, TopicChange], ...]:
    """The changes that name one of ``ids``."""
    return tuple(
        (run, change)
        for run in runs
        for change in run.changes
        if change.topic in ids or change.other in ids
    )
