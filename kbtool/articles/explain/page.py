"""The page for a reviewer: the article on the left, what it rests on at its right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeAlias

from kbtool.articles.explain.diff import Change, changes, edits
from kbtool.articles.explain.records import Explanation, Source, Wording, backing, by_ticket
from kbtool.articles.explain.trace import Part, Sentence, State
from kbtool.markup import Markup, el, join
from kbtool.model import Article
from kbtool.page import Section, page
from kbtool.plural import many

SHOWN = 3
"""Tickets of an evidence that are seen at once; the others are folded away."""
MOST = 200
"""Tickets of an evidence on the page, the newest ones; JSON has all."""
LONGEST = 600
STATES: dict[State, tuple[str, str, str]] = {
    "drafted": ("✓", "as drafted", "the agents’ words; not marked below"),
    "edited": ("✎", "edited", "a person changed the words; what changed stands beside"),
    "written": ("✚", "written", "a person’s own; no agent’s sentence stands behind it"),
}
"""State → (sign, word, what it means)."""
NOT_ASKED = "no stored ticket asks it in these words"
Kind: TypeAlias = State | Literal["removed", "conflict"]
_TAGS: dict[Change, str] = {"gone": "del", "new": "ins"}


def render(found: Explanation, *, day: date) -> str:
    """The explanation as an HTML page that loads nothing and runs no script.

    The same explanation and day give the same text, character by character.
    """
    article = found.article
    over = join(
        found.site and join(el("bdi", found.site), " · "),
        f"{article.id} · {article.status} · content/{article.path} · ",
        el("time", f"{day:%Y-%m-%d}", datetime=f"{day:%Y-%m-%d}"),
    )
    sections = [
        Section("figures", "At a glance", _glance(found)),
        Section("sentences", "Sentence by sentence", _Sentences(found).markup()),
    ]
    if found.trace.removed:
        sections.append(Section("removed", "Taken out by a person", _removed(found)))
    sections.append(Section("asked", "How customers ask it", _asked(found)))
    return page(
        title=f"Evidence of {article.id}: {_cut(article.title)}",
        heading=el("bdi", _cut(article.title), lang=article.lang),
        over=over,
        sections=sections,
        foot=[
            el("p", "The sentences of agents and customers in this file are redacted by rules, and "
               "no rule finds everything: keep it inside the team. Made by kbtool; it loads "
               "nothing and runs no script."),
        ],
        style=_style(),
    )  # fmt: skip


@cache
def _style() -> str:
    return Path(__file__).with_name("explain.css").read_text(encoding="utf-8")


def _glance(found: Explanation) -> Markup:
    counts = found.states
    rows = [
        _count(state, many(counts[state], "sentence"), told)
        for state, (_, _, told) in STATES.items()
        if counts[state]
    ]
    if found.trace.removed:
        count = many(len(found.trace.removed), "drafted sentence")
        rows.append(_count("removed", count, "gone from the article; listed at the end"))
    if found.conflicts:
        told = "agents disagree; kbtool publish refuses until a person has chosen"
        rows.append(_count("conflict", many(found.conflicts, "open conflict"), told))
    key = el(
        "p",
        "Where a sentence was edited: ",
        el("del", "words of the draft that are gone"),
        ", ",
        el("ins", "words that are new"),
        ".",
    )
    missing = (
        None
        if found.stored
        else el("p", "No tickets are stored here: only what the front matter keeps is shown.")
    )
    return join(el("ul", *rows, class_="states"), key if counts["edited"] else None, missing)


def _count(kind: Kind, count: str, told: str) -> Markup:
    return el("li", _sign(kind), " ", el("strong", count), f": {told}")


def _asked(found: Explanation) -> Markup:
    rows = [_wording("Title", found.title, found.article.lang)]
    rows += [_wording("Also asked", one, found.article.lang) for one in found.also_asked]
    return el("dl", *rows, class_="asked")


def _wording(name: str, wording: Wording, lang: str) -> Markup:
    shown = [_own_id(ticket) for ticket in wording.tickets[:SHOWN]]
    rest = len(wording.tickets) - len(shown)
    more = f" and {rest} more" if rest > 0 else ""
    told = f"asked in {', '.join(shown)}{more}" if shown else NOT_ASKED
    return el(
        "div",
        el("dt", name),
        el("dd", el("bdi", _cut(wording.text), lang=lang), el("span", told, class_="meta")),
    )


def _removed(found: Explanation) -> Markup:
    rows = [_card(number, found, removed=True) for number in found.trace.removed]
    told = "kbtool drafted these sentences; they stand nowhere in the article any more."
    return join(el("p", told), *rows)


class _Sentences:
    """The article's parts in rows, each with the evidence that is met there first."""

    def __init__(self, found: Explanation) -> None:
        self._found = found
        self._shown: set[int] = set()
        self._edits = edits(found.trace.sentences)

    def markup(self) -> Markup:
        """All rows; the sides of a conflict stand together."""
        parts = self._found.trace.parts
        if not parts:
            return el("p", "The article is empty.")
        head = el(
            "div", el("p", "Article"), el("p", "Evidence"), class_="pair head", aria_hidden="true"
        )
        blocks = []
        for number, run in groupby(parts, lambda part: part.conflict):
            rows = [self._row(part) for part in run]
            blocks.append(_conflict(number, rows) if number else join(*rows))
        return join(head, *blocks)

    def _row(self, part: Part) -> Markup:
        beside = join(*self._evidence(part))
        return el("div", self._text(part), el("div", beside, class_="beside"), class_="pair")

    def _text(self, part: Part) -> Markup:
        block, lang = part.block, self._found.article.lang
        if not part.sentences:
            tag = "pre" if block.kind == "code" else "h3"
            return el("div", el(tag, _cut(block.text), lang=lang, dir="auto"), class_="part")
        mark = block.marker if block.marker[:1].isdigit() else "•" if block.marker else None
        words = [
            el("span", mark, class_="marker") if mark else None,
            el("strong", f"{part.label} ") if part.label else None,
            join(*map(_sentence, part.sentences), between=" "),
        ]
        kind = " ".join(["part", block.kind, *(["quote"] if block.quoted else [])])
        return el("div", el("p", *words, lang=lang, dir="auto"), class_=kind)

    def _evidence(self, part: Part) -> Iterator[Markup]:
        """For each sentence what it rests on; evidence shown above is only named."""
        above = frozenset(self._shown)
        for sentence in part.sentences:
            if sentence.state == "written":
                yield el("p", _sign("written"), f" Line {sentence.line}: written by a person; "
                         "no evidence.", class_="none")  # fmt: skip
            elif not sentence.evidence:
                yield el("p", "Drafted by kbtool; no one sentence stands behind it.", class_="none")
            if sentence in self._edits:
                yield _edit(self._edits[sentence], self._found.article)
            for number in sentence.evidence:
                if number in above:
                    yield el("p", "Evidence ", _link(number), ", shown above.", class_="none")
                elif number not in self._shown:
                    yield _card(number, self._found)
                self._shown.add(number)


