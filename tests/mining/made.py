"""Questions about things in a made-up shop, as many as a test needs, each with a known topic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zlib import crc32

from kbtool.mining.questions.question import Question

ASKED = {
    "refund": ("when is my refund paid", "refund still missing, when will it be paid"),
    "locked": ("my account is locked after signing in", "account locked, cannot sign in"),
    "parcel": ("where is the parcel I ordered", "the parcel did not arrive, where is it"),
    "invoice": ("please send the invoice again", "I need a copy of the invoice"),
}
ANSWERS = {
    "refund": "Refunds reach your bank within ten days of the return.",
    "locked": "Press Forgotten password and choose a new one; that opens it.",
    "parcel": "The tracking page shows where the courier is right now.",
    "invoice": "All invoices can be printed under Orders and Documents.",
}


def made(count: int, first: int = 0) -> list[Question]:
    """Questions ``first`` to ``first + count``; every fifth is asked once."""
    return [_question(number) for number in range(first, first + count)]


def truth(ticket: str) -> str:
    """The topic of a made ticket; "once" for none."""
    return ticket.removeprefix("shop:").partition("-")[0]


def _question(number: int) -> Question:
    names = tuple(ASKED)
    once = number % 5 == 4
    name = names[number % len(names)]
    # Words of letters that nobody else has: numbers would all be masked to one token.
    own = " ".join(_word(number * 7 + i) for i in range(5))
    text = own if once else f"{ASKED[name][number % 2]} {_word(number)}"
    return Question(
        ticket=f"shop:{'once' if once else name}-{number:05}",
        text=text,
        wordings=(text.splitlines()[0],),
        lang="en",
        at=datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=6 * number),
        requester=f"person {number % 97}",
        reply=_word(-number) if once else ANSWERS[name],
    )


def _word(number: int) -> str:
    """A word that no other number has, or hardly ever."""
    mixed, letters = crc32(b"%d" % number), ""
    for _ in range(4):
        mixed, rest = divmod(mixed, 19 * 5)
        letters += "bcdfghjklmnpqrstvwz"[rest // 5] + "aeiou"[rest % 5]
    return letters
