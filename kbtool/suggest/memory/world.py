"""How things stand: what was done about a suggestion is seen by what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import TypeAlias

from kbtool.model import PUBLIC, Article, Suggestion, SuggestionKind
from kbtool.suggest.coverage import family
from kbtool.suggest.memory.records import Basis, Decision
from kbtool.suggest.waking import Rejection
from kbtool.suggest.wordings.shelf import Synonyms
from kbtool.text import plain_terms

DRAFTS = frozenset({"draft", "review"})
Done: TypeAlias = tuple[str, date | None]
"""(what was done, the day from which readers have it; None before that)."""


@dataclass(frozen=True)
class World:
    """The articles, settings and rejections of today."""

    now: datetime
    articles: Mapping[str, Article]
    """All there are, by id."""
    forwarded: Mapping[str, str] = field(default_factory=dict)
    """Topics that were merged → the one that holds their tickets now."""
    rejections: Mapping[str, Rejection] = field(default_factory=dict)
    """By what was rejected: a topic, a line, a kind with its target."""
    pinned: frozenset[str] = frozenset()
    synonyms: Mapping[str, Synonyms] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    """How many readers each article failed so far."""

    def basis(self, found: Suggestion) -> Basis:
        """What to compare with later."""
        article = self.articles.get(found.article or "")
        lang = found.languages[0][0] if found.languages else ""
        query = (lang, *_terms(found.question, lang)) if found.own else ()
        return Basis(
            digest=digest(article) if article else "",
            questions=len(article.also_asked) if article else 0,
            linking=self._linking(article.id) if article and found.kind == "promote" else 0,
            pinned=found.article in self.pinned,
            langs=found.langs,
            lines=tuple((p.id, p.article or "", p.lang, p.text) for p in found.proposals),
            query=query,
        )

    def done(self, one: Decision) -> Done | None:
        """What was done about it; None while nothing was."""
        ways: Mapping[SuggestionKind, Callable[[Decision], Done | None]] = {
            "write": self._written,
            "fix": self._mended,
            "wording": self._worded,
            "translate": self._translated,
            "promote": self._promoted,
            "retire": self._archived,
        }
        way = ways.get(one.kind)
        return way(one) if way else None

    def rejected(self, one: Decision) -> Rejection | None:
        """The rejection that is about it: of itself, its topic, or all its lines."""
        topic = self._now(one.topic or one.target)
        names = [one.key, one.target] if one.article else [one.key, one.topic or one.target, topic]
        for name in names:
            if name in self.rejections:
                return self.rejections[name]
        lines = [self.rejections.get(line) for line, *_ in one.basis.lines]
        known = [line for line in lines if line is not None]
        return max(known, key=lambda r: r.at) if known and len(known) == len(lines) else None

    def _linking(self, name: str) -> int:
        """How many other articles that readers can open name this one."""
        public = (a for a in self.articles.values() if a.status in PUBLIC and a.id != name)
        return sum(name in other.body for other in public)

    def _now(self, topic: str) -> str:
        return self.forwarded.get(topic, topic)

    def _since(self, article: Article, one: Decision) -> date:
        """From when on readers have it: its own day where that can be, else when it was first seen."""
        days = [day for day in (article.updated, article.published) if day is not None]
        fit = [day for day in days if one.shown.date() <= day <= self.now.date()]
        return min(fit, default=self.now.date())

    def _best(self, found: Iterable[Article], one: Decision) -> Done | None:
        """That readers have one of these articles; else that one is drafted."""
        own = sorted(found, key=lambda a: a.id)
        public = [a for a in own if a.status in PUBLIC]
        if public:
            return "published", min(self._since(a, one) for a in public)
        return ("drafted", None) if any(a.status in DRAFTS for a in own) else None

    def _written(self, one: Decision) -> Done | None:
        if one.topic is not None:
            topic = self._now(one.topic)
            return self._best(
                (a for a in self.articles.values() if a.topic and self._now(a.topic) == topic), one
            )
        lang, *terms = one.basis.query or ("",)
        asked = (a for a in self.articles.values() if not lang or a.lang == lang)
        return self._best((a for a in asked if terms and _asks(a).issuperset(terms)), one)

    def _mended(self, one: Decision) -> Done | None:
        article = self.articles.get(one.target)
        if article is not None and article.status in PUBLIC:
            changed = digest(article) != one.basis.digest
            return ("mended", self._since(article, one)) if changed else None
        return self._archived(one)

    def _worded(self, one: Decision) -> Done | None:
        there = any(self._stands(*line) for line in one.basis.lines)
        return ("wording added", self.now.date()) if there else None

    def _stands(self, _: str, name: str, lang: str, text: str) -> bool:
        """Whether a proposed line stands where it was to be added."""
        if name:
            article = self.articles.get(name)
            wanted = _terms(text, lang)
            asked = article.also_asked if article else ()
            return any(_terms(one, lang) == wanted for one in asked)
        left, _arrow, right = text.partition(" → ")
        pair = (_terms(left, lang), _terms(right, lang))
        known = self.synonyms.get(lang, ())
        return any((_terms(" ".join(a), lang), _terms(" ".join(b), lang)) == pair for a, b in known)

    def _translated(self, one: Decision) -> Done | None:
        article = self.articles.get(one.article or "")
        if article is None:
            return None
        own = family(article)
        there = (
            a for a in self.articles.values() if family(a) == own and a.lang in one.basis.langs
        )
        found = self._best(there, one)
        return found and ("translated" if found[1] else "drafted", found[1])

    def _promoted(self, one: Decision) -> Done | None:
        article = self.articles.get(one.target)
        if article is None:
            return None
        today = self.now.date()
        if article.id in self.pinned and not one.basis.pinned:
            return "pinned", today
        if len(article.also_asked) > one.basis.questions:
            return "wording added", today
        return ("linked", today) if self._linking(article.id) > one.basis.linking else None

    def _archived(self, one: Decision) -> Done | None:
        article = self.articles.get(one.target)
        gone = article is not None and article.status == "archived"
        return ("archived", self.now.date()) if gone else None


def digest(article: Article) -> str:
    """A hash of what an article says: its title and text."""
    return sha256(f"{article.title}\n{article.body}".encode()).hexdigest()[:16]


def _asks(article: Article) -> set[str]:
    return set(plain_terms("\n".join((article.title, *article.also_asked)), article.lang))


def _terms(text: str, lang: str) -> tuple[str, ...]:
    return tuple(sorted(set(plain_terms(text, lang))))
