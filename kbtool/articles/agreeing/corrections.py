"""What an agent took back in the same ticket: the later message is right.

What another agent said is not taken back: colleagues who disagree are a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.articles.saying.claims import Claim, claims_of
from kbtool.articles.saying.replies import Said

_ALIKE = 2
"""Terms around two numbers that must be the same."""


def corrected(found: Sequence[Said]) -> tuple[Said, ...]:
    """A ticket's sentences without those whose number a later message of the ticket replaces.

    Two messages of one agent that say another number of the same thing are a correction.
    """
    claims = [(said, tuple(claims_of(said, said.lang))) for said in found]
    return tuple(
        said
        for at, (said, own) in enumerate(claims)
        if not any(
            _replaces(later, claim)
            for other, theirs in claims[at + 1 :]
            if other.message != said.message and other.agent == said.agent
            for later in theirs
            for claim in own
        )
    )


def _replaces(later: Claim, claim: Claim) -> bool:
    return (
        later.unit == claim.unit
        and not later.values & claim.values
        and len(later.context & claim.context) >= _ALIKE
        and len(later.context & claim.context) * 2 >= min(len(later.context), len(claim.context))
    )
