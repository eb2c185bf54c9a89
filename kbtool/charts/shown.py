"""Charts on a page: a wide and a narrow picture of the same, what its marks mean, its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbtool.charts.canvas import Canvas
from kbtool.markup import Markup, el

SIZES = (("wide", 960, 380), ("narrow", 360, 340))
"""A chart for large screens and paper, and one whose text can be read on a phone: the page's
style shows one of them."""


def canvases(name: str, title: str, told: str, *, height: int | None = None) -> list[Canvas]:
    """One canvas of each size, with ids of their own."""
    return [
        Canvas(f"{name}-{size}", title, told, width, height or own) for size, width, own in SIZES
    ]


def framed(charts: Sequence[Markup], key: Markup | None = None) -> Markup:
    """A chart drawn in each of the sizes, with the key to its marks below."""
    shown = [
        el("div", chart, class_=size) for (size, _, _), chart in zip(SIZES, charts, strict=True)
    ]
    return el("figure", *shown, key and el("figcaption", key))


def key(marks: Iterable[tuple[str, str]]) -> Markup:
    """What the marks of a chart mean: (its class in the page's style, its meaning)."""
    return el(
        "ul",
        *(
            el("li", el("span", class_=f"mark {kind}", aria_hidden="true"), " ", meaning)
            for kind, meaning in marks
        ),
        class_="key",
    )


def data_table(
    caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[int]
) -> Markup:
    """A table behind a summary; the columns ``numeric`` are set to the right."""
    kinds = ["number" if column in numeric else None for column in range(len(headings))]
    head = [el("th", h, scope="col", class_=kind) for h, kind in zip(headings, kinds, strict=True)]
    body = [
        el("tr", *(el("td", cell, class_=kind) for cell, kind in zip(row, kinds, strict=True)))
        for row in rows
    ]
    table = el("table", el("thead", el("tr", *head)), el("tbody", *body))
    frame = el("div", table, class_="scroll", role="region", tabindex=0, aria_label=caption)
    return el("details", el("summary", caption), frame)
