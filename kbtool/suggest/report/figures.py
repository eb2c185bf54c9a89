"""The report's charts, each with the table of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbtool.charts import (
    GOAL,
    Bar,
    Canvas,
    Stack,
    canvases,
    data_table,
    framed,
    how_many,
    key,
    pareto,
    shares,
    sparkline,
    stacks,
)
from kbtool.markup import Markup, el, join
from kbtool.model import Topic
from kbtool.months import month_range
from kbtool.plural import many
from kbtool.suggest.report.contents import Contents, by_size
from kbtool.suggest.report.words import (
    ARROWS,
    cut,
    month,
    per_cent,
    short_month,
    trend,
)

MULTIPLES = 12
"""Topics in the grid of small charts."""
LABEL = 90


def pareto_section(contents: Contents) -> Markup:
    """How few topics make most of the tickets that recur."""
    topics = by_size(contents.topics)
    sizes = [len(topic.tickets) for topic in topics]
    so_far = shares(sizes)
    told = pareto_sentence(sizes)
    bars = [
        Bar(
            f"{rank}. {cut(topic.question, LABEL)}: {many(size, 'ticket')}, "
            f"{per_cent(share)} so far",
            size,
            topic.id in contents.coverage,
        )
        for rank, (topic, size, share) in enumerate(zip(topics, sizes, so_far, strict=True), 1)
    ]
    rows = [
        (
            rank, _linked(topic, contents), size, per_cent(size / sum(sizes)), per_cent(share),
            contents.coverage[topic.id].article if topic.id in contents.coverage else "none",
        )
        for rank, (topic, size, share) in enumerate(zip(topics, sizes, so_far, strict=True), 1)
    ]  # fmt: skip
    described = f"{told} The table below the chart has every number."
    charts = [
        pareto(bars, canvas, left="Tickets", below="topics, most tickets first")
        for canvas in canvases("pareto", "Tickets by topic, and their share", described)
    ]
    headings = ("#", "Topic", "Tickets", "Share", "So far", "Article")
    return join(
        el("p", told, class_="lead"),
        framed(charts, _key("line", "goal")),
        data_table("The numbers: tickets by topic", headings, rows, numeric=(0, 2, 3, 4)),
    )


def pareto_sentence(sizes: Sequence[int]) -> str:
    """How many topics make 80 % of the tickets that recur; ``sizes`` are the largest first."""
    few = how_many(sizes)
    makes = "makes" if few == 1 else "make"
    return f"{few:,} of {many(len(sizes), 'topic')} {makes} {GOAL} % of the {sum(sizes):,} tickets that recur."


def time_section(contents: Contents) -> Markup:
    """All topics by month, and the largest ones each alone."""
    span = months_of(contents.topics)
    if not span:
        return el("p", "The tickets have no dates, so nothing can be said about time.")
    answered = _by_month(t for t in contents.topics if t.id in contents.coverage)
    open_ = _by_month(t for t in contents.topics if t.id not in contents.coverage)
    columns = [
        Stack(
            short_month(name),
            f"{month(name)}: {open_.get(name, 0)} without an article, "
            f"{answered.get(name, 0)} with one",
            open_.get(name, 0),
            answered.get(name, 0),
        )
        for name in span
    ]
    rows = [
        (month(name), c.solid, c.striped, c.solid + c.striped)
        for name, c in zip(span, columns, strict=True)
    ]
    title = f"Tickets that recur by month, {month(span[0])} to {month(span[-1])}"
    told = (
        "Solid: no article answers the topic. Striped: an article does. The table has every number."
    )
    charts = [stacks(columns, canvas, left="Tickets") for canvas in canvases("time", title, told)]
    headings = ("Month", "No article", "An article answers", "All")
    return join(
        el("p", f"{title}. The last month may not be whole.", class_="lead"),
        framed(charts, _key()),
        data_table("The numbers: tickets by month", headings, rows, numeric=(1, 2, 3)),
        _multiples(contents, span),
    )


def months_of(topics: Iterable[Topic]) -> tuple[str, ...]:
    """All months from the first to the last in which a ticket of a topic was created."""
    found = sorted({name for topic in topics for name, _ in topic.months})
    return month_range(found[0], found[-1]) if found else ()


def shape(topic: Topic, span: Sequence[str], id_: str) -> Markup | None:
    """The topic's tickets by month as a small chart; None when none has a date."""
    if not topic.months:
        return None
    counts = dict(topic.months)
    values = [counts.get(name, 0) for name in span]
    most = max(values)
    when = f"in {short_month(span[values.index(most)])}" if values.count(most) == 1 else "a month"
    told = ", ".join(f"{short_month(n)} {v}" for n, v in zip(span, values, strict=True) if v)
    canvas = Canvas(id_, "Tickets by month", told, 240, 48)
    ends = f"{short_month(span[0])} – {short_month(span[-1])}"
    return el(
        "div",
        sparkline(values, canvas),
        el("p", el("span", ends), el("span", f"most: {most:,} {when}"), class_="ends"),
        class_="shape",
    )


def trend_badge(topic: Topic) -> Markup:
    """The trend in words, with an arrow for the eye."""
    arrow = el("span", ARROWS[topic.trend], aria_hidden="true")
    return el("span", arrow, "\u00a0", trend(topic), class_=f"trend {topic.trend}")


def _multiples(contents: Contents, span: Sequence[str]) -> Markup:
    largest = by_size(contents.topics)[:MULTIPLES]
    cells = [
        el(
            "li",
            el("p", _linked(topic, contents), class_="asked"),
            shape(topic, span, f"many-{topic.id}"),
            el("p", many(len(topic.tickets), "ticket"), " · ", trend_badge(topic), class_="meta"),
        )
        for topic in largest
    ]
    rows = [
        (_linked(topic, contents), *(dict(topic.months).get(name, 0) for name in span))
        for topic in largest
    ]
    told = "The largest topics" if len(largest) < len(contents.topics) else "Each topic"
    note = (
        "Every small chart has its own scale: it shows when a topic is asked, not how large it is."
    )
    numeric = tuple(range(1, len(span) + 1))
    headings = ("Topic", *(short_month(name) for name in span))
    return join(
        el("h3", f"{told} by month"),
        el("p", note),
        el("ul", *cells, class_="multiples"),
        data_table("The numbers: topics by month", headings, rows, numeric=numeric),
    )


def _linked(topic: Topic, contents: Contents) -> Markup:
    """The topic's question, leading to its entry where it has one."""
    told = el("bdi", cut(topic.question, LABEL))
    return el("a", told, href=f"#{topic.id}") if topic.id in contents.listed else told


def _by_month(topics: Iterable[Topic]) -> dict[str, int]:
    found: dict[str, int] = {}
    for topic in topics:
        for name, count in topic.months:
            found[name] = found.get(name, 0) + count
    return found


def _key(*more: str) -> Markup:
    """What the marks of a chart mean."""
    told = {
        "solid": "no article answers it",
        "striped": "an article answers it",
        "line": "share of all so far",
        "goal": f"{GOAL} % of all",
    }
    return key((kind, told[kind]) for kind in ("solid", "striped", *more))
