"""Searches that led nowhere, and what their readers opened after all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kbtool.model import Event, Visit
from kbtool.suggest.wordings.shelf import Shelf, is_form_of, is_meaningful
from kbtool.text import match_key, plain_terms, words

LEAST_VISITORS = 3
"""Different visitors before anything is made of what they typed."""
LEAST_SHARE = 0.5
"""Of the visits that searched in vain and then found something, so many found this."""
LONGEST = 80
"""Characters of a query that may become a wording."""
MOST_WORDS = 3
"""Words of a synonym."""
ALONE = 2
"""Words that may take the place of a query of one word."""

IsPersonal: TypeAlias = Callable[[str], object]
"""Text → something true when it may be personal data."""
Key: TypeAlias = tuple[str, tuple[str, ...]]
"""(language, sorted terms): what makes two queries one."""
Pair: TypeAlias = tuple[str, tuple[str, ...], tuple[str, ...]]
"""(language, words searched in vain, words that stood in their place when it was found)."""


@dataclass(slots=True)
class Seen:
    """What was counted of one thing: how often sent, by whom, in how many visits."""

    searches: int = 0
    visits: int = 0
    visitors: set[str] = field(default_factory=set)
    texts: Counter[str] = field(default_factory=Counter)

    def add(self, visitor: str, sent: Sequence[Event]) -> None:
        """One more visit, which sent these searches."""
        self.searches += len(sent)
        self.visits += 1
        self.visitors.add(visitor)
        self.texts[min(_tidy(event.query) for event in sent)] += 1

    @property
    def text(self) -> str:
        """The commonest wording."""
        return min(self.texts, key=lambda text: (-self.texts[text], len(text), text))


@dataclass(frozen=True, slots=True)
class Vain:
    """A query that did not find the article that answers it."""

    lang: str
    article: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Reworded:
    """Words in whose place others found an article."""

    pair: Pair
    seen: Seen


@dataclass(slots=True)
class Searches:
    """Grows visit by visit."""

    _opened: dict[Key, dict[str, Seen]] = field(default_factory=dict)
    """Query → article that its readers opened later."""
    _visits: Counter[Key] = field(default_factory=Counter)
    """Visits that sent it in vain and opened something later."""
    _reworded: dict[Pair, Seen] = field(default_factory=dict)

    def take(self, visit: Visit) -> None:
        """Read one visit.

        A search is in vain when it found nothing, or nobody opened one of its results. What counts
        for an article is a "yes" after opening it, else that it was the last one opened; nothing
        counts when the reader went on to a person, voted "no", or was only still typing.
        """
        sent = _searches(visit)
        clicked = {_key(e): e for e in visit.events if e.kind == "click" and e.query}
        for key, events in sent.items():
            last = max(event.at for event in events)
            later = [event for event in visit.events if event.at >= last]
            if key in clicked or not key[1] or _goes_on(events, sent) or _gave_up(later):
                continue
            articles = _helped(later)
            self._visits[key] += bool(articles)
            for article in articles:
                seen = self._opened.setdefault(key, {}).setdefault(article, Seen())
                seen.add(visit.visitor, events)
            self._take_reworded(visit, key, events, articles, clicked)

    def _take_reworded(
        self,
        visit: Visit,
        key: Key,
        events: Sequence[Event],
        articles: Sequence[str],
        clicked: dict[Key, Event],
    ) -> None:
        """Queries after it that differ by some words and led to one of ``articles``."""
        found = set()
        for other, click in clicked.items():
            after = other[0] == key[0] and click.at >= events[-1].at
            if after and click.article is not None and click.article in articles:
                found |= set(_exchanged(events[-1].query or "", click.query or "", key[0]))
        for one, two in sorted(found):
            self._reworded.setdefault((key[0], one, two), Seen()).add(visit.visitor, events)

    def vain(self, shelf: Shelf, is_personal: IsPersonal) -> Iterator[Vain]:
        """Queries to add to the article that their readers opened, by query.

        At least three visitors, most of those who found something at all; not what title, wordings
        and tags of the article say already.
        """
        for key in sorted(self._opened):
            lang, asked = key
            for article, seen in sorted(self._opened[key].items()):
                there = shelf.in_language(article, lang)
                if (
                    there is not None
                    and not there.asked.issuperset(asked)
                    and len(seen.visitors) >= LEAST_VISITORS
                    and seen.visits > LEAST_SHARE * self._visits[key]
                    and _may_be_shown(seen.text, is_personal)
                ):
                    yield Vain(lang, there.id, seen)

    def reworded(self, shelf: Shelf, is_personal: IsPersonal) -> Iterator[Reworded]:
        """Words that no article has and those that found one in their place, by language."""
        for pair, seen in sorted(self._reworded.items(), key=lambda item: item[0]):
            lang, one, two = pair
            known = shelf.vocabulary(lang)
            strange = any(t not in known for t in plain_terms(" ".join(one), lang))
            if (
                len(seen.visitors) >= LEAST_VISITORS
                and strange
                and all(t in known for t in plain_terms(" ".join(two), lang))
                and not shelf.is_synonym(one, two, lang)
                and _may_be_shown(" ".join(one), is_personal)
            ):
                yield Reworded(pair, seen)


def _searches(visit: Visit) -> dict[Key, list[Event]]:
    """The visit's searches whose number of results is known, by query, in order of time."""
    found: dict[Key, list[Event]] = {}
    for event in visit.events:
        if event.kind == "search" and event.query and event.results is not None:
            found.setdefault(_key(event), []).append(event)
    return found


