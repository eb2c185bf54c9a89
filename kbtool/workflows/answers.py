"""What agents answer to that which an article answers: the replies it can be compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kbtool.addresses import AddressBook
from kbtool.articles.agreeing.corrections import corrected
from kbtool.articles.agreeing.support import Replies
from kbtool.articles.draft.compose import MOST_TICKETS
from kbtool.articles.saying.replies import ArticleOf, said, trusted
from kbtool.config import Settings
from kbtool.db import Connection, reading
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.identity import follow, with_topics_now
from kbtool.mining.memory.store import read_topics
from kbtool.model import Article, Ticket, Topic
from kbtool.permalink import permalink_address
from kbtool.privacy.hashing import count_people
from kbtool.suggest.coverage import cover, family
from kbtool.tickets.store import find_tickets
from kbtool.workflows.check import gate
from kbtool.workflows.links import book_of, linked_articles, refresh_links


@dataclass(frozen=True, slots=True)
class Answers:
    """The answered tickets of an article's topics."""

    topics: tuple[str, ...]
    """Ids of the topics that it answers; none when none is known."""
    replies: Replies
    """In all languages; the article's own is the one that is drafted."""
    requesters: int
    """Different people who were answered, in all languages."""


class Reader:
    """Finds the answers of one article after the other while the database is open."""

    def __init__(
        self, connection: Connection, settings: Settings, articles: Sequence[Article]
    ) -> None:
        """``articles`` are all that there are."""
        forwarded = read_forwarding(connection)
        now = with_topics_now(articles, forwarded)
        book = book_of(connection, settings, articles)
        self._connection = connection
        self._settings = settings
        self._topics: Mapping[str, Topic] = {t.id: t for t in read_topics(connection)}
        self._forwarded = forwarded
        self._families = {article.id: family(article) for article in articles}
        linked = linked_articles(connection, book)
        self._covered = cover(tuple(self._topics.values()), now, linked)
        self._may_show = gate(settings)
        self.article_of = _article_of(book, articles)

    def read(self, article: Article, *, by_words: bool) -> Answers:
        """The answers of the topic that ``article`` names; else of those whose tickets link it;
        with ``by_words`` else of those that are about the same by their words.
        """
        topics = self._named(article) or self._covered_by(article, ("topic", "links"))
        if not topics and by_words:
            topics = self._covered_by(article, ("text",))
        keys = dict.fromkeys(key for topic in topics for key in topic.tickets)
        found = find_tickets(self._connection, list(keys))
        answered = [ticket for ticket in found if ticket.resolution == "answered"]
        by_language = self._by_language(topics, answered)
        replies = [
            corrected(said(ticket, lang, self.article_of, self._settings.languages))
            for lang, tickets in by_language.items()
            for ticket in tickets
        ]
        trust = {ticket.key: trusted(ticket) for ticket in answered}
        return Answers(
            tuple(topic.id for topic in topics),
            Replies(replies, article.lang, lambda text: not self._may_show(text), trust),
            count_people(ticket.requester for ticket in answered),
        )

    def _named(self, article: Article) -> list[Topic]:
        named = self._topics.get(follow(article.topic or "", self._forwarded))
        return [named] if named else []

    def _covered_by(self, article: Article, how: Sequence[str]) -> list[Topic]:
        """The topics that the article, or a translation of it, is known to answer."""
        own = self._families[article.id]
        return [
            self._topics[known.topic]
            for known in self._covered.values()
            if known.by in how and self._families.get(known.article) == own
        ]

    def _by_language(
        self, topics: Sequence[Topic], tickets: Sequence[Ticket]
    ) -> dict[str, list[Ticket]]:
        """Language → its newest tickets; one of unknown language takes the topics' usual one."""
        known = (lang for topic in topics for lang, _ in topic.languages)
        usual = next((lang for lang in known if lang in self._settings.languages), None)
        found: dict[str, list[Ticket]] = {}
        for ticket in sorted(tickets, key=lambda t: (str(t.created_at or ""), t.key)):
            lang = ticket.language or usual
            if lang in self._settings.languages:
                found.setdefault(lang, []).append(ticket)
        return {lang: found[lang][-MOST_TICKETS:] for lang in sorted(found)}


@contextmanager
def reading_answers(settings: Settings, articles: Sequence[Article]) -> Iterator[Reader]:
    """A ``Reader`` for as long as the block lasts. Raises StoreError."""
    refresh_links(settings, articles)
    with reading(settings.database) as connection:
        yield Reader(connection, settings, articles)


def _article_of(book: AddressBook, articles: Sequence[Article]) -> ArticleOf:
    """The id of the article that an address in a reply, or in an article itself, leads to."""
    own = {"/" + permalink_address(article.id).lower(): article.id for article in articles}

    def article_of(url: str) -> str | None:
        return own.get(url.lower().rstrip("/") + "/") or book.article_from_url(url)

    return article_of
