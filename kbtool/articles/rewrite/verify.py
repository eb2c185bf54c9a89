"""The judge of a model's sentences, without a model: what the evidence does not carry is dropped.

Every rule errs on the strict side. A good sentence that falls costs nothing, because the agents'
own sentence stands in its place; a false one that passes would be published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kbtool.articles.draft.questions import PersonalData
from kbtool.articles.rewrite.facts import HOLE, Facts, among, facts_of, undressed
from kbtool.articles.rewrite.records import Dropped, Kind, Line, Proposal
from kbtool.articles.rewrite.rules import (
    acts_in_order,
    new_meaning,
    new_numbers,
    new_things,
    new_words,
    what_is_lost,
)
from kbtool.text import identify_language, sentences

MOST_CITED = 3
"""Sentences that one may stand for; who cites all of them can mix any two facts."""
LONGEST = 600
"""Characters of a sentence."""


@dataclass(frozen=True)
class Judge:
    """What judging needs to know beside the sentences."""

    lang: str
    languages: Sequence[str]
    """All of the knowledge base: a sentence in another one is dropped."""
    labels: Mapping[str, int]
    """Where menu paths end, see ``menu_labels``."""
    personal_data: PersonalData
    kind_of: Callable[[Line, str], Kind]
    """The kind that a sentence would have in the draft, said in place of a line."""
    lines: Sequence[Line]
    """The evidence; line n is E(n+1)."""

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """Each line taken apart."""
        return tuple(facts_of(line.text, self.lang, self.labels) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The proposals that stand, in the order of the evidence, and those that fell."""

    kept: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...]

    @property
    def covered(self) -> frozenset[int]:
        """The evidence lines that the kept sentences say."""
        return frozenset(id_ for one in self.kept for id_ in one.ids)


def verify(judge: Judge, proposals: Sequence[Proposal]) -> Verdict:
    """Which proposals say what their evidence says, all of it and nothing else.

    Pure: no clock, no network, no model; the order of the answer counts only within a line.
    """
    dropped: list[Dropped] = []
    standing: list[tuple[Proposal, Facts]] = []
    for proposal in proposals:
        text, marked = undressed(proposal.text)
        found = facts_of(text, judge.lang, judge.labels)
        if reason := _fault(judge, proposal, found, marked):
            dropped.append(Dropped(text, proposal.ids, reason))
        else:
            standing.append((Proposal(text, tuple(sorted(set(proposal.ids)))), found))
    standing.sort(key=lambda one: one[0].ids)
    standing = _complete(judge, standing, dropped)
    return Verdict(tuple(_once(judge, standing, dropped)), tuple(dropped))


def title_fault(judge: Judge, drafted: str, title: str) -> str | None:
    """Why ``title`` may not stand for the title as drafted; None when it may."""
    text, marked = undressed(title)
    line = Line(drafted, "fact")
    alone = Judge(
        judge.lang, judge.languages, judge.labels, judge.personal_data,
        lambda _line, _text: "fact", (line,),
    )  # fmt: skip
    found = facts_of(text, judge.lang, judge.labels)
    if text.endswith("?") != drafted.endswith("?"):
        return "a question must stay one, and a statement too"
    reason = _fault(alone, Proposal(text, (0,)), found, marked)
    return reason or what_is_lost(judge.lang, alone.facts[0], [found], "the title")


def _fault(judge: Judge, proposal: Proposal, found: Facts, marked: frozenset[str]) -> str | None:
    """The first reason to drop a proposal; None when its evidence carries it."""
    if reason := _bad_ids(judge, proposal):
        return reason
    cited = [judge.facts[id_] for id_ in dict.fromkeys(proposal.ids)]
    if not found.text or not found.words:
        return "it says nothing"
    if len(found.text) > LONGEST:
        return f"longer than {LONGEST} characters"
    kind = judge.lines[proposal.ids[0]].kind
    if proposal.kind not in (None, kind):
        return f"E{proposal.ids[0] + 1} is a {kind}, not a {proposal.kind}"
    checks: tuple[Iterator[str], ...] = (
        new_things(judge.lang, found, cited, marked),
        new_numbers(judge.lang, found, cited),
        new_meaning(judge.lang, found, cited),
        new_words(judge.lang, found, cited),
        _other_form(judge, proposal, found, cited),
    )
    return next((reason for check in checks for reason in check), None)