def _key(event: Event) -> Key:
    lang = event.lang or ""
    return lang, tuple(sorted(set(plain_terms(event.query or "", lang))))


def _goes_on(events: Sequence[Event], sent: dict[Key, list[Event]]) -> bool:
    """Whether the query was only the beginning of a later one: its reader was still typing."""
    start = match_key(_tidy(events[-1].query))
    return any(
        other.at >= events[-1].at and match_key(_tidy(other.query)).startswith(start)
        for key, own in sent.items()
        for other in own
        if other not in events
    )


def _gave_up(later: Iterable[Event]) -> bool:
    return any(event.kind == "contact" and event.value == "handoff" for event in later)


def _helped(later: Sequence[Event]) -> list[str]:
    """The articles that a reader voted "yes" on, else the last one opened; without those voted
    "no".
    """
    votes = {e.article: e.value for e in later if e.kind == "vote" and e.article}
    opened = [e.article for e in later if e.kind in ("view", "click") and e.article]
    liked = sorted(article for article in set(opened) if votes.get(article) == "yes")
    return liked or [article for article in opened[-1:] if votes.get(article) != "no"]


def _exchanged(
    vain: str, found: str, lang: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words of one query that others took the place of; nothing when all of several changed:
    that is another question.
    """
    before = [word for word in words(vain, lang) if is_meaningful(word, lang)]
    after = [word for word in words(found, lang) if is_meaningful(word, lang)]
    kept = set(plain_terms(vain, lang)) & set(plain_terms(found, lang))
    one = tuple(w for w in before if not kept & set(plain_terms(w, lang)))
    two = tuple(w for w in after if not kept & set(plain_terms(w, lang)))
    alone = len(before) == 1 and len(after) <= ALONE
    if (
        (kept or alone)
        and 0 < len(one) <= MOST_WORDS
        and 0 < len(two) <= MOST_WORDS
        and not any(is_form_of(a, b) for a in one for b in two)
    ):
        yield one, two


def _may_be_shown(text: str, is_personal: IsPersonal) -> bool:
    """Whether a query may stand in an article: plain, and nothing personal."""
    return is_plain(text) and not is_personal(text)


def is_plain(text: str) -> bool:
    """Whether a query is short text that can be read, nothing of it redacted, no markup."""
    return len(text) <= LONGEST and text.isprintable() and not set("[]<>{}") & set(text)


def _tidy(query: str | None) -> str:
    return " ".join((query or "").split())
