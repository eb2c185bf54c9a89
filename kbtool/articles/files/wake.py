"""The wake-up rule of a rejected draft as it stands in front matter: ``wake: 24 tickets``."""

from __future__ import annotations

import re
from datetime import date

from kbtool.model import Wake

EXAMPLES = "24 tickets, 2 times, after 2027-03-01 or never"
"""What can be written, for hints."""
_TIMES = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) times")
_TICKETS = re.compile(r"(?:at )?(\d{1,9}) tickets?")
_DAY = re.compile(r"(?:(?:after|until|from|on) )?(\d{4}-\d{2}-\d{2})")
_GROWTH = {"when volume doubles": 2.0, "when volume triples": 3.0}


def parse_wake(text: str) -> Wake | None:
    """The rule that ``text`` says; None when it says none.

    ``24 tickets``, ``2 times`` (more than 1; also ``when volume doubles``), ``after 2027-03-01``,
    ``never``. Letter case and white space do not matter.
    """
    plain = " ".join(text.lower().split())
    if plain == "never":
        return Wake()
    if plain in _GROWTH:
        return Wake(times=_GROWTH[plain])
    if found := _TIMES.fullmatch(plain):
        times = float(found[1])
        return Wake(times=times) if times > 1 else None
    if found := _TICKETS.fullmatch(plain):
        return Wake(tickets=int(found[1])) if int(found[1]) else None
    if found := _DAY.fullmatch(plain):
        try:
            return Wake(until=date.fromisoformat(found[1]))
        except ValueError:
            return None
    return None


def wake_text(wake: Wake) -> str:
    """The rule as front matter says it; ``parse_wake`` reads it back."""
    if wake.until is not None:
        return f"after {wake.until}"
    if wake.tickets is not None:
        return f"{wake.tickets} tickets"
    return "never" if wake.times is None else f"{wake.times:g} times"


def times_of(wake: Wake, tickets: int) -> float | None:
    """With how many times ``tickets`` (those it had) it wakes; None: not by growing."""
    if wake.tickets is not None:
        return wake.tickets / max(tickets, 1)
    return wake.times
