"""All proposals of one run, and the suggestions that carry them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kbtool.model import Article, Coverage, Proposal, Suggestion, Topic, Worth
from kbtool.plural import many
from kbtool.suggest.coverage import translations
from kbtool.suggest.spread import score_range
from kbtool.suggest.wordings.alike import alike
from kbtool.suggest.wordings.asked import wanted
from kbtool.suggest.wordings.cases import Case, Cases
from kbtool.suggest.wordings.lines import of_alike, of_reworded, of_vain, of_wanted
from kbtool.suggest.wordings.searches import IsPersonal, Searches
from kbtool.suggest.wordings.shelf import Shelf
from kbtool.suggest.worth import ASSUMED, REMOVABLE
from kbtool.text import plain_terms


def propose(
    cases: Sequence[Case],
    searches: Searches,
    shelf: Shelf,
    is_personal: IsPersonal,
    common: Mapping[str, Collection[str]] | None = None,
) -> tuple[Proposal, ...]:
    """The lines that tickets and searches speak for, those with most evidence first.

    ``common`` are the terms that agents use, by language.
    """
    found: list[Proposal | None] = [
        of_vain(one, shelf) for one in searches.vain(shelf, is_personal)
    ]
    found += [of_reworded(one) for one in searches.reworded(shelf, is_personal)]
    for lang in sorted({case.lang for case in cases}):
        own = Cases(cases, lang, (common or {}).get(lang, ()))
        found += [of_wanted(one) for one in wanted(own, shelf)]
        found += [of_alike(one) for one in alike(own, shelf)]
    return together(one for one in found if one is not None)


def together(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Each line once, with what searches and what tickets say of it; most evidence first."""
    best: dict[tuple[str, ...], Proposal] = {}
    for one in found:
        said = sorted(set(plain_terms(one.text, one.lang)))
        key = (one.file, *(said if one.kind == "also_asked" else [one.line]))
        known = best.get(key)
        best[key] = one if known is None else _both(known, one)
    return tuple(sorted(best.values(), key=lambda p: (-p.weight, p.file, p.line)))


def suggest_wordings(
    proposals: Iterable[Proposal],
    topics: Sequence[Topic],
    articles: Sequence[Article],
    coverage: Mapping[str, Coverage],
    months: float,
) -> tuple[Suggestion, ...]:
    """One *wording* suggestion for each article with all its lines, and one for each synonym.

    An article's belongs to the largest topic that it or a translation answers, so that it meets
    what else is known of it. ``months`` is the time in which the evidence was gathered.
    """
    by_article: dict[str | None, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_article[one.article].append(one)
    by_id = {article.id: article for article in articles}
    found = [_synonym(one, months) for one in by_article.pop(None, [])]
    for name, own in by_article.items():
        article = by_id[name or ""]
        there = {a.id for a in translations(article.id, articles).values()}
        answered = [t for t in topics if t.id in coverage and coverage[t.id].article in there]
        topic = max(answered, key=lambda t: (len(t.tickets), t.id), default=None)
        found.append(_of_article(article, topic, own, months))
    return tuple(found)


def without_found(
    suggestions: Iterable[Suggestion], proposals: Iterable[Proposal]
) -> tuple[Suggestion, ...]:
    """``suggestions`` without articles to write on a query whose readers found one after all."""
    found = [line for line in proposals if line.visits and line.article is not None]
    return tuple(
        one
        for one in suggestions
        if one.kind != "write"
        or one.topic is not None
        or not any(_is_query(one.question, line) for line in found)
    )


def without_rejected(
    found: Iterable[Suggestion], asleep: Collection[str]
) -> tuple[Suggestion, ...]:
    """``found`` without the lines that were rejected, and without suggestions of nothing else."""
    kept = []
    for one in found:
        lines = tuple(line for line in one.proposals if line.id not in asleep)
        if lines or not one.proposals:
            kept.append(replace(one, proposals=lines))
    return tuple(kept)


def _of_article(
    article: Article, topic: Topic | None, own: Sequence[Proposal], months: float
) -> Suggestion:
    tickets = tuple(dict.fromkeys(key for line in own for key in line.tickets))
    return Suggestion(
        kind="wording",
        topic=topic.id if topic else None,
        question=topic.question if topic else article.title,
        tickets=topic.tickets if topic else tickets,
        requesters=topic.requesters if topic else max(line.requesters for line in own),
        languages=topic.languages if topic else ((article.lang, len(tickets)),),
        trend=topic.trend if topic else None,
        article=article.id,
        parts=_worth(tickets, sum(line.visits for line in own), months),
        reasons=(f"{article.id} lacks {many(len(own), 'wording')} of its customers",),
        proposals=tuple(own),
        weight=sum(line.weight for line in own),
    )


def _synonym(line: Proposal, months: float) -> Suggestion:
    return Suggestion(
        kind="wording",
        topic=None,
        question=line.text,
        tickets=line.tickets,
        requesters=line.requesters,
        languages=((line.lang, len(line.tickets)),) if line.tickets else (),
        trend=None,
        article=None,
        parts=_worth(line.tickets, line.visits, months),
        reasons=("customers use a word that no article has",),
        proposals=(line,),
        weight=line.weight,
    )


def _is_query(text: str, line: Proposal) -> bool:
    return set(plain_terms(text, line.lang)) == set(plain_terms(line.text, line.lang))


def _worth(tickets: Collection[str], visits: int, months: float) -> Worth:
    """Tickets a month × the share that better words are taken to remove; a visit that found the
    article in the end counts as much as a ticket.
    """
    share, (least, most) = REMOVABLE["wording"], ASSUMED["wording"]
    low, high = score_range(len(tickets))
    fewest, greatest = score_range(visits)
    return Worth(
        len(tickets) / months,
        share=share,
        returned=round(visits / months * share, 2),
        tickets_range=(low / months, high / months),
        share_range=(least, most),
        returned_range=(fewest / months * least, greatest / months * most),
    )


def _both(one: Proposal, other: Proposal) -> Proposal:
    first, second = sorted((one, other), key=lambda p: (-len(p.tickets), -p.visits, p.line))
    return replace(
        first,
        reason="; ".join(dict.fromkeys((first.reason, second.reason))),
        searches=max(one.searches, other.searches),
        visits=max(one.visits, other.visits),
        tickets=tuple(dict.fromkeys((*first.tickets, *second.tickets))),
        requesters=max(one.requesters, other.requesters),
    )
