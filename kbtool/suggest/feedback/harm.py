"""Articles that readers leave without an answer, that contradict others, or that topics outgrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbtool.intervals import wilson
from kbtool.model import (
    Article,
    ArticleFigures,
    Bounds,
    Finding,
    Span,
    Suggestion,
    TopicFigures,
    Worth,
)
from kbtool.suggest.feedback.given import Given, returned, suggestion
from kbtool.suggest.spread import fewer, score_range
from kbtool.suggest.waking import TIMES

RECENT_MONTHS = 3
"""A topic still grows when it has more tickets in so many months than in as many before."""
SHOWN_CLASHES = 2
"""Contradictions that are told of one article; ``kbtool check`` has all."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks against an article."""

    parts: Worth
    reason: str
    weight: int
    """Readers, votes, tickets or places that show it."""
    command: str
    """What to type to see or mend it."""


def fixes(given: Given) -> Iterator[Suggestion]:
    """One *fix* for each article with a sign; its worth and next step are the gravest sign's, for
    signs overlap.
    """
    growing = _growing(given)
    clashes = _clashes(given)
    for id_, article in given.articles.items():
        signs = [
            *_reader_signs(given.figures.get(id_), given),
            *_topic_signs(article, growing.get(id_, []), clashes.get(article.path, []), given),
        ]
        if not signs:
            continue
        names = [figures.topic for figures in growing.get(id_, [])]
        names += [topic.id for topic in given.asked(article)]
        topic = next((given.topics[name] for name in names if name in given.topics), None)
        gravest = max(signs, key=lambda sign: sign.parts.value)
        yield suggestion(
            "fix",
            article.title,
            gravest.parts,
            [sign.reason for sign in signs],
            topic=topic,
            article=id_,
            weight=sum(sign.weight for sign in signs),
            command=gravest.command,
        )


def _reader_signs(found: ArticleFigures | None, given: Given) -> Iterator[Sign]:
    """What readers did, unless it was all counted before somebody mended the article."""
    if found is None or found.failed < TIMES * given.known.mended.get(found.article, 0):
        return
    yield from _contact_signs(found, given)
    yield from _vote_signs(found, given)


def _contact_signs(found: ArticleFigures, given: Given) -> Iterator[Sign]:
    """When readers of the article surely contact more often than those of similar ones do (of all,
    where there are too few similar visits to compare with).
    """
    own = found.contacts_after_view
    excess, told = found.excess, ""
    if excess is not None and found.base is not None:
        told = (
            f": {_points(excess.value)} points more often (95 %: {_points(excess.low)} to "
            f"{_points(excess.high)}) than in similar visits, {found.base.numerator} of "
            f"{found.base.denominator}"
        )
    elif own.low is not None and own.high is not None:
        site = given.report.contacts_after_view
        if not site.denominator:
            return
        usual = site.numerator / site.denominator
        share = own.numerator / own.denominator
        excess = Span(share - usual, own.low - usual, own.high - usual)
        told = f" ({share:.0%}; {usual:.0%} over all articles)"
    if excess is None or excess.low <= 0:
        return
    monthly = own.denominator / given.months
    amount = Span(excess.value * monthly, excess.low * monthly, excess.high * monthly)
    reason = (
        f"{found.article} was read in {own.denominator} visits, {own.numerator} of them then went "
        f"on to a person{told}"
    )
    command = f"kbtool metrics --article {found.article}"
    yield Sign(returned(amount), reason, own.numerator, command)


def _vote_signs(found: ArticleFigures, given: Given) -> Iterator[Sign]:
    """When surely less than half of the votes are "yes"."""
    if found.helpful.high is None or found.helpful.high >= 0.5:
        return
    votes, visits = found.helpful, found.contacts_after_view
    no = votes.denominator - votes.numerator
    share = (visits.numerator + 1) / (visits.denominator + 2)
    least, most = _share_range(visits.numerator, visits.denominator)
    low, high = score_range(no)
    month = given.months
    why = ", ".join(f"{word} {n}" for word, n in found.reasons)
    reason = f"{no} of {votes.denominator} votes on {found.article} say that it did not help"
    yield Sign(
        returned(Span(no / month * share, low / month * least, high / month * most)),
        f"{reason} ({why})" if why else reason,
        no,
        f"kbtool metrics --article {found.article}",
    )


def _topic_signs(
    article: Article, growing: list[TopicFigures], clashes: list[Finding], given: Given
) -> Iterator[Sign]:
    update = f"kbtool draft --update {article.id}"
    for figures in growing:
        before, recent = _halves(figures)
        reason = (
            f"“{figures.question}” still grows although {article.id} answers it: {sum(recent)} "
            f"tickets in the last {RECENT_MONTHS} months, {sum(before)} in the {RECENT_MONTHS} before"
        )
        yield Sign(returned(fewer(recent, before)), reason, sum(recent), update)
    parts = _by_topic(article, given)
    for clash in clashes[:SHOWN_CLASHES]:
        reason = f"content/{clash.file}:{clash.line}: {clash.message}"
        yield Sign(parts, reason, 1, "kbtool check")
    if len(clashes) > SHOWN_CLASHES:
        more = f"and {len(clashes) - SHOWN_CLASHES} more contradictions (kbtool check)"
        yield Sign(parts, more, len(clashes) - SHOWN_CLASHES, "kbtool check")
    if article.status == "stale":
        yield Sign(
            parts, f"{article.id} is stale: {article.reason or 'no reason given'}", 1, update
        )


def _by_topic(article: Article, given: Given) -> Worth:
    """What mending the article is worth by its largest topic's tickets; nothing without one."""
    topics = sorted(given.asked(article), key=lambda t: (-len(t.tickets), t.id))
    return given.worth_of("fix", topics[0]) if topics else Worth(0.0)


def _clashes(given: Given) -> dict[str, list[Finding]]:
    """The places where articles contradict others, by path."""
    found: dict[str, list[Finding]] = {}
    for clash in sorted(given.known.clashes, key=lambda f: (f.file, f.line, f.message)):
        found.setdefault(clash.file, []).append(clash)
    return found


def _growing(given: Given) -> Mapping[str, list[TopicFigures]]:
    """The topics that still grow, by the article that answers them."""
    found: dict[str, list[TopicFigures]] = {}
    for figures in given.report.topics:
        answer = given.answer(figures.topic)
        if answer is not None and _still_grows(figures, answer):
            found.setdefault(answer.id, []).append(figures)
    return found


def _still_grows(topic: TopicFigures, answer: Article) -> bool:
    """Whether a growing topic's last months all came after the article's last change."""
    months = [month for month, _ in topic.months][-RECENT_MONTHS:]
    changed = answer.updated.strftime("%Y-%m") if answer.updated else ""
    before, recent = _halves(topic)
    return topic.trend == "growing" and sum(recent) > sum(before) and changed < months[0]


def _halves(topic: TopicFigures) -> tuple[list[int], list[int]]:
    """Tickets a month in the three months before the last three, and in the last three; where
    fewer months are known, the ones before had none.
    """
    counts = [0] * (2 * RECENT_MONTHS) + [count for _, count in topic.months]
    return counts[-2 * RECENT_MONTHS : -RECENT_MONTHS], counts[-RECENT_MONTHS:]


def _share_range(numerator: int, denominator: int) -> Bounds:
    return wilson(numerator, denominator) if denominator else (0.0, 1.0)


def _points(share: float) -> str:
    return f"{100 * share:.0f}"
