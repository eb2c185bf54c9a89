"""Lines that would make search find what customers ask: from visits, tickets and articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kbtool.articles.draft.wordings import wordings
from kbtool.config import Settings
from kbtool.db import Connection, reading
from kbtool.errors import NotFoundError
from kbtool.events.store import READERS, read_events
from kbtool.events.visits import visits
from kbtool.mining.questions.question import Question
from kbtool.model import Article, Coverage, Proposal, Sample, Topic
from kbtool.search.synonyms import read_synonyms
from kbtool.suggest.store import read_proposals
from kbtool.suggest.wordings.cases import Case, common_terms
from kbtool.suggest.wordings.propose import propose
from kbtool.suggest.wordings.searches import Searches
from kbtool.suggest.wordings.shelf import Shelf
from kbtool.tickets.store import find_tickets
from kbtool.workflows.check import gate
from kbtool.workflows.evidence import Evidence
from kbtool.workflows.topics import SAMPLES, sample_of

MOST_READ = 300
"""Tickets of an article whose sentences may become its wordings."""

MOST_REPLIES = 2_000
"""Tickets of a language whose replies tell which words are common."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposed line to look at before deciding."""

    proposal: Proposal
    samples: tuple[Sample, ...]
    """Some of the tickets that speak for it."""


def find_proposals(
    connection: Connection,
    settings: Settings,
    evidence: Evidence,
    topics: Sequence[Topic],
    articles: Sequence[Article],
    coverage: Mapping[str, Coverage],
) -> tuple[Proposal, ...]:
    """The lines that visits and tickets speak for, rejected ones too; most evidence first."""
    synonyms, _ = read_synonyms(settings.content_dir, settings.languages)
    shelf = Shelf(articles, {lang: table.pairs for lang, table in synonyms.items()})
    searches = Searches()
    by_day = groupby(read_events(connection, kinds=READERS), key=lambda event: event.at.date())
    for _, day in by_day:
        for visit in visits(day):
            searches.take(visit)
    cases = tuple(_cases(settings, evidence, topics, coverage, shelf))
    return propose(cases, searches, shelf, gate(settings), _common(evidence))


def _common(evidence: Evidence) -> dict[str, frozenset[str]]:
    """The words that agents use in each language."""
    written: dict[str, list[str]] = defaultdict(list)
    for _, (lang, text) in sorted(evidence.replies.items()):
        if lang is not None and len(written[lang]) < MOST_REPLIES:
            written[lang].append(text)
    return {lang: common_terms(texts, lang) for lang, texts in written.items()}


def read_proposal(connection: Connection, id_: str) -> Proposal:
    """The line of the last run that an id or its beginning names. Raises NotFoundError."""
    known = read_proposals(connection)
    found = [one for one in known if one.id == id_] or [
        one for one in known if one.id.startswith(id_)
    ]
    if len(found) == 1:
        return found[0]
    told = "several proposed lines begin with" if found else "there is no proposed line"
    raise NotFoundError(f"{told} {id_}", hint="kbtool suggest shows those of today")


def show_proposal(settings: Settings, id_: str) -> ProposalView:
    """A proposed line with sample tickets. Raises NotFoundError, StoreError."""
    with reading(settings.database) as connection:
        found = read_proposal(connection, id_)
        tickets = find_tickets(connection, found.tickets[:SAMPLES])
        return ProposalView(found, tuple(map(sample_of, tickets)))


def _cases(
    settings: Settings,
    evidence: Evidence,
    topics: Sequence[Topic],
    coverage: Mapping[str, Coverage],
    shelf: Shelf,
) -> Iterator[Case]:
    """The questions in languages that have articles, with what answered each."""
    answers = {
        key: coverage[topic.id].article
        for topic in topics
        if topic.id in coverage
        for key in topic.tickets
    }
    read: Counter[str] = Counter()
    for asked in sorted(evidence.asked, key=lambda one: one.ticket):
        if asked.lang is None or not shelf.of_language(asked.lang):
            continue
        article = _answer(asked, evidence.linked.get(asked.ticket, ()), answers, shelf)
        forms: tuple[str, ...] = ()
        if article is not None and read[article] < MOST_READ:
            read[article] += 1
            forms = wordings(asked.wordings, asked.lang, gate(settings))
        person = asked.requester or asked.ticket
        yield Case(asked.ticket, person, asked.lang, article, asked.text, forms)


def _answer(
    asked: Question, linked: Sequence[str], answers: Mapping[str, str], shelf: Shelf
) -> str | None:
    """The article, in the customer's language, that the agent linked; else that of its topic."""
    lang, of_topic = asked.lang or "", answers.get(asked.ticket)
    sent = {there.id for one in linked if (there := shelf.in_language(one, lang)) is not None}
    known = shelf.in_language(of_topic, lang) if of_topic else None
    if known is not None and (known.id in sent or not sent):
        return known.id
    return min(sent, default=None)
