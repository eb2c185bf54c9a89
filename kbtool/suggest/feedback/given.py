"""What suggestions from the site are made of: the report, the articles, and how to say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kbtool.model import (
    PUBLIC,
    Article,
    ArticleFigures,
    Coverage,
    Finding,
    Report,
    Span,
    Suggestion,
    SuggestionKind,
    Topic,
    Worth,
)
from kbtool.suggest.coverage import family, translations
from kbtool.suggest.worth import Estimates

DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the report. Each part may be missing; nothing is then made of it."""

    estimates: Estimates = field(default_factory=Estimates)
    clashes: Sequence[Finding] = ()
    """Places where an article contradicts another one (``kbtool check``)."""
    last_used: Mapping[str, date] = field(default_factory=dict)
    """The last day on which a reader opened an article or an agent sent it, by its id."""
    viewed: Mapping[str, int] = field(default_factory=dict)
    """How often other counters saw an article opened, by its id."""
    pinned: frozenset[str] = frozenset()
    """Articles that stand first on the start page."""
    languages: tuple[str, ...] = ()
    """Those of the help centre."""
    mended: Mapping[str, int] = field(default_factory=dict)
    """How many readers an article had failed when it was last mended, by its id: what was counted
    before says nothing of what it says today."""


NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Given:
    """One run's facts, looked up by id."""

    report: Report
    articles: Mapping[str, Article]
    """Those that readers can open."""
    answers: Mapping[str, str]
    """Topic → the article that answers it."""
    coverage: Mapping[str, Coverage]
    topics: Mapping[str, Topic]
    figures: Mapping[str, ArticleFigures]
    known: Known

    @classmethod
    def of(
        cls,
        report: Report,
        articles: Sequence[Article],
        coverage: Sequence[Coverage],
        topics: Sequence[Topic],
        known: Known,
    ) -> Given:
        """The same, indexed; of two articles that answer a topic the surer one counts."""
        surest_last = sorted(coverage, key=lambda c: (c.confidence, c.article))
        return cls(
            report=report,
            articles={a.id: a for a in sorted(articles, key=lambda a: a.id) if a.status in PUBLIC},
            answers={one.topic: one.article for one in surest_last},
            coverage={one.topic: one for one in surest_last},
            topics={topic.id: topic for topic in topics},
            figures={one.article: one for one in report.articles},
            known=known,
        )

    @property
    def months(self) -> float:
        """Length of the period in months; at least one, so that a busy hour is no busy month."""
        return months(self.report)

    def answer(self, topic: str) -> Article | None:
        """The article that answers a topic."""
        return self.articles.get(self.answers.get(topic, ""))

    def in_language(self, article: Article, lang: str | None) -> Article | None:
        """The article itself or its translation in ``lang``; any will do when it is unknown."""
        if lang is None or article.lang == lang:
            return article
        return translations(article.id, self.articles.values()).get(lang)

    def asked(self, article: Article) -> Iterator[Topic]:
        """The topics that the article answers, the one it names first, then by id."""
        names = [article.topic] if article.topic else []
        names += sorted(topic for topic, id_ in self.answers.items() if id_ == article.id)
        yield from (self.topics[name] for name in dict.fromkeys(names) if name in self.topics)

    def asked_of_family(self, article: Article) -> list[Topic]:
        """The topics that the article or one of its translations answers, most tickets first."""
        own = family(article)
        there = [a for a in self.articles.values() if family(a) == own]
        found = {topic.id: topic for one in there for topic in self.asked(one)}
        return sorted(found.values(), key=lambda t: (-len(t.tickets), t.id))

    def worth_of(self, kind: SuggestionKind, topic: Topic) -> Worth:
        """What an action on an answered topic is worth by its tickets."""
        return self.known.estimates.worth(kind, topic, self.coverage.get(topic.id))


def months(report: Report) -> float:
    """Length of the report's period in months; at least one."""
    start = report.since or report.first_event or report.until
    return max(1.0, (report.until - start).total_seconds() / 86_400 / DAYS_A_MONTH)


def returned(amount: Span) -> Worth:
    """The worth of tickets a month that readers of the site add."""
    low, high = round(min(amount.low, amount.value), 2), round(max(amount.high, amount.value), 2)
    return Worth(0.0, returned=round(amount.value, 2), returned_range=(max(0.0, low), high))


def suggestion(
    kind: SuggestionKind,
    question: str,
    parts: Worth,
    reasons: Sequence[str],
    *,
    topic: Topic | None = None,
    article: str | None = None,
    weight: int = 0,
    command: str | None = None,
) -> Suggestion:
    """A suggestion with its topic's tickets as evidence."""
    return Suggestion(
        kind=kind,
        topic=topic.id if topic else None,
        question=question,
        tickets=topic.tickets if topic else (),
        requesters=topic.requesters if topic else 0,
        languages=topic.languages if topic else (),
        trend=topic.trend if topic else None,
        article=article,
        parts=parts,
        reasons=tuple(reasons),
        weight=weight,
        command=command,
    )


def named(article: Article) -> str:
    """The id and the title."""
    return f"{article.id} “{article.title}”"
