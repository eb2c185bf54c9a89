"""What an article rests on when tickets are forgotten: the support that goes, and what is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from kbtool.articles.files.frontmatter import draft_sha256, is_edited
from kbtool.model import PUBLIC, Article, Evidence, Ticket
from kbtool.text import words

ENOUGH = 2
"""Tickets below which a published sentence is one person's word."""
_FEWEST_WORDS = 3
"""Words below which a customer's sentence is nobody's own."""
Written: TypeAlias = Mapping[tuple[str, str], tuple[str | None, date | None]]
"""(ticket key, message id) → (who wrote it, when)."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A sentence of an article that loses support."""

    sentence: str
    before: Evidence
    left: Evidence


@dataclass(frozen=True, slots=True)
class Reliance:
    """An article that relied on tickets which are forgotten."""

    article: Article
    losses: tuple[Loss, ...]
    asked: tuple[str, ...]
    """Its title and other wordings that only these tickets' customers used."""
    after: Article
    """The article without references to the tickets and without such wordings; a title stays."""

    @property
    def may_be_redrafted(self) -> bool:
        """Whether nobody has edited it, so that ``kbtool draft`` writes it anew."""
        return self.article.status == "draft" and not is_edited(self.article)

    @property
    def weak(self) -> tuple[Loss, ...]:
        """Sentences that readers see and that less than two tickets support from now on."""
        public = self.article.status in PUBLIC
        return tuple(one for one in self.losses if public and one.left.tickets < ENOUGH)


def reliance(
    article: Article,
    gone: Collection[str],
    written: Written,
    asked: Collection[str],
    asked_by_others: Collection[str],
) -> Reliance | None:
    """What ``article`` loses with the tickets (keys) that are ``gone``; None when nothing.

    ``written`` knows the messages that are left; ``asked`` is what the customers of the gone
    tickets wrote and ``asked_by_others`` what others did about the same topic, both as
    ``plain_words``.
    """
    found = [(one, without(one, gone, written)) for one in article.evidence]
    losses = tuple(Loss(old.text, old, new) for old, new in found if new != old)
    own = tuple(
        text
        for text in (article.title, *article.also_asked)
        if _is_said(text, asked) and not _is_said(text, asked_by_others)
    )
    if not losses and not own:
        return None
    others = tuple(text for text in article.also_asked if text not in own)
    after = replace(article, evidence=tuple(new for _, new in found), also_asked=others)
    if not is_edited(article):  # what kbtool takes out is no edit
        after = replace(after, drafted_sha256=draft_sha256(after))
    return Reliance(article, losses, own, after)


def without(evidence: Evidence, gone: Collection[str], written: Written) -> Evidence:
    """The evidence less what is ``gone``; counts and dates are those of what is left."""
    left = tuple(ref for ref in evidence.sources if ticket_of(ref) not in gone)
    if left == evidence.sources:
        return evidence
    removed = _tickets(evidence.sources) - _tickets(left)
    tickets = max(evidence.tickets - len(removed), len(_tickets(left)))
    known = [written[message_of(ref)] for ref in left if message_of(ref) in written]
    lowered = replace(evidence, sources=left, tickets=tickets, agents=min(evidence.agents, tickets))
    if len(known) < len(left):
        return lowered
    days = sorted(day for _, day in known if day)
    return replace(
        lowered,
        agents=len({author for author, _ in known}),
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
    )


def ticket_of(ref: str) -> str:
    """The key of the ticket in a sentence reference ``<ticket key>/<message id>/s<n>``."""
    return message_of(ref)[0]


def message_of(ref: str) -> tuple[str, str]:
    """(ticket key, message id) of a sentence reference."""
    ticket, message, _ = ref.rsplit("/", 2)
    return ticket, message


def plain_words(ticket: Ticket) -> tuple[str, ...]:
    """What a ticket's customer wrote: subject and public messages as words between spaces."""
    texts = [m.text for m in ticket.messages if m.role == "customer" and m.visibility == "public"]
    return tuple(_spaced(text) for text in (ticket.subject, *texts))


def written_in(tickets: Sequence[Ticket]) -> dict[tuple[str, str], tuple[str | None, date | None]]:
    """Who wrote each message of these tickets, and when."""
    return {
        (ticket.key, message.id): (message.author, message.at.date() if message.at else None)
        for ticket in tickets
        for message in ticket.messages
    }


def _tickets(refs: Sequence[str]) -> set[str]:
    return {ticket_of(ref) for ref in refs}


def _is_said(text: str, said: Collection[str]) -> bool:
    wanted = _spaced(text)
    return len(wanted.split()) >= _FEWEST_WORDS and any(wanted in one for one in said)


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "
