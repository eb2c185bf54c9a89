"""``kbtool explain``: an article's sentences with the agents' own sentences behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kbtool.addresses import AddressBook
from kbtool.articles.explain import Explanation, Source, Wording
from kbtool.articles.explain.trace import trace
from kbtool.articles.files.store import find_article, read_articles
from kbtool.articles.review import tickets_of
from kbtool.articles.saying.replies import LINK, Said, said
from kbtool.config import Settings
from kbtool.db import Connection, reading
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.store import read_topics
from kbtool.mining.questions.question import question
from kbtool.model import Article, Ticket, Topic
from kbtool.text import match_key, words
from kbtool.tickets.store import find_tickets
from kbtool.workflows.links import book_of

MOST_ASKED = 2_000
"""Tickets of a topic whose wordings are compared with the title, the most typical first."""
NO_TICKETS = "no tickets are stored here"
GONE = "no longer stored"
CHANGED = "no longer in the ticket"


def explain(settings: Settings, name: str) -> Explanation:
    """The article whose id is ``name`` or begins so, draft or published, explained.

    Without a database, or when a ticket is gone, there is what the front matter keeps. Raises
    NotFoundError, ContentError when the file cannot be read, StoreError.
    """
    articles, unread = read_articles(settings.content_dir)
    article = find_article(articles, name, unread, beginning=True)
    if not settings.database.is_file():
        return _explanation(settings, article, _not_at_hand, (), stored=False)
    with reading(settings.database) as connection:
        book = book_of(connection, settings, articles)
        topic = _topic_of(connection, article)
        tickets = find_tickets(connection, tickets_of(article.evidence))
        heard = _Heard(tickets, book, _usual(topic, settings, article), settings.languages)
        asked = find_tickets(connection, topic.tickets[:MOST_ASKED]) if topic else tickets
        return _explanation(settings, article, heard.source, asked, stored=True)


def _explanation(
    settings: Settings,
    article: Article,
    source: Callable[[str], Source],
    asked: Iterable[Ticket],
    *,
    stored: bool,
) -> Explanation:
    wordings = _Wordings(asked, article.lang)
    return Explanation(
        site=settings.site_name,
        article=article,
        trace=trace(article),
        sources=tuple(_newest_first(map(source, one.sources)) for one in article.evidence),
        title=wordings.find(article.title),
        also_asked=tuple(wordings.find(text) for text in article.also_asked),
        stored=stored,
    )


def _newest_first(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda s: (-(s.on or date.min).toordinal(), s.ref)))


def _not_at_hand(ref: str) -> Source:
    return Source(ref, _ticket_of(ref), None, None, NO_TICKETS)


def _ticket_of(ref: str) -> str:
    return ref.rsplit("/", 2)[0]


class _Heard:
    """What agents said in some tickets, read again as it was when the draft was written."""

    def __init__(
        self, tickets: Sequence[Ticket], book: AddressBook, usual: str, languages: Sequence[str]
    ) -> None:
        self._known = {ticket.key for ticket in tickets}
        self._said: dict[str, Said] = {}
        for ticket in tickets:
            lang = ticket.language or usual
            lang = lang if lang in languages else usual
            heard = said(ticket, lang, book.article_from_url, languages)
            self._said |= {one.ref: one for one in heard}

    def source(self, ref: str) -> Source:
        """The sentence with this reference, links to articles as ``[id]``."""
        ticket, found = _ticket_of(ref), self._said.get(ref)
        if found is None:
            return Source(ref, ticket, None, None, CHANGED if ticket in self._known else GONE)
        return Source(ref, ticket, found.on, LINK.sub(r"[\1]", found.text))


class _Wordings:
    """Who asked in which words."""

    def __init__(self, tickets: Iterable[Ticket], lang: str) -> None:
        self._lang = lang
        newest = sorted(tickets, key=lambda t: (str(t.created_at or ""), t.key), reverse=True)
        self._asked = [(t.key, [self._key(text) for text in _asked(t)]) for t in newest]

    def find(self, text: str) -> Wording:
        """The tickets in which these words stand in a row, whatever their case and accents."""
        key = self._key(text)
        tickets = (ticket for ticket, asked in self._asked if any(key in one for one in asked))
        return Wording(text, tuple(tickets) if key.strip() else ())

    def _key(self, text: str) -> str:
        return f" {match_key(' '.join(words(text, self._lang)))} "


def _asked(ticket: Ticket) -> tuple[str, ...]:
    found = question(ticket)
    return found.wordings if found else ()


def _topic_of(connection: Connection, article: Article) -> Topic | None:
    """The topic that the article was drafted from, or what it was merged into."""
    if article.topic is None:
        return None
    known = {topic.id: topic for topic in read_topics(connection)}
    now = read_forwarding(connection).get(article.topic, article.topic)
    return known.get(article.topic) or known.get(now)


def _usual(topic: Topic | None, settings: Settings, article: Article) -> str:
    """The language in which a ticket of unknown language was read."""
    counted = topic.languages if topic else ()
    return next((lang for lang, _ in counted if lang in settings.languages), article.lang)
