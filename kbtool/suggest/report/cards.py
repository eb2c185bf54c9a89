"""One topic of the report: what is asked, how often, what answers it, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.markup import Markup, el, join
from kbtool.model import Proposal, Sample, Suggestion, Topic
from kbtool.plural import many
from kbtool.suggest.report.contents import Contents, Entry
from kbtool.suggest.report.figures import shape, trend_badge
from kbtool.suggest.report.words import (
    ACTIONS,
    bounds,
    cut,
    figure,
    how_surely,
    instead_told,
    language,
    languages,
    own_id,
    worth,
)

LONGEST_QUESTION = 400
LONGEST_TEXT = 700
MOST_REPLIES = 2
MOST_WORDINGS = 6


def card(entry: Entry, rank: int, contents: Contents, span: Sequence[str]) -> Markup:
    """The entry as an article element with the id that other parts of the page link to."""
    topic = entry.topic
    lang = _language(topic) if topic else None
    heading = el(
        "h3",
        el("span", f"{rank}.", class_="rank"),
        " ",
        el("bdi", cut(entry.question, LONGEST_QUESTION), lang=lang),
        id=f"h-{anchor(entry, rank)}",
    )
    return el(
        "article",
        heading,
        el("div", *_actions(entry, contents), class_="actions"),
        _facts(topic, contents, span) if topic else None,
        _wordings(topic) if topic and len(topic.wordings) > 1 else None,
        _samples(contents.samples.get(topic.id, ())) if topic else None,
        id=anchor(entry, rank),
        class_="card",
        aria_labelledby=f"h-{anchor(entry, rank)}",
    )


def anchor(entry: Entry, rank: int) -> str:
    """The id of the entry's card: the topic's own, so that a link to it stays right."""
    return entry.topic.id if entry.topic else f"suggestion-{rank}"


def _actions(entry: Entry, contents: Contents) -> list[Markup]:
    if not entry.suggestions:
        return [el("p", el("span", _why_quiet(entry.id, contents), class_="badge quiet"))]
    return [_action(suggestion, stored=contents.stored) for suggestion in entry.suggestions]


def _why_quiet(topic: str, contents: Contents) -> str:
    """Why nothing is suggested for the topic."""
    if topic in contents.rejected:
        why = contents.rejected[topic]
        return "Rejected" + (f": {cut(why, LONGEST_QUESTION)}" if why else "")
    if topic in contents.coverage:
        return "An article answers it and needs nothing"
    return "Others are worth more"


def _action(suggestion: Suggestion, *, stored: bool) -> Markup:
    interval = suggestion.parts.interval
    interval = None if interval == (0.0, 0.0) else interval
    value = f"{figure(suggestion.worth)}{bounds(interval)} tickets a month"
    parts = worth(suggestion.parts)
    told = el(
        "p",
        el("span", ACTIONS[suggestion.kind], class_="badge"),
        " ",
        suggestion.article and join(el("code", suggestion.article), " "),
        el("strong", f"worth {value}"),
        parts and el("span", f" = {parts}", class_="parts"),
    )
    command = (
        el("p", "Next: ", el("code", suggestion.command, class_="command"))
        if suggestion.command and stored
        else None
    )
    reasons = el(
        "ul", *(el("li", el("bdi", cut(reason, LONGEST_QUESTION))) for reason in suggestion.reasons)
    )
    lines = [
        el("li", f"Add to content/{line.file}{_at(line)}: ", el("code", el("bdi", line.line)))
        for line in suggestion.proposals
    ]
    instead = suggestion.instead and el(
        "p", "Instead of an article: ", instead_told(suggestion.instead)
    )
    added = el("ul", *lines) if lines else None
    return el("div", told, instead, reasons, added, command, class_="action")


def _at(line: Proposal) -> str:
    return f":{line.at}" if line.at else ""


def _facts(topic: Topic, contents: Contents, span: Sequence[str]) -> Markup:
    expected = None if topic.expected is None else f"{figure(topic.expected)} in the next month"
    facts = (
        ("Tickets", many(len(topic.tickets), "ticket")),
        ("People", many(topic.requesters, "requester")),
        ("Languages", languages(topic.languages)),
        ("Trend", trend_badge(topic)),
        ("Expected", expected),
        ("Article", _article(topic, contents)),
        ("Keywords", el("bdi", cut(", ".join(topic.keywords), LONGEST_QUESTION))),
        ("Topic", el("code", topic.id)),
    )
    rows = [el("div", el("dt", name), el("dd", value)) for name, value in facts if value]
    drawn = shape(topic, span, f"card-{topic.id}")
    return el("div", el("dl", *rows), drawn, class_="facts")


def _article(topic: Topic, contents: Contents) -> Markup | str:
    """The article that answers the topic, and how surely."""
    known = contents.coverage.get(topic.id)
    if known is None:
        return "none that we know of"
    title = contents.titles.get(known.article)
    name = join(el("bdi", cut(title, LONGEST_QUESTION)), " ") if title else None
    return join(name, el("code", known.article), el("span", how_surely(known), class_="surely"))


def _wordings(topic: Topic) -> Markup:
    shown = topic.wordings[:MOST_WORDINGS]
    rows = [
        el("li", el("bdi", cut(w.text, LONGEST_QUESTION), lang=language(w.lang))) for w in shown
    ]
    return el("details", el("summary", "Asked in these words"), el("ul", *rows))


def _samples(samples: Sequence[Sample]) -> Markup | None:
    if not samples:
        return None
    told = f"{many(len(samples), 'sample ticket')} with the replies"
    return el("details", el("summary", told), *(_sample(sample) for sample in samples))


def _sample(sample: Sample) -> Markup:
    day = sample.at and el("time", f"{sample.at:%Y-%m-%d}", datetime=f"{sample.at:%Y-%m-%d}")
    subject = cut(sample.subject, LONGEST_QUESTION)
    head = el(
        "h4",
        f"Ticket {own_id(sample.ticket)}",
        day and join(", ", day),
        subject and join(": ", el("bdi", subject, lang=language(sample.lang))),
    )
    rest = len(sample.replies) - MOST_REPLIES
    return el(
        "section",
        head,
        _said("Customer", sample.question, sample.lang),
        *(_said("Agent", reply, sample.lang) for reply in sample.replies[:MOST_REPLIES]),
        el("p", f"{many(rest, 'more reply', 'more replies')}", class_="meta") if rest > 0 else None,
        class_="sample",
    )


def _said(who: str, text: str, lang: str | None) -> Markup:
    quoted = el("blockquote", cut(text, LONGEST_TEXT), dir="auto", lang=language(lang))
    return el("div", el("p", who, class_="who"), quoted, class_=f"said {who.lower()}")


def _language(topic: Topic) -> str | None:
    """The language of the question: that of the wording it is."""
    return next((language(w.lang) for w in topic.wordings if w.text == topic.question), None)