def _bad_ids(judge: Judge, proposal: Proposal) -> str | None:
    ids = proposal.ids
    if not ids:
        return "it names no evidence"
    unknown = [id_ for id_ in ids if not 0 <= id_ < len(judge.lines)]
    if unknown:
        return f"there is no E{unknown[0] + 1}"
    if len(set(ids)) > MOST_CITED:
        return f"it names more than {MOST_CITED} sentences as evidence"
    kinds = {judge.lines[id_].kind for id_ in ids}
    if len(kinds) > 1:
        return f"it mixes a {' and a '.join(sorted(kinds))}"
    (kind,) = kinds
    between = set(range(min(ids), max(ids))) - set(ids)
    if any(kind == "fact" or judge.lines[id_].kind == kind for id_ in between):
        return "it joins sentences that are not neighbours"
    return None


def _other_form(
    judge: Judge, proposal: Proposal, found: Facts, cited: Sequence[Facts]
) -> Iterator[str]:
    """Another language, kind or order, several sentences in one, or something personal."""
    lang, text = judge.lang, HOLE.sub(" ", found.text)
    said = max(len(sentences(one.text)) for one in cited)
    if len(sentences(found.text)) > said:
        yield "it is more than one sentence"
    line = judge.lines[proposal.ids[0]]
    if (kind := judge.kind_of(line, found.text)) != line.kind:
        yield f"it turns a {line.kind} into a {kind}"
    source = " ".join(one.text for one in cited)
    told = identify_language(text, (lang, *judge.languages))[0]
    if told not in (None, lang) and identify_language(source, (lang, *judge.languages))[0] != told:
        yield f"it is not in the draft's language ({told}, not {lang})"
    if not acts_in_order(found, cited):
        yield "its steps are in another order than in its evidence"
    if judge.personal_data(text):
        yield "it looks as if it held personal data"


def _complete(
    judge: Judge, standing: list[tuple[Proposal, Facts]], dropped: list[Dropped]
) -> list[tuple[Proposal, Facts]]:
    """Without the sentences of every line that they leave a part of unsaid, to a fixed point."""
    while True:
        reasons: dict[int, str] = {}
        for id_ in sorted({id_ for one, _ in standing for id_ in one.ids}):
            said = [facts for one, facts in standing if id_ in one.ids]
            if reason := what_is_lost(judge.lang, judge.facts[id_], said, f"E{id_ + 1}"):
                reasons[id_] = reason
        if not reasons:
            return standing
        for one, _ in standing:
            if reason := next((reasons[id_] for id_ in one.ids if id_ in reasons), None):
                dropped.append(Dropped(one.text, one.ids, reason))
        standing = [pair for pair in standing if reasons.keys().isdisjoint(pair[0].ids)]


def _once(
    judge: Judge, standing: Sequence[tuple[Proposal, Facts]], dropped: list[Dropped]
) -> Iterator[Proposal]:
    """Each statement once: what others say already falls."""
    kept = list(standing)
    for pair in reversed(standing):
        others = [one for one in kept if one is not pair]
        if all(_is_said(judge, id_, others, pair[1]) for id_ in pair[0].ids):
            kept = others
            dropped.append(Dropped(pair[0].text, pair[0].ids, "it repeats another sentence"))
    yield from (proposal for proposal, _ in kept)


def _is_said(judge: Judge, id_: int, others: Sequence[tuple[Proposal, Facts]], own: Facts) -> bool:
    """Whether others say a line whole, and with it every word of one more sentence about it."""
    said = [facts for one, facts in others if id_ in one.ids]
    line = judge.facts[id_]
    known = frozenset(t for one in said for t in one.terms)
    left = [t for t in own.terms if among(t, line.terms, judge.lang)]
    return (
        bool(said)
        and what_is_lost(judge.lang, line, said, "") is None
        and all(among(t, known, judge.lang) for t in left)
    )
