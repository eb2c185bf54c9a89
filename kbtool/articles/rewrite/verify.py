"""The judge of a model's sentences, without a model: what the evidence does not carry is dropped.

Every rule errs on the strict side. A good sentence that falls costs nothing, because the agents'
own sentence stands in its place; a false one that passes would be published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kbtool.articles.draft.questions import PersonalData
from kbtool.articles.rewrite.facts import HOLE, Facts, Number, alike, among, facts_of, undressed
from kbtool.articles.rewrite.records import Dropped, Kind, Line, Proposal
from kbtool.text import get_language, identify_language, lower, sentences, term
from kbtool.text.promises import opposite

SHARED = 0.6
"""Share of a sentence's terms that its evidence must hold, and the other way round."""
SHARED_SHORT = 0.75
SHORT = 5
"""Terms below which ``SHARED_SHORT`` counts: one other word of three is another statement."""
MOST_CITED = 3
"""Sentences that one may stand for; who cites all of them can mix any two facts."""
NEW_RUN = 3
"""So many new terms in a row are a clause that nobody said."""
LONGEST = 600
"""Characters of a sentence."""
_NEAR = 0.5


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
    return reason or _lost(judge.lang, alone.facts[0], [found], "the title")


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
        _new_things(judge.lang, found, cited, marked),
        _new_numbers(judge.lang, found, cited),
        _new_meaning(judge, found, cited),
        _new_words(judge.lang, found, cited),
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


def _new_things(
    lang: str, found: Facts, cited: Sequence[Facts], marked: Iterable[str]
) -> Iterator[str]:
    """Addresses, holes, labels, paths, names and signs that no cited sentence has."""
    for what, mine in (("address", found.addresses), ("placeholder", found.holes)):
        theirs = frozenset().union(*(getattr(c, _FIELDS[what]) for c in cited))
        yield from (f"the {what} {one} is not in its evidence" for one in sorted(mine - theirs))
    for label in sorted(found.quoted.union(marked)):
        if not any(_holds(one.text, label) for one in cited):
            yield f"the label “{label}” is not in its evidence"
    theirs = frozenset(path for one in cited for path in one.paths)
    yield from (f"the menu path {p} is not in its evidence" for p in sorted(found.paths - theirs))
    if found.loose_arrow:
        yield "a menu path in it is not in its evidence"
    known = frozenset(name for one in cited for name in one.names)
    plain = " ".join(one.text for one in cited)
    for name in sorted(found.names):
        if not _holds(plain, name) and not any(_same_name(name, one, lang) for one in known):
            yield f"the name {name} is not in its evidence"
    signs = found.signs.difference(*(one.signs for one in cited))
    yield from (f"the sign {sign} is not in its evidence" for sign in sorted(signs))


_FIELDS = {"address": "addresses", "placeholder": "holes"}


def _new_numbers(lang: str, found: Facts, cited: Sequence[Facts]) -> Iterator[str]:
    """Numbers that no cited sentence has, that count something else there, or changed places."""
    for number in found.numbers:
        same = [one for one in cited if any(number.value == n.value for n in one.numbers)]
        if not same:
            yield f"the number {number.value} is not in its evidence"
        elif not any(_is_counted(number, one, lang) for one in same):
            yield f"{number.value} counts something else in its evidence"
        elif len(cited) > 1 and not any(_is_about(number, one, cited, lang) for one in same):
            yield f"{number.value} is said of something else in its evidence"
    for one in cited:
        values = {number.value for number in one.numbers}
        if len(values & {n.value for n in found.numbers}) > 1 and not _same_order(found, one, lang):
            yield "its numbers stand in another order than in its evidence"


def _is_counted(number: Number, source: Facts, lang: str) -> bool:
    return any(n.value == number.value and alike(n.unit, number.unit, lang) for n in source.numbers)


def _is_about(number: Number, source: Facts, cited: Sequence[Facts], lang: str) -> bool:
    """Whether what stands around a number is mostly what stands around it in ``source``."""
    known = [t for t in number.near if any(among(t, one.terms, lang) for one in cited)]
    own = [t for t in known if among(t, source.terms, lang)]
    return len(own) >= _NEAR * len(known)


def _same_order(found: Facts, source: Facts, lang: str) -> bool:
    """Whether the words and numbers that both have once come in the same order."""
    theirs = [w for w in source.words if source.words.count(w) == 1]
    mine = [w for w in found.words if found.words.count(w) == 1 and w in theirs]
    weighty = frozenset(source.terms)
    kept = [w for w in mine if w[0].isdigit() or any(alike(w, t, lang) or w == t for t in weighty)]
    places = [theirs.index(w) for w in kept]
    return all(a < b for a, b in pairwise(places))


def _new_meaning(judge: Judge, found: Facts, cited: Sequence[Facts]) -> Iterator[str]:
    """A "not", a limit, an amount or an opposite that no cited sentence has."""
    rest = [about for one in cited for about in one.negated]
    for about in found.negated:
        match = next((one for one in rest if alike(one, about, judge.lang)), None)
        if match is None:
            yield "it says “not” of something that its evidence affirms"
            return
        rest.remove(match)
    theirs = frozenset(q for one in cited for q in one.qualifiers)
    for word in sorted(found.qualifiers - theirs):
        yield f"“{word.rstrip('-')}” is not in its evidence"
    source = [word for one in cited for word in one.words]
    if turned := opposite(found.words, source, judge.lang):
        yield f"“{turned}” says the opposite of its evidence"


