"""``kbtool suggest``: stored tickets → topics → what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kbtool.addresses import AddressBook, address_book
from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import StoreError
from kbtool.metrics.report import topic_figures
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.memory.identity import find_changes, forwarding, with_topics_now
from kbtool.mining.memory.store import Memory, read_memory, save_topics
from kbtool.mining.mine import How, Mined, mine_source
from kbtool.mining.questions.columns import Given
from kbtool.mining.questions.question import Question, question
from kbtool.mining.update import mine_stored
from kbtool.model import Article, Coverage, Proposal, Report, Suggestion, Ticket, Topic
from kbtool.progress import Progress
from kbtool.suggest.additions import Replies
from kbtool.suggest.coverage import cover, family
from kbtool.suggest.drift import Drift
from kbtool.suggest.feedback import boost, suggestions_from_feedback
from kbtool.suggest.kinds.apart import Tickets, set_apart
from kbtool.suggest.novelty import without_repeats
from kbtool.suggest.ranking import merge, span, suggest_from_drift, suggest_from_topics
from kbtool.suggest.store import save_proposals
from kbtool.suggest.waking import Standing, asleep
from kbtool.suggest.wordings.propose import (
    suggest_wordings,
    together,
    without_found,
    without_rejected,
)
from kbtool.suggest.worth import Estimates, Handling, article_success, in_minutes
from kbtool.tickets.staging import Staging
from kbtool.tickets.store import find_tickets, read_forgotten
from kbtool.workflows.evidence import Evidence, read_evidence
from kbtool.workflows.import_tickets import import_tickets, load_tickets
from kbtool.workflows.links import book_of, refresh_links
from kbtool.workflows.metrics import measure
from kbtool.workflows.questions import refresh_questions
from kbtool.workflows.rejections import sync_rejections
from kbtool.workflows.topics import (
    SAMPLES,
    TopicView,
    find_topic,
    read_standings,
    sample_of,
)
from kbtool.workflows.wordings import find_proposals


@dataclass(frozen=True, slots=True)
class Judged:
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
    """For articles, worth most first; then those that need something else, likewise."""
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
    fresh: bool = False,
    fresh_key: bytes | None = None,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SuggestResult:
    """Import ``files``, mine all stored tickets, keep the topics' ids, and rank what to do.

    Tickets, articles and what came back from the site count; topics are stored. Raises StoreError
    when the database cannot be used, InputError when a file cannot. With ``fresh`` all questions
    are mined anew, also where few have changed since the last time. ``fresh_key`` and
    ``workers`` are those of ``import_tickets``. With an ``encoder`` questions are compared by
    meaning too; what it raises is passed on.
    """
    if files:
        import_tickets(
            settings, files, now=now, fresh_key=fresh_key, workers=workers, progress=progress
        )
    articles, _ = read_articles(settings.content_dir)
    refresh_links(settings, articles, progress)
    refresh_questions(settings, progress)
    report = measure(settings, now=now)
    with reading(settings.database) as connection:
        memory, forgotten = read_memory(connection), read_forgotten(connection)
        book = book_of(connection, settings, articles)
        how = _how(settings, articles, book, memory, encoder, progress)
        mining = mine_stored(connection, how, fresh=fresh)
        evidence = read_evidence(connection, articles, book, mining.mined.topics, progress)
    judged = _judged(mining.mined, articles, evidence, memory, article_success(report.articles))
    with reading(settings.database) as connection:
        lines = find_proposals(
            connection, settings, evidence, judged.topics, judged.articles, judged.coverage
        )
    returned = _returned(report, judged, lines)
    with writing(settings.database) as connection:  # not while mining: events come in
        if read_forgotten(connection) != forgotten:
            raise StoreError(
                "tickets were forgotten while their questions were read; nothing was kept",
                hint="run the command again",
            )
        save_topics(connection, judged.topics, now)
        save_proposals(connection, together(line for one in returned for line in one.proposals))
        mining.save(connection)
        sync_rejections(connection, articles, now)
        rejected = read_standings(connection, judged.topics, now.date())
    with reading(settings.database) as connection:
        stored = partial(find_tickets, connection)
        return _result(judged, returned, settings, stored, rejected)


def suggest_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SuggestResult:
    """The same for files alone: nothing is read from a knowledge base, nothing is written."""
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        return suggest_loaded(settings, loaded, encoder=encoder, progress=progress)


def suggest_loaded(
    settings: Settings,
    loaded: Staging,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SuggestResult:
    """The same for tickets that are loaded already."""
    book = address_book((), settings)
    tickets = loaded.tickets()
    judged = mine_tickets(tickets, settings, book, encoder=encoder, progress=progress)
    return _result(judged, judged.suggestions, settings, loaded.find)


def show_in_files(
    settings: Settings,
    files: Sequence[Path],
    topic_id: str,
    *,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> TopicView:
    """A topic of files alone. Raises NotFoundError, InputError."""
    book = address_book((), settings)
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        tickets = loaded.tickets()
        judged = mine_tickets(tickets, settings, book, encoder=encoder, progress=progress)
        topic = find_topic(judged.topics, topic_id)
        return TopicView(topic, tuple(map(sample_of, loaded.find(topic.tickets[:SAMPLES]))))


def mine_tickets(
    tickets: Iterable[Ticket],
    settings: Settings,
    book: AddressBook,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Judged:
    """Topics of tickets that are not stored, and suggestions from them."""
    evidence = Evidence(Drift(()))
    asked: list[Question] = []
    for ticket in tickets:
        evidence.tickets += 1
        evidence.take(ticket, book, {})
        found = question(ticket)
        if found is not None:
            asked.append(found)
            evidence.handling.take(ticket)
        if progress is not None and evidence.tickets % 1000 == 0:
            progress("Reading tickets", evidence.tickets, None)
    evidence.answered(asked)
    how = _how(settings, (), book, Memory(), encoder, progress)
    return _judged(mine_source(Given(asked), how), (), evidence, Memory(), {})


def _how(
    settings: Settings,
    articles: Sequence[Article],
    book: AddressBook,
    memory: Memory,
    encoder: Encoder | None,
    progress: Progress | None,
) -> How:
    families = {article.id: family(article) for article in articles}
    return How(
        smallest=settings.mining.min_tickets,
        previous=memory.topics,
        gone=memory.gone,
        link_name=lambda url: families.get(book.article_from_url(url) or "", url),
        first_language=settings.default_language,
        progress=progress,
        encoder=encoder,
    )


def _judged(
    found: Mined,
    articles: Sequence[Article],
    evidence: Evidence,
    memory: Memory,
    success: Mapping[str, float],
) -> Judged:
    """The articles that answer the topics, and suggestions from both.

    ``memory`` is what earlier runs found, ``success`` the share of its readers that an article
    helps, by id.
    """
    changed = find_changes(found.topics, memory.topics, memory.gone)
    forwarded = forwarding([*(c for run in memory.runs for c in run.changes), *changed])
    articles = with_topics_now(articles, forwarded)
    coverage = cover(found.topics, articles, evidence.linked)
    replies = Replies(evidence.replies)
    added = evidence.drift.found(replies)
    known = Estimates(evidence.handling, success)
    suggestions = merge(
        suggest_from_topics(found.topics, articles, coverage, replies, added, known),
        suggest_from_drift(added, found.topics, articles, coverage, known),
    )
    return Judged(
        tickets=evidence.tickets,
        questions=found.questions,
        topics=found.topics,
        articles=tuple(articles),
        coverage=coverage,
        suggestions=suggestions,
        handling=evidence.handling,
    )


def _returned(
    measured: Report, judged: Judged, lines: Sequence[Proposal]
) -> tuple[Suggestion, ...]:
    """Suggestions from tickets, with those that returned events add or strengthen."""
    months, _ = span(judged.topics)
    known = tuple(judged.coverage.values())
    report = replace(measured, topics=topic_figures(judged.topics, known, None))
    feedback = suggestions_from_feedback(report, judged.articles, known, judged.topics)
    words = suggest_wordings(lines, judged.topics, judged.articles, judged.coverage, months)
    boosted = boost(judged.suggestions, report, judged.topics)
    return merge(boosted, without_found(feedback, lines), words)


def _result(
    judged: Judged,
    found: Sequence[Suggestion],
    settings: Settings,
    tickets: Tickets,
    rejected: Sequence[Standing] = (),
) -> SuggestResult:
    busy = {suggestion.topic for suggestion in found}
    sleeping = asleep(rejected)
    known = {name: one.confidence for name, one in judged.coverage.items()}
    known |= dict.fromkeys(sleeping, 1.0)
    awake = without_rejected(merge(found, asleep=sleeping), sleeping)
    new = without_repeats(awake, judged.topics, known)
    best = set_apart(
        new[: settings.mining.max_suggestions], judged.topics, judged.articles, tickets
    )
    return SuggestResult(
        suggestions=in_minutes(best, judged.handling, settings.mining.minutes_per_reply),
        tickets=judged.tickets,
        questions=judged.questions,
        topics=judged.topics,
        quiet=sum(t.id not in busy for t in judged.topics),
        rejected=tuple(one for one in rejected if one.sleeps and one.topics),
        smallest=settings.mining.min_tickets,
        coverage=judged.coverage,
    )
