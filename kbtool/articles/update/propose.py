"""The smallest changes to an article that let it say what agents answer by now.

A fact that changed is changed in the sentence that holds it, and nothing else of that sentence;
a sentence that a person wrote is never taken out. Where agents do not agree, a conflict block asks
a person. What agents add goes where they say it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from kbtool.articles.agreeing.conflicts import Conflict, find_conflicts
from kbtool.articles.agreeing.order import in_order
from kbtool.articles.agreeing.support import Group, Replies
from kbtool.articles.draft.compose import evidence_of
from kbtool.articles.draft.render import LinkTo, is_step, sentence
from kbtool.articles.draft.render import body as drafted
from kbtool.articles.saying.paths import menu_labels
from kbtool.articles.saying.phrases import is_condition
from kbtool.articles.saying.replies import ArticleOf
from kbtool.articles.update.against import (
    Contradiction,
    backing,
    contradictions,
    in_language,
    reason_of,
    statements,
)
from kbtool.articles.update.basis import Origin, days_known, origins
from kbtool.articles.update.edits import has_steps, put_behind, put_in, replaced, without
from kbtool.articles.update.facts import pair, with_fact, with_phrase
from kbtool.articles.update.news import missing
from kbtool.articles.update.passages import Body, read_body
from kbtool.articles.update.paths import names, renamed
from kbtool.model import Article, Evidence

MOST_ROUNDS = 20
"""A sentence may hold several facts that changed; each round mends one of them."""

ChangeKind: TypeAlias = Literal["replace", "remove", "conflict", "add"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a body, and who says so."""

    kind: ChangeKind
    line: int
    """1-based line of the body as it was."""
    old: str
    """The plain sentence that changes; empty of one that is added."""
    new: str
    """What agents say, plain; empty of one that is taken out."""
    reason: str
    now: Group
    """Who says the new."""
    here: Group | None = None
    """Who says, or said, the old."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An article as it could be, and what was changed, in the order of its lines."""

    article: Article
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """How links are read and written, and what day it is."""

    article_of: ArticleOf
    link_to: LinkTo
    today: date


def propose(article: Article, replies: Replies, hand: Hand) -> Proposal:
    """What to change in ``article`` so that it says what ``replies`` support.

    ``replies`` are the public replies to what it answers, in all languages. Proposing again for
    the proposed article changes nothing.
    """
    proposer = _Proposer(article, replies, hand)
    changes: list[Change] = []
    current = article
    seen = {article.body}
    for _ in range(MOST_ROUNDS):
        found = proposer.mend(current) or proposer.add(current)
        if found is None or found.article.body in seen:
            break
        seen.add(found.article.body)
        origin = _lines_of(article.body, current.body)
        changes += [replace(one, line=origin(one.line)) for one in found.changes]
        current = replace(found.article, updated=hand.today)
    changes.sort(key=lambda change: change.line)
    return Proposal(current, tuple(changes))


@dataclass(frozen=True, slots=True)
class _Mended:
    """A body with one sentence mended."""

    kind: ChangeKind
    body: str
    evidence: Evidence | None
    """Of what is new in it."""


