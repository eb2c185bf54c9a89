"""Searches that led nowhere: nothing was found, or nothing of it was opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kbtool.intervals import wilson
from kbtool.model import Article, Proposal, QueryFigures, Report, Span, Suggestion, Topic
from kbtool.suggest.feedback.given import Given, months, named, returned, suggestion
from kbtool.suggest.spread import score_range
from kbtool.suggest.wording import TopicWords
from kbtool.suggest.wordings.lines import of_search
from kbtool.suggest.wordings.searches import is_plain
from kbtool.text import get_language, match_key, plain_terms

MIN_SEARCHES = 3
"""Searches without result, each from another visit, before a query is worth a suggestion."""
MIN_PASSED_OVER = 5
"""The same of searches whose results nobody opened: a result's own words may have been enough."""
RARELY = 0.5
"""Searches whose results were opened less often than this, surely, count as passed over."""
SHOWN_QUERIES = 3
QUERY = "q-"
"""How the id of a search begins."""
_PLACEHOLDER = re.compile(r"\[[a-z-]+\]")


@dataclass(frozen=True, slots=True)
class Led:
    """A query, and in how many visits it led nowhere."""

    query: QueryFigures
    times: int
    found: bool
    """Whether there were results, which were passed over."""

    @property
    def told(self) -> str:
        """How often, in which words, and how many of them then contacted."""
        return searched([self])


def led_nowhere(report: Report) -> list[Led]:
    """Queries that often led nowhere and are more than redacted data (``[order]``)."""
    asked = [q for q in report.queries if _PLACEHOLDER.sub("", q.query).strip()]
    begun = {match_key(query.query) for query in asked}
    missed = [
        Led(q, q.without_result, found=False) for q in asked if q.without_result >= MIN_SEARCHES
    ]
    told = {id(one.query) for one in missed}
    passed = (
        Led(query, query.unopened, found=True)
        for query in asked
        if id(query) not in told and not _goes_on(query, begun)
    )
    return [*missed, *(one for one in passed if _is_passed_over(one))]


def boost(
    suggestions: Sequence[Suggestion], report: Report, topics: Sequence[Topic] = ()
) -> tuple[Suggestion, ...]:
    """The suggestions to write, those that searches in vain ask for too with reason and worth added.

    The order is kept; whoever joins them with others ranks them again.
    """
    words = TopicWords(topics)
    asked: dict[str, list[Led]] = {}
    for led in led_nowhere(report):
        topic = words.match(led.query.query, led.query.lang)
        if topic is not None:
            asked.setdefault(topic, []).append(led)
    return tuple(_boosted(s, asked.get(s.topic or "", []), report) for s in suggestions)


def from_searches(given: Given) -> Iterator[Suggestion]:
    """What to do about each query: write about it, or help readers to the article that answers."""
    words = TopicWords(tuple(given.topics.values()))
    for led in led_nowhere(given.report):
        topic = given.topics.get(words.match(led.query.query, led.query.lang) or "")
        answer = given.answer(topic.id) if topic else None
        if topic is None and not led.found:
            yield _to_write(led, given)
        elif topic is not None and answer is not None:
            yield from _reach(led, topic, answer, given)


def query_id(query: str, lang: str | None) -> str:
    """What stands for a search that no topic asks: the same for the same words in any order."""
    terms = sorted(set(plain_terms(query, lang or "")))
    return QUERY + sha256("\n".join((lang or "", *terms)).encode()).hexdigest()[:8]


def searched(queries: Sequence[Led]) -> str:
    """How often these led nowhere, in which words, and how many of them then contacted."""
    told = []
    for found in (False, True):
        own = [one for one in queries if one.found == found]
        if not own:
            continue
        times = sum(one.times for one in own)
        wrote = 0 if found else sum(one.query.contacted for one in own)
        shown = ", ".join(f"“{one.query.query}”" for one in own[:SHOWN_QUERIES])
        more = f" and {len(own) - SHOWN_QUERIES} more" if len(own) > SHOWN_QUERIES else ""
        then = f", {wrote} of them then went on to a person" if wrote else ""
        of = sum(one.query.followed for one in own)
        how = (
            f"of {of} searches with results {times} opened none"
            if found
            else (f"searched {times} times without a result")
        )
        told.append(f"{how} ({shown}{more}){then}")
    return "; ".join(told)


