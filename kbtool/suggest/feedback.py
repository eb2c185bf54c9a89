"""What came back from the site → what to do next. Pure: the same report, the same suggestions.

Worth is in tickets a month. Where only searches or votes are known, the share of them that would
have become tickets is estimated by Laplace's rule of succession, (k + 1) / (n + 2), from the k of
n visits that were seen to go on to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kbtool.model import (
    PUBLIC,
    Article,
    ArticleFigures,
    Coverage,
    QueryFigures,
    Report,
    Suggestion,
    SuggestionKind,
    Topic,
    TopicFigures,
    Worth,
)
from kbtool.suggest.coverage import translations
from kbtool.suggest.wording import TopicWords
from kbtool.suggest.wordings.lines import of_search
from kbtool.suggest.wordings.searches import is_plain
from kbtool.text import get_language

MIN_SEARCHES = 3
"""Searches without result, each from another visit, before a query is worth a suggestion."""
RECENT_MONTHS = 3
DAYS_A_MONTH = 30.4375
SHOWN_QUERIES = 3
_PLACEHOLDER = re.compile(r"\[[a-z-]+\]")


def suggestions_from_feedback(
    report: Report,
    articles: Sequence[Article],
    coverage: Sequence[Coverage] = (),
    topics: Sequence[Topic] = (),
) -> tuple[Suggestion, ...]:
    """Write, wording, translate and fix suggestions, worth most first.

    A query that a topic without an article asks makes no suggestion of its own: ``boost`` adds
    it to the topic's.
    """
    public = {a.id: a for a in articles if a.status in PUBLIC}
    shelf = _Shelf(public, {c.topic: c.article for c in sorted(coverage, key=_surest_last)})
    found = [*_from_searches(report, shelf, topics), *_from_articles(report, shelf, topics)]
    return tuple(sorted(found, key=lambda s: (-s.worth, s.kind, s.question, s.article or "")))


def boost(
    suggestions: Sequence[Suggestion], report: Report, topics: Sequence[Topic] = ()
) -> tuple[Suggestion, ...]:
    """The suggestions, those that searches without result ask for too with reason and worth added.

    The order is kept; whoever joins them with others ranks them again.
    """
    words = TopicWords(topics)
    asked: dict[str, list[QueryFigures]] = {}
    for query in _missed(report):
        topic = words.match(query.query, query.lang)
        if topic is not None:
            asked.setdefault(topic, []).append(query)
    return tuple(_boosted(s, asked.get(s.topic or "", []), report) for s in suggestions)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The articles that readers can open, and which one answers a topic."""

    articles: Mapping[str, Article]
    answers: Mapping[str, str]

    def answer(self, topic: str) -> Article | None:
        """The article that answers a topic."""
        return self.articles.get(self.answers.get(topic, ""))

    def in_language(self, article: Article, lang: str | None) -> Article | None:
        """The article itself or its translation in ``lang``; any will do when it is unknown."""
        if lang is None or article.lang == lang:
            return article
        return translations(article.id, self.articles.values()).get(lang)

    def topics(self, article: Article) -> Iterator[str]:
        """The topics that the article answers, the one it names first."""
        if article.topic:
            yield article.topic
        yield from sorted(topic for topic, id_ in self.answers.items() if id_ == article.id)


def _surest_last(coverage: Coverage) -> tuple[float, str]:
    return coverage.confidence, coverage.article


# --- searches that found nothing -----------------------------------------------------------------


def _missed(report: Report) -> list[QueryFigures]:
    """Queries that often found nothing and are more than redacted data (``[order]``)."""
    return [
        query
        for query in report.queries
        if query.without_result >= MIN_SEARCHES and _PLACEHOLDER.sub("", query.query).strip()
    ]


def _from_searches(report: Report, shelf: _Shelf, topics: Sequence[Topic]) -> Iterator[Suggestion]:
    words = TopicWords(topics)
    known = {topic.id: topic for topic in topics}
    for query in _missed(report):
        topic = known.get(words.match(query.query, query.lang) or "")
        answer = shelf.answer(topic.id) if topic else None
        worth = _search_worth([query], report)
        if topic is None:
            reason = f"{_searched([query])}, and no topic of the tickets asks it"
            yield _suggestion("write", query.query, worth, [reason])
        elif answer is not None:
            yield _reach(query, topic, answer, shelf, worth)


def _reach(
    query: QueryFigures, topic: Topic, answer: Article, shelf: _Shelf, worth: float
) -> Suggestion:
    """What to do where an article answers the query but was not found."""
    there = shelf.in_language(answer, query.lang)
    if there is None:
        language = get_language(answer.lang).name
        reason = f"{_searched([query])}; {_named(answer)} answers it, in {language} only"
        return _suggestion(
            "translate", query.query, worth, [reason], topic=topic, article=answer.id
        )
    reason = f"{_searched([query])}, although {_named(there)} answers it"
    found = _suggestion("wording", query.query, worth, [reason], topic=topic, article=there.id)
    line = of_search(there, query.query, None, query.without_result)
    return replace(found, proposals=(line,) if is_plain(query.query) else ())


