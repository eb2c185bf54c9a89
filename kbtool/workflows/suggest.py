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
from kbtool.metrics.report import topic_figures
from kbtool.mining.identity import find_changes, forwarding, with_topics_now
from kbtool.mining.questions import Question, question
from kbtool.mining.store import Memory, read_memory, save_topics
from kbtool.mining.topics import mine
from kbtool.model import Article, Coverage, Report, Suggestion, Ticket, Topic
from kbtool.progress import Progress
from kbtool.suggest.additions import Replies
from kbtool.suggest.coverage import cover, family
from kbtool.suggest.drift import Drift
from kbtool.suggest.feedback import boost, suggestions_from_feedback
from kbtool.suggest.ranking import merge, suggest_from_drift, suggest_from_topics
from kbtool.suggest.waking import Standing, asleep
from kbtool.suggest.worth import Estimates, Handling, article_success, in_minutes
from kbtool.tickets.staging import Staging
from kbtool.tickets.store import read_tickets
from kbtool.workflows.import_tickets import import_tickets, load_tickets
from kbtool.workflows.links import book_of, refresh_links, reused_articles
from kbtool.workflows.metrics import measure
from kbtool.workflows.topics import (
    SAMPLES,
    TopicView,
    find_topic,
    read_standings,
    sample_of,
)


@dataclass(frozen=True, slots=True)
class Mined:
    """Topics with what is known about each."""

    tickets: int
    questions: int
    """Resolved tickets that ask something."""
    topics: tuple[Topic, ...]
    articles: tuple[Article, ...]
    """Those about a topic that was merged being about the one it was merged into."""
    coverage: Mapping[str, Coverage]
    suggestions: tuple[Suggestion, ...]
    """From tickets alone, before rejections."""
    handling: Handling


@dataclass(frozen=True, slots=True)
class SuggestResult:
    """What to do next, and what it was found in."""

    suggestions: tuple[Suggestion, ...]
    tickets: int
    questions: int
    topics: tuple[Topic, ...]
    quiet: int
    """Topics that an article answers and that need nothing."""
    rejected: tuple[Standing, ...]
    """Rejections that hold topics back, by topic id."""
    smallest: int
    """Tickets that make a topic (a setting)."""
    coverage: Mapping[str, Coverage]
    """Which article answers a topic, by topic id."""


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
    report = measure(settings, now=now)
    with reading(settings.database) as connection:
        mined = mine_tickets(
            read_tickets(connection),
            settings,
            articles,
            book_of(connection, settings, articles),
            reused=reused_articles(connection),
            memory=read_memory(connection),
            success=article_success(report.articles),
            progress=progress,
        )
    with writing(settings.database) as connection:  # not while mining: events come in
        save_topics(connection, mined.topics, now)
        rejected = read_standings(connection, mined.topics, now.date())
    returned = _returned(report, mined)
    return _result(mined, returned, settings, rejected)


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
    return _result(mined, mined.suggestions, settings)


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
        return TopicView(topic, tuple(map(sample_of, loaded.find(topic.tickets[:SAMPLES]))))


def mine_tickets(
    tickets: Iterable[Ticket],
    settings: Settings,
    articles: Sequence[Article],
    book: AddressBook,
    *,
    reused: Mapping[str, Sequence[str]] | None = None,
    memory: Memory = Memory(),  # noqa: B008 - frozen: the same for all who give none
    success: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> Mined:
    """Topics of the tickets, the articles that answer them, and suggestions from both.

    ``reused`` are articles whose text stands in a ticket's replies without a link; ``memory`` is
    what earlier runs found; ``success`` the share of its readers that an article helps, by id.
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
        previous=memory.topics,
        gone=memory.gone,
        link_name=lambda url: families.get(book.article_from_url(url) or "", url),
        first_language=settings.default_language,
        progress=progress,
    )
    changed = find_changes(topics, memory.topics, memory.gone)
    forwarded = forwarding([*(c for run in memory.runs for c in run.changes), *changed])
    articles = with_topics_now(articles, forwarded)
    coverage = cover(topics, articles, read.linked)
    replies = Replies({q.ticket: (q.lang, q.reply) for q in asked})
    added = drift.found(replies)
    known = Estimates(read.handling, success or {})
    suggestions = merge(
        suggest_from_topics(topics, articles, coverage, replies, added, known),
        suggest_from_drift(added, topics, articles, coverage, known),
    )
    return Mined(read.seen, len(asked), topics, articles, coverage, suggestions, read.handling)


@dataclass(slots=True)
class _Read:
    """What one pass over the tickets gives."""

    seen: int = 0
    asked: list[Question] = field(default_factory=list)
    handling: Handling = field(default_factory=Handling)
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
            self.handling.take(ticket)
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


def _returned(measured: Report, mined: Mined) -> tuple[Suggestion, ...]:
    """Suggestions from tickets, with those that returned events add or strengthen."""
    coverage = tuple(mined.coverage.values())
    report = replace(measured, topics=topic_figures(mined.topics, coverage, None))
    feedback = suggestions_from_feedback(report, mined.articles, coverage, mined.topics)
    return merge(boost(mined.suggestions, report, mined.topics), feedback)


def _result(
    mined: Mined,
    found: Sequence[Suggestion],
    settings: Settings,
    rejected: Sequence[Standing] = (),
) -> SuggestResult:
    busy = {suggestion.topic for suggestion in found}
    best = merge(found, asleep=asleep(rejected), most=settings.mining.max_suggestions)
    return SuggestResult(
        suggestions=in_minutes(best, mined.handling, settings.mining.minutes_per_reply),
        tickets=mined.tickets,
        questions=mined.questions,
        topics=mined.topics,
        quiet=sum(t.id not in busy for t in mined.topics),
        rejected=tuple(one for one in rejected if one.sleeps and one.topics),
        smallest=settings.mining.min_tickets,
        coverage=mined.coverage,
    )
