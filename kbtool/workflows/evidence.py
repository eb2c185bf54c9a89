"""What tickets tell beside their questions: linked articles, agents' additions, the work they take.

Of a large knowledge base only some tickets are read: those in which agents sent an article, so
many for each, and a sample of the others to compare them with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kbtool.addresses import AddressBook
from kbtool.db import Connection
from kbtool.mining.questions.question import Question
from kbtool.mining.questions.store import Stored, read_handling, some_tickets
from kbtool.model import Article, Ticket, Topic
from kbtool.progress import Progress
from kbtool.suggest.coverage import cover
from kbtool.suggest.drift import Drift
from kbtool.suggest.worth import Handling
from kbtool.tickets.store import count_tickets, read_tickets
from kbtool.workflows.links import linked_articles, reused_articles

EVERYTHING = 20_000
"""Of so many tickets all are read."""
SENT = 10_000
"""Tickets with a sent article that are read of more, all articles alike."""
LEAST_SENT = 50
"""Of each article at least so many."""
OTHERS = 3_000
"""Tickets that show how agents write elsewhere."""
WORKED = 50
"""Tickets of a topic whose work is counted."""
ANSWERED = 100
"""Tickets of a topic with an article whose replies are compared with it."""
_TOLD_EVERY = 1_000


@dataclass(slots=True)
class Evidence:
    """Grows with each ticket read."""

    drift: Drift
    tickets: int = 0
    linked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Articles that agents linked, by ticket."""
    handling: Handling = field(default_factory=Handling)
    asked: list[Question] = field(default_factory=list)
    """Questions of tickets that an article answered, and of others to compare them with."""
    replies: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    """(language, all public replies), by ticket."""

    def take(self, ticket: Ticket, book: AddressBook, reused: Mapping[str, Sequence[str]]) -> None:
        """What agents wrote in one ticket; ``reused`` are articles copied without a link."""
        linked: dict[str, None] = {}
        for message in ticket.messages:
            if message.role != "agent" or message.visibility != "public":
                continue
            sent = [id_ for address in book.sent(message) if (id_ := book.article(address))]
            linked |= dict.fromkeys(sent)
            sent = [*sent, *reused.get(ticket.key, ())]
            self.drift.add(ticket.key, message.author, ticket.language, message.text, sent)
        if linked:
            self.linked[ticket.key] = tuple(linked)

    def answered(self, questions: Iterable[Question]) -> None:
        """Keep these and the replies to them."""
        self.asked += questions
        self.replies |= {q.ticket: (q.lang, q.reply) for q in self.asked if q.reply}


def read_evidence(
    connection: Connection,
    articles: Sequence[Article],
    book: AddressBook,
    topics: Sequence[Topic],
    progress: Progress | None = None,
) -> Evidence:
    """What the stored tickets tell about ``topics`` and ``articles``."""
    found = Evidence(Drift(articles), count_tickets(connection))
    found.linked = linked_articles(connection, book)
    reused = reused_articles(connection)
    few = found.tickets <= EVERYTHING
    others = some_tickets(connection, found.tickets if few else OTHERS)
    keys = None if few else {*_sent(found.linked, reused), *others}
    for done, ticket in enumerate(read_tickets(connection, keys)):
        found.take(ticket, book, reused)
        if progress is not None and done % _TOLD_EVERY == 0:
            progress("Reading replies", done, found.tickets if keys is None else len(keys))
    worked = {*others, *(key for topic in topics for key in topic.tickets[:WORKED])}
    for work in read_handling(connection, sorted(worked)):
        found.handling.add(*work)
    covered = cover(topics, articles, found.linked)
    answered = {k for topic in topics if topic.id in covered for k in topic.tickets[:ANSWERED]}
    linking = () if few else _sent(found.linked)
    found.answered(Stored(connection).known(sorted({*others, *answered, *linking})))
    return found


def _sent(*sent: Mapping[str, Sequence[str]]) -> set[str]:
    """Tickets in which articles were sent, the same number for each article that has them."""
    tickets: dict[str, set[str]] = defaultdict(set)
    for one in sent:
        for ticket, ids in one.items():
            for id_ in ids:
                tickets[id_].add(ticket)
    most = max(LEAST_SENT, SENT // max(len(tickets), 1))
    return {key for keys in tickets.values() for key in sorted(keys)[:most]}