class _Proposer:
    """Reads what agents say once, and makes the changes of one round after the other."""

    def __init__(self, first: Article, replies: Replies, hand: Hand) -> None:
        """``first`` is the article as it was: what it rests on tells what is newer, in all rounds."""
        self.first = first
        self.replies = replies
        self.lang = replies.lang
        self.hand = hand
        self.spoken = in_language(replies)
        self.labels = menu_labels((s.text for one in self.spoken for s in one), self.lang)

    # --- sentences that agents contradict --------------------------------------------------------

    def mend(self, article: Article) -> Proposal | None:
        """The article with contradicted sentences mended; None when there are none.

        All that stay where they are, from the last to the first, or the first one that does not:
        blocks have moved then, and the others are mended in the next round.
        """
        body = read_body(article.body, self.lang, self.hand.article_of)
        known = origins(article, body)
        changes: list[Change] = []
        moving: tuple[Contradiction, _Mended] | None = None
        made, now = article, body
        for one in reversed(self._contradicted(article, body, known)):
            found = self._mended(one, now, known[one.passage], article)
            if found is not None and found.kind == "replace":
                changes.append(self._change(one, found, body))
                made = _changed(made, found, known[one.passage])
                now = replace(now, text=found.body)
            elif found is not None:
                moving = one, found
        if not changes and moving:
            one, found = moving
            changes.append(self._change(one, found, body))
            made = _changed(made, found, known[one.passage])
        return Proposal(made, tuple(changes)) if changes else None

    def _contradicted(
        self, article: Article, body: Body, known: Sequence[Origin]
    ) -> list[Contradiction]:
        """Contradictions by newer tickets, and by those that were there already but never shown.

        Those that stand in a conflict block are shown.
        """
        own = statements(article.id, body, self.lang)
        shown = [
            [said]
            for said, passage in zip(own, body.passages, strict=True)
            if body.kind(passage) == "conflict"
        ]
        blocks = Replies(shown, self.lang)
        days = days_known(self.first, known)
        found = {c.passage: c for c in contradictions(body, own, self.replies, days)}
        refs = {ref for one in self.first.evidence for ref in one.sources}
        for one in contradictions(body, own, self.replies, [None] * len(own)):
            if one.passage not in found and refs.isdisjoint(s.ref for s in one.now.sources):
                found[one.passage] = one
        return [
            one for _, one in sorted(found.items()) if not blocks.supporting(one.now.said).sources
        ]

    def _mended(
        self, found: Contradiction, body: Body, origin: Origin, article: Article
    ) -> _Mended | None:
        """The body with a contradicted sentence mended; None when agents' words may not be shown."""
        passage, now = body.passages[found.passage], found.now.said
        if found.settled and passage.exact:
            changed = self._with_fact(found, body.raw(passage), passage.text)
            if changed is not None and self.replies.may_show(changed):
                old = [article.evidence[n].text for n in origin.evidence[:1] if origin.drafted]
                text = self._with_fact(found, old[0], old[0]) if old else None
                evidence = evidence_of(found.now)
                evidence = replace(evidence, text=text) if text else evidence
                return _Mended("replace", replaced(body, passage, changed), evidence)
            if origin.drafted and found.may_show and now.lang == self.lang:
                raw = sentence(now.text, self.lang, self.hand.link_to, self.labels)
                return _Mended("replace", replaced(body, passage, raw), evidence_of(found.now))
            if origin.drafted:
                return _Mended("remove", without(body, passage), None)
        if not found.may_show:
            return None
        sides = sorted((found.now, found.here), key=_newest_first)
        text = put_behind(body, passage, self._block(Conflict(tuple(sides), found.unit)))
        if origin.drafted and passage.exact:  # the block says it, with the other side
            text = without(replace(body, text=text), passage)
        return _Mended("conflict", text, evidence_of(found.now))

    def _with_fact(self, found: Contradiction, raw: str, text: str) -> str | None:
        """A sentence's Markdown with the one fact changed that agents say otherwise."""
        if found.paths:
            return with_phrase(raw, text, *found.paths)
        claims = pair(found.here.said, found.now.said, found.unit, self.lang)
        return with_fact(raw, text, *claims, self.lang) if claims else None

    def _block(self, conflict: Conflict) -> str:
        """A conflict block as drafts have it."""
        group = conflict.sides[0]
        return self._drafted(group, {group.said.ref: conflict})

    def _drafted(self, group: Group, conflicts: Mapping[str, Conflict]) -> str:
        shown = drafted([group], conflicts, self.lang, self.hand.link_to, (), self.labels)
        return shown.rstrip("\n")

    def _change(self, one: Contradiction, found: _Mended, body: Body) -> Change:
        passage = body.passages[one.passage]
        new = "" if found.kind == "remove" else one.now.said.text
        reason = reason_of(one, self.lang)
        line = body.line(passage.start)
        return Change(found.kind, line, passage.text, new, reason, one.now, one.here)

    # --- what agents add -------------------------------------------------------------------------

    def add(self, article: Article) -> Proposal | None:
        """The article with the sentences that agents add; None when there are none."""
        body = read_body(article.body, self.lang, self.hand.article_of)
        own = statements(article.id, body, self.lang)
        said = [self.replies.supporting(one) for one in own]
        wanted = self._apart(missing(article, own, self.replies), said)
        conflicts = find_conflicts(wanted, self.replies.said, self.lang)
        order = in_order([*(group for group in said if group.sources), *wanted])
        rank = {group.said.ref: float(at) for at, group in enumerate(order)}
        places = {g.said.text: rank[g.said.ref] for g in said if g.sources}
        wanted.sort(key=lambda group: rank[group.said.ref])
        steps = sum(self._is_step(g) and g.said.ref not in conflicts for g in wanted)
        changes: list[Change] = []
        made, shown = article, set[int]()
        for group in wanted:
            conflict = conflicts.get(group.said.ref)
            if conflict and id(conflict) in shown:
                continue
            shown.add(id(conflict))
            placed = replace(group, place=rank[group.said.ref])
            text = self._put(body, placed, conflict, places, steps)
            changes.append(_addition(group, conflict, _first_difference(body.text, text)))
            sides = conflict.sides if conflict else (group,)
            made = replace(made, evidence=(*made.evidence, *map(evidence_of, sides)))
            before = {p.text for p in body.passages}
            body = read_body(text, self.lang, self.hand.article_of)
            places |= {p.text: placed.place for p in body.passages if p.text not in before}
        return Proposal(replace(made, body=body.text), tuple(changes)) if changes else None

    def _apart(self, wanted: Sequence[Group], own: Sequence[Group]) -> list[Group]:
        """Those that are no other side of something that the article states: a person chose."""
        sides = {
            source.ref
            for conflict in find_conflicts(own, self.replies.said, self.lang).values()
            for side in conflict.sides
            for source in side.sources
        }
        gone = [one.old for one in renamed(self.spoken, self.lang)]
        return [
            group
            for group in wanted
            if group.said.ref not in sides
            and not any(names(group.said.text, path) for path in gone)
        ]

    def _put(
        self,
        body: Body,
        group: Group,
        conflict: Conflict | None,
        places: Mapping[str, float],
        steps: int,
    ) -> str:
        """The body with a sentence of agents where it belongs; ``steps`` are all that are put in."""
        lang, place = self.lang, group.place
        if conflict:
            return put_in(body, self._block(conflict), "conflict", place, places, lang)
        if is_condition(group.said.text, lang):
            return put_in(body, self._drafted(group, {}), "note", place, places, lang)
        text = sentence(group.said.text, lang, self.hand.link_to, self.labels)
        if self._is_step(group) and has_steps(body, places):
            return put_in(body, text, "step", place, places, lang)
        if self._is_step(group) and steps > 1:  # they become a list
            return put_in(body, f"1. {text}", "block", place, places, lang)
        return put_in(body, text, "fact", place, places, lang)

    def _is_step(self, group: Group) -> bool:
        return is_step(group, self.lang) and not is_condition(group.said.text, self.lang)


