"""What agents say that an article does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kbtool.articles.agreeing.choose import groups
from kbtool.articles.agreeing.support import Group, Replies, support_needed
from kbtool.articles.saying.meaning import Meaning
from kbtool.articles.saying.replies import LINK, Said
from kbtool.model import Article
from kbtool.text import terms

POINTS = 4
"""Terms of a sentence that only names what it links ("Everything about charging: …")."""
LEAST_TICKETS = 3
"""Tickets, in any language, that must say something new before it questions an article …"""
LEAST_SPOKEN = 2
"""… and in the article's own."""
HELD = 0.5
"""Share of a sentence that three neighbouring sentences of the article say when it brings too
little; the drafts' own bound for a repetition."""
STRANGE = 0.5
"""Share of a sentence's terms that must stand nowhere in the article, and share of these that a
ticket must say: what is new is what the tickets have in common."""


def missing(article: Article, own: Sequence[Said], replies: Replies) -> tuple[Group, ...]:
    """The sentences that agents' ``replies`` support and the article does not hold, in the order
    of their answers.

    ``own`` are the article's ``statements``: a sentence is held when neighbouring ones say half of
    it and the article has all its numbers. What its evidence knows and its text does not hold was
    taken out by a person: it is not missing.
    """
    known = Replies([own, *([one] for one in _evidence(article))], article.lang)
    masks = [known.vocabulary.meaning(one.text, one.lang).mask for one in own]
    return tuple(
        group
        for group in groups(replies)
        if not _only_points(group.said, article.id)
        and not known.supporting(group.said).sources
        and not _says(masks, known.vocabulary.meaning(group.said.text, article.lang))
    )


def _only_points(said: Said, article: str) -> bool:
    """Whether a sentence does little but send the reader to the article itself."""
    if article.lower() not in (id_.lower() for id_ in LINK.findall(said.text)):
        return False
    return len(set(terms(LINK.sub(" ", said.text), said.lang))) <= POINTS


def _says(masks: Sequence[int], meaning: Meaning) -> bool:
    everything = 0
    for mask in masks:
        everything |= mask
    if meaning.goes_beyond(everything):
        return False
    return any(
        meaning.filled(one | other | third) >= HELD * meaning.weight
        for one, other, third in zip(masks, [*masks[1:], 0], [*masks[2:], 0, 0], strict=False)
    )


def surely_new(
    article: Article, own: Sequence[Said], new: Replies, old: Replies
) -> tuple[Group, ...]:
    """Those ``missing`` sentences of ``new`` replies that are something else than other words for
    what is known.

    At least three tickets of two agents say them, the ``old`` replies did not support them, and half of their
    words, which at least two tickets share, stand nowhere in the article.
    """
    texts = " ".join((article.title, *article.also_asked, *(one.text for one in own)))
    known = set(terms(LINK.sub(" ", texts), article.lang))
    needed = support_needed(len(old.said))
    return tuple(
        group
        for group in missing(article, own, new)
        if group.tickets >= LEAST_TICKETS
        and group.agents >= min(2, new.agents)
        and _is_strange(group, known, article.lang)
        and old.supporting(group.said).tickets < needed
    )


def newer(replies: Replies, since: date) -> Replies:
    """What was said after a day, tickets without any left out."""
    return _some(replies, [tuple(s for s in one if s.on and s.on > since) for one in replies.said])


def older(replies: Replies, since: date) -> Replies:
    """What was said until a day, and what has no day."""
    return _some(
        replies, [tuple(s for s in one if not s.on or s.on <= since) for one in replies.said]
    )


def _some(replies: Replies, said: Sequence[tuple[Said, ...]]) -> Replies:
    return Replies([s for s in said if s], replies.lang, replies.may_show, replies.trust)


def _evidence(article: Article) -> list[Said]:
    return [
        Said(
            ref=f"{article.id}/evidence/s{number}",
            ticket=f"{article.id}/{number}",
            agent=None,
            on=None,
            text=one.text,
            item=False,
            place=0.0,
            fit=True,
            lang=article.lang,
        )
        for number, one in enumerate(article.evidence, start=1)
    ]


def _is_strange(group: Group, known: set[str], lang: str) -> bool:
    own = set(terms(LINK.sub(" ", group.said.text), lang))
    new = own - known
    said: dict[str, set[str]] = {}
    for one in group.sources:
        if one.lang == lang:
            said.setdefault(one.ticket, set()).update(terms(LINK.sub(" ", one.text), lang))
    saying = sum(len(new & of_ticket) >= STRANGE * len(new) for of_ticket in said.values())
    return len(new) >= STRANGE * len(own) and saying >= LEAST_SPOKEN
