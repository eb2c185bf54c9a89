"""Good articles that those who ask do not find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kbtool.model import Article, ArticleFigures, Suggestion, Topic
from kbtool.plural import many
from kbtool.suggest.feedback.given import DAYS_A_MONTH, Given, suggestion
from kbtool.suggest.spread import score_range
from kbtool.suggest.worth import SUCCESS, expected

LEAST_TICKETS = 1.0
"""Tickets a month that an article's topic brings, below which nobody misses it."""
LEAST_LINKS = 5
"""Answered tickets in which agents linked it, from which they are taken to know that it is good."""
MOSTLY = 0.5
"""Surely more than half of its votes say that it helped."""
LEAST_DAYS = 30
"""Days that it has been there: a new article was not to be found before."""
READERS_A_TICKET = 1.0
"""Views for each ticket of its topic below which it is hardly found: whoever is helped by it
instead of writing has opened it, so where more people write than open it most never saw it."""


def promotions(given: Given) -> Iterator[Suggestion]:
    """*Promote* articles that votes, contacts or agents call good, that are surely viewed less often
    than tickets ask what they answer.
    """
    if given.report.visits < max(given.report.min_count, 1):
        return  # nobody counts readers here: that few were seen says nothing
    for id_, article in given.articles.items():
        figures = given.figures.get(id_)
        topics = sorted(given.asked(article), key=lambda t: (-expected(t), t.id))
        if figures is None or not topics or article.status != "published":
            continue
        praise = _praise(figures)
        unseen = _unseen(article, figures, topics[0], given)
        if praise and unseen:
            yield _promote(article, figures, topics[0], [unseen, *praise], given)


def _praise(found: ArticleFigures) -> list[str]:
    """What says that it is good; nothing where its readers surely say or do otherwise."""
    told = []
    if found.helpful.high is not None and found.helpful.high < MOSTLY:
        return []
    if found.excess is not None and found.excess.low > 0:
        return []
    if found.helpful.low is not None and found.helpful.low > MOSTLY:
        told.append(f"{found.helpful.numerator} of {found.helpful.denominator} votes say it helped")
    if found.excess is not None and found.base is not None and found.excess.high < 0:
        own, base = found.contacts_after_view, found.base
        told.append(
            f"after {own.numerator} of {own.denominator} visits with it readers went on to a "
            f"person, after {base.numerator} of {base.denominator} similar ones"
        )
    if found.links >= LEAST_LINKS:
        ended = f", {found.resolving.numerator} of them ended with it"
        told.append(f"agents link it in {many(found.links, 'answered ticket')}{ended}")
    return told


def _unseen(article: Article, found: ArticleFigures, topic: Topic, given: Given) -> str | None:
    """How few open it; None when enough do, or it is too new to tell."""
    asked = expected(topic)
    since = article.published or article.updated
    age = (given.report.until.date() - since).days if since else None
    if asked < LEAST_TICKETS or (age is not None and age < LEAST_DAYS):
        return None
    months = given.months if age is None else min(given.months, age / DAYS_A_MONTH)
    views = max(found.views, given.known.viewed.get(article.id, 0))
    if score_range(views)[1] / months >= READERS_A_TICKET * asked:
        return None
    return (
        f"{found.article} was viewed {many(views, 'time')} in {months:.1f} months "
        f"({many(found.clicks, 'click')} in search), while {asked:.1f} tickets a month ask what it "
        f"answers ({many(len(topic.tickets), 'ticket')} so far)"
    )


def _promote(
    article: Article, found: ArticleFigures, topic: Topic, reasons: list[str], given: Given
) -> Suggestion:
    """Nothing of its tickets is deflected yet, so all count, as far as it helps those who read it."""
    helps = given.known.estimates.success.get(article.id, SUCCESS)
    parts = given.known.estimates.worth("promote", topic, None, helps)
    pinned = article.id in given.known.pinned
    todo = (
        "it is pinned on the start page already: link it from related articles, add wordings"
        if pinned
        else f"pin it on the start page: add {article.id} to home.pinned in mkdocs.yml; link it "
        "from related articles"
    )
    made = suggestion(
        "promote", article.title, parts, [*reasons, todo], topic=topic, article=article.id,
        weight=len(topic.tickets),
    )  # fmt: skip
    return replace(made, command=f"kbtool suggest --show {topic.id}") if pinned else made
