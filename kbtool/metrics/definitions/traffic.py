"""What was counted at all."""

from __future__ import annotations

from kbtool.metrics.definitions.record import ANONYMOUS, count

TRAFFIC = (
    count(
        "events", "Events", "events",
        "events of the period that are counted, that is not excluded for any reason",
        "Events that the server refused or that never reached it.",
    ),
    count(
        "excluded", "Excluded events", "events by reason",
        "events of programs, staff and signed-in agents, and of pages loaded ahead;"
        " stored with the reason, in no other figure; those dated on a day to come (future: a clock"
        " was wrong); and lines of a log about what is counted already: told by the page's script"
        " (reported), or by the article's own page that an address led on to (redirect)",
        "Bots that pretend well, and staff at addresses that are not in server.staff_addresses.",
    ),
    count(
        "without_visitor", "Events without a visitor", "events",
        "counted events of readers who asked not to be followed (GPC, DNT)",
        "Which of them belong together; they are in no visit and no outcome.",
    ),
    count(
        "views", "Views", "hits",
        "counted views of articles; opening an article again counts again",
        "Whether the page was read.",
    ),
    count(
        "visits", "Visits", "visits, sum of daily",
        "groups of counted events of one visitor without a gap of 30 minutes",
        "People: one person on two days, or on two devices, is two visitors. " + ANONYMOUS,
    ),
)  # fmt: skip
