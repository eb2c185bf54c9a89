"""What has to be said with a number, lest it be taken for more than it is."""

from __future__ import annotations

from kbtool.metrics.words import amount_told, made_of, per_cent, points, share_of
from kbtool.model import ContactFigures, Holdout, Span

LEAST_LINKED = 0.5
"""Of the tickets, tied to a visit: what the upper bound of the contact page asks for."""


def distrust(contact: ContactFigures) -> str:
    """Why the upper bound of the contact page is not to be used; empty when it may be.

    Where most tickets cannot be tied to a visit, it says more of our blindness than of readers.
    """
    linked = share_of(contact.linked)
    if linked is None:
        return "Do not use it: too few tickets are known to say which came from which visit."
    if linked >= LEAST_LINKED:
        return ""
    return (
        f"Do not use it: only {per_cent(linked)} of tickets ({made_of(contact.linked)}) could be "
        "tied to a visit, so that most contacts are unseen."
    )


def spared(found: Holdout) -> str:
    """What the suggestions on the contact page did by lot, in a sentence; that no difference was
    measured where its interval holds 0. Empty while there is not enough data.
    """
    if found.difference is None or found.avoided is None:
        return ""
    if not is_clear(found.difference):
        least = points(found.detectable or 0.0).lstrip("+")
        return f"No measurable difference; the smallest that could have been seen: {least} points."
    if found.avoided.value < 0:
        return "With suggestions more readers go to a person, not fewer."
    return f"Hand-offs that suggestions spared in these visits: {amount_told(found.avoided)}."


def is_clear(span: Span) -> bool:
    """Whether the interval leaves no change out."""
    return span.low > 0 or span.high < 0
