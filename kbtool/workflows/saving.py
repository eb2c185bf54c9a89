"""What is known of an article's topics without mining: what it could save, and whether it sleeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kbtool.config import Settings
from kbtool.db import Connection, reading
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.identity import with_topics_now
from kbtool.mining.memory.store import read_topics
from kbtool.mining.questions.store import read_handling, some_tickets
from kbtool.model import PUBLIC, Article, Coverage, SuggestionKind, Topic
from kbtool.suggest.coverage import cover, family
from kbtool.suggest.waking import Standing
from kbtool.suggest.worth import Estimates, Handling
from kbtool.workflows.links import book_of, linked_articles
from kbtool.workflows.rejections import refresh_rejections
from kbtool.workflows.topics import read_standings

MONTHS = 12
WORKED = 50
"""Tickets of a topic whose work is counted."""
OTHERS = 3_000
"""Tickets that show what the average one takes."""


@dataclass(frozen=True, slots=True)
class Saving:
    """The topics of the last run as far as they tell about articles."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    """Of each topic the article that answers it."""
    now: Mapping[str, str] = field(default_factory=dict)
    """Of each article its topic as it is called now."""
    families: Mapping[str, str] = field(default_factory=dict)
    """Of each article the id that it shares with its translations."""
    held: Sequence[Standing] = ()
    estimates: Estimates = field(default_factory=Estimates)

    def of(self, article: Article) -> float | None:
        """Tickets a year that publishing a draft, or mending an article, could save: twelve times
        the worth that ``kbtool suggest`` would tell, for the tickets in the article's language.

        What readers' votes and visits say is left out. None when no topic is known to be about it.
        """
        if article.status not in PUBLIC:
            kind: SuggestionKind = "translate" if article.translation_of else "write"
            topic = self.topics.get(self.now.get(article.id, ""))
            return None if topic is None else self._worth(kind, topic, article)
        own = self.families[article.id]
        topics = [
            self.topics[name]
            for name, known in self.coverage.items()
            if self.families.get(known.article) == own
        ]
        worths = [self._worth("fix", topic, article) for topic in topics]
        return round(sum(worths), 1) if worths else None

    def woken(self, article: Article, today: date) -> bool:
        """Whether the rule of a rejected draft has come true."""
        if article.wake and article.wake.until and article.wake.until <= today:
            return True
        topic = self.now.get(article.id)
        own = [one for one in self.held if topic in (one.rejection.topic, *one.topics)]
        return bool(own) and not any(one.sleeps for one in own)

    def _worth(self, kind: SuggestionKind, topic: Topic, article: Article) -> float:
        known = self.coverage.get(topic.id)
        if known and self.families.get(known.article) == self.families[article.id]:
            known = known if kind == "fix" else None
        share = dict(topic.languages).get(article.lang, 0) / max(len(topic.tickets), 1)
        return round(MONTHS * self.estimates.worth(kind, topic, known, share).value, 1)


def read_saving(settings: Settings, articles: Sequence[Article], *, now: datetime) -> Saving:
    """From what the last ``kbtool suggest`` stored; without a database nothing is known.

    Raises StoreError when there is one that cannot be read.
    """
    families = {article.id: family(article) for article in articles}
    if not settings.database.exists():
        return Saving(families=families)
    refresh_rejections(settings, articles, now=now)
    with reading(settings.database) as connection:
        topics = read_topics(connection)
        today = with_topics_now(articles, read_forwarding(connection))
        linked = linked_articles(connection, book_of(connection, settings, articles))
        covered = cover(topics, today, linked)
        wanted = {*covered, *(article.topic for article in today)}
        return Saving(
            topics={topic.id: topic for topic in topics},
            coverage=covered,
            now={article.id: article.topic for article in today if article.topic},
            families=families,
            held=read_standings(connection, topics, now.date()),
            estimates=Estimates(_handling(connection, topics, wanted)),
        )


def _handling(
    connection: Connection, topics: Sequence[Topic], wanted: Collection[str | None]
) -> Handling:
    """What the tickets of these topics took, and the average one."""
    keys = {key for topic in topics if topic.id in wanted for key in topic.tickets[:WORKED]}
    found = Handling()
    for work in read_handling(connection, sorted({*keys, *some_tickets(connection, OTHERS)})):
        found.add(*work)
    return found
