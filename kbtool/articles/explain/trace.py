"""Which sentence of an article rests on which evidence, and what a person changed. Pure.

The body is read block by block. Where an evidence's sentence stands word for word it is *drafted*,
in whatever form: as a step, in a paragraph, in a note, moved. What is left is cut into sentences:
those that come from evidence are *edited*, the others are *written* by a person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.articles.explain.kinship import Kinship
from kbtool.articles.files.frontmatter import is_edited
from kbtool.model import Article
from kbtool.text import get_language, lower, sentences
from kbtool.text.markdown import Block, BlockKind, Link, blocks

State: TypeAlias = Literal["drafted", "edited", "written"]

_SILENT: frozenset[BlockKind] = frozenset({"heading", "code"})
"""Blocks that kbtool never drafts and that state nothing by themselves."""
_PERMALINK = re.compile(r"(?:[^?#]*/)?a/([A-Za-z0-9-]+)/?(?:[?#].*)?")
_BACKING = re.compile(r"(?: \(newest\))? \([\d,]+ tickets?, [\d,]+ agents?(?:, [^()]*)?\)$")
_HOW_TO_DECIDE = "Agents disagree."
_LINKS_ONLY = re.compile(r"(?:[\s,]*\[[\w-]+\])+\.?")
_REFERENCE = re.compile(r"\[[\w-]+\]")
_SAME_MARKS = str.maketrans("’‘`´“”„«»–—−", '\'\'\'\'"""""---')
"""What an editor's typing aid changes by itself is no edit."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, step or note of an article, and where it comes from."""

    text: str
    """As readers see it."""
    line: int
    """1-based, of the article's file."""
    state: State
    evidence: tuple[int, ...] = ()
    """Places in the article's ``evidence``, from 0: what it was drafted from or still comes from.
    A drafted sentence without any rests on none that is recorded, such as "See also"."""
    new_numbers: tuple[str, ...] = ()
    """Of an edited one: its numbers, in digits, that its evidence does not hold."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of an article with its sentences; headings and code have none."""

    block: Block
    line: int
    """1-based, of the article's file."""
    sentences: tuple[Sentence, ...] = ()
    label: str = ""
    """``Note:`` of a note, which belongs to no sentence."""
    conflict: int | None = None
    """Number, from 1, of the open conflict of which this is one side."""


@dataclass(frozen=True, slots=True)
class Trace:
    """An article's parts in order, and the evidence that stands nowhere in it any more."""

    parts: tuple[Part, ...]
    removed: tuple[int, ...]
    """Places in the article's ``evidence``, from 0."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for part in self.parts for sentence in part.sentences)


def trace(article: Article) -> Trace:
    """Where each sentence of an article comes from.

    The text itself is compared, not the file's history: a sentence that a person took out and
    another one wrote back is drafted. Of an article without evidence everything is written.
    """
    tracer = _Tracer(article)
    parts = tuple(tracer.parts())
    used = {number for part in parts for one in part.sentences for number in one.evidence}
    unused = [number for number in range(len(article.evidence)) if number not in used]
    return Trace(parts, tuple(unused) if tracer.edited else ())


def mark_edits(article: Article) -> Article:
    """The article with ``edited`` set on each evidence whose sentence a person changed or took
    out, and not set on the others.
    """
    found = trace(article).sentences
    kept = {n for one in found if one.state == "drafted" for n in one.evidence}
    touched = is_edited(article)
    marked = (
        replace(evidence, edited=touched and number not in kept)
        for number, evidence in enumerate(article.evidence)
    )
    return replace(article, evidence=tuple(marked))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A block's text for comparing: links to articles stand as ``[id]``, as in evidence."""

    text: str
    """With plain quotation marks and hyphens."""
    split: str
    """The same, as long, without what would end a sentence inside a link."""
    block: Block
    pieces: tuple[tuple[int, int, bool], ...]
    """(offset in ``text``, offset in the block's text, is a link) where each piece begins."""

    def read(self, start: int, end: int) -> str:
        """What readers see of ``text[start:end]``."""
        return self.block.text[self._place(start) : self._place(end)]

    def line(self, start: int) -> int:
        """The line of the body on which a place of ``text`` stands."""
        return self.block.line_at(self._place(start))

    def _place(self, offset: int) -> int:
        known = bisect_right(self.pieces, (offset, 1 << 62, True)) - 1
        start, place, is_link = self.pieces[known]
        return place if is_link else place + offset - start