def _changed(article: Article, found: _Mended, origin: Origin) -> Article:
    """The article with what was mended: a sentence that was changed rests on what is new."""
    evidence = article.evidence
    if found.evidence and found.kind == "replace" and len(origin.evidence) == 1:
        at = origin.evidence[0]
        evidence = (*evidence[:at], found.evidence, *evidence[at + 1 :])
    elif found.evidence:
        evidence = (*evidence, found.evidence)
    return replace(article, body=found.body, evidence=evidence)


def _addition(group: Group, conflict: Conflict | None, line: int) -> Change:
    told = "agents add this and do not agree" if conflict else "agents add this"
    kind: ChangeKind = "conflict" if conflict else "add"
    return Change(kind, line, "", group.said.text, f"{told} ({backing(group)})", group)


def _newest_first(side: Group) -> tuple[int, int]:
    return -(side.last_seen or date.min).toordinal(), -side.tickets


def _first_difference(old: str, new: str) -> int:
    """The 1-based line of ``old`` from which on ``new`` differs."""
    pairs = zip(old.split("\n"), new.split("\n"), strict=False)
    last = old.count("\n") + 1
    return next((n for n, (one, other) in enumerate(pairs, start=1) if one != other), last)


def _lines_of(old: str, new: str) -> Callable[[int], int]:
    """Line of ``new`` → the line of ``old`` that it was, or that was before it."""
    matcher = SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False)
    blocks = matcher.get_matching_blocks()

    def origin(line: int) -> int:
        found = 1
        for block in blocks:
            if block.b < line and block.size:
                found = block.a + min(line - block.b, block.size)
        return found

    return origin
