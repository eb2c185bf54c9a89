"""The registry of metrics: what each counts, from what, and what it cannot know.

``kbtool metrics --explain`` prints it and the README is tested against it. A metric's name is the
name of its field in the Report (``articles.views`` is a field of the records in ``articles``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

Source: TypeAlias = Literal["events", "tickets", "events and tickets"]

ANONYMOUS = (
    "Readers who ask not to be followed (GPC, DNT) have no visits; their views are in views."
)
ONE_DAY = (
    "Visitors are hashes that change at 00:00 UTC: a contact on a later day, or from another "
    "device, by phone or by mail, is not seen."
)
FORMER = (
    "Links to a former help centre that is not in tickets.help_centre_urls, and links behind "
    "redirectors that hide their target."
)
ENDED = (
    "Whether the link was opened, whether the rest of the reply answered, who gave up, and that a "
    "ticket was reopened where the export does not say so."
)
REUSE = (
    "Whether the article was copied or both come from one saved reply; text in an agent's own words. "
    "As found at the last import; replies from before the article and those it was drafted from are "
    "left out."
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of the report."""

    name: str
    title: str
    unit: str
    formula: str
    source: Source
    cannot_know: str
    numerator: str | None = None
    """For shares only; so is the denominator. Every share comes with a 95 % Wilson interval."""
    denominator: str | None = None


def _count(name: str, title: str, unit: str, formula: str, cannot_know: str) -> Metric:
    return Metric(name, title, unit, formula, "events", cannot_know)


def _share(name: str, title: str, numerator: str, denominator: str, cannot_know: str) -> Metric:
    return Metric(
        name=name,
        title=title,
        unit="share",
        formula=f"{numerator} ÷ {denominator}",
        source="events",
        cannot_know=cannot_know,
        numerator=numerator,
        denominator=denominator,
    )


_TRAFFIC = (
    _count(
        "events", "Events", "events",
        "events of the period that are counted, that is not excluded for any reason",
        "Events that the server refused or that never reached it.",
    ),
    _count(
        "excluded", "Excluded events", "events by reason",
        "events of bots, prefetching browsers and staff; stored with the reason, in no other figure",
        "Bots that pretend well, and staff at addresses that are not in server.staff_addresses.",
    ),
    _count(
        "without_visitor", "Events without a visitor", "events",
        "counted events of readers who asked not to be followed (GPC, DNT)",
        "Which of them belong together; they are in no visit and no outcome.",
    ),
    _count(
        "views", "Views", "hits",
        "counted views of articles; opening an article again counts again",
        "Whether the page was read.",
    ),
    _count(
        "visits", "Visits", "visits, sum of daily",
        "groups of counted events of one visitor without a gap of 30 minutes",
        "People: one person on two days, or on two devices, is two visitors. " + ANONYMOUS,
    ),
)  # fmt: skip

_SEARCH = (
    _count(
        "searches", "Searches", "searches",
        "different queries per visit, words folded; a query sent twice in a visit is one search",
        "Whether a query without a visitor was sent before: each counts once.",
    ),
    _share(
        "search_without_result", "Searches without result",
        "searches that found nothing",
        "searches whose number of results is known",
        "Whether a search with results found the right one.",
    ),
    _share(
        "search_click_through", "Search click-through",
        "searches after which a result was opened in the same visit",
        "searches with a result, by a visitor",
        "Whether the snippet alone answered, so that no click was needed.",
    ),
)  # fmt: skip

_SIGNS = (
    _share(
        "helpful", "Helpful votes",
        'last votes of a visitor on an article that are "yes"',
        "last votes of a visitor on an article (each vote without a visitor counts)",
        "What those who did not vote think; few readers vote.",
    ),
    _count(
        "contacts_opened", "Contact page opened", "events",
        "times the contact page was opened",
        "Contacts by phone, by mail or through the help desk directly.",
    ),
    _count(
        "contacts_solved", "Contact page: solved", "events",
        'times "this solved it" was chosen on an article opened from the contact page',
        "Whether a ticket was written all the same.",
    ),
    _count(
        "contacts_handed_off", "Hand-offs", "events",
        "times a reader went on from the site to a person",
        "Whether a message was sent, unless an imported ticket carries its visit token.",
    ),
    _share(
        "contacts_after_view", "Contacts after a view",
        "visits with a hand-off at or after the first article view, in the same visit",
        "visits with an article view",
        "Whether the article failed or the question needed a person. " + ONE_DAY,
    ),
    _share(
        "contact_solved", "Solved on the contact page",
        'visits that chose "solved" and did not hand off within the window',
        "visits that came to the contact page",
        "Those who left satisfied without a word: a lower bound. " + ONE_DAY,
    ),
)  # fmt: skip

