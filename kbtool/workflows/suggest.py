"""``kbtool suggest``: stored tickets → topics → what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import StoreError
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.memory.store import read_memory, save_topics
from kbtool.mining.update import mine_stored
from kbtool.model import Article, Report, Suggestion
from kbtool.progress import Progress
from kbtool.suggest.memory.settle import mended, resting
from kbtool.suggest.store import save_proposals
from kbtool.suggest.wordings.propose import together
from kbtool.tickets.store import find_tickets, read_forgotten
from kbtool.workflows.decisions import keep_up_to_date, read_settled, read_world, remember_shown
from kbtool.workflows.evidence import Evidence, read_evidence
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.judging import Judged, SuggestResult, View, conclude, how_to_mine, judge
from kbtool.workflows.links import book_of, refresh_links
from kbtool.workflows.metrics import measure
from kbtool.workflows.questions import refresh_questions
from kbtool.workflows.rejections import sync_rejections
from kbtool.workflows.returned import find_clashes, join, read_known, with_first_days
from kbtool.workflows.topics import read_standings
from kbtool.workflows.wordings import find_proposals


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
    shown: View | None = None,
) -> SuggestResult:
    """Import ``files``, mine all stored tickets, keep the topics' ids, and rank what to do.

    Tickets, articles and what came back from the site count; topics are stored. Raises StoreError
    when the database cannot be used, InputError when a file cannot. With ``fresh`` all questions
    are mined anew, also where few have changed since the last time. ``fresh_key`` and
    ``workers`` are those of ``import_tickets``. With an ``encoder`` questions are compared by
    meaning too; what it raises is passed on. What a person is ``shown`` is remembered with its
    promise; None: nothing is.
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
        how = how_to_mine(settings, articles, book, memory, encoder, progress)
        mining = mine_stored(connection, how, fresh=fresh)
        evidence = read_evidence(connection, articles, book, mining.mined.topics, progress)
    judged = judge(mining.mined, articles, evidence, memory, report)
    returned = _returned(settings, report, judged, evidence, articles, now)
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
        world = read_world(connection, settings, articles, report, now=now)
        rests = resting(keep_up_to_date(connection, world, returned), world)
        rejected = read_standings(connection, judged.topics, now.date())
    with reading(settings.database) as connection:
        stored = partial(find_tickets, connection)
        found = conclude(judged, returned, settings, stored, rejected, rests)
    if shown is not None:
        with writing(settings.database) as connection:
            remember_shown(connection, shown.of(found.suggestions), world)
    return found


def _returned(
    settings: Settings,
    report: Report,
    judged: Judged,
    evidence: Evidence,
    articles: Sequence[Article],
    now: datetime,
) -> tuple[Suggestion, ...]:
    """What tickets suggest, with what came back from the site and what is known of the articles."""
    clashes = find_clashes(settings, articles, now=now)
    with reading(settings.database) as connection:
        topics, coverage = judged.topics, judged.coverage
        lines = find_proposals(connection, settings, evidence, topics, judged.articles, coverage)
        world = read_world(connection, settings, articles, report, now=now)
        done = mended(read_settled(connection, world))
        known = read_known(connection, settings, judged, done, clashes)
        dated = with_first_days(connection, judged.articles)
    return join(settings, report, judged, lines, known, dated)
