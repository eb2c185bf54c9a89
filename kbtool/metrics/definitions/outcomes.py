"""What became of visits."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ONE_DAY, READ, count, share

SIGNS = (
    share(
        "helpful", "Helpful votes",
        'last votes of a visitor on an article that are "yes"',
        "last votes of a visitor on an article (each vote without a visitor counts)",
        "What those who did not vote think; few readers vote.",
    ),
    count(
        "reasons", "Reasons of “no”", "votes by reason",
        'last votes of a visitor on an article that are "no" and say why (each vote without a visitor '
        "counts)",
        "Why the others said no.",
    ),
    count(
        "contacts_opened", "Contact page opened", "events",
        "times the contact page was opened",
        "Contacts by phone, by mail or through the help desk directly.",
    ),
    count(
        "contacts_solved", "Contact page: solved", "events",
        'times "this solved it" was chosen on an article opened from the contact page',
        "Whether a ticket was written all the same.",
    ),
    count(
        "contacts_handed_off", "Hand-offs", "events",
        "times a reader went on from the site to a person",
        "Whether a message was sent, unless an imported ticket carries its visit token.",
    ),
    share(
        "contacts_after_view", "Contacts after a view",
        "visits with a hand-off at or after the first article view, in the same visit",
        "visits with an article view",
        "Whether the article failed or the question needed a person. " + ONE_DAY,
    ),
)  # fmt: skip

OUTCOMES = (
    share(
        "confirmed", "Confirmed deflection",
        'visits with an article view, then "yes" as their last vote on it or "this solved '
        'it", and no contact by the visitor from the beginning of the visit to the end of the window',
        READ,
        "Whether the reader would have written at all, and those who were helped and said nothing. "
        + ONE_DAY,
    ),
    share(
        "potential", "Potential deflection (upper bound)",
        "visits with an article view, no contact by the visitor from the beginning of the visit to "
        "the end of the window, and no sign that it helped",
        READ,
        "Who gave up, who went elsewhere and who never meant to write: all of them are in here. Never "
        "add it to confirmed. " + ONE_DAY,
    ),
    share(
        "no_deflection", "No deflection",
        "visits with an article view whose visitor came to a person (a hand-off, or a ticket with its "
        "visit token) between the beginning of the visit and the end of the window",
        READ,
        "Contacts that did not start on the site. " + ONE_DAY,
    ),
    count(
        "taken_back", "Taken back", "visits",
        "visits with a sign that it helped and a contact after it, within the window; counted under "
        "no deflection",
        ONE_DAY,
    ),
    count(
        "unknown_visits", "Visits without an outcome", "visits",
        "visits without an article view; in no share above",
        "What the reader came for.",
    ),
    count(
        "open_visits", "Visits whose window is open", "visits",
        "visits with an article view whose window was not over when the report was made",
        "Their outcome may still change.",
    ),
)  # fmt: skip
