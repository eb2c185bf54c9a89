"""What mining keeps of all questions at once: arrays, about 400 bytes a question.

The questions themselves stay where they lie (a ``Source``) and are fetched by ticket key for the
samples that are compared and for the names of topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple, Protocol

import numpy as np

from kbtool.mining.questions.hashed import features
from kbtool.mining.questions.question import Question

BATCH = 5_000


class Row(NamedTuple):
    """One question as it goes into the columns."""

    ticket: str
    lang: str | None
    day: int
    """Of creation, in days since 1 January of year 1 (which is 1); 0 when unknown."""
    person: int
    """A hash of the requester below 2**63; 0 when unknown."""
    features: bytes
    """uint32 numbers of ``hashed.features``."""


class Source(Protocol):
    """Where questions lie."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def batches(self) -> Iterator[Sequence[Row]]:
        """Every question once, in any order."""
        ...

    def fetch(self, tickets: Sequence[str]) -> list[Question]:
        """The questions of these tickets, in this order; each must be there."""
        ...


class Given:
    """Questions held in memory."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions = {q.ticket: q for q in questions}

    def __len__(self) -> int:
        return len(self._questions)

    def batches(self) -> Iterator[Sequence[Row]]:
        """Every question once, in the order given."""
        remaining = iter(self._questions.values())
        while some := list(islice(remaining, BATCH)):
            yield [row_of(question) for question in some]

    def fetch(self, tickets: Sequence[str]) -> list[Question]:
        """The questions of these tickets, in this order."""
        return [self._questions[ticket] for ticket in tickets]


def row_of(question: Question) -> Row:
    """The row of one question: pure, and the same on every machine."""
    at = question.at
    return Row(
        question.ticket,
        question.lang,
        0 if at is None else at.date().toordinal(),
        0 if question.requester is None else _hash(question.requester) >> 1 or 1,
        features(question).astype("<u4").tobytes(),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """Questions as arrays, in the order of a hash of their ticket keys: shuffled, always alike.

    So a beginning of the rows is a fair sample, and neither the order of input nor ids that grow
    with time matter.
    """

    tickets: list[str]
    langs: tuple[str | None, ...]
    """Names of the languages, those without one last."""
    lang: np.ndarray
    """Number in ``langs``; int16."""
    days: np.ndarray
    """int32, see ``Row``."""
    people: np.ndarray
    """int64, see ``Row``."""
    starts: np.ndarray
    """Row i's features are ``features[starts[i]:starts[i + 1]]``; int64, one more than rows."""
    features: np.ndarray
    """uint32 below ``hashed.SPACE``."""

    def __len__(self) -> int:
        return len(self.tickets)

    def of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(starts, features) of these rows."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        at = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return starts, self.features[at]


def gather(batches: Iterable[Sequence[Row]]) -> Columns:
    """All rows as columns: the first join of a mining, of each question with its place."""
    parts: list[tuple[np.ndarray, ...]] = []
    tickets: list[str] = []
    names: dict[str | None, int] = {}
    for batch in batches:
        tickets.extend(row.ticket for row in batch)
        parts.append(
            (
                np.array([_hash(row.ticket) for row in batch], dtype=np.uint64),
                np.array([names.setdefault(row.lang, len(names)) for row in batch], dtype=np.int16),
                np.array([row.day for row in batch], dtype=np.int32),
                np.array([row.person for row in batch], dtype=np.int64),
                np.array([len(row.features) // 4 for row in batch], dtype=np.int64),
                np.frombuffer(b"".join(row.features for row in batch), dtype="<u4"),
            )
        )
    if not parts:
        return _columns([], (), *(np.empty(0, dtype=np.int64) for _ in range(6)))
    places, lang, days, people, lengths, found = (
        np.concatenate(part) for part in zip(*parts, strict=True)
    )
    del parts
    ordered = sorted(names, key=lambda name: (name is None, name or ""))
    number = np.argsort(np.array([names[name] for name in ordered])).astype(np.int16)
    return _columns(tickets, tuple(ordered), places, number[lang], days, people, lengths, found)


def _columns(
    tickets: list[str],
    langs: tuple[str | None, ...],
    places: np.ndarray,
    lang: np.ndarray,
    days: np.ndarray,
    people: np.ndarray,
    lengths: np.ndarray,
    found: np.ndarray,
) -> Columns:
    """The columns with their rows in the order of ``places``, equal places in that of tickets."""
    order = np.argsort(places, kind="stable")
    if len(np.unique(places)) < len(places):
        order = np.array(sorted(order.tolist(), key=lambda i: (int(places[i]), tickets[i])))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    whole = Columns(tickets, langs, lang, days, people, starts, found)
    starts, found = whole.of(order)
    return Columns(
        [tickets[i] for i in order.tolist()],
        langs,
        lang[order],
        days[order],
        people[order],
        starts,
        found,
    )


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
