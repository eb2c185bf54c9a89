"""The whole page: its sections and the foot."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kbtool.charts import CSS, how_many
from kbtool.markup import Markup, el, join
from kbtool.model import Bounds, Instead
from kbtool.page import Section, page
from kbtool.plural import many
from kbtool.suggest.report.cards import anchor, card
from kbtool.suggest.report.contents import Contents, Entry, by_size
from kbtool.suggest.report.figures import (
    LABEL,
    months_of,
    pareto_section,
    time_section,
    trend_badge,
)
from kbtool.suggest.report.words import ACTIONS, cut, figure, instead_told, month, per_cent

TITLE = "What customers keep asking"


def render(contents: Contents) -> str:
    """The report as an HTML page that loads nothing and runs no script.

    The same contents give the same text, character by character.
    """
    sections = [Section("figures", "At a glance", _glance(contents))]
    if contents.topics:
        sections.append(Section("pareto", "Where the tickets come from", pareto_section(contents)))
    if contents.entries:
        sections.append(Section("first", "What to do first", _ranking(contents)))
    if any(entry.is_apart for entry in contents.entries):
        sections.append(Section("apart", "Not for an article", _apart(contents)))
    if contents.topics:
        sections.append(Section("time", "Topics over time", time_section(contents)))
    if contents.entries:
        sections.append(Section("topics", "Topic by topic", _cards(contents)))
    day = el(
        "time",
        f"{contents.day.day} {month(f'{contents.day:%Y-%m}')}",
        datetime=contents.day.isoformat(),
    )
    return page(
        title=f"{TITLE}: {contents.site}" if contents.site else TITLE,
        heading=TITLE,
        over=join(contents.site and join(el("bdi", contents.site), " · "), day),
        sections=sections,
        foot=_foot(),
        style=_style(),
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8") + CSS


def _foot() -> list[Markup]:
    return [
        el(
            "p",
            "A topic is a question that different customers asked in their own tickets. Worth is "
            "an estimate of the tickets a month that an action could remove: what is expected, "
            "times what one costs, times the share that an article could still deflect (assumed, unless "
            "it says measured). In brackets: what it is when every part is at its low or its high "
            "end.",
        ),
        el(
            "p",
            "Customers’ words in this file are redacted by rules, and no rule finds everything: "
            "keep it inside the team. Made by kbtool; it loads nothing and runs no script.",
        ),
    ]


def _glance(contents: Contents) -> Markup:
    if not contents.topics and not contents.entries:
        return el(
            "p",
            f"No topics yet: of {many(contents.tickets, 'ticket')}, "
            f"{contents.questions:,} are resolved and ask something, and a topic needs "
            f"{contents.smallest:,} that ask the same. Import more tickets.",
            class_="lead",
        )
    sizes = [len(topic.tickets) for topic in by_size(contents.topics)]
    recurring = sum(sizes)
    answered = [t for t in contents.topics if t.id in contents.coverage]
    covered = sum(len(topic.tickets) for topic in answered)
    figures = [
        (f"{recurring:,}", "tickets that recur", f"of {contents.questions:,} resolved that ask something"),
        (f"{len(sizes):,}", "topic" if len(sizes) == 1 else "topics",
         f"{how_many(sizes):,} of them {'makes' if how_many(sizes) == 1 else 'make'} 80 % of those tickets"),
        (per_cent(covered / recurring) if recurring else "–", "have an article",
         f"{len(answered):,} of {many(len(sizes), 'topic')}, {many(covered, 'ticket')}"),
        (figure(contents.removable), "tickets a month could go", "estimated from these tickets, all suggestions together"),
    ]  # fmt: skip
    return el(
        "dl",
        *(
            el("div", el("dt", name), el("dd", el("strong", value), el("span", told)))
            for value, name, told in figures
        ),
        class_="glance",
    )


def _ranking(contents: Contents) -> Markup:
    headings = (("#", "number"), ("Question and action", None), ("Tickets", "number"),
                ("Trend", "extra"), ("Article", "extra"), ("Worth", "number"))  # fmt: skip
    head = el("tr", *(el("th", name, scope="col", class_=kind) for name, kind in headings))
    busy = [(n, e) for n, e in enumerate(contents.entries, 1) if e.suggestions and not e.is_apart]
    rows = [_row(rank, entry, contents) for rank, entry in busy]
    if not rows:
        return el("p", "Nothing: articles answer the topics, and need no change.", class_="lead")
    table = el("table", el("thead", head), el("tbody", *rows))
    told = (
        "Worth most first. Worth is the tickets a month that the action could remove; below it, "
        "with every part at its low and at its high end."
    )
    return join(
        el("p", told),
        None if contents.stored else el("p", "To act on them: ", *_first_steps()),
        el("div", table, class_="scroll", role="region", tabindex=0, aria_label="Suggestions"),
    )


def _apart(contents: Contents) -> Markup:
    """Topics that need something else, with what that is and why."""
    headings = (("#", "number"), ("Question", None), ("Tickets", "number"), ("Instead", None))
    head = el("tr", *(el("th", name, scope="col", class_=kind) for name, kind in headings))
    rows = [
        _row_apart(rank, entry, instead)
        for rank, entry in enumerate(contents.entries, 1)
        for instead in [one.instead for one in entry.suggestions if one.instead is not None][:1]
    ]
    table = el("table", el("thead", head), el("tbody", *rows))
    told = "Agents answer these by doing something for one customer, or others must: no reader could use an article."
    return join(
        el("p", told),
        el(
            "div",
            table,
            class_="scroll",
            role="region",
            tabindex=0,
            aria_label="Not for an article",
        ),
    )


def _row_apart(rank: int, entry: Entry, instead: Instead) -> Markup:
    link = el("a", el("bdi", cut(entry.question, LABEL)), href=f"#{anchor(entry, rank)}")
    return el(
        "tr",
        el("td", rank, class_="number"),
        el("td", link, el("span", ACTIONS[instead.kind], class_="do")),
        el("td", f"{len(entry.suggestions[0].tickets):,}", class_="number"),
        el("td", instead_told(instead), el("span", instead.reason, class_="do")),
    )


def _first_steps() -> list[Markup | str]:
    """What to type while the tickets are in no knowledge base."""
    init, rest = (
        el("code", "kbtool init DIR"),
        [el("code", f"kbtool {verb}") for verb in ("import FILE", "suggest")],
    )
    return [init, ", then in it ", rest[0], " and ", rest[1], "."]


def _row(rank: int, entry: Entry, contents: Contents) -> Markup:
    topic, first = entry.topic, entry.suggestions[0]
    known = contents.coverage.get(topic.id) if topic else None
    article = first.article or (known.article if known else None)
    actions = ", ".join(ACTIONS[s.kind] for s in entry.suggestions)
    link = el("a", el("bdi", cut(entry.question, LABEL)), href=f"#{anchor(entry, rank)}")
    return el(
        "tr",
        el("td", rank, class_="number"),
        el("td", link, el("span", actions, class_="do")),
        el("td", f"{len(first.tickets):,}", class_="number"),
        el("td", trend_badge(topic) if topic else "–", class_="extra"),
        el("td", el("code", article) if article else "none", class_="extra"),
        el("td", el("strong", figure(entry.worth)), _ends(first.parts.interval), class_="number"),
    )


def _ends(interval: Bounds | None) -> Markup | None:
    """The worth at its parts' low and high ends; nothing where it is worth no ticket."""
    if interval is None or interval == (0.0, 0.0):
        return None
    return el("span", f"{figure(interval[0])} to {figure(interval[1])}", class_="do")


def _cards(contents: Contents) -> Markup:
    span = months_of(contents.topics)
    cards = [card(entry, rank, contents, span) for rank, entry in enumerate(contents.entries, 1)]
    rest = contents.unlisted and el(
        "p", f"Not listed: {many(contents.unlisted, 'more topic')}. The tables above count all."
    )
    return join(*cards, rest or None)
