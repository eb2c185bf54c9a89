"""Agents' replies and the tickets of topics."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ENDED, FORMER, REOPENED, REUSE, Metric, share

REPLIES = (
    Metric(
        "link_rate", "Link rate of agents' replies", "share",
        "answered tickets with a public agent's reply that links a published article ÷ answered tickets",
        "tickets",
        "Whether an article that fits existed at the time. Assisted use, not deflection. " + FORMER,
        "answered tickets with a public agent's reply that links a published article",
        "answered tickets solved in the period",
    ),
    Metric(
        "resolving_links", "Links that ended the ticket", "share",
        "answered tickets, never reopened, in which the customer asked nothing after the first link "
        "to a published article ÷ answered tickets with a public agent's reply that links a published "
        "article",
        "tickets",
        ENDED,
        "answered tickets, never reopened, in which the customer asked nothing after the first link "
        "to a published article",
        "answered tickets with a public agent's reply that links a published article",
    ),
    share(
        "reopened_links", "Reopened after a link",
        "tickets that were reopened at least once",
        "tickets with a public agent's reply that links a published article, that were ever resolved "
        "and whose export tells of reopening",
        REOPENED + FORMER,
        source="tickets",
    ),
    Metric(
        "reuse_rate", "Hidden reuse of articles", "share",
        "answered tickets with a public agent's reply that holds a published article's text and no "
        "link to it ÷ answered tickets",
        "tickets",
        "Never add it to the link rate. " + REUSE,
        "answered tickets with a public agent's reply that holds a published article's text and no "
        "link to it",
        "answered tickets solved in the period",
    ),
    Metric(
        "gone_links", "Links to articles that are gone", "tickets by article",
        "answered tickets that link an article that was withdrawn; its addresses say so",
        "tickets",
        "Whether another article took its place.",
    ),
    Metric(
        "broken_links", "Broken links", "tickets by address",
        "tickets with a public agent's reply that links an address of the help centre where there is "
        "nothing today: no page, no former address of an article",
        "tickets",
        "Whether the server of a former help centre still answers there, and how often a reader "
        "followed the link.",
    ),
    Metric(
        "topics.months", "Tickets of a topic a month", "tickets by month",
        "resolved tickets of the topic by month of creation, as kbtool suggest found them last",
        "tickets",
        "Tickets imported since; and a fall after an article is no proof: topics rise and fall alone.",
    ),
)  # fmt: skip
