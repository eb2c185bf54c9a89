"""What the sections of the page are made of: tiles, tables, and the definitions below numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbtool.markup import Markup, el, join
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.words import interval, made_of, per_cent, share_of, too_few
from kbtool.model import Rate
from kbtool.plural import many
from kbtool.text import LANGUAGE_CODE, get_language

NUMBER = "number"
LABEL = 90
"""Letters of a question or title in a table; the whole of it is the article's own."""


def tile(
    title: str,
    value: str,
    *below: Markup | str | None,
    names: Sequence[str],
    kind: str = "",
    heading: str = "h3",
) -> Markup:
    """A number with what it is made of and, behind a summary, what it counts."""
    said = [el("p", one) for one in below if one]
    return el(
        "div",
        el(heading, title),
        el("p", value, class_="value" if value[:1] in "+−0123456789" else "value words"),
        *said,
        defined(*names),
        class_=f"tile {kind}".strip(),
    )


def defined(*names: str) -> Markup:
    """The definitions of figures behind a summary, as the registry has them; on paper in full."""
    known = [METRICS[name] for name in names]
    rows = [
        el(
            "div",
            el("dt", one.title, el("span", one.unit, class_="unit")),
            el("dd", _formula(one.formula, one.numerator, one.denominator)),
            el("dd", "It cannot know: ", one.cannot_know, class_="limit"),
        )
        for one in known
    ]
    return el(
        "details",
        el("summary", "What it counts, and what it cannot know"),
        el("dl", *rows),
        class_="defined",
    )


def _formula(formula: str, numerator: str | None, denominator: str | None) -> Markup:
    if numerator is None or denominator is None:
        return join(formula)
    return join(numerator, el("span", " ÷ ", class_="over-line"), denominator)


def table(
    caption: str,
    columns: Sequence[tuple[str, str | None]],
    rows: Iterable[Sequence[object]],
) -> Markup:
    """A table that is there to be read; the first cell of a row names it.

    A column is (its heading, its class or None). On a phone each row becomes a list of its own,
    which the roles keep a table for screen readers.
    """
    head = [el("th", name, scope="col", class_=kind, role="columnheader") for name, kind in columns]
    body = []
    for first, *others in rows:
        cells = [
            el("td", el("div", cell), class_=kind, role="cell", data_label=name)
            for cell, (name, kind) in zip(others, columns[1:], strict=True)
        ]
        named = el("th", first, scope="row", class_=columns[0][1], role="rowheader")
        body.append(el("tr", named, *cells, role="row"))
    made = el(
        "table",
        el("thead", el("tr", *head, role="row"), role="rowgroup"),
        el("tbody", *body, role="rowgroup"),
        role="table",
        aria_label=caption,
        class_="rows",
    )
    return el("div", made, class_="scroll", role="region", tabindex=0, aria_label=caption)


def share_cell(rate: Rate) -> Markup:
    """The share with its interval and what it is made of; or that there is not enough data."""
    share = share_of(rate)
    if share is None:
        return el("span", made_of(rate) if rate.denominator else "–", class_="few")
    return join(el("strong", per_cent(share)), small(interval(rate)), small(made_of(rate)))


def share_rows(rows: Iterable[tuple[str, Rate]], min_count: int) -> Iterable[tuple[object, ...]]:
    """For a table of shares: title, share, interval, what it is made of."""
    for name, rate in rows:
        share = share_of(rate)
        told = per_cent(share) if share is not None else too_few(rate, min_count)
        yield METRICS[name].title, told, interval(rate) or "–", made_of(rate)


SHARE_COLUMNS = (
    ("Figure", None), ("Share", NUMBER), ("95 % interval", NUMBER), ("Made of", NUMBER),
)  # fmt: skip


def small(*told: object) -> Markup:
    """What stands below a number in its cell; behind it where there is no room for columns."""
    return join(" ", el("span", *told, class_="below"))


def said(text: str, lang: str | None = None) -> Markup:
    """A question, title or query: somebody's words, in their direction and language."""
    shown = text if len(text) <= LABEL else f"{text[:LABEL].rstrip()} …"
    known = lang if lang and lang != "und" and LANGUAGE_CODE.fullmatch(lang) else None
    return el("bdi", shown, lang=known)


def rest(count: int, one: str, more: str | None = None) -> Markup | None:
    """That there are more than are shown."""
    if count <= 0:
        return None
    return el(
        "p", f"… and {many(count, one, more)} more: --csv and --json have them.", class_="meta"
    )


def language_name(code: str | None) -> str:
    """The language in its own name; its code when we do not know it."""
    if not code or code == "und":
        return "unknown"
    return get_language(code).name if LANGUAGE_CODE.fullmatch(code) else code
