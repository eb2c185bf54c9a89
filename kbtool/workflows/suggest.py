"""``kbtool suggest``: stored tickets → topics → what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kbtool.addresses import AddressBook, address_book
from kbtool.articles.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import NotFoundError
from kbtool.metrics.report import topic_figures
from kbtool.mining.questions import Question, question
from kbtool.mining.store import read_topics, save_topics
from kbtool.mining.topics import mine
from kbtool.model import Article, Coverage, Sample, Suggestion, Ticket, Topic
from kbtool.progress import Progress
from kbtool.suggest.additions import Replies
from kbtool.suggest.coverage import cover, family
from kbtool.suggest.drift import Drift
from kbtool.suggest.feedback import boost, suggestions_from_feedback
from kbtool.suggest.ranking import merge, suggest_from_drift, suggest_from_topics
from kbtool.suggest.store import Rejection, read_rejections
from kbtool.tickets.staging import Staging
from kbtool.tickets.store import find_tickets, read_tickets
from kbtool.workflows.import_tickets import import_tickets, load_tickets
from kbtool.workflows.links import book_of, refresh_links, reused_articles
from kbtool.workflows.metrics import measure

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Mined:
    """Topics with what is known about each."""

    tickets: int
    questions: int
    """Resolved tickets that ask something."""
    topics: tuple[Topic, ...]
    coverage: Mapping[str, Coverage]
    suggestions: tuple[Suggestion, ...]
    """From tickets alone, before rejections."""


@dataclass(frozen=True, slots=True)
class SuggestResult:
    """What to do next, and what it was found in."""

    suggestions: tuple[Suggestion, ...]
    tickets: int
    questions: int
    topics: tuple[Topic, ...]
    quiet: int
    """Topics that an article answers and that need nothing."""
    rejected: int
    """Topics left out because a person rejected them and they have not doubled since."""
    smallest: int
    """Tickets that make a topic (a setting)."""
    coverage: Mapping[str, Coverage]
    """Which article answers a topic, by topic id."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic to look at before deciding."""

    topic: Topic
    samples: tuple[Sample, ...]


