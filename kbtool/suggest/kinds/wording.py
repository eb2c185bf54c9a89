"""How it is said that a topic must not become an article, and what to do about it instead."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.model import Instead
from kbtool.plural import many

MATTERS = {
    "danger": "fire, gas or electricity",
    "injury": "injury or illness",
    "fraud": "fraud",
    "legal": "a dispute at law",
    "erasure": "data protection law",
    "chargeback": "a chargeback",
    "threat": "a threat",
    "self_harm": "self-harm",
}
"""What a person must deal with, as a reason says it."""
DATA = {
    "birth": "date of birth",
    "card": "card (last digits)",
    "card_end": "card (last digits)",
    "choice": "what they want",
    "code": "code",
    "contract": "contract",
    "customer_number": "customer number",
    "date": "dates",
    "date_of_birth": "date of birth",
    "iban": "bank account",
    "id": "id number",
    "id_card": "proof of identity",
    "id_number": "id number",
    "marriage": "marriage certificate",
    "name": "name",
    "order": "order number",
    "permission": "written permission",
    "phone": "phone number",
    "picture": "photo",
    "reason": "reason",
    "screenshot": "screenshot",
    "vehicle": "number plate",
}
"""What a form asks for; names that are missing here are said as they stand."""
MOST_WANTED = 6


def form_told(
    wanted: Sequence[str], acted: int, told: int, answers: int, tickets: tuple[str, ...]
) -> Instead:
    """Agents do something for each customer: a form hands them what they need."""
    fields = tuple(dict.fromkeys(DATA.get(name, name.replace("_", " ")) for name in wanted))[
        :MOST_WANTED
    ]
    asks = (
        f"that asks for: {', '.join(fields)}" if fields else "for it: agents ask for nothing else"
    )
    reason = (
        f"in {acted} of {many(answers, 'answer')} an agent did something for this one customer; "
        f"{_few(told)} how others can help themselves"
    )
    return Instead("form", reason, f"make a form {asks}", tickets, fields)


def bug_told(
    version: str | None, ended: bool, mended: int, answers: int, tickets: tuple[str, ...]
) -> Instead:
    """Engineers must end it."""
    reason = (
        f"in {mended} of {many(answers, 'answer')} agents speak of an error that engineers mend"
    )
    if version is not None:
        reason += f", also of version {version}"
    if ended:
        reason += "; hardly anyone asks any more"
        return Instead("bug", reason, "nothing, if it is mended", tickets)
    return Instead("bug", reason, "have it mended; tell known errors on a status page", tickets)


def escalation_told(
    matters: Sequence[str], grave: int, handed: int, answers: int, tickets: tuple[str, ...]
) -> Instead:
    """A person must look at each case."""
    about = " or ".join(MATTERS[matter] for matter in matters[:2])
    reason = f"{grave} of {many(answers, 'answered ticket')} are about {about}"
    if handed:
        reason += f"; agents handed {handed} of them over"
    todo = "agree who takes these cases; agents need a rule, not readers an article"
    return Instead("escalate", reason, todo, tickets)


def macro_told(own: int, told: int, answers: int, tickets: tuple[str, ...]) -> Instead:
    """Agents need a text."""
    reason = (
        f"in {own} of {many(answers, 'answer')} there is nothing but courtesy or where this one "
        f"case stands; {_few(told)} something that others can use"
    )
    return Instead("macro", reason, "give agents a macro: readers have no use for it", tickets)


def _few(told: int) -> str:
    return "none tells" if told == 0 else "only 1 tells" if told == 1 else f"only {told} tell"
