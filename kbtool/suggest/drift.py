"""Drift: what agents keep writing beside a link to an article, because the article does not say it.

Two sentences say the same when they have most of their terms in common, or when they share a
phrase that the article does not know ("request swap"): agents rarely use the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kbtool.model import PUBLIC, Article
from kbtool.suggest.additions import Replies, phrases
from kbtool.suggest.coverage import family
from kbtool.text import get_language, match_key, plain_terms, sentences, words

LEAST_TICKETS = 3
LEAST_AGENTS = 2
"""One agent's habit is no lack of the article."""
ALIKE = 0.6
"""Jaccard likeness of two sentences' terms from which they say the same."""
SAID = 0.6
"""Share of a sentence's terms that two neighbouring sentences of the article must have to say it."""
OWN = 2.0
"""It must be this many times as frequent beside the article as in all other replies."""
EVERYWHERE = 3
"""A sentence beside so many different articles is how agents introduce any of them."""
MOST_WORDINGS = 2000
"""Different sentences compared for one article, the most frequent first."""
SHOWN = 3
_FEWEST_TERMS = 3
_MOST_WORDS = 45
_LINK = re.compile(r"\]\(|https?://|www\.", re.IGNORECASE)
_HOLE = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{.*?\}\}")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_MARKS = re.compile(r"^\s*[>#]+\s*|[*`|~]+|(?<!\w)_+|_+(?!\w)")


@dataclass(frozen=True, slots=True)
class Added:
    """A sentence that agents keep adding to an article."""

    article: str
    text: str
    """In its most frequent wording, redacted."""
    tickets: tuple[str, ...]
    agents: int


@dataclass(slots=True)
class _Wording:
    """One sentence, numbers and personal data masked, and where it was written."""

    terms: frozenset[str]
    phrases: frozenset[str] = frozenset()
    spelt: Counter[str] = field(default_factory=Counter)
    numbers: Counter[tuple[str, ...]] = field(default_factory=Counter)
    tickets: dict[str, None] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)

    @property
    def is_enough(self) -> bool:
        return len(self.tickets) >= LEAST_TICKETS and len(self.agents) >= LEAST_AGENTS

    def take_in(self, other: _Wording) -> None:
        self.spelt.update(other.spelt)
        self.numbers.update(other.numbers)
        self.tickets |= other.tickets
        self.agents |= other.agents


class Drift:
    """Reads agents' replies one by one; ``found`` tells what articles lack."""

    def __init__(self, articles: Sequence[Article]) -> None:
        public = sorted((a for a in articles if a.status in PUBLIC), key=lambda a: a.id)
        self._families = {a.id: family(a) for a in public}
        self._in_language = {(family(a), a.lang): a for a in reversed(public)}
        self._wordings: dict[str, dict[str, _Wording]] = {}
        self._replies: Counter[str] = Counter()
        self._beside: dict[str, set[str]] = {}
        self._all: Counter[int] = Counter()
        self._count = 0

    def add(
        self, ticket: str, agent: str | None, lang: str | None, text: str, sent: Sequence[str]
    ) -> None:
        """One public reply; ``sent`` are the articles it links or holds the text of.

        Only an article that exists in the reply's language can lack what the reply says.
        """
        names = {self._families[id_] for id_ in sent if id_ in self._families}
        targets = [a for n in sorted(names) if (a := self._in_language.get((n, lang or "")))]
        self._count += 1
        kept = {_mask(s): s for s in sentences(text) if lang and _may_count(s, lang)}
        self._all.update(hash(mask) for mask in kept)
        for article in targets:
            self._replies[article.id] += 1
            known = self._wordings.setdefault(article.id, {})
            for mask, sentence in kept.items():
                self._beside.setdefault(mask, set()).add(self._families[article.id])
                _note(known, mask, sentence, article.lang, ticket, agent)

    def found(self, replies: Replies) -> tuple[Added, ...]:
        """What agents keep adding, by article, most tickets first; at most three an article.

        ``replies`` tells how usual a phrase is in all replies.
        """
        articles = {a.id: a for a in self._in_language.values()}
        return tuple(
            added for id_ in sorted(self._wordings) for added in self._of(articles[id_], replies)
        )

    def _of(self, article: Article, replies: Replies) -> list[Added]:
        known = self._wordings[article.id]
        usable = {
            mask: wording
            for mask, wording in known.items()
            if len(self._beside[mask]) < EVERYWHERE and len(wording.terms) >= _FEWEST_TERMS
        }
        said = _Said(article)
        groups = [
            group
            for masks, group in _alike(usable)
            if group.is_enough and self._is_own(masks, group, article.id) and not said.says(group)
        ]
        groups += [
            group
            for phrase, group in _sharing(usable, said.terms)
            if group.is_enough
            and replies.is_own(
                phrase, group.tickets.keys(), self._replies[article.id], article.lang
            )
        ]
        groups.sort(key=lambda g: (-len(g.tickets), -len(g.agents), _commonest(g.spelt)))
        shown: list[Added] = []
        seen: set[str] = set()
        for group in groups:
            text = _typical(group, seen)
            if text is not None and len(shown) < SHOWN:
                shown.append(
                    Added(article.id, text, tuple(sorted(group.tickets)), len(group.agents))
                )
                seen |= group.spelt.keys()
        return shown

    def _is_own(self, masks: Sequence[str], group: _Wording, article: str) -> bool:
        """Whether it belongs to the article's replies more than to all others."""
        beside = self._replies[article]
        others = self._count - beside
        elsewhere = sum(self._all[hash(mask)] for mask in masks) - len(group.tickets)
        return others <= 0 or len(group.tickets) / beside >= OWN * max(elsewhere, 0) / others


