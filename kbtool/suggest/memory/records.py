"""What is remembered of a suggestion."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from kbtool.model import Bounds, SuggestionKind

State: TypeAlias = Literal["open", "accepted", "rejected", "gone"]


@dataclass(frozen=True, slots=True)
class Basis:
    """How things stood when a suggestion was shown, as far as its acceptance would change them."""

    digest: str = ""
    """*fix*: hash of the article's title and text."""
    questions: int = 0
    """*promote*: how many other wordings the article had."""
    linking: int = 0
    """*promote*: how many other articles linked it."""
    pinned: bool = False
    langs: tuple[str, ...] = ()
    """*translate*: the languages that lacked it."""
    lines: tuple[tuple[str, str, str, str], ...] = ()
    """*wording*: (id, article or empty, language, text) of each line to add."""
    query: tuple[str, ...] = ()
    """*write* on a search: its language and terms."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A suggestion that was shown, and what a person made of it."""

    kind: SuggestionKind
    target: str
    topic: str | None
    article: str | None
    shown: datetime
    """When it was shown first."""
    promised: float
    """Its worth then: tickets a month."""
    interval: Bounds | None
    weight: int
    """What spoke for it in the last run that made it."""
    basis: Basis = field(default_factory=Basis)
    state: State = "open"
    """*gone*: it is suggested no more, and nobody did anything about it."""
    how: str = ""
    """``published``, ``mended``, ``archived`` …; the reason of a rejection."""
    decided: datetime | None = None
    """When the decision was made or first seen."""
    since: date | None = None
    """From which day on readers have what was suggested; None before that, as with a draft."""
    failed: int = 0
    """How many readers the article had failed when it was accepted."""
    number: int = 0
    """Its row in the database; 0 before it is stored."""

    @property
    def key(self) -> str:
        """``retire:kb-1003``."""
        return f"{self.kind}:{self.target}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more can become of it but its outcome."""
        return self.state == "accepted" and self.since is not None
