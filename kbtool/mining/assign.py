"""Which topic a question belongs to, told by the words of the questions mined before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.db import Connection
from kbtool.mining.questions import Question


@dataclass(frozen=True, slots=True)
class Assignment:
    """The topic of one question, and how surely (0..1)."""

    topic: str
    confidence: float


class Assigner:
    """Knows the topics of the last mining; places single questions without mining again."""

    @classmethod
    def load(cls, connection: Connection) -> Assigner | None:
        """What the last mining of the knowledge base learnt; None when nothing was mined yet."""
        raise NotImplementedError

    def assign(self, questions: Sequence[Question]) -> list[Assignment | None]:
        """The topic of each question, None where it is not sure enough."""
        raise NotImplementedError