@dataclass(slots=True)
class _Loose:
    """A sentence that is no evidence word for word; what it comes from is told at the end."""

    shown: _Shown
    start: int
    end: int
    evidence: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return self.shown.text[self.start : self.end]


@dataclass(slots=True)
class _Draft:
    """A part while it is made."""

    shown: _Shown
    label: str
    conflict: int | None
    found: list[Sentence | _Loose] = field(default_factory=list)


class _Tracer:
    """Reads one article: first what stands word for word, then where the rest comes from."""

    def __init__(self, article: Article) -> None:
        self.edited = is_edited(article)
        self._article = article
        self._lang = article.lang
        language = get_language(article.lang)
        self._note, self._see_also = f"{language.note}:", f"{language.see_also}:"
        self._conflicts = _conflict_lines(article.body)
        self._forms = _forms(article)
        self._taken: set[int] = set()

    def parts(self) -> Iterator[Part]:
        """The parts of the body, each sentence with what it comes from."""
        made = [self._read(block) for block in blocks(self._article.body)]
        self._settle([one for part in made if part for one in part.found])
        for part in made:
            if part is not None:
                found = [self._told(one) if isinstance(one, _Loose) else one for one in part.found]
                block = part.shown.block
                line = self._line(block.line_at(0))
                yield Part(block, line, tuple(found), part.label, part.conflict)

    def _read(self, block: Block) -> _Draft | None:
        """The block with what stands in it word for word; None when it is no part of the article."""
        shown = _shown(block)
        if block.kind in _SILENT:
            return _Draft(shown, "", None)
        conflict = self._conflicts.get(block.line_at(0)) if block.quoted else None
        end = len(shown.text)
        if conflict and block.kind != "item":
            if shown.text.startswith(_HOW_TO_DECIDE):
                return None
        elif conflict and (backing := _BACKING.search(shown.text)):
            end = backing.start()
        label = self._note if block.quoted and shown.text.startswith(self._note) else ""
        made = _Draft(shown, label, conflict)
        made.found.extend(self._split(shown, _skip(shown.text, len(label)), end))
        return made

    def _split(self, shown: _Shown, start: int, end: int) -> Iterator[Sentence | _Loose]:
        if self._is_see_also(shown.text):
            yield Sentence(shown.read(0, end), self._line(shown.line(0)), "drafted")
            return
        ends = _sentence_ends(shown.split, start, end)
        while start < end:
            exact = self._exact(shown.text, start, end)
            stop = exact[0] if exact else next(e for e in ends if e > start)
            if exact:
                line = self._line(shown.line(start))
                yield Sentence(shown.read(start, stop), line, "drafted", (exact[1],))
            else:
                yield _Loose(shown, start, stop)
            start = _skip(shown.text, stop)

    def _exact(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """(end, evidence) of the longest evidence that stands at ``start`` word for word; one that
        stands nowhere yet comes first.
        """
        found = [
            (stop, number)
            for form, number in self._forms.get(lower(text[start], self._lang), ())
            if text.startswith(form, start + 1)
            and (stop := _stop(text, start + 1 + len(form), end))
        ]
        if not found:
            return None
        best = min(found, key=lambda one: (-one[0], one[1] in self._taken, one[1]))
        self._taken.add(best[1])
        return best

    def _settle(self, found: Sequence[Sentence | _Loose]) -> None:
        """Tell what the loose sentences come from; one that is only the rest of a neighbour's
        evidence (a sentence split in two) comes from it too.
        """
        if not self.edited:
            return
        kinship = self._kinship = Kinship([one.text for one in self._article.evidence], self._lang)
        for one in found:
            if isinstance(one, _Loose):
                one.evidence = kinship.of(one.text, self._taken)
        known = [one.evidence if isinstance(one, _Loose) else () for one in found]
        for place, one in enumerate(found):
            if isinstance(one, _Loose) and not one.evidence:
                near = known[max(place - 1, 0) : place + 2]
                rest = {n for numbers in near for n in numbers if kinship.is_rest_of(one.text, n)}
                one.evidence = tuple(sorted(rest))

    def _told(self, one: _Loose) -> Sentence:
        text, line = one.shown.read(one.start, one.end), self._line(one.shown.line(one.start))
        if not self.edited:
            return Sentence(text, line, "drafted")
        if not one.evidence:
            return Sentence(text, line, "written")
        new = self._kinship.new_numbers(one.text, one.evidence)
        return Sentence(text, line, "edited", one.evidence, new)

    def _is_see_also(self, text: str) -> bool:
        """Links that kbtool puts below a draft: agents send them, no sentence says them."""
        mine = bool(self._article.evidence) and text.startswith(self._see_also)
        return mine and bool(_LINKS_ONLY.fullmatch(text, len(self._see_also)))

    def _line(self, line: int) -> int:
        return self._article.body_line + line - 1


def _forms(article: Article) -> dict[str, list[tuple[str, int]]]:
    """First letter → (the rest of an evidence's sentence as a draft shows it, evidence)."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, evidence in enumerate(article.evidence):
        for text in dict.fromkeys((evidence.text, _REFERENCE.sub("", evidence.text))):
            same = " ".join(text.translate(_SAME_MARKS).split()).rstrip(",;- ")
            form = same[:-1] if same.endswith(".") and not same.endswith("..") else same
            if form:
                first = lower(form[0], article.lang)
                found.setdefault(first, []).append((form[1:], number))
    return found


def _stop(text: str, place: int, end: int) -> int | None:
    """Where the sentence ends whose words end at ``place``; None when it goes on."""
    if text[place : place + 1] == "." and place < end:
        place += 1
    elif place < end and text[place - 1] not in "!?…:":
        return None
    return place if place <= end and text[place : place + 1] in ("", " ") else None


def _sentence_ends(text: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    place = start
    for sentence in sentences(text[start:end]):
        at = text.find(sentence, place, end)
        place = at + len(sentence) if at >= 0 else place
        found.append(place)
    return [*found, end]


def _skip(text: str, place: int) -> int:
    """The first place from here on that is no space."""
    return place + len(text[place:]) - len(text[place:].lstrip())


def _shown(block: Block) -> _Shown:
    text: list[str] = []
    split: list[str] = []
    pieces: list[tuple[int, int, bool]] = []
    length = last = 0
    for link in sorted(block.links, key=lambda link: link.start):
        if link.start < last or not (mark := _mark(link)):
            continue
        before = block.text[last : link.start]
        pieces += [(length, last, False), (length + len(before), link.start, True)]
        text += [before, mark]
        split += [before, "X" * len(mark)]
        length += len(before) + len(mark)
        last = link.end
    pieces.append((length, last, False))
    rest = block.text[last:]
    shown = "".join([*text, rest]).translate(_SAME_MARKS)
    return _Shown(shown, "".join([*split, rest]), block, tuple(pieces))


def _mark(link: Link) -> str:
    """``[id]`` of a link to an article by its permanent address."""
    found = _PERMALINK.fullmatch(link.url)
    return f"[{found[1]}]" if found else ""


def _conflict_lines(body: str) -> dict[int, int]:
    """Line of the body → number of the open conflict that it belongs to."""
    found: dict[int, int] = {}
    number, inside = 0, False
    for line, text in enumerate(body.split("\n"), start=1):
        if text.strip() == CONFLICT:
            number, inside = number + 1, True
        elif text.strip() == CONFLICT_END or not text.startswith(">"):
            inside = False
        elif inside:
            found[line] = number
    return found
