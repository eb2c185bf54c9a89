"""How tickets were handled, what is asked over time and in which language."""

from __future__ import annotations

from kbtool.metrics.definitions.record import count, share

_UNTOLD = "What the export does not say. "
_IN_TOPIC = (
    "Tickets that are still open and those that ask nothing have no topic: they are in all tickets "
    "only. "
)

HANDLING = (
    count(
        "handling.tickets", "Tickets", "tickets",
        "tickets created in the period: all of them, and those of each topic",
        _IN_TOPIC + "Contacts that never became a ticket.",
        source="tickets",
    ),
    count(
        "handling.answered", "Answered tickets", "tickets",
        "of these tickets, those resolved with a public reply of an agent that no question follows",
        "Whether the answer was right.",
        source="tickets",
    ),
    share(
        "handling.first_contact", "First-contact resolution",
        "answered tickets with exactly one public reply of an agent that were not reopened",
        "answered tickets created in the period",
        "A customer who asked again in a new ticket, by phone or not at all; and reopening, where the "
        "export does not tell of it.",
        source="tickets",
    ),
    share(
        "handling.reopened", "Reopened",
        "tickets that were reopened at least once",
        "tickets created in the period that were ever resolved and whose export tells of reopening",
        "Whether the answer had failed or the customer only said thank you.",
        source="tickets",
    ),
    count(
        "handling.hours", "Hours from creation to solution", "hours, median",
        "median of the hours from creation to (last) solution, over answered tickets with both dates",
        "The work itself: most of it is waiting, for an agent, the customer or the night to end. Some "
        "help desks close by themselves days after the answer.",
        source="tickets",
    ),
    count(
        "handling.replies", "Replies", "replies, mean",
        "public replies of agents in answered tickets ÷ answered tickets created in the period",
        "How long a reply took to write.",
        source="tickets",
    ),
    share(
        "handling.csat", "Satisfied customers",
        "tickets rated 0.75 or more of 1 (four or five stars, “good”)",
        "rated tickets created in the period",
        "What those who did not rate think; few do, and rather the angry and the delighted.",
        source="tickets",
    ),
)  # fmt: skip

_MONTH = "Tickets not yet exported; a month with fewer days than the calendar's is not whole."

MONTHS = (
    count(
        "months.tickets", "Tickets a month", "tickets by month",
        "tickets by month (UTC) of creation; the newest 36 months",
        _MONTH,
        source="tickets",
    ),
    count(
        "months.in_topics", "Tickets that ask a recurring question", "tickets by month",
        "of these tickets, those of a current topic",
        "Open tickets have no topic yet, so the newest months lack some.",
        source="tickets",
    ),
    count(
        "months.resolved", "Resolved tickets", "tickets by month",
        "of the tickets created in the month, those resolved by now",
        "The newest months had less time: their tickets are still being worked on.",
        source="tickets",
    ),
    count(
        "months.answered", "Answered tickets by month", "tickets by month",
        "of the tickets created in the month, those answered by now",
        "Whether the answer was right; and the newest months had less time.",
        source="tickets",
    ),
    count(
        "months.reopened", "Reopened tickets by month", "tickets by month",
        "of the tickets created in the month, those reopened at least once",
        _UNTOLD + "The newest months had less time.",
        source="tickets",
    ),
    count(
        "months.natures", "Nature of the tickets", "tickets by month and kind",
        "tickets of the month by the kind of case that the help desk states; the 12 most frequent "
        "kinds, the rest as “other”",
        "Whether agents set it with care; most help desks begin with one kind for all.",
        source="tickets",
    ),
    count(
        "undated_tickets", "Tickets without a date", "tickets",
        "tickets without a date of creation; in no month and no week, and in no period with a bound",
        "When they came.",
        source="tickets",
    ),
    count(
        "self_service", "Self-service ratio (traffic)", "visits a ticket",
        "visits with an article view ÷ tickets created, in the whole weeks (UTC) in which both were counted",
        "Anything about cause: a ratio of two kinds of traffic, no deflection. It doubles when a "
        "search engine sends twice the readers.",
        source="events and tickets",
    ),
)  # fmt: skip

LANGUAGES = (
    count(
        "languages.tickets", "Tickets in a language", "tickets by language",
        "tickets created in the period by the language of the customer's first message",
        "The language of short or mixed texts: those stand without one.",
        source="tickets",
    ),
    count(
        "languages.searches", "Searches in a language", "searches by language",
        "searches by the language of the page they were sent from",
        "The language of the words: who finds no page in their own searches from another.",
    ),
    count(
        "languages.without_result", "Searches in a language without result", "searches by language",
        "of these searches, those that found nothing",
        "Whether an article would have been read.",
    ),
    count(
        "languages.views", "Views in a language", "hits by language",
        "counted views of articles by the language of the page around them, also where the article "
        "itself was shown untranslated",
        "Whether the reader understood it.",
    ),
    count(
        "languages.articles", "Articles in a language", "articles by language",
        "published articles in the language, when the report was made",
        "Whether a translation is as good as its original.",
        source="articles",
    ),
    count(
        "languages.untranslated", "Articles not in a language", "articles by language",
        "published articles, a translation and its original being one, that are not in the language",
        "Whether anybody needs them in it.",
        source="articles",
    ),
)  # fmt: skip

SOURCES = (
    count(
        "sources.views", "Views by source", "hits by source",
        "counted views of articles by where the count comes from: the server, imported logs, or "
        "another counter's export (then in no other figure)",
        "Which views two sources both counted: never add them up.",
    ),
    count(
        "sources.articles", "Views of an article by another counter", "hits by article",
        "views of the article in another counter's export, over days that lie wholly within the "
        "period; an export of the same days replaces it",
        "Whose they were: bots, staff and visits are told as that counter tells them.",
    ),
)  # fmt: skip
