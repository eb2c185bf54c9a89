"""The figures of one week."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ANONYMOUS, count

_WEEK = "The weeks before the first counted event: they are left out, not zero."

SERIES = (
    count("series.views", "Views in a week", "hits", "counted views of articles", _WEEK),
    count(
        "series.visits", "Visits in a week", "visits, sum of daily",
        "visits that began in the week", ANONYMOUS,
    ),
    count(
        "series.searches", "Searches in a week", "searches",
        "different queries per visit that began in the week, words folded; each search without a "
        "visitor", _WEEK,
    ),
    count(
        "series.without_result", "Searches without result in a week", "searches",
        "searches of the week that found nothing", "Whether the others found the right article.",
    ),
    count(
        "series.yes", "“Yes” votes in a week", "votes",
        'last votes of a visitor on an article that are "yes" (each vote without a visitor counts)',
        "What those who did not vote think.",
    ),
    count(
        "series.no", "“No” votes in a week", "votes",
        'last votes of a visitor on an article that are "no" (each vote without a visitor counts)',
        "What those who did not vote think.",
    ),
    count(
        "series.opened", "Contact page opened in a week", "events",
        "times the contact page was opened", "Contacts by phone or straight by mail.",
    ),
    count(
        "series.solved", "Solved in a week", "events",
        'times "this solved it" was chosen on an article opened from the contact page',
        "Whether a ticket was written all the same.",
    ),
    count(
        "series.handed_off", "Hand-offs in a week", "events",
        "times a reader went on from the site to a person", "Whether a message was sent.",
    ),
    count(
        "series.tickets", "Tickets in a week", "tickets",
        "imported tickets created in the week", "Tickets that were not imported yet.",
        source="tickets",
    ),
)  # fmt: skip
