"""``kbtool forget``: a person's tickets removed for good, and what relied on them told.

The tickets and all that was made of them go in one transaction; the bytes that SQLite leaves in
its files go afterwards, and what an interrupted run leaves of them the next one removes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from shutil import rmtree
from typing import Literal, TypeAlias

from kbtool.articles.explain.reliance import (
    Reliance,
    plain_words,
    reliance,
    ticket_of,
    written_in,
)
from kbtool.articles.files.store import read_articles, write_article
from kbtool.articles.rewrite.kept import FOLDER
from kbtool.config import Settings
from kbtool.db import Connection, ask_scrub, reading, scrub, scrub_is_asked, writing
from kbtool.errors import ContentError, NotFoundError, StateError
from kbtool.events.store import forget_replies, forget_tokens
from kbtool.kept import forget_kept
from kbtool.mining.encoding.cache import delete_vectors
from kbtool.mining.encoding.make import CACHE_NAME
from kbtool.mining.forget import forget_questions
from kbtool.mining.memory.store import read_topics
from kbtool.model import Article, Finding, Ticket
from kbtool.privacy.hashing import hash_person
from kbtool.suggest.store import forget_proposals
from kbtool.tickets.forgotten import mark_of
from kbtool.tickets.staging import no_import
from kbtool.tickets.store import (
    drop_tickets,
    find_tickets,
    keys_named,
    read_forgotten,
    remember_forgotten,
    written_by,
)
from kbtool.workflows.import_tickets import people_key

Kind: TypeAlias = Literal["requester", "ticket"]
COMPARED = 500
"""Other tickets of an article's topic whose wordings are compared with the forgotten ones."""
_TOLD = 5
_HASH = re.compile(r"\A[0-9a-f]{24}\Z")
"""What ``hash_person`` gives."""


@dataclass(frozen=True, slots=True)
class Known:
    """One of those to be forgotten, found in the store."""

    kind: Kind
    name: str
    """A person's stored hash, a ticket's key: never what was typed."""
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed (with ``dry_run``: would be), and what relied on it."""

    known: tuple[Known, ...]
    unknown: tuple[str, ...]
    """The hashes of words that name nobody."""
    tickets: tuple[str, ...]
    """Keys, each once, in order."""
    messages: int
    questions: int
    topics: tuple[str, ...]
    """Ids of topics that held or showed one of the tickets."""
    reliances: tuple[Reliance, ...]
    """By path; with ``content`` their files are changed."""
    unread: tuple[Finding, ...]
    """Files of content/ that cannot be read and may rely on the tickets too."""
    content: bool
    dry_run: bool
    finished: bool
    """Whether this run finished what an interrupted one had left."""

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to remove, or to take out of content/."""
        return bool(self.tickets or (self.content and self.reliances))


def forget(
    settings: Settings, words: Sequence[str], *, content: bool = False, dry_run: bool = False
) -> Forgotten:
    """Remove all tickets of these people, and these tickets, from the store for good.

    A word is what the export calls a requester (its mail address, id or name), a stored hash, or
    a ticket's id or key. With ``content`` references to forgotten tickets, those of earlier runs
    too, are taken out of content/. Words that name nothing are told, not refused. Raises
    StateError for a word that may mean several, or names an agent; ContentError when with
    ``content`` a file cannot be read or written; StoreError when an import runs. Nothing is
    removed then.
    """
    if not settings.database.is_file():
        raise NotFoundError("no ticket is stored yet", hint="kbtool import reads them")
    key = people_key(settings)
    articles, unread = read_articles(settings.content_dir)
    if content and unread:
        raise ContentError(
            "nothing was removed: some files of content/ cannot be read",
            findings=unread,
            hint="mend them first, or forget without --content",
        )
    with nullcontext() if dry_run else no_import(settings.state_dir):
        finished = not dry_run and _finish(settings)
        with _transaction(settings, dry_run=dry_run) as connection:
            found = _found(connection, key, words)
            work = _Work(connection, settings, key, articles, found.tickets)
            told = work.remove()
            if content and not dry_run:
                for one in told.reliances:
                    write_article(settings.content_dir, one.after)
        if found.tickets and not dry_run:
            _finish(settings)
        elif content and told.reliances and not dry_run:
            forget_kept(settings.cache_dir)
    return Forgotten(
        known=tuple(found.known),
        unknown=tuple(found.unknown),
        tickets=tuple(sorted(found.tickets)),
        messages=sum(len(ticket.messages) for ticket in found.tickets.values()),
        questions=told.questions,
        topics=told.topics,
        reliances=told.reliances,
        unread=unread,
        content=content,
        dry_run=dry_run,
        finished=finished,
    )


class _DryRunError(Exception):
    """Takes back what a dry run did."""


@contextmanager
def _transaction(settings: Settings, *, dry_run: bool) -> Iterator[Connection]:
    """One that is kept, or with ``dry_run`` one that never was."""
    try:
        with writing(settings.database) as connection:
            yield connection
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        return


