"""What became of the visits that came to the contact page."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ONE_DAY, count, share

_CAME = "visits that came to the contact page"

CONTACT = (
    count(
        "contact.steps", "Steps on the contact page", "visits by step",
        "visits that opened the contact page, typed a question, were shown suggestions, opened one, "
        'chose "solved", handed off; each step for itself',
        'Where "solved" was chosen more than half an hour later: it is then the step of a visit of its '
        "own. Without JavaScript only opening and handing off are known.",
    ),
    share(
        "contact.explicit", "Solved on the contact page (lower bound)",
        'visits that chose "solved" on an article and came to no person from the beginning of the visit '
        "to the end of the window",
        _CAME,
        "Those who were helped and left without a word. " + ONE_DAY,
    ),
    share(
        "contact.implicit", "Left the contact page (upper bound)",
        "visits that opened an article or a suggestion and came to no person from the beginning of the "
        "visit to the end of the window",
        _CAME,
        "Who gave up and who wrote where it could not be seen: the fewer tickets can be tied to a visit "
        "(contact.linked), the higher it is, and where these are fewer than half it says nothing. "
        "Never add it to contact.explicit. " + ONE_DAY,
    ),
    share(
        "contact.linked", "Tickets tied to a visit (λ)",
        "tickets created since the first event with the visit token of a counted hand-off by a visitor",
        "tickets created since the first event",
        "Tickets that were not imported yet, and whether a ticket without a token came from the site.",
        source="events and tickets",
    ),
    count(
        "contact.widget", "Came from the widget", "visits",
        "visits that came to the contact page from the widget; in the figures above too",
        "Who opened the widget and wrote by another way.",
    ),
)  # fmt: skip