def _new_words(lang: str, found: Facts, cited: Sequence[Facts]) -> Iterator[str]:
    """Too many terms, or a whole clause, that no cited sentence has."""
    known = frozenset(t for one in cited for t in one.terms)
    held = [among(t, known, lang) for t in found.terms]
    if not held:
        yield "it says nothing"
    elif not _enough(sum(held), len(held)):
        yield f"only {sum(held)} of its {len(held)} terms are in its evidence"
    if "1" * NEW_RUN in "".join("0" if one else "1" for one in held):
        yield "it adds a clause that its evidence does not have"


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
    if not _acts_in_order(found, cited):
        yield "its steps are in another order than in its evidence"
    if judge.personal_data(text):
        yield "it looks as if it held personal data"


def _acts_in_order(found: Facts, cited: Sequence[Facts]) -> bool:
    """Whether the steps that a sentence joins come in the order of its evidence."""
    source = [act for one in cited for act in one.acts]
    once = [act for act in found.acts if source.count(act) == 1 == found.acts.count(act)]
    return all(source.index(a) < source.index(b) for a, b in pairwise(once)) and _in_turn(
        found, cited
    )


def _in_turn(found: Facts, cited: Sequence[Facts]) -> bool:
    """Whether what only one cited sentence says stands, on the whole, before what the next says."""
    middles = []
    for one in cited:
        others = {t for other in cited if other is not one for t in other.terms}
        places = [i for i, t in enumerate(found.terms) if t in one.terms and t not in others]
        if places:
            middles.append(sum(places) / len(places))
    return all(a < b for a, b in pairwise(middles))


def _complete(
    judge: Judge, standing: list[tuple[Proposal, Facts]], dropped: list[Dropped]
) -> list[tuple[Proposal, Facts]]:
    """Without the sentences of every line that they leave a part of unsaid, to a fixed point."""
    while True:
        reasons: dict[int, str] = {}
        for id_ in sorted({id_ for one, _ in standing for id_ in one.ids}):
            said = [facts for one, facts in standing if id_ in one.ids]
            if reason := _lost(judge.lang, judge.facts[id_], said, f"E{id_ + 1}"):
                reasons[id_] = reason
        if not reasons:
            return standing
        for one, _ in standing:
            if reason := next((reasons[id_] for id_ in one.ids if id_ in reasons), None):
                dropped.append(Dropped(one.text, one.ids, reason))
        standing = [pair for pair in standing if reasons.keys().isdisjoint(pair[0].ids)]


def _lost(lang: str, line: Facts, said: Sequence[Facts], name: str) -> str | None:
    """What of a line its sentences leave unsaid, as a reason; None when they say all."""
    for number in line.numbers:
        if not any(_is_counted(number, one, lang) for one in said):
            return f"it leaves out {number.value} of {name}"
    for field in ("addresses", "holes", "paths", "qualifiers"):
        missing = getattr(line, field).difference(*(getattr(one, field) for one in said))
        if missing:
            return f"it leaves out “{min(missing).rstrip('-')}” of {name}"
    for label in sorted(line.quoted):
        if not any(_holds(one.text, label) for one in said):
            return f"it leaves out “{label}” of {name}"
    rest = [about for one in said for about in one.negated]
    if any(not any(alike(about, one, lang) for one in rest) for about in line.negated):
        return f"it leaves out a “not” of {name}"
    terms = frozenset(t for one in said for t in one.terms)
    words = frozenset(word for one in said for word in one.words)
    for word in sorted(line.names):
        if not any(_same_name(word, one, lang) for one in words):
            return f"it leaves out “{word}” of {name}"
    own = dict.fromkeys(line.terms)
    held = sum(among(t, terms, lang) for t in own)
    return None if _enough(held, len(own)) else f"it says only a part of {name}"


def _once(
    judge: Judge, standing: Sequence[tuple[Proposal, Facts]], dropped: list[Dropped]
) -> Iterator[Proposal]:
    """Each statement once: what others say already falls."""
    kept = list(standing)
    for pair in reversed(standing):
        others = [one for one in kept if one is not pair]
        if all(_is_said(judge, id_, others) for id_ in pair[0].ids):
            kept = others
            dropped.append(Dropped(pair[0].text, pair[0].ids, "it repeats another sentence"))
    yield from (proposal for proposal, _ in kept)


def _is_said(judge: Judge, id_: int, others: Sequence[tuple[Proposal, Facts]]) -> bool:
    said = [facts for one, facts in others if id_ in one.ids]
    return bool(said) and _lost(judge.lang, judge.facts[id_], said, "") is None


def _enough(held: int, total: int) -> bool:
    return held >= (SHARED_SHORT if total < SHORT else SHARED) * total


def _holds(text: str, piece: str) -> bool:
    """Whether ``piece`` stands in ``text`` letter for letter and not inside a longer word."""
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) is not None


def _same_name(one: str, other: str, lang: str) -> bool:
    """Whether two words are one name: the same letters, or inflected where endings are many."""
    mine, theirs = lower(one, lang), lower(other, lang)
    if get_language(lang).stemmer is not None:
        return mine == theirs
    return alike(term(mine, lang), term(theirs, lang), lang)
