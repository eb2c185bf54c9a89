"""Hidden reuse: an article's text in an agent's reply that does not link it. Pure.

Text is compared by shingles, runs of five folded words, as in U. Manber (1994), "Finding similar
files in a large file system"; only runs in the same order in both count (what was pasted stays in
order, what two people phrase alike does not).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kbtool.addresses import AddressBook
from kbtool.events.links import public_replies, reply_event
from kbtool.model import PUBLIC, Article, Event, Message, PublishedAddress, Ticket
from kbtool.text import match_key

SHINGLE = 5
"""Words. Shorter runs are idioms, longer ones break at the first changed word."""
LEAST_RUN = 6
"""Words in a row that both hold, before they count: "please let us know if you" is no paste.

With 25 words of such runs none of the demo's 167 replies, which give the same advice, is taken for
a copy (nor with runs of 5 and 20 words), and every text with one word in seven changed is still
seen; runs of 7 miss 19 of 24 of those. See tests/eval/links.py."""
LEAST_WORDS = 25
"""Words of such runs that make a reuse."""
LEAST_SENTENCES = 2
"""Or so many whole sentences of the article."""
_SENTENCE_WORDS = 6
"""A shorter sentence ("Open the app.") says nothing about where it comes from."""
_WHOLE = 0.8
"""Share of a sentence's words that must be there."""
_TOO_COMMON = 3
"""A shingle in so many families of articles belongs to none of them."""
_ABOVE = 32
"""Bits of a word's place in its article; above them stands the article's number."""
_PLACE = (1 << _ABOVE) - 1
_WORD = re.compile(r"[^\W_]+")
_TARGET = re.compile(r"\]\([^()\s]*\)|https?://\S+|^[ >]*(?:\(?\d{1,2}[.)]|[-*•–])\s", re.MULTILINE)
"""Link targets and list markers: an editor changes them when a text is pasted."""
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Reuse:
    """An article's text in a message."""

    article: str
    words: int
    """Words of the message that stand in the article in the same order."""
    sentences: int
    """Whole sentences of the article among them."""


@dataclass(slots=True)
class _Text:
    """An article's words, and where its sentences begin and end among them."""

    article: Article
    since: date
    drafted_from: frozenset[str]
    size: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)


class ReuseFinder:
    """Looks up texts among all published articles at once."""

    def __init__(self, articles: Sequence[Article], since: Mapping[str, date]) -> None:
        """``since`` says from which day each article can have been copied; one without is not
        looked for.
        """
        public = sorted((a for a in articles if a.status in PUBLIC), key=lambda a: a.id)
        self._texts: list[_Text] = []
        self._places: dict[int, list[int]] = {}  # shingle → places, the article's number above
        for article in public:
            if article.id in since:
                self._add(article, since[article.id])
        self._drop_common()

    def find(self, text: str, *, on: date | None = None, ticket: str = "") -> Reuse | None:
        """The article whose text ``text`` holds most of, when it is enough.

        With a day and a ticket key, only articles that were there before that day and were not
        drafted from that ticket count.
        """
        shingles = [hash(one) for one in _shingles(words_of(text))]
        runs = self._runs(shingles)
        found = [
            reuse
            for number, covered in sorted(runs.items())
            if self._may_be(number, on, ticket) and (reuse := self._judge(number, covered))
        ]
        return min(found, key=lambda r: (-r.words, r.article), default=None)

    def _add(self, article: Article, since: date) -> None:
        sources = {source.rsplit("/", 2)[0] for e in article.evidence for source in e.sources}
        text = _Text(article, since, frozenset(sources))
        number = len(self._texts)
        found: list[str] = []
        for sentence in _SENTENCE_END.split(_folded(article.body)):
            start = len(found)
            found += _WORD.findall(sentence)
            if len(found) - start >= _SENTENCE_WORDS:
                text.spans.append((start, len(found)))
        for place, shingle in enumerate(_shingles(found)):
            self._places.setdefault(hash(shingle), []).append(number << _ABOVE | place)
        self._texts.append(text)

    def _drop_common(self) -> None:
        family = [t.article.translation_of or t.article.id for t in self._texts]
        often = [name for name, places in self._places.items() if len(places) >= _TOO_COMMON]
        for shingle in often:
            if len({family[place >> _ABOVE] for place in self._places[shingle]}) >= _TOO_COMMON:
                del self._places[shingle]

    def _runs(self, shingles: Sequence[int]) -> dict[int, set[int]]:
        """For each article, the places of its words that the text has in the same order."""
        open_runs: dict[int, int] = {}
        covered: dict[int, set[int]] = {}
        for index, shingle in enumerate(shingles):
            here: dict[int, int] = {}
            for place in self._places.get(shingle, ()):
                line = place - index  # the same all along a run
                here[line] = length = open_runs.get(line, SHINGLE - 1) + 1
                if length >= LEAST_RUN:
                    end = (place & _PLACE) + SHINGLE
                    start = end - (LEAST_RUN if length == LEAST_RUN else 1)
                    covered.setdefault(place >> _ABOVE, set()).update(range(start, end))
            open_runs = here
        return covered

    def _judge(self, number: int, covered: set[int]) -> Reuse | None:
        text = self._texts[number]
        whole = sum(
            sum(place in covered for place in range(start, end)) >= _WHOLE * (end - start)
            for start, end in text.spans
        )
        if len(covered) < LEAST_WORDS and whole < LEAST_SENTENCES:
            return None
        return Reuse(text.article.id, len(covered), whole)

    def _may_be(self, number: int, on: date | None, ticket: str) -> bool:
        text = self._texts[number]
        return (on is None or on > text.since) and ticket not in text.drafted_from


def reuse_events(
    ticket: Ticket, finder: ReuseFinder, book: AddressBook, langs: Mapping[str, str]
) -> Iterator[Event]:
    """One ``reuse`` event a public agents' reply that holds an article's text without linking it.

    A ticket that links the article anywhere reuses it openly; undated replies cannot be told from
    those that came before the article. Of several articles the one with most words counts.
    """
    replies = list(public_replies(ticket))
    linked = {book.article(address) for message in replies for address in book.sent(message)}
    for message in replies:
        on = _day(message, ticket)
        found = finder.find(message.text, on=on, ticket=ticket.key) if on else None
        if found and found.article not in linked:
            yield reply_event("reuse", ticket, message, found.article, lang=langs[found.article])


def available_since(
    articles: Sequence[Article], published: Sequence[PublishedAddress]
) -> dict[str, date]:
    """From which day each article can have been copied: its last change or the first build that
    published it, whichever came first; articles of which neither is known are left out.
    """
    first: dict[str, date] = {}
    for one in published:
        first[one.article] = min(one.since, first.get(one.article, one.since))
    known = {a.id: [d for d in (a.updated, first.get(a.id)) if d is not None] for a in articles}
    return {id_: min(days) for id_, days in known.items() if days}


def words_of(text: str) -> list[str]:
    """The folded words of a text, without list markers and link targets."""
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    text = _TARGET.sub(" ", text)
    return text.lower() if text.isascii() else match_key(text)


def _shingles(found: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(found[offset:] for offset in range(SHINGLE)), strict=False)


def _day(message: Message, ticket: Ticket) -> date | None:
    at = message.at or ticket.solved_at
    return at.date() if at else None