def _to_write(led: Led, given: Given) -> Suggestion:
    query = led.query
    reason = f"{led.told}, and no topic of the tickets asks it"
    made = suggestion(
        "write", query.query, returned(_worth([led], given.report)), [reason], weight=led.times
    )
    return replace(made, own=query_id(query.query, query.lang))


def _reach(led: Led, topic: Topic, answer: Article, given: Given) -> Iterator[Suggestion]:
    """What to do where an article answers the query but was not found, or not opened."""
    query, worth = led.query, returned(_worth([led], given.report))
    there = given.in_language(answer, query.lang)
    if there is None:
        reason = f"{led.told}; {named(answer)} answers it, in {get_language(answer.lang).name} only"
        made = suggestion(
            "translate", query.query, worth, [reason],
            topic=topic, article=answer.id, weight=led.times,
        )  # fmt: skip
        yield replace(made, langs=(query.lang,) if query.lang else ())
        return
    if _says(there, query.query):
        return  # in its title or questions by now: another line would change nothing
    reason = f"{led.told}, although {named(there)} answers it"
    made = suggestion(
        "wording", query.query, worth, [reason], topic=topic, article=there.id, weight=led.times
    )
    yield replace(made, proposals=_lines(there, led))


def _lines(article: Article, led: Led) -> tuple[Proposal, ...]:
    if not is_plain(led.query.query):
        return ()
    line = of_search(article, led.query.query, None, led.times)
    if led.found:
        told = f"in {led.times} visits its results were passed over"
        line = replace(line, reason=told)
    return (line,)


def _says(article: Article, query: str) -> bool:
    """Whether title and questions have all the query's words."""
    own = set(plain_terms("\n".join((article.title, *article.also_asked)), article.lang))
    return own.issuperset(plain_terms(query, article.lang))


def _is_passed_over(led: Led) -> bool:
    shown = led.times + led.query.clicked
    return led.times >= MIN_PASSED_OVER and wilson(led.query.clicked, shown)[1] < RARELY


def _goes_on(query: QueryFigures, begun: set[str]) -> bool:
    """Whether another query begins with this one: its reader may still have been typing."""
    own = match_key(query.query)
    return any(other != own and other.startswith(own) for other in begun)


def _boosted(found: Suggestion, queries: Sequence[Led], report: Report) -> Suggestion:
    if found.kind != "write" or not queries:
        return found
    added, old = returned(_worth(queries, report)), found.parts
    low, high = added.returned_range or (0.0, 0.0)
    before = old.returned_range or (old.returned, old.returned)
    return replace(
        found,
        parts=replace(
            old,
            returned=old.returned + added.returned,
            returned_range=(before[0] + low, before[1] + high),
        ),
        reasons=(*found.reasons, searched(queries)),
        weight=found.weight + sum(one.times for one in queries),
    )


def _worth(queries: Sequence[Led], report: Report) -> Span:
    """Tickets a month that come of these searches: how many there are × the share that contacts.

    That share is known of searches without a result; of those whose results were passed over
    nobody knows, so it is taken to be the same.
    """
    times = sum(one.times for one in queries)
    missed = sum(one.query.without_result for one in queries)
    wrote = min(sum(one.query.contacted for one in queries), missed)
    month = months(report)
    share = (wrote + 1) / (missed + 2)
    least, most = wilson(wrote, missed) if missed else (0.0, 1.0)
    low, high = score_range(times)
    return Span(times / month * share, low / month * least, high / month * most)