def _finish(settings: Settings) -> bool:
    """Remove the bytes of what was removed before; whether there were any."""
    with reading(settings.database) as connection:
        if not scrub_is_asked(connection):
            return False
    delete_vectors(settings.state_dir / CACHE_NAME)
    forget_kept(settings.cache_dir)  # what articles and drafts said before
    with suppress(FileNotFoundError):
        rmtree(settings.state_dir / FOLDER)  # what a language model made of evidence
    scrub(settings.database)
    return True


@dataclass(slots=True)
class _Found:
    known: list[Known] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)


def _found(connection: Connection, key: bytes, words: Sequence[str]) -> _Found:
    """What the words name. Raises StateError."""
    found = _Found()
    for word in dict.fromkeys(word.strip() for word in words):
        one = _known(connection, key, word)
        if one is None:
            found.unknown.append(hash_person(key, word))
        elif one not in found.known:  # by another of its names
            found.known.append(one)
            found.tickets |= {ticket.key: ticket for ticket in one.tickets}
    return found


def _known(connection: Connection, key: bytes, word: str) -> Known | None:
    """What a word names; None when nothing. Raises StateError."""
    hashed = hash_person(key, word)
    people = _people(connection, (hashed, *_HASH.findall(word.lower())))
    keys = keys_named(connection, (word, hashed))  # an id that is a mail address is stored hashed
    if len(people) + len(keys) > 1:
        raise StateError(
            f"one of the words may mean {_either(people, keys)}",
            hint="name a ticket by its whole key (source:id), a person by the hash told here",
        )
    for name, wrote in people.items():
        own = tuple(ticket for ticket in wrote if _is_customer(name, ticket))
        if not own:
            raise StateError(
                f"person {name} wrote in {len(wrote):,} tickets as an agent and asked in none",
                hint="agents' replies go with the tickets they are in: name those",
            )
        return Known("requester", name, own)
    found = find_tickets(connection, keys)
    return Known("ticket", found[0].key, found) if found else None


def _people(connection: Connection, names: Sequence[str]) -> dict[str, tuple[Ticket, ...]]:
    """The people with one of these hashes, or with another name that has it, and their tickets."""
    people: set[str] = set()
    for name in names:
        for ticket in written_by(connection, name):
            authors = {message.author for message in ticket.messages}
            is_own = name in {ticket.requester, *authors}
            people.add(name if is_own else ticket.requester or name)
    return {person: tuple(written_by(connection, person)) for person in sorted(people)}


def _either(people: Collection[str], keys: Sequence[str]) -> str:
    told = [f"person {name}" for name in people] + [f"ticket {key}" for key in keys[:_TOLD]]
    more = [f"{len(keys) - _TOLD:,} more"] if len(keys) > _TOLD else []
    return " or ".join([*told, *more])


def _is_customer(person: str, ticket: Ticket) -> bool:
    """Whether a person asked in a ticket, or took part in it as another customer."""
    authors = {message.author for message in ticket.messages if message.role == "customer"}
    return person in {ticket.requester, *ticket.requester_names, *authors}


@dataclass(frozen=True, slots=True)
class _Removed:
    questions: int
    topics: tuple[str, ...]
    reliances: tuple[Reliance, ...]


class _Work:
    """The removal of some tickets, inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        settings: Settings,
        key: bytes,
        articles: Sequence[Article],
        tickets: dict[str, Ticket],
    ) -> None:
        self._connection = connection
        self._settings = settings
        self._key = key
        self._articles = articles
        self._tickets = tickets

    def remove(self) -> _Removed:
        """Remove them and all that was made of them; what relied on them comes back."""
        connection, keys = self._connection, sorted(self._tickets)
        told = forget_questions(connection, keys, self._settings.default_language)
        forget_replies(connection, keys)
        forget_tokens(connection, [t.visit for t in self._tickets.values() if t.visit])
        forget_proposals(connection, keys)
        drop_tickets(connection, keys)
        if keys:
            remember_forgotten(connection, [mark_of(self._key, ticket) for ticket in keys])
            ask_scrub(connection)
        return _Removed(told.questions, told.topics, tuple(self._reliances()))

    def _reliances(self) -> Iterator[Reliance]:
        """The articles that rely on the tickets, or still name some forgotten before."""
        evidence = [one for article in self._articles for one in article.evidence]
        sentences = [{ticket_of(ref) for ref in one.sources} for one in evidence]
        marks = read_forgotten(self._connection)
        named = set().union(*sentences)
        gone = {ticket for ticket in named if mark_of(self._key, ticket) in marks}
        beside = {ticket for one in sentences if one & gone for ticket in one - gone}
        written = written_in(find_tickets(self._connection, sorted(beside)))
        asked = {text for ticket in self._tickets.values() for text in plain_words(ticket)}
        others = self._asked_by_others() if asked else {}
        for article in sorted(self._articles, key=lambda a: a.path):
            of_topic = others.get(article.topic or "", frozenset())
            if found := reliance(article, gone, written, asked, of_topic):
                yield found

    def _asked_by_others(self) -> dict[str, frozenset[str]]:
        """What the customers who are left wrote, by topic."""
        wanted = {article.topic for article in self._articles}
        return {
            topic.id: frozenset(
                text
                for ticket in find_tickets(self._connection, topic.tickets[:COMPARED])
                for text in plain_words(ticket)
            )
            for topic in read_topics(self._connection)
            if topic.id in wanted
        }
