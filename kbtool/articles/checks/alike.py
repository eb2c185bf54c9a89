"""Articles that contradict each other, ask the same or say the same: one finding for each two.

Nothing is compared with everything: articles meet in features that only few of them have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.contradictions import (
    LEAST_TELLING,
    Counted,
    Led,
    Pairs,
    SaidAt,
    another_way,
    denials,
    disagreement,
    other_numbers,
    other_paths,
    same_subject,
)
from kbtool.articles.checks.copies import copies, same_text
from kbtool.articles.checks.facts import (
    LEAST_TERMS,
    TO_DENIED,
    Facts,
    Feature,
    claim_features,
    path_feature,
    question_feature,
    runs_of,
    said_features,
    title_features,
    wordings,
)
from kbtool.articles.checks.pairs import Pair
from kbtool.articles.checks.questions import near_titles, same_question, same_wordings
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.checks.texts import Judge, Meeting, Place, Texts
from kbtool.model import PUBLIC, Article, Finding

CLASH, WAY, WORDING, NEAR, COPY = range(5)
"""Rules, the gravest first."""
WHOLE = (NEAR, COPY)
"""Those for whole articles, which meet in no single feature."""
_JUDGES: tuple[tuple[int, Judge], ...] = (
    (LEAST_TELLING, disagreement),
    (1, another_way),
    (0, same_question),
    (0, same_question),
    (0, same_text),
)
"""Of each rule: how many terms must be telling, and what a meeting comes to."""


def alike_findings(shelf: Shelf) -> Iterator[Finding]:
    """Articles that contradict each other, ask the same, or say the same.

    A pair is told once, at the one that is not published or was changed last; the other's file
    and line stand in the message. Translations of each other, languages, and articles that name
    each other in ``differs_from`` are never compared.
    """
    texts = Texts(shelf, shelf.facts, holding(shelf))
    return told(texts, [*grouped(texts), *titles(texts), *said_alike(texts)])


def holding(shelf: Shelf) -> dict[str, Counter[str]]:
    """How many articles of each language hold a term."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article in shelf.alive:
        found[article.lang].update(terms_of(shelf.facts(article)))
    return found


def terms_of(facts: Facts) -> set[str]:
    """All terms of an article's text."""
    return {t for said in facts.terms for t in said}


def told(texts: Texts, met: Iterable[Meeting]) -> Iterator[Finding]:
    """What meetings come to, for each two articles the first that comes to anything."""
    ordered = sorted(met, key=lambda m: (m.one[0], m.other[0], m.rule, m.one[1], m.other[1]))
    for _, group in groupby(ordered, key=lambda m: (m.one[0], m.other[0])):
        found = (_settled(texts, meeting) for meeting in group)
        yield from filter(None, [next(filter(None, found), None)])


def _settled(texts: Texts, met: Meeting) -> Finding | None:
    least, judge = _JUDGES[met.rule]
    if least and not texts.are_telling(met.terms, texts.articles[met.one[0]].lang, least):
        return None
    if not met.settled:
        pair = judge(texts, met)
        met.finding, met.settled = _told(pair) if pair else None, True
    return met.finding


def _told(pair: Pair) -> Finding:
    drop = (
        f"kbtool reject {pair.one.id}"
        if pair.one.status not in PUBLIC
        else "kbtool archive the other (--instead)"
    )
    hint = f"keep one and {drop}; when both are right, add differs_from: [{pair.other.id}]"
    where = f"{pair.other.id} ({pair.other.path}:{pair.other_line})"
    return finding(pair.code, pair.one.path, pair.line, pair.message.format(where), hint)


def grouped(texts: Texts) -> Iterator[Meeting]:
    """All articles that meet in a feature."""
    everyone = range(len(texts.articles))
    groups = Groups(texts, None)
    for article in everyone:
        groups.add_denied(article)
    for article in everyone:
        groups.add(article)
    return groups.meetings()


def titles(texts: Texts) -> Iterator[Meeting]:
    """All articles that meet in most terms of their titles."""
    for one, other in near_titles(texts):
        yield Meeting(NEAR, 0, (one, 0), (other, 0))


def said_alike(texts: Texts) -> Iterator[Meeting]:
    """All articles that meet in most of their text."""
    for one, other, share in copies(texts):
        yield Meeting(COPY, 0, (one, 0), (other, 0), share=share)


