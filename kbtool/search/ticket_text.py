"""A whole ticket as a query: each sentence asks for itself, the sentences that agree win.

A ticket says much that no article is about. As one long query its rare chatter outweighs the
question (MRR 0.34 where the question alone has 0.85: tests/eval/ticket_search.py); asked one
by one, chatter matches no article well and the question still matches its own (0.83).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import sqrt

from kbtool.search.impacts.query import Group, QueryWords, read_groups, read_query
from kbtool.search.impacts.rank import Ranked, Ranker
from kbtool.text import sentences

SENTENCES = 12
"""Sentences that are asked; questions go first when there are more."""
LONGEST = 30
"""Words of a sentence that are asked together."""
DEEP = 100
"""Articles of each sentence that count, the best ones: the others change no rank that is shown."""
LATER = 0.5
"""What a sentence of a later message weighs beside one of the subject or the first message."""


@dataclass(frozen=True, slots=True)
class TicketText:
    """What the customer wrote, cleaned."""

    subject: str
    messages: tuple[str, ...]
    """The first one first."""


@dataclass(slots=True)
class _Found:
    squares: float = 0.0
    best: float = 0.0
    groups: list[Group] = field(default_factory=list)


def rank_ticket(ticket: TicketText, ranker: Ranker) -> list[tuple[Ranked, list[Group]]]:
    """The articles that match the ticket, best first, each with the words of its best sentence.

    Score: the root of the sum of the squared scores of the sentences, so that one good match
    outweighs many poor ones and two good ones outweigh one.
    """
    found: dict[int, _Found] = {}
    for sentence, weight in _asked(ticket):
        query, groups = _read(sentence, ranker)
        for article, score in ranker.rank_groups(query, groups, DEEP):
            place = found.setdefault(article, _Found())
            place.squares += (weight * score) ** 2
            if weight * score > place.best:
                place.best, place.groups = weight * score, groups
    scored = [(Ranked(article, int(sqrt(f.squares))), f.groups) for article, f in found.items()]
    return sorted(scored, key=lambda item: (-item[0].score, item[0].article))


def _asked(ticket: TicketText) -> list[tuple[str, float]]:
    """The sentences to ask with their weights, each once, in the ticket's order."""
    every: dict[str, float] = {}
    for text, weight in _weighed(ticket):
        every.setdefault(text, weight)
    first = sorted(every, key=lambda text: text != ticket.subject and "?" not in text)
    kept = set(first[:SENTENCES])
    return [(text, weight) for text, weight in every.items() if text in kept]


def _weighed(ticket: TicketText) -> Iterator[tuple[str, float]]:
    yield ticket.subject, 1.0
    for number, message in enumerate(ticket.messages):
        for sentence in sentences(message):
            for piece in _pieces(sentence):
                yield piece, LATER if number else 1.0


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence, or stretches of it: some customers write a page without a full stop."""
    found = sentence.split()
    for start in range(0, len(found), LONGEST):
        yield " ".join(found[start : start + LONGEST])


def _read(sentence: str, ranker: Ranker) -> tuple[QueryWords, list[Group]]:
    """A sentence as a query: no word of it is unfinished or taken for a slip of another; a stop
    word counts for nothing, even alone.
    """
    query = read_query(sentence.strip(" .!?…"), ranker.shelf)
    kept = tuple(word for word in query.kept if word.key not in ranker.shelf.stop_words)
    query = replace(query, kept=kept, typing=False)
    return query, read_groups(query, ranker.shelf, as_typed=True)
