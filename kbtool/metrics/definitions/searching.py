"""Searches, and each query."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ONE_DAY, count, share

_SEARCHES = "searches by a visitor whose number of results is known"

SEARCH = (
    count(
        "searches", "Searches", "searches",
        "different queries per visit, words folded; a query sent twice in a visit is one search",
        "Whether a query without a visitor was sent before: each counts once.",
    ),
    share(
        "search_without_result", "Searches without result",
        "searches that found nothing",
        "searches whose number of results is known",
        "Whether a search with results found the right one.",
    ),
    share(
        "search_click_through", "Search click-through",
        "searches after which a result was opened in the same visit",
        "searches with a result, by a visitor",
        "Whether the snippet alone answered, so that no click was needed.",
    ),
    share(
        "search.success", "Searches that found it",
        "searches by a visitor after which a result was opened, nothing else was searched for and "
        "nobody handed off in the same visit",
        _SEARCHES,
        "Whether the article answered; and who came with two questions: the first counts as refined.",
    ),
    share(
        "search.refined", "Refined searches",
        "searches by a visitor after which the same visit searched for something else",
        _SEARCHES,
        "Whether it was the same question in other words or another one.",
    ),
    share(
        "search.abandoned", "Abandoned searches",
        "searches by a visitor after which the visit opened no result and no other article, searched "
        "for nothing else and did not hand off",
        _SEARCHES,
        "Whether the snippet alone answered, or the reader gave up.",
    ),
)  # fmt: skip

QUERIES = (
    count(
        "queries.searches", "Searches of a query", "searches",
        "visits that searched for the query, wordings folded together",
        "Different words for the same question: they are different queries.",
    ),
    count(
        "queries.without_result", "Searches of a query without result", "searches",
        "visits that searched for the query and found nothing",
        "Whether an article on it would be read.",
    ),
    count(
        "queries.clicked", "Searches of a query with a click", "searches",
        "visits that found something for the query and opened a result",
        "Clicks of readers without a visitor.",
    ),
    count(
        "queries.followed", "Searches of a query with a result", "searches",
        "visits that searched for the query and found something; queries.followed - queries.clicked "
        "opened none of it",
        "Searches without a visitor, and those that a log's line tells of: what they found is not known.",
    ),
    count(
        "queries.contacted", "Searches of a query without result, then a hand-off", "searches",
        "visits that found nothing for the query and handed off after it in the same visit",
        ONE_DAY,
    ),
    count(
        "queries.refined", "What was searched for next", "visits by query",
        "visits that searched for the query and then for another one; the three commonest",
        "Whether it was the same question in other words or another one.",
    ),
)  # fmt: skip