_READ = "visits with an article view"
_OUTCOMES = (
    _share(
        "confirmed", "Confirmed deflection",
        'visits with an article view, then "yes" as their last vote on it or "this solved '
        'it", and no hand-off by the visitor from the beginning of the visit to the end of the window',
        _READ,
        "Whether the reader would have written at all, and those who were helped and said nothing. "
        + ONE_DAY,
    ),
    _share(
        "potential", "Potential deflection (upper bound)",
        "visits with an article view, no hand-off by the visitor from the beginning of the visit to "
        "the end of the window, and no sign that it helped",
        _READ,
        "Who gave up, who went elsewhere and who never meant to write: all of them are in here. Never "
        "add it to confirmed. " + ONE_DAY,
    ),
    _share(
        "no_deflection", "No deflection",
        "visits with an article view whose visitor handed off between the beginning of the visit and "
        "the end of the window",
        _READ,
        "Contacts that did not start on the site. " + ONE_DAY,
    ),
    _count(
        "taken_back", "Taken back", "visits",
        "visits with a sign that it helped and a hand-off after it, within the window; counted under "
        "no deflection",
        ONE_DAY,
    ),
    _count(
        "unknown_visits", "Visits without an outcome", "visits",
        "visits without an article view; in no share above",
        "What the reader came for.",
    ),
    _count(
        "open_visits", "Visits whose window is open", "visits",
        "visits with an article view whose window was not over when the report was made",
        "Their outcome may still change.",
    ),
)  # fmt: skip

_ARTICLES = (
    _count(
        "articles.views", "Views of an article", "hits", "counted views of the article",
        "Whether the page was read.",
    ),
    _count(
        "articles.visits", "Visits of an article", "visits, sum of daily",
        "visits with at least one view of the article", ANONYMOUS,
    ),
    _count(
        "articles.clicks", "Clicks on an article", "events",
        "times the article was opened from a list of search results",
        "Results opened by the middle button or the context menu.",
    ),
    _share(
        "articles.helpful", "Helpful votes on an article",
        'last votes of a visitor on the article that are "yes"',
        "last votes of a visitor on the article (each vote without a visitor counts)",
        "What those who did not vote think.",
    ),
    _share(
        "articles.contacts_after_view", "Contacts after a view of an article",
        "visits with a hand-off at or after their first view of the article, in the same visit",
        "visits with a view of the article",
        "Which of several articles of a visit failed: each is counted, so never add them up.",
    ),
    _count(
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

_QUERIES = (
    _count(
        "queries.searches", "Searches of a query", "searches",
        "visits that searched for the query, wordings folded together",
        "Different words for the same question: they are different queries.",
    ),
    _count(
        "queries.without_result", "Searches of a query without result", "searches",
        "visits that searched for the query and found nothing",
        "Whether an article on it would be read.",
    ),
    _count(
        "queries.clicked", "Searches of a query with a click", "searches",
        "visits that found something for the query and opened a result",
        "Clicks of readers without a visitor.",
    ),
    _count(
        "queries.contacted", "Searches of a query without result, then a hand-off", "searches",
        "visits that found nothing for the query and handed off after it in the same visit",
        ONE_DAY,
    ),
)  # fmt: skip

_TICKETS = (
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

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.name: metric
        for metric in (
            *_TRAFFIC, *_SEARCH, *_SIGNS, *_OUTCOMES, *_ARTICLES, *_QUERIES, *_TICKETS,
        )
    }
)  # fmt: skip
"""All metrics by name, in the order of the report."""
