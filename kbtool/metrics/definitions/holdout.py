"""What the suggestions on the contact page do, by lot."""

from __future__ import annotations

from kbtool.metrics.definitions.record import count, share

_TYPED = "that typed a question on the contact page"
_TRIAL = (
    "Readers without JavaScript, or who ask not to be followed, are in no arm. The same reader on "
    "another day may be in the other arm."
)
_MEANING = (
    "Who wrote by another way, and whether those whom suggestions kept from writing were helped or "
    "gave up."
)

HOLDOUT = (
    share(
        "contact.holdout.on", "Handed off with suggestions",
        f"visits {_TYPED} and then handed off in the same visit, in tabs with suggestions by lot",
        f"visits {_TYPED}, in tabs with suggestions by lot",
        _TRIAL,
    ),
    share(
        "contact.holdout.off", "Handed off without suggestions",
        f"visits {_TYPED} and then handed off in the same visit, in tabs without suggestions by lot",
        f"visits {_TYPED}, in tabs without suggestions by lot",
        _TRIAL,
    ),
    count(
        "contact.holdout.difference", "What suggestions spare", "difference of shares",
        "contact.holdout.off - contact.holdout.on, with Newcombe's 95 % interval (1998, method 10); "
        "none while either has fewer than metrics.min_count visits",
        _MEANING,
    ),
    count(
        "contact.holdout.avoided", "Hand-offs spared", "visits",
        "contact.holdout.difference × visits in tabs with suggestions by lot, interval and all",
        _MEANING + " Visits before the lot was drawn, and whether a hand-off became a ticket.",
    ),
    count(
        "contact.holdout.detectable", "Smallest difference that would be seen", "difference of shares",
        "half of the interval of contact.holdout.difference × 2.8 ÷ 1.96, at most 1: found four times "
        "out of five",
        "Whether there is a smaller one.",
    ),
    count(
        "contact.holdout.needed", "Visits that show ten points", "visits",
        "(1.96 + 0.84)² × (p × (1 - p) ÷ s + q × (1 - q) ÷ (1 - s)) ÷ 0.1², with p the share that hands "
        "off without suggestions, q = p - 0.1 and s the share of visits without; none once there are "
        "as many, and while one arm is empty",
        "What the shares will be; it is their size so far.",
    ),
    count(
        "contact.holdout.both", "In both arms", "visits",
        f"visits {_TYPED} and were with and without suggestions, in two tabs or because "
        "metrics.holdout_percent was changed; they are in no other figure of the lot",
        "Tabs of one reader that are half an hour apart.",
    ),
)  # fmt: skip