class _Said:
    """What an article says: terms and numbers of any two neighbouring sentences."""

    def __init__(self, article: Article) -> None:
        found = [article.title, *article.also_asked, *sentences(article.body)]
        terms = [frozenset(plain_terms(s, article.lang)) for s in found]
        self._windows = [
            one | other for one, other in zip(terms, [*terms[1:], frozenset()], strict=True)
        ]
        self.terms = frozenset(t for found_terms in terms for t in found_terms)
        self._numbers = set(_NUMBER.findall("\n".join(found)))

    def says(self, group: _Wording) -> bool:
        """Whether the article has most of the words, and the numbers when they are always the same."""
        best = max((len(group.terms & window) for window in self._windows), default=0)
        if best < SAID * len(group.terms):
            return False
        numbers, times = max(group.numbers.items(), key=lambda item: (item[1], item[0]))
        constant = times >= SAID * group.numbers.total()
        return not constant or set(numbers) <= self._numbers


def _note(
    known: dict[str, _Wording], mask: str, sentence: str, lang: str, ticket: str, agent: str | None
) -> None:
    wording = known.get(mask)
    if wording is None:
        bare = _HOLE.sub(" ", sentence)
        terms = frozenset(plain_terms(bare, lang))
        wording = known[mask] = _Wording(terms, frozenset(phrases(bare, lang)))
    wording.spelt[" ".join(_MARKS.sub("", sentence).split())] += 1
    wording.numbers[tuple(_NUMBER.findall(sentence))] += 1
    wording.tickets[ticket] = None
    if agent is not None:
        wording.agents.add(agent)


def _alike(known: Mapping[str, _Wording]) -> Iterator[tuple[list[str], _Wording]]:
    """Wordings with most terms in common, each with the most frequent one that it is like."""
    ordered = sorted(known.items(), key=lambda item: (-len(item[1].tickets), item[0]))
    leaders: list[tuple[list[str], _Wording]] = []
    holding: dict[str, list[int]] = {}
    for mask, wording in ordered[:MOST_WORDINGS]:
        near = {number for term in wording.terms for number in holding.get(term, ())}
        best = max(near, key=lambda n: (_likeness(leaders[n][1], wording), -n), default=None)
        if best is not None and _likeness(leaders[best][1], wording) >= ALIKE:
            leaders[best][0].append(mask)
            leaders[best][1].take_in(wording)
            continue
        for term in wording.terms:
            holding.setdefault(term, []).append(len(leaders))
        alone = _Wording(wording.terms)
        alone.take_in(wording)
        leaders.append(([mask], alone))
    yield from leaders


def _sharing(known: Mapping[str, _Wording], said: frozenset[str]) -> Iterator[tuple[str, _Wording]]:
    """Wordings that share a phrase of which the article has no word, by phrase."""
    groups: dict[str, _Wording] = {}
    for _, wording in sorted(known.items()):
        for phrase in sorted(wording.phrases):
            if said.isdisjoint(phrase.split()):
                groups.setdefault(phrase, _Wording(frozenset(phrase.split()))).take_in(wording)
    yield from sorted(groups.items())


def _typical(group: _Wording, seen: set[str]) -> str | None:
    """The most frequent sentence; of equals the one whose words the others share most, per word.

    None when one of the group was shown already.
    """
    if group.spelt.keys() & seen:
        return None
    held = Counter(word for text in group.spelt for word in set(match_key(text).split()))

    def shared(text: str) -> float:
        own = set(match_key(text).split())
        return sum(held[word] - 1 for word in own) / (len(own) + 3)

    return min(
        group.spelt,
        key=lambda text: (bool(_HOLE.search(text)), -group.spelt[text], -shared(text), text),
    )


def _likeness(one: _Wording, other: _Wording) -> float:
    return len(one.terms & other.terms) / len(one.terms | other.terms)


def _commonest(spelt: Counter[str]) -> str:
    return min(spelt.items(), key=lambda item: (bool(_HOLE.search(item[0])), -item[1], item[0]))[0]


def _mask(sentence: str) -> str:
    """Folded words, numbers and personal data all alike."""
    text = _NUMBER.sub("0", _HOLE.sub("[]", _MARKS.sub("", sentence)))
    return " ".join(match_key(text).split()).strip(" .!…")


def _may_count(sentence: str, lang: str) -> bool:
    """Whether it may be something an article should say: neither small talk nor about one case,
    nor the words around a link.
    """
    language = get_language(lang)
    plain = " ".join(words(_MARKS.sub(" ", sentence), lang))
    if _LINK.search(sentence) or sentence.rstrip().endswith((":", "?")):
        return False
    if len(plain.split()) > _MOST_WORDS or _is_first_person(plain, lang):
        return False
    if plain.startswith(_openings(lang)) or any(c in plain for c in language.courtesies):
        return False
    pointing = _pointing(lang)
    terms = set(plain_terms(sentence, lang))
    return len(terms) >= _FEWEST_TERMS and not (terms & pointing and len(terms - pointing) <= 3)


@cache
def _openings(lang: str) -> tuple[str, ...]:
    language = get_language(lang)
    return tuple(f"{word} " for word in (*language.greetings, *language.closings, *language.thanks))


@cache
def _pointing(lang: str) -> frozenset[str]:
    return frozenset(
        t for phrase in get_language(lang).link_words for t in plain_terms(phrase, lang)
    )


def _is_first_person(plain: str, lang: str) -> bool:
    entries = get_language(lang).first_person
    endings = tuple(entry[1:] for entry in entries if entry.startswith("-"))
    return any(word in entries or word.endswith(endings or "\0") for word in plain.split())
