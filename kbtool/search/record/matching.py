"""A query tree on the articles of one language: which match, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kbtool.search.record.postings import Postings
from kbtool.search.record.query import AllOf, AnyOf, Filter, Node, Not, Words
from kbtool.search.record.tokens import STOP, WordList, folded
from kbtool.search.record.write import EXACT, TEXT_FIELDS
from kbtool.text import words

WEIGHTS = {"title": 3.0, "questions": 3.0, "headings": 1.0, "body": 1.0, "tags": 1.0}
"""What a word counts in each field, when no field is named."""
MAX_COMPLETIONS = 64
"""Words that a prefix stands for, the most frequent ones."""
MAX_POSTINGS = 100_000
"""Postings that the prefixes and phrases of a query may read, and 8 more for each article."""
_FILTER_FIELDS = {"category": "category", "id": "id", "tag": "tags"}

Matches: TypeAlias = dict[int, float]
"""Article → score."""


@dataclass(slots=True)
class Matching:
    """Evaluates trees, and remembers what was looked for."""

    listed: WordList
    postings: Postings
    groups: list[frozenset[str]] = field(default_factory=list)
    """For each word that must or may be there: the folded words that stand for it."""
    missing: set[str] = field(default_factory=set)
    """Words and filters that no article of the language has, as they were typed."""
    notes: list[str] = field(default_factory=list)
    """What was too much to look for, in sentences without a full stop."""
    _read: int = 0
    _scores: dict[tuple[str, str], Matches] = field(default_factory=dict)

    def matches(self, node: Node, *, wanted: bool = True) -> Matches:
        """The articles that match ``node``; one that is not ``wanted`` is looked for to bar it."""
        match node:
            case Words():
                return self._words(node, wanted=wanted)
            case Filter():
                return self._filter(node, wanted=wanted)
            case Not():
                return self._without(None, [self.matches(node.node, wanted=not wanted)])
            case AllOf():
                nodes = self._without_stop_words(node.nodes)
                bars = [one.node for one in nodes if isinstance(one, Not)]
                needs = [one for one in nodes if not isinstance(one, Not)]
                found = [self.matches(one, wanted=wanted) for one in needs]
                barred = [self.matches(one, wanted=not wanted) for one in bars]
                return self._without(_in_all(found) if found else None, barred)
            case AnyOf():
                nodes = self._without_stop_words(node.nodes)
                return _in_any([self.matches(one, wanted=wanted) for one in nodes])

    def _without(self, found: Matches | None, barred: Sequence[Matches]) -> Matches:
        """``found``, or all articles for None, without the barred ones."""
        if found is None:
            found = dict.fromkeys(range(self.postings.articles), 0.0)
        bar = set().union(*barred)
        return {article: score for article, score in found.items() if article not in bar}

    def _without_stop_words(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Without bare stop words, unless there is nothing else that is wanted."""
        kept = [node for node in nodes if not self._is_bare_stop_word(node)]
        return kept if any(not isinstance(node, Not) for node in kept) else nodes

    def _is_bare_stop_word(self, node: Node) -> bool:
        if not isinstance(node, Words) or node.phrase or node.prefix or node.field:
            return False
        found = words(node.text, self.listed.lang)
        return all(token.startswith(STOP) for word in found for token in self.listed.tokens(word))

    def _words(self, node: Words, *, wanted: bool) -> Matches:
        """Articles with these words one after the other in one of the fields."""
        typed = words(node.text, self.listed.lang)
        whole = typed[:-1] if node.prefix else typed
        spelled = [self.listed.tokens(word) for word in whole]
        groups = [frozenset(k for t in ts for k in self.listed.words_of(t)) for ts in spelled]
        if node.prefix:
            begun = self._completions(typed[-1])
            spelled.append(tuple(dict.fromkeys(token for _, token in begun)))
            groups.append(frozenset(key for key, _ in begun))
            typed = [*whole, typed[-1] + "*"]
        if wanted:
            self.groups += [group for group in groups if group]
            self.missing.update(w for w, group in zip(typed, groups, strict=True) if not group)
        if not all(groups):
            return {}
        fields = {node.field: 1.0} if node.field else WEIGHTS
        if len(spelled) == 1:
            return self._word(spelled[0], fields)
        in_order = [name for name in fields if name in TEXT_FIELDS]
        return _in_any([self._phrase(spelled, name, fields[name]) for name in in_order])

    def _word(self, tokens: Sequence[str], fields: dict[str, float]) -> Matches:
        """The best of the tokens' scores, each summed over the fields."""
        best: Matches = {}
        for token in tokens:
            sums: Matches = {}
            for name, weight in fields.items():
                for article, score in self._term(name, token).items():
                    sums[article] = sums.get(article, 0.0) + weight * score
            for article, score in sums.items():
                if score > best.get(article, 0.0):
                    best[article] = score
        return best

    def _term(self, name: str, token: str) -> Matches:
        if (name, token) not in self._scores:
            self._scores[name, token] = self.postings.scores(name, token)
        return self._scores[name, token]

    def _phrase(self, spelled: Sequence[Sequence[str]], name: str, weight: float) -> Matches:
        """The articles in which the words stand in this order, with the sum of their scores."""
        scores = [self._word(tokens, {name: weight}) for tokens in dict.fromkeys(spelled)]
        starts: dict[int, set[int]] | None = None
        found = _in_all(scores)
        for offset, tokens in enumerate(spelled):
            if not found or not self._afford(len(found)):
                return {}
            here: dict[int, set[int]] = {}
            for token in tokens:
                for article, places in self.postings.places(name, token, found):
                    here.setdefault(article, set()).update(place - offset for place in places)
            starts = here if starts is None else {a: here[a] & starts[a] for a in here}
            found = {article: score for article, score in found.items() if starts[article]}
        return found

    def _completions(self, start: str) -> list[tuple[str, str]]:
        """(folded word, token) of the most frequent words that begin so."""
        begun, several = self.listed.beginning(start, MAX_COMPLETIONS)
        kept = []
        for key, token in begun:
            if not self._afford(sum(self.postings.having(name, token) for name in WEIGHTS)):
                break
            kept.append((key, token))
        if 0 < len(kept) < several:
            self.notes.append(f"{start}* stands for the {len(kept)} most frequent words it begins")
        return kept

    def _afford(self, postings: int) -> bool:
        """Whether so many postings may still be read; a note when not."""
        self._read += postings
        affordable = self._read <= MAX_POSTINGS + 8 * self.postings.articles
        if not affordable:
            self.notes.append("this query asks for too much: not all of it was looked for")
        return affordable

    def _filter(self, node: Filter, *, wanted: bool) -> Matches:
        found = self._named(node.field, folded(node.text), prefix=node.prefix)
        if wanted and not found:
            self.missing.add(f"{node.field}:{node.text}{'*' * node.prefix}")
        return dict.fromkeys(found, 0.0)

    def _named(self, name: str, text: str, *, prefix: bool) -> Sequence[int]:
        if name == "lang":
            lang = self.listed.lang
            hit = lang.startswith(text) if prefix else lang == text
            return range(self.postings.articles if hit else 0)
        text = EXACT + text if name == "tag" else text
        inside = _FILTER_FIELDS[name]
        names = self.postings.beginning(inside, text, MAX_COMPLETIONS) if prefix else [text]
        return sorted(set().union(*(self.postings.articles_with(inside, one) for one in names)))


def _in_all(found: Sequence[Matches]) -> Matches:
    """The articles that are in each, with the sum of their scores."""
    first, *others = sorted(found, key=len)
    return {
        article: sum((other[article] for other in others), score)
        for article, score in first.items()
        if all(article in other for other in others)
    }


def _in_any(found: Sequence[Matches]) -> Matches:
    """The articles that are in any, with the sum of their scores."""
    sums: Matches = {}
    for one in found:
        for article, score in one.items():
            sums[article] = sums.get(article, 0.0) + score
    return sums
