"""What became of a ticket whose source has no statuses: who has the last word."""

from __future__ import annotations

import pytest

from kbtool.model import Message, Role
from kbtool.tickets.outcome import outcome
from kbtool.tickets.raw import RawTicket


def resolved(*words: tuple[Role, str]) -> bool:
    """Whether a ticket with these messages is resolved when its status tells nothing."""
    raw = RawTicket(
        file="t.mbox", line=1, id="1", subject="", status="", created_at=None, solved_at=None,
        language=None, requester=None, names=(), group=None, channel=None, tags=(), csat=None,
        reopens=None, merged_into=None,
    )  # fmt: skip
    messages = [
        Message(str(n), role, "public", None, None, text) for n, (role, text) in enumerate(words)
    ]
    return outcome(raw, "answered", messages)[0]


@pytest.mark.parametrize(
    "thanks",
    ["Thanks, it works!", "Teşekkürler!", "Aitäh, korras.", "Vielen Dank!", "Merci beaucoup",
     "Gracias, ya funciona", "Спасибо!"],
)  # fmt: skip
def test_a_thank_you_takes_the_last_word_from_nobody(thanks: str) -> None:
    """In any of the languages that kbtool knows."""
    assert resolved(("customer", "How?"), ("agent", "Press the button."), ("customer", thanks))


@pytest.mark.parametrize("more", ["Danke! Und wie geht es am Handy?", "Es geht nicht."])
def test_more_to_say_leaves_it_open(more: str) -> None:
    """A question behind the thanks, or no thanks at all."""
    assert not resolved(("customer", "How?"), ("agent", "Press the button."), ("customer", more))