def suggest(
    settings: Settings,
    files: Sequence[Path] = (),
    *,
    now: datetime,
    fresh_key: bytes | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> SuggestResult:
    """Import ``files``, mine all stored tickets, keep the topics' ids, and rank what to do.

    Tickets, articles and what came back from the site count; topics are stored. Raises StoreError
    when the database cannot be used, InputError when a file cannot. ``fresh_key`` and
    ``workers`` are those of ``import_tickets``.
    """
    if files:
        import_tickets(
            settings, files, now=now, fresh_key=fresh_key, workers=workers, progress=progress
        )
    articles, _ = read_articles(settings.content_dir)
    refresh_links(settings, articles, progress)
    with reading(settings.database) as connection:
        previous = read_topics(connection, gone=True)
        rejections = read_rejections(connection)
        mined = mine_tickets(
            read_tickets(connection),
            settings,
            articles,
            book_of(connection, settings, articles),
            reused=reused_articles(connection),
            previous=previous,
            progress=progress,
        )
    with writing(settings.database) as connection:  # not while mining: events come in
        save_topics(connection, mined.topics, now)
    returned = _returned(settings, mined, articles, now)
    return _result(mined, returned, settings, rejections)


def suggest_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> SuggestResult:
    """The same for files alone: nothing is read from a knowledge base, nothing is written."""
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        return suggest_loaded(settings, loaded, progress=progress)


def suggest_loaded(
    settings: Settings, loaded: Staging, *, progress: Progress | None = None
) -> SuggestResult:
    """The same for tickets that are loaded already."""
    book = address_book((), settings)
    mined = mine_tickets(loaded.tickets(), settings, (), book, progress=progress)
    return _result(mined, mined.suggestions, settings, {})


def show_in_files(
    settings: Settings,
    files: Sequence[Path],
    topic_id: str,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> TopicView:
    """A topic of files alone. Raises NotFoundError, InputError."""
    book = address_book((), settings)
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        mined = mine_tickets(loaded.tickets(), settings, (), book, progress=progress)
        topic = find_topic(mined.topics, topic_id)
        return _view(topic, loaded.find(topic.tickets[:SAMPLES]))


def mine_tickets(
    tickets: Iterable[Ticket],
    settings: Settings,
    articles: Sequence[Article],
    book: AddressBook,
    *,
    reused: Mapping[str, Sequence[str]] | None = None,
    previous: Sequence[Topic] = (),
    progress: Progress | None = None,
) -> Mined:
    """Topics of the tickets, the articles that answer them, and suggestions from both.

    ``reused`` are articles whose text stands in a ticket's replies without a link.
    """
    drift = Drift(articles)
    read = _Read()
    for ticket in tickets:
        read.take(ticket, book, reused or {}, drift)
        if progress is not None and read.seen % 1000 == 0:
            progress("Reading tickets", read.seen, None)
    asked = read.asked
    families = {article.id: family(article) for article in articles}
    topics = mine(
        asked,
        smallest=settings.mining.min_tickets,
        previous=previous,
        link_name=lambda url: families.get(book.article_from_url(url) or "", url),
        first_language=settings.default_language,
        progress=progress,
    )
    coverage = cover(topics, articles, read.linked)
    replies = Replies({q.ticket: (q.lang, q.reply) for q in asked})
    added = drift.found(replies)
    suggestions = merge(
        suggest_from_topics(topics, articles, coverage, replies, added),
        suggest_from_drift(added, topics, articles, coverage),
    )
    return Mined(read.seen, len(asked), topics, coverage, suggestions)


@dataclass(slots=True)
class _Read:
    """What one pass over the tickets gives."""

    seen: int = 0
    asked: list[Question] = field(default_factory=list)
    linked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Articles that agents linked, by ticket."""

    def take(
        self, ticket: Ticket, book: AddressBook, reused: Mapping[str, Sequence[str]], drift: Drift
    ) -> None:
        """One ticket; its agents' replies go to ``drift``."""
        self.seen += 1
        found = question(ticket)
        if found is not None:
            self.asked.append(found)
        linked: dict[str, None] = {}
        for message in ticket.messages:
            if message.role != "agent" or message.visibility != "public":
                continue
            sent = [id_ for address in book.sent(message) if (id_ := book.article(address))]
            linked |= dict.fromkeys(sent)
            copied = reused.get(ticket.key, ())
            drift.add(ticket.key, message.author, ticket.language, message.text, (*sent, *copied))
        if linked:
            self.linked[ticket.key] = tuple(linked)


def show_topic(settings: Settings, topic_id: str) -> TopicView:
    """A topic of the last run with its most typical tickets. Raises NotFoundError."""
    with reading(settings.database) as connection:
        topic = find_topic(read_topics(connection), topic_id)
        return _view(topic, find_tickets(connection, topic.tickets[:SAMPLES]))


def find_topic(topics: Sequence[Topic], topic_id: str) -> Topic:
    """The topic with this id or its unambiguous beginning. Raises NotFoundError."""
    found = [t for t in topics if t.id == topic_id] or [
        t for t in topics if topic_id and t.id.startswith(topic_id)
    ]
    if len(found) == 1:
        return found[0]
    told = "several topics begin with" if found else "there is no topic"
    hint = "kbtool suggest lists the topics" if topics else "run kbtool suggest first"
    raise NotFoundError(f"{told} {topic_id}", hint=hint)


def _view(topic: Topic, tickets: Iterable[Ticket]) -> TopicView:
    """The topic with these of its tickets as samples."""
    return TopicView(topic, tuple(sample_of(ticket) for ticket in tickets))


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


def _returned(
    settings: Settings, mined: Mined, articles: Sequence[Article], now: datetime
) -> tuple[Suggestion, ...]:
    """Suggestions from tickets, with those that returned events add or strengthen."""
    coverage = tuple(mined.coverage.values())
    report = replace(measure(settings, now=now), topics=topic_figures(mined.topics, coverage, None))
    feedback = suggestions_from_feedback(report, articles, coverage, mined.topics)
    return merge(boost(mined.suggestions, report, mined.topics), feedback)


def _result(
    mined: Mined,
    found: Sequence[Suggestion],
    settings: Settings,
    rejections: Mapping[str, Rejection],
) -> SuggestResult:
    asleep = {
        t.id for t in mined.topics if t.id in rejections and rejections[t.id].sleeps(len(t.tickets))
    }
    busy = {suggestion.topic for suggestion in found}
    return SuggestResult(
        suggestions=merge(found, asleep=asleep, most=settings.mining.max_suggestions),
        tickets=mined.tickets,
        questions=mined.questions,
        topics=mined.topics,
        quiet=sum(t.id not in busy for t in mined.topics),
        rejected=len(asleep),
        smallest=settings.mining.min_tickets,
        coverage=mined.coverage,
    )
