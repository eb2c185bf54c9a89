"""What came back about each article."""

from __future__ import annotations

from kbtool.metrics.definitions.record import (
    ANONYMOUS,
    ENDED,
    FORMER,
    ONE_DAY,
    REOPENED,
    REUSE,
    Metric,
    count,
    share,
)

ARTICLES = (
    count(
        "articles.views", "Views of an article", "hits", "counted views of the article",
        "Whether the page was read.",
    ),
    count(
        "articles.visits", "Visits of an article", "visits, sum of daily",
        "visits with at least one view of the article", ANONYMOUS,
    ),
    count(
        "articles.clicks", "Clicks on an article", "events",
        "times the article was opened from a list of search results",
        "Results opened by the middle button or the context menu.",
    ),
    share(
        "articles.helpful", "Helpful votes on an article",
        'last votes of a visitor on the article that are "yes"',
        "last votes of a visitor on the article (each vote without a visitor counts)",
        "What those who did not vote think.",
    ),
    share(
        "articles.contacts_after_view", "Contacts after a view of an article",
        "visits with a hand-off at or after their first view of the article, in the same visit",
        "visits with a view of the article",
        "Which of several articles of a visit failed: each is counted, so never add them up.",
    ),
    share(
        "articles.base", "Contacts after a view of similar articles",
        "visits with a hand-off at or after their first view of an article of the same category and "
        "language, in the same visit",
        "visits with a view of such an article and none of this one; where these are fewer than "
        "metrics.min_count, of the same language, or else of all",
        "Whether their readers came with questions as hard as this article's.",
    ),
    count(
        "articles.excess", "Contacts beyond those of similar articles", "difference of shares",
        "articles.contacts_after_view - articles.base, with Newcombe's 95 % interval",
        "Whether the article failed, or its question is one that needs a person. " + ONE_DAY,
    ),
    count(
        "articles.failed", "Readers left without an answer", "visits",
        'visits with a view of the article and "no" as their last vote on it or a hand-off after it, '
        'plus "no" votes without a visitor',
        "Readers who left without an answer and without a word.",
    ),
    count(
        "articles.harm", "Readers failed beyond chance (order of “fix next”)", "visits",
        'visits and readers without a visitor that voted "no" and did not hand off, plus visits of the '
        "article × the lower end of articles.excess, where that is above 0",
        "How many more there are: it is the least that similar articles do not explain.",
    ),
    share(
        "articles.read", "Views that were readings",
        "views that stayed in sight for 30 seconds, or for 10 with half of the article seen",
        "views whose end is known",
        "Whether what was read was understood. Views without JavaScript and in the widget have no end.",
    ),
    share(
        "articles.reach", "Reach of an article",
        "visits with a view of the article",
        "visits with an article view",
        "How many had the question. " + ANONYMOUS,
    ),
    count(
        "articles.reasons", "Reasons of “no” on an article", "votes by reason",
        'last votes of a visitor on the article that are "no" and say why (each vote without a visitor '
        "counts)",
        "Why the others said no.",
    ),
    Metric(
        "articles.links", "Agents' links to an article", "tickets",
        "answered tickets with a public agent's reply that links the article",
        "tickets",
        FORMER,
    ),
    Metric(
        "articles.resolving", "Agents' links to an article that ended the ticket", "share",
        "answered tickets, never reopened, in which the customer asked nothing after the first link "
        "to the article ÷ answered tickets with a public agent's reply that links the article",
        "tickets",
        ENDED,
        "answered tickets, never reopened, in which the customer asked nothing after the first link "
        "to the article",
        "answered tickets with a public agent's reply that links the article",
    ),
    Metric(
        "articles.reused", "Hidden reuse of an article", "tickets",
        "answered tickets with a public agent's reply that holds the article's text (25 words in runs "
        "of 6, or two whole sentences) and no link to it",
        "tickets",
        REUSE,
    ),
    share(
        "articles.reopened", "Reopened after a link to an article",
        "tickets that were reopened at least once",
        "tickets with a public agent's reply that links the article, that were ever resolved and "
        "whose export tells of reopening",
        REOPENED + FORMER,
        source="tickets",
    ),
)  # fmt: skip