def features_of(article: Article, facts: Facts) -> set[Feature]:
    """All that an article can meet another one in."""
    lang = article.lang
    asked = wordings(article)
    found = runs_of(lang, facts)
    found.update(question_feature(lang, one.key) for one in asked)
    if asked and asked[0].number == 0:
        found |= title_features(lang, asked[0].key)
    for _, unit, _, around in facts.claims:
        found.update(claim_features(lang, unit, around))
    found.update(path_feature(lang, key) for _, _, key in facts.paths)
    denied = dict(facts.denied)
    for number, said in enumerate(facts.terms):
        if number not in denied and len(key := frozenset(said)) >= LEAST_TERMS:
            found.update(said_features(lang, key))
    found.update(feature + TO_DENIED for feature, _ in denied_features(lang, facts))
    return found


def denied_features(
    lang: str, facts: Facts
) -> Iterator[tuple[Feature, tuple[int, frozenset[str]]]]:
    """(the feature of what is denied, (sentence, its terms)), without what denies."""
    for number, dropped in facts.denied:
        key = frozenset(facts.terms[number]).difference(dropped)
        if len(key) >= LEAST_TERMS:
            yield next(said_features(lang, key)), (number, key)


class Groups:
    """Articles by the features in which they meet one by one."""

    def __init__(self, texts: Texts, wanted: Collection[Feature] | None) -> None:
        """Only the features that are ``wanted``, or all."""
        self._texts = texts
        self._wanted = wanted
        self._asked: dict[Feature, list[Place]] = defaultdict(list)
        self._counted: dict[Feature, list[Counted]] = defaultdict(list)
        self._led: dict[Feature, list[Led]] = defaultdict(list)
        self._said: dict[Feature, list[SaidAt]] = defaultdict(list)
        self._denied: dict[Feature, list[SaidAt]] = defaultdict(list)

    def add_denied(self, article: int) -> None:
        """An article's denials, first of all: what nobody denies need not be known."""
        lang, facts = self._texts.articles[article].lang, self._texts.facts(article)
        for feature, (number, key) in denied_features(lang, facts):
            if self._wants(feature):
                self._denied[feature].append(((article, number), key))

    def add(self, article: int) -> None:
        """An article, after all those before it."""
        lang, facts = self._texts.articles[article].lang, self._texts.facts(article)
        for wording in self._texts.asked(article):
            if self._wants(feature := question_feature(lang, wording.key)):
                self._asked[feature].append((article, wording.number))
        for number, unit, values, around in facts.claims:
            for feature in claim_features(lang, unit, around):
                if self._wants(feature):
                    claim = ((article, number), frozenset(values), frozenset(around))
                    self._counted[feature].append(claim)
        for number, path, key in facts.paths:
            if self._wants(feature := path_feature(lang, key)):
                self._led[feature].append(((article, number), path))
        denied = dict(facts.denied)
        for number, said in enumerate(facts.terms):
            if number not in denied and len(own := frozenset(said)) >= LEAST_TERMS:
                for feature in said_features(lang, own):
                    if feature in self._denied:
                        self._said[feature].append(((article, number), own))

    def meetings(self) -> Iterator[Meeting]:
        """Those who have something in common, by the rule that looks at it."""
        for feature, places in self._asked.items():
            for one, other in same_wordings(places):
                yield Meeting(WORDING, feature, one, other)
        for feature, counted in self._counted.items():
            yield from self._clashes(feature, other_numbers(counted))
        for feature, denied in self._denied.items():
            yield from self._clashes(feature, denials(denied, self._said.get(feature, ())))
        for feature, led in self._led.items():
            for one, other in other_paths(led):
                place = next(n for n in self._texts.facts(one[0]).paths if n[0] == one[1])
                yield Meeting(WAY, feature, one, other, tuple(place[2]))

    def _clashes(self, feature: Feature, pairs: Pairs) -> Iterator[Meeting]:
        for one, other in {*pairs}:
            if shared := same_subject(self._texts, one, other):
                yield Meeting(CLASH, feature, one, other, shared)

    def _wants(self, feature: Feature) -> bool:
        return self._wanted is None or feature in self._wanted