def _conflict(number: int, rows: Sequence[Markup]) -> Markup:
    name = f"conflict-{number}"
    title = el("p", _sign("conflict"), f" Conflict {number}: agents disagree. Keep what is true; "
               "the newest comes first.", id=name)  # fmt: skip
    return el("div", title, *rows, class_="sides", role="group", aria_labelledby=name)


def _sentence(sentence: Sentence) -> Markup:
    links = [el("sup", _link(number)) for number in sentence.evidence]
    return el(
        "span",
        el("bdi", _cut(sentence.text)),
        *links,
        join(" ", _sign(sentence.state)) if sentence.state != "drafted" else None,
        class_=f"sentence {sentence.state}",
    )


def _edit(run: Sequence[Sentence], article: Article) -> Markup:
    """What a person changed, word by word."""
    words = [
        el(_TAGS[piece.change], piece.text) if piece.change in _TAGS else piece.text
        for piece in changes(run, article)
    ]
    lines = dict.fromkeys(f"{one.line}" for one in run)
    place = f"{'Line' if len(lines) == 1 else 'Lines'} {' and '.join(lines)}"
    new = list(dict.fromkeys(number for one in run for number in one.new_numbers))
    told = f"{', '.join(new)} {'is' if len(new) == 1 else 'are'} not in the evidence."
    return el(
        "div",
        el("p", _sign("edited"), f" {place}, what a person changed:", class_="who"),
        el("p", *words, class_="diff", dir="auto"),
        el("p", el("strong", told), class_="warning") if new else None,
        class_="edit",
    )


def _card(number: int, found: Explanation, *, removed: bool = False) -> Markup:
    """An evidence: how many say it, since when, and the agents' own sentences."""
    evidence, tickets = found.article.evidence[number], by_ticket(found.sources[number])
    text = el("p", el("bdi", _cut(evidence.text), lang=found.article.lang), class_="said")
    folded, rest = tickets[SHOWN:MOST], len(tickets[MOST:])
    older = el("p", f"{rest:,} older ones are in kbtool explain --json.", class_="meta")
    more = el(
        "details",
        el("summary", f"and {len(folded)} more"),
        el("ul", *map(_sources, folded)),
        older if rest else None,
    )
    return el(
        "div",
        el("p", el("span", number + 1, class_="number"), backing(evidence), class_="backing"),
        text if removed else None,
        el("ul", *map(_sources, tickets[:SHOWN])),
        more if folded else None,
        id=f"evidence-{number + 1}",
        class_="evidence",
    )


def _sources(of_ticket: Sequence[Source]) -> Markup:
    """What one ticket's agents said."""
    first = of_ticket[0]
    day = el("time", first.on.isoformat(), datetime=first.on.isoformat()) if first.on else None
    place = el("span", join(day, " · ") if day else None, _own_id(first.ticket), class_="meta")
    if first.missing is not None:
        return el("li", place, " ", el("span", first.missing, class_="missing"))
    quotes = (el("q", el("bdi", _cut(source.text or ""))) for source in of_ticket)
    return el("li", place, " ", join(*quotes, between=" "))


def _link(number: int) -> Markup:
    name = f"evidence {number + 1}"
    return el("a", number + 1, href=f"#evidence-{number + 1}", aria_label=name, class_="ref")


def _sign(kind: Kind) -> Markup:
    """A sign and a word, so that colour is never needed."""
    if kind == "removed":
        sign, word = "✕", "taken out"
    elif kind == "conflict":
        sign, word = "⚠", "conflict"
    else:
        sign, word, _ = STATES[kind]
    return el("span", el("span", sign, aria_hidden="true"), f" {word}", class_=f"sign {kind}")


def _own_id(key: str) -> str:
    """The help desk's id in a ticket key."""
    return _cut(key.partition(":")[2] or key)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