def _boosted(suggestion: Suggestion, queries: Sequence[QueryFigures], report: Report) -> Suggestion:
    if suggestion.kind != "write" or not queries:
        return suggestion
    added = suggestion.parts.returned + _search_worth(queries, report)
    return replace(
        suggestion,
        parts=replace(suggestion.parts, returned=added),
        reasons=(*suggestion.reasons, _searched(queries)),
    )


def _searched(queries: Sequence[QueryFigures]) -> str:
    """How often, in which words, and how many of them then contacted."""
    times = sum(query.without_result for query in queries)
    wrote = sum(query.contacted for query in queries)
    shown = ", ".join(f"“{query.query}”" for query in queries[:SHOWN_QUERIES])
    more = f" and {len(queries) - SHOWN_QUERIES} more" if len(queries) > SHOWN_QUERIES else ""
    then = f", {wrote} of them then went on to a person" if wrote else ""
    return f"searched {times} times without a result ({shown}{more}){then}"


def _search_worth(queries: Sequence[QueryFigures], report: Report) -> float:
    times = sum(query.without_result for query in queries)
    wrote = sum(query.contacted for query in queries)
    return round(times / _months(report) * (wrote + 1) / (times + 2), 2)


def _months(report: Report) -> float:
    """Length of the period in months; at least one, so that a busy hour is not a busy month."""
    start = report.since or report.first_event or report.until
    return max(1.0, (report.until - start).total_seconds() / 86_400 / DAYS_A_MONTH)


# --- articles that do not help -------------------------------------------------------------------


def _from_articles(report: Report, shelf: _Shelf, topics: Sequence[Topic]) -> Iterator[Suggestion]:
    known = {topic.id: topic for topic in topics}
    growing: dict[str, list[TopicFigures]] = {}
    for figures in report.topics:
        answer = shelf.answer(figures.topic)
        if answer is not None and _still_grows(figures, answer):
            growing.setdefault(answer.id, []).append(figures)
    read = {figures.article: figures for figures in report.articles}
    for id_, article in sorted(shelf.articles.items()):
        asked = growing.get(id_, [])
        signs = [*_contact_signs(read.get(id_), report), *_vote_signs(read.get(id_), report)]
        signs += [_growth_sign(figures, article) for figures in asked]
        if signs:
            names = [figures.topic for figures in asked] or list(shelf.topics(article))
            topic = next((known[name] for name in names if name in known), None)
            worth, reasons = max(worth for worth, _ in signs), [reason for _, reason in signs]
            command = f"kbtool metrics --article {id_}"
            yield replace(
                _suggestion("fix", article.title, worth, reasons, topic=topic, article=id_),
                command=command,
            )


def _suggestion(
    kind: SuggestionKind,
    question: str,
    worth: float,
    reasons: Sequence[str],
    *,
    topic: Topic | None = None,
    article: str | None = None,
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
        parts=Worth(0.0, returned=round(worth, 2)),
        reasons=tuple(reasons),
    )


def _contact_signs(found: ArticleFigures | None, report: Report) -> Iterator[tuple[float, str]]:
    """(worth, reason) when readers of the article surely contact more often than all readers."""
    site = report.contacts_after_view
    if found is None or found.contacts_after_view.low is None or not site.denominator:
        return
    own, usual = found.contacts_after_view, site.numerator / site.denominator
    if found.contacts_after_view.low > usual:
        excess = own.numerator - own.denominator * usual
        yield (
            excess / _months(report),
            f"{found.article} was read in {own.denominator} visits, {own.numerator} of them then went on "
            f"to a person ({own.numerator / own.denominator:.0%}; {usual:.0%} over all articles)",
        )


def _vote_signs(found: ArticleFigures | None, report: Report) -> Iterator[tuple[float, str]]:
    """(worth, reason) when surely less than half of the votes are "yes"."""
    if found is None or found.helpful.high is None or found.helpful.high >= 0.5:
        return
    votes, visits = found.helpful, found.contacts_after_view
    no = votes.denominator - votes.numerator
    share = (visits.numerator + 1) / (visits.denominator + 2)
    yield (
        no / _months(report) * share,
        f"{no} of {votes.denominator} votes on {found.article} say that it did not help",
    )


def _growth_sign(topic: TopicFigures, answer: Article) -> tuple[float, str]:
    before, recent = _halves(topic)
    return (
        _growth(topic),
        f"“{topic.question}” still grows although {answer.id} answers it: {recent} tickets in "
        f"the last {RECENT_MONTHS} months, {before} in the {RECENT_MONTHS} before",
    )


def _still_grows(topic: TopicFigures, answer: Article) -> bool:
    """Whether a growing topic's last months all came after the article's last change."""
    recent = [month for month, _ in topic.months][-RECENT_MONTHS:]
    changed = answer.updated.strftime("%Y-%m") if answer.updated else ""
    return topic.trend == "growing" and _growth(topic) > 0 and changed < recent[0]


def _growth(topic: TopicFigures) -> float:
    """By how many tickets a month the topic grew."""
    before, recent = _halves(topic)
    return (recent - before) / RECENT_MONTHS


def _halves(topic: TopicFigures) -> tuple[int, int]:
    """Tickets in the three months before the last three, and in the last three."""
    counts = [count for _, count in topic.months]
    return sum(counts[-2 * RECENT_MONTHS : -RECENT_MONTHS]), sum(counts[-RECENT_MONTHS:])


def _named(article: Article) -> str:
    return f"{article.id} “{article.title}”"
