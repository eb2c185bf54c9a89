"""Articles that nobody uses any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kbtool.model import Article, Suggestion, Worth
from kbtool.plural import many
from kbtool.suggest.feedback.given import Given, suggestion
from kbtool.suggest.spread import covered_months

IDLE_MONTHS = 12
"""Months without a view, a link or a ticket: what is asked once a year was asked in them."""
LATE_MONTHS = 6
"""An article whose review was due so many months ago, or that is stale and was due, may go after
as many idle months: nobody vouches for what it says."""
SILENT_MONTHS = 2
"""Tickets that end so many months before today say nothing about the time since."""


def retirements(given: Given) -> Iterator[Suggestion]:
    """*Retire* articles that no reader opened, no agent sent and no ticket asked for in a year,
    that were published all that time.

    Nothing is said unless readers were counted and tickets are known for that long. It is worth
    no ticket: readers, writers and search have one article less to go through.
    """
    for article in given.articles.values():
        months = LATE_MONTHS if _is_late(article, given) else IDLE_MONTHS
        since = months_before(given.report.until.date(), months)
        if _is_known_since(since, given) and _is_unused(article, since, given):
            yield _retire(article, months, since, given)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the 28th where that month may be shorter."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, min(day.day, 28))


def _is_late(article: Article, given: Given) -> bool:
    due = months_before(given.report.until.date(), LATE_MONTHS)
    return article.review_by is not None and article.review_by <= due


def _is_known_since(since: date, given: Given) -> bool:
    """Whether readers were counted and tickets are known from that day until today."""
    first = given.report.since or given.report.first_event
    months = covered_months(tuple(given.topics.values()), given.report)
    if given.report.first_event is None or first is None or not months:
        return False
    recent = months_before(given.report.until.date(), SILENT_MONTHS)
    known = months[0] <= f"{since:%Y-%m}" and months[-1] >= f"{recent:%Y-%m}"
    return max(first, given.report.first_event).date() <= since and known


def _is_unused(article: Article, since: date, given: Given) -> bool:
    there_since = article.published or article.updated
    last = given.known.last_used.get(article.id)
    if there_since is None or there_since > since or (last is not None and last >= since):
        return False
    if article.updated is not None and article.updated > since:
        return False  # somebody cares for it
    asked = given.asked_of_family(article)
    return not any(n for topic in asked for month, n in topic.months if month >= f"{since:%Y-%m}")


def _retire(article: Article, months: int, since: date, given: Given) -> Suggestion:
    there_since = article.published or article.updated or since
    last = given.known.last_used.get(article.id)
    used = f"last used {last}" if last else "never opened or sent as far as is known"
    topics = given.asked_of_family(article)
    reasons = [
        f"no view, no link in a reply and no ticket on it in {months} months (since {since}); {used}",
        f"published {there_since}",
    ]
    if article.review_by is not None and article.review_by < given.report.until.date():
        reasons.append(f"its review was due {article.review_by}")
    if article.status == "stale":
        reasons.append(f"it is stale: {article.reason or 'no reason given'}")
    idle = (given.report.until.date() - (last or there_since)).days
    return suggestion(
        "retire",
        article.title,
        Worth(0.0),
        [*reasons, "it removes no ticket: one article less to keep right"],
        topic=topics[0] if topics else None,
        article=article.id,
        weight=idle,
        command=f'kbtool archive {article.id} --reason "no view, link or ticket in {many(months, "month")}"',
    )
