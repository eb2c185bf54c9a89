"""What passes between the parts of rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["step", "note", "fact"]
AnswerFrom: TypeAlias = Literal["api", "kept", "nowhere"]
"""Asked for now, kept from an earlier run, or not asked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """A drafted sentence as the model is shown it."""

    text: str
    """Plain text; links to articles as ``[id]``."""
    kind: Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence as the model would have it."""

    text: str
    ids: tuple[int, ...]
    """Places of its evidence among the lines, from 0; they may not exist."""
    kind: str | None = None
    """What the model calls it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of the model's that does not stand in the draft, and why."""

    text: str
    ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What became of one draft's sentences."""

    article: str
    model: str
    sentences: int
    """Sentences of the draft for the model."""
    withheld: int
    """Sentences that are not for it: the gate saw something personal in them."""
    rewritten: int
    """Of its sentences, those that stand in its words."""
    dropped: tuple[Dropped, ...]
    answer: AnswerFrom
    problem: str | None = None
    """Why the draft stands in the agents' own words."""
