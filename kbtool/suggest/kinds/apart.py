"""Suggestions to write whose topics must not become an article, in a place of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from kbtool.model import Article, Instead, Suggestion, Ticket, Topic
from kbtool.suggest.kinds.judge import MOST_READ, judge_topic
from kbtool.suggest.ranking import UNANSWERED
from kbtool.suggest.worth import ASSUMED, MEASURED, REMOVABLE

Tickets = Callable[[Sequence[str]], Iterable[Ticket]]
"""Keys → the tickets that have them."""


def set_apart(
    found: Sequence[Suggestion],
    topics: Iterable[Topic],
    articles: Iterable[Article],
    tickets: Tickets,
) -> tuple[Suggestion, ...]:
    """``found`` with what is needed instead where an article is not; those come last.

    Only tickets of topics to write about are read. A topic that has a draft or an article is never
    judged: a person's word wins.
    """
    known = {topic.id: topic for topic in topics}
    begun = {article.topic for article in articles}
    judged = [_judged(one, known, begun, tickets) for one in found]
    return (
        *(one for one in judged if one.instead is None),
        *sorted((one for one in judged if one.instead is not None), key=lambda s: -s.worth),
    )


def first(found: Sequence[Suggestion], most: int | None) -> tuple[Suggestion, ...]:
    """The ``most`` best for articles, and as many that are not."""
    for_articles = [one for one in found if one.instead is None]
    others = [one for one in found if one.instead is not None]
    return (*for_articles[:most], *others[:most])


def _judged(
    one: Suggestion, known: dict[str, Topic], begun: Collection[str | None], tickets: Tickets
) -> Suggestion:
    topic = known.get(one.topic or "")
    if one.kind != "write" or topic is None or topic.id in begun:
        return one
    instead = judge_topic(topic, tickets(topic.tickets[:MOST_READ]))
    return one if instead is None else _relabelled(one, instead)


def _relabelled(one: Suggestion, instead: Instead) -> Suggestion:
    """What was worth an article is worth what its own action removes."""
    parts = replace(
        one.parts,
        share=REMOVABLE[instead.kind],
        share_range=ASSUMED[instead.kind],
        measured=False,
    )
    return replace(
        one,
        kind=instead.kind,
        parts=parts,
        reasons=(
            instead.reason,
            *(reason for reason in one.reasons if not _is_for_article(reason)),
        ),
        command=f"kbtool suggest --show {one.topic}",
        instead=instead,
    )


def _is_for_article(reason: str) -> bool:
    return reason == UNANSWERED or reason.startswith(MEASURED)
