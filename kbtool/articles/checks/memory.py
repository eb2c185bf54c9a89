"""What an earlier run of the checks found out, used where nothing it depends on has changed.

The findings are exactly those of a run without it. The file is no truth: one that is missing,
damaged, of another version or not writable costs time, never the run.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kbtool.articles.checks.alike import features_of, holding, terms_of, told
from kbtool.articles.checks.alone import Alone
from kbtool.articles.checks.change import Change, finding_of, plain_finding
from kbtool.articles.checks.facts import Facts, Feature
from kbtool.articles.checks.links import Lead
from kbtool.articles.checks.shelf import Shelf, is_alive
from kbtool.articles.checks.store import MOST, CheckFile, DamagedError, Row, forget_checks, unsealed
from kbtool.articles.checks.texts import Texts
from kbtool.articles.files.records import article_from, record_of
from kbtool.articles.files.sections import Section
from kbtool.articles.files.store import Parsed, Source, parse_source, text_of
from kbtool.model import Article, Finding

_FEW = 20
"""So many articles may have changed, and one of so many, before all are compared anew."""

T = TypeVar("T")


def remembering(path: Path | None, stamp: str, work: Callable[[Memory | None], T]) -> T:
    """What ``work`` gives, with the memory in ``path`` if there can be one; it is kept for the
    next run.

    ``stamp`` says what else the findings about an article depend on: settings, our own code.
    """
    memory = _open(path, stamp) if path else None
    if path is None or memory is None:
        return work(None)
    with closing(memory):
        try:
            found = work(memory)
            memory.save()
            return found
        except (sqlite3.DatabaseError, DamagedError):
            pass
    forget_checks(path)
    return work(None)


def _open(path: Path, stamp: str) -> Memory | None:
    for _ in range(2):
        try:
            return Memory(CheckFile(path, stamp))
        except (sqlite3.OperationalError, OSError):  # busy, or not writable
            return None
        except (sqlite3.DatabaseError, DamagedError):
            forget_checks(path)
    return None


class _Known(NamedTuple):
    """An article whose file is as it was."""

    no: int
    alone: Alone
    mark: str


class _New(NamedTuple):
    """An article that was read, and what the next run need not find out."""

    no: int
    article: Article
    alone: Alone
    mark: str
    sections: Sequence[Section]
    facts: Facts | None
    features: Sequence[Feature]
    """Each once. An array, because of a large help centre there are millions."""


class Memory:
    """The memory of one run."""

    def __init__(self, file: CheckFile) -> None:
        """Raises sqlite3.DatabaseError and DamagedError, as all methods do."""
        self._file = file
        self._rows = file.rows()
        self._next = 1 + max((row.no for row in self._rows.values()), default=0)
        if self._next + len(self._rows) > MOST // 2:  # nearly all numbers were used once
            file.is_empty, self._rows, self._next = True, {}, 1
        self._read: dict[str, tuple[str, int]] = {}
        self._known: dict[str, _Known] = {}
        self._new: dict[str, _New] = {}
        self._gone: dict[str, Row] = {}
        self._change = Change()

    def close(self) -> None:
        """Drop what was not saved."""
        self._file.close()

    def parse(self, source: Source) -> Parsed:
        """The article in a file, as ``parse_source`` reads it."""
        row = self._rows.get(source.path)
        if row is not None and row.digest == source.digest:
            kept = unsealed(row.record, lambda kept: _restored(kept, source, row.no))
            self._known[source.path] = kept[1]
            return kept[0], ()
        article, findings = parse_source(source)
        if article is not None:
            self._read[source.path] = source.digest, len(text_of(source)) - len(article.body)
        return article, findings

    def alone(self, article: Article) -> Alone | None:
        """What the rules said about an article's own text; None when it is new."""
        known = self._known.get(article.path)
        return known.alone if known else None

    def mark(self, article: Article) -> str | None:
        """One short text for all that a translation of it is made from; None when it is new."""
        known = self._known.get(article.path)
        return known.mark if known else None

    def sections(self, article: Article) -> Sequence[Section] | None:
        """Its sections; None when it is new."""
        known = self._known.get(article.path)
        return self._file.sections(known.no) if known else None

    def facts(self, article: Article) -> Facts | None:
        """What it says; None when it is new."""
        known = self._known.get(article.path)
        return self._file.facts(known.no) if known else None

    def learn(self, article: Article, own: Alone, shelf: Shelf) -> None:
        """Keep what was found out about a new article."""
        facts = shelf.facts(article) if is_alive(article) else None
        self._new[article.path] = _New(
            self._next, article, own, shelf.mark(article), shelf.sections(article), facts,
            array("Q", features_of(article, facts) if facts else ()),
        )  # fmt: skip
        self._next += 1

    def alike(self, shelf: Shelf) -> Sequence[Finding]:
        """What ``alike_findings`` finds, once all articles are known or learnt."""
        self._gone = {
            path: row
            for path, row in self._rows.items()
            if path in self._new or path not in shelf.by_path
        }
        change = self._change = Change(
            numbers=[self._number(article) for article in shelf.alive],
            come={
                place: self._new[article.path].features
                for place, article in enumerate(shelf.alive)
                if article.path in self._new
            },
            gone={row.no: path for path, row in self._gone.items() if _facts_in(row)},
        )
        if not (self._file.is_empty or change.come or change.gone):
            return [finding_of(one) for one in self._file.note("alike")]
        terms = self._terms(shelf)
        texts = Texts(shelf, shelf.facts, terms)
        count = len(change.come) + len(change.gone)
        if self._file.is_empty or count > _FEW + len(shelf.alive) // _FEW:
            change.compare_all(texts, self._file)
        else:
            change.compare(texts, self._file)
        found = [*told(texts, (one.meeting for one in change.met.values()))]
        change.notes = {"alike": [plain_finding(one) for one in found], "terms": terms}
        return found

    def save(self) -> None:
        """Keep it all for the next run, unless the file is busy or the disk is full."""
        if not (self._file.is_empty or self._new or self._gone):
            return
        with suppress(sqlite3.OperationalError):
            if self._file.is_empty:
                self._file.clear()
            new, gone = self._new.values(), self._change.gone
            held = [(no, self._file.features(no)) for no in gone]
            self._file.drop_articles(row.no for row in self._gone.values())
            self._file.write_articles(
                ((one.no, one.article.path, *self._record(one)) for one in new),
                ((one.no, *_details(one), one.features) for one in new),
            )
            self._file.write_holders([(one.no, one.features) for one in new], held)
            self._change.write(self._file)
            self._file.commit()

    def _number(self, article: Article) -> int:
        new = self._new.get(article.path)
        return new.no if new else self._known[article.path].no

    def _terms(self, shelf: Shelf) -> dict[str, Counter[str]]:
        """How many articles of each language hold a term, now."""
        if self._file.is_empty:
            return holding(shelf)
        kept = self._file.note("terms")
        found = {lang: Counter[str](terms) for lang, terms in kept.items()}
        for row in self._gone.values():
            if lang := _facts_in(row):
                found[lang].subtract(terms_of(self._file.facts(row.no)))
        for new in self._new.values():
            if new.facts:
                found.setdefault(new.article.lang, Counter()).update(terms_of(new.facts))
        return {lang: +terms for lang, terms in found.items()}

    def _record(self, new: _New) -> tuple[str, list[Any]]:
        """(digest, what ``_restored`` makes the article of again)."""
        digest, start = self._read[new.article.path]
        record = record_of(new.article)
        return "" if record is None else digest, [
            new.article.lang if new.facts else "",
            record,
            start,
            [plain_finding(one) for one in new.alone.findings],
            new.alone.leads,
            new.mark,
        ]


def _restored(kept: Any, source: Source, no: int) -> tuple[Article, _Known]:
    _, record, start, findings, leads, mark = kept
    found = Alone(tuple(finding_of(one) for one in findings), tuple(Lead(*lead) for lead in leads))
    return article_from(record, text_of(source)[start:], source.path), _Known(no, found, mark)


def _facts_in(row: Row) -> str:
    """The language of an article that was held against others; empty when it was not."""
    return unsealed(row.record, lambda kept: str(kept[0]))


def _details(new: _New) -> tuple[Any, Any]:
    """(its sections, its facts), which the constructors take."""
    sections = [(one.name, one.title, one.line, one.sha) for one in new.sections]
    if (facts := new.facts) is None:
        return sections, None
    return sections, (
        facts.lines, facts.texts, facts.terms, facts.denied, facts.claims, facts.paths
    )  # fmt: skip
