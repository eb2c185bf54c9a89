"""What came back about each article."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ANONYMOUS, ENDED, FORMER, REUSE, Metric, count, share

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
    count(
        "articles.failed", "Readers left without an answer (order of “fix next”)", "visits",
        'visits with a view of the article and "no" as their last vote on it or a hand-off after it, '
        'plus "no" votes without a visitor',
        "Readers who left without an answer and without a word.",
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
)  # fmt: skip
