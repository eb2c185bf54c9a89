"""Lines that no rule knows but the whole import shows: they open or end messages of any topic.

A company's disclaimer, "Sent with our app", an agent's "Ride safe!" are the same under every
message; an answer or a question is not, however often it comes. So a line is boilerplate only when
it was seen at the edge of many messages beside *different lines* (a macro's last sentence follows
the same one every time), in tickets about *different things* (an answer belongs to one topic), and,
from customers, when those who use it put it under *all* their messages (a question is asked once).
Lines with steps, numbers or a question mark are never taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b

from kbtool.model import Cut, Message, Ticket
from kbtool.privacy.placeholders import PLACEHOLDER, bare
from kbtool.text import is_list_item, is_stop_word, match_key
from kbtool.text.fold import word_key

HEAD, TAIL = 3, 8
"""So many lines of a message's beginning and end are looked at."""
FEWEST = 5
"""Tickets (of an agent's line) or requesters (of a customer's) that must have it."""
KEYS_KEPT = 200_000
"""Different lines and words that are counted; above it the rarer half is forgotten."""
SHARE_OF_CONTACTS, SHARE_OF_WORDS = 0.03, 0.15
"""Least share of the messages of the agents who use it: for contact lines, and for sentences."""
UNIFORM = 0.5
"""Most of its messages in which one and the same line stands beside it."""
ALONE = 0.2
"""Most of its messages in which nothing else stands."""
TOPICAL = 4
"""A word that comes so many times as often in the line's tickets as elsewhere is their topic."""
HABIT = 0.75
"""Least share, of the messages of customers who wrote several, that have the line."""
_SAMPLE = 24
_WORDS_OF_TICKET = 24
_REMEMBERED, _REMEMBERED_LENGTH = 32_768, 200
"""Lines whose keys are remembered: each is read when it is counted and when it may be cut."""
_CONTACT = re.compile(r"\[(?:phone|email|name|address)(?: \d{1,3})?\]|[|•·]|www\.|@")
_SAYS = re.compile(r"[\d?>→`]|https?://")
_MARKS = re.compile(r"[*_`#>\\]+")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{4,}")


@dataclass(slots=True)
class _Line:
    """What is known of one line."""

    side: str
    lang: str | None
    contact: bool
    takeable: bool
    """Whether a line that reads so may be boilerplate at all."""
    tickets: int = 0
    messages: int = 0
    alone: int = 0
    authors: set[str] = field(default_factory=set)
    """All agents, or the first few customers."""
    at_head: int = 0
    """Messages in which it is nearer to the beginning than to the end."""
    beside: Counter[int] = field(default_factory=Counter)
    """The next lines towards the middle, as many different ones as fit."""
    topics: list[tuple[int, ...]] = field(default_factory=list)
    """Words of the questions of its first tickets."""
    repeated: int = 0
    """Messages with the line, in tickets where its author wrote several."""
    chances: int = 0
    """All messages in those."""

    def see(self, keys: Sequence[int], index: int) -> None:
        """Count one message: the keys of its lines, and the place of this one."""
        at_head = index < len(keys) - 1 - index
        inwards = keys[index + 1 :] if at_head else keys[:index][::-1]
        beside = next((key for key in inwards if key), 0)
        self.messages += 1
        self.at_head += at_head
        self.alone += not any(key for place, key in enumerate(keys) if place != index)
        if beside in self.beside or len(self.beside) < _SAMPLE:
            self.beside[beside] += 1

    def is_varied(self) -> bool:
        """Whether many different lines stand beside it."""
        most = max(self.beside.values(), default=0)
        return len(self.beside) >= FEWEST and most <= UNIFORM * self.messages

    def follows(self, found: Collection[int], lines: Mapping[int, _Line]) -> bool:
        """Whether it mostly stands beside boilerplate of the same end, as a disclaimer's lines do."""
        same = sum(
            count
            for key, count in self.beside.items()
            if key in found and lines[key].is_at_head == self.is_at_head
        )
        return same > UNIFORM * self.messages

    @property
    def is_at_head(self) -> bool:
        """Whether it mostly stands at the beginning."""
        return 2 * self.at_head > self.messages


@dataclass(slots=True)
class _Words:
    """How many tickets of one language have a word in their question."""

    tickets: int = 0
    counts: Counter[int] = field(default_factory=Counter)


class EndLines:
    """Counts the lines at the edges of messages while tickets stream by, in bounded memory."""

    def __init__(self, kept: int = KEYS_KEPT) -> None:
        self._kept = kept
        self._lines: dict[int, _Line] = {}
        self._words: dict[str | None, _Words] = {}
        self._by_author: Counter[str] = Counter()

    def add(self, ticket: Ticket) -> None:
        """Count one ticket; what an earlier import cut from it counts as if it were there."""
        words = self._words.setdefault(ticket.language, _Words())
        topic = _topic(ticket)
        words.tickets += 1
        words.counts.update(topic)
        if len(words.counts) > self._kept:
            self._forget_words(words)
        for (side, author), messages in _by_author(ticket).items():
            who = f"{side}:{author}"
            self._by_author[who] += len(messages) if side == "agent" else 0
            self._add_messages(ticket.language, side, who, topic, messages)
        if len(self._lines) > self._kept:
            self._forget_lines()

    def _forget_words(self, words: _Words) -> None:
        """Keep the words that came most often: at most half of those that may be kept."""
        least = 1
        while len(words.counts) > self._kept // 2:
            least += 1
            words.counts = Counter({w: n for w, n in words.counts.items() if n >= least})

    def _forget_lines(self) -> None:
        """The same for lines; by half, so that it is seldom done."""
        least = 1
        while len(self._lines) > self._kept // 2:
            least += 1
            self._lines = {k: one for k, one in self._lines.items() if one.tickets >= least}

    def _add_messages(
        self,
        lang: str | None,
        side: str,
        who: str,
        topic: tuple[int, ...],
        messages: Sequence[Sequence[str]],
    ) -> None:
        seen: Counter[int] = Counter()
        for lines in messages:
            keys = [line_key(side, lang, text) for text in lines]
            for index, key in _edges(keys):
                line = self._lines.get(key)
                if line is None:
                    line = self._lines[key] = _new_line(side, lang, lines[index])
                line.see(keys, index)
                seen[key] += 1
        for key, count in seen.items():
            line = self._lines[key]
            line.tickets += 1
            if side == "agent" or len(line.authors) < FEWEST:
                line.authors.add(who)
            if len(line.topics) < _SAMPLE:
                line.topics.append(topic)
            if len(messages) > 1:
                line.repeated += count
                line.chances += len(messages)

    def find(self) -> frozenset[int]:
        """The keys of the lines that are boilerplate."""
        likely = {key: line for key, line in self._lines.items() if self._is_likely(line)}
        found = {key for key, line in likely.items() if line.is_varied()}
        while more := {
            k for k, one in likely.items() if k not in found and one.follows(found, likely)
        }:
            found |= more
        return frozenset(found)

    def _is_likely(self, line: _Line) -> bool:
        many = line.tickets if line.side == "agent" else len(line.authors)
        if not line.takeable or many < FEWEST or line.alone > ALONE * line.messages:
            return False
        if line.side == "customer":
            return line.chances >= 2 * FEWEST and line.repeated >= HABIT * line.chances
        least = SHARE_OF_CONTACTS if line.contact else SHARE_OF_WORDS
        written = sum(self._by_author[who] for who in line.authors)
        return line.messages >= least * written and not self._has_topic(line)

    def _has_topic(self, line: _Line) -> bool:
        """Whether a word comes far more often in the line's tickets than in the others."""
        words = self._words[line.lang]
        sample = Counter(word for topic in line.topics for word in topic)
        others = words.tickets - line.tickets
        if others < FEWEST:
            return False
        for word, count in sample.items():
            share = count / len(line.topics)
            elsewhere = max(words.counts[word] - share * line.tickets, 0.0) / others
            if count >= 3 and share >= 0.5 and share > TOPICAL * elsewhere:
                return True
        return False


def line_key(side: str, lang: str | None, line: str) -> int:
    """A line as it is compared: without case, diacritics, digits and Markdown; 0 for mere marks."""
    return (_key if len(line) <= _REMEMBERED_LENGTH else _key.__wrapped__)(side, lang, line)


@lru_cache(maxsize=_REMEMBERED)
def _key(side: str, lang: str | None, line: str) -> int:
    plain = _DIGITS.sub("0", " ".join(_MARKS.sub(" ", match_key(bare(line))).split()))
    if not any(map(str.isalnum, plain)):
        return 0
    return int.from_bytes(blake2b(f"{side} {lang} {plain}".encode(), digest_size=8).digest())


def cut_boilerplate(ticket: Ticket, lines: Collection[int]) -> Ticket:
    """The ticket without these lines at the edges of its messages, kept as cuts.

    Whole lines, from the edges inwards, as far as they follow each other; a message of which
    nothing else would be left stays whole. The same ticket comes back when nothing is cut.
    """
    if not lines:
        return ticket
    messages = tuple(_cut_message(m, ticket.language, lines) for m in ticket.messages)
    if all(new is old for new, old in zip(messages, ticket.messages, strict=True)):
        return ticket
    return replace(ticket, messages=messages)


def _cut_message(message: Message, lang: str | None, lines: Collection[int]) -> Message:
    side = _side(message)
    if side is None:
        return message
    texts = message.text.splitlines()
    head = _at_edge(side, lang, texts, lines)
    if head is None:
        return message
    tail = len(texts) - (_at_edge(side, lang, reversed(texts), lines) or 0)
    if head == 0 and tail == len(texts):
        return message
    return replace(
        message,
        text="\n".join(texts[head:tail]).strip("\n"),
        cuts=_with_cuts(message.cuts, texts, head, tail),
    )


def _at_edge(
    side: str, lang: str | None, texts: Iterable[str], lines: Collection[int]
) -> int | None:
    """How many of the first lines are boilerplate, marks among them; ``None`` if all could be."""
    some = False
    for count, text in enumerate(texts):
        key = line_key(side, lang, text)
        if key and key not in lines:
            return count if some else 0
        some = some or key != 0
    return None


def _with_cuts(cuts: Sequence[Cut], texts: Sequence[str], head: int, tail: int) -> tuple[Cut, ...]:
    """The cuts in the order of their places, the new ones among them."""
    before = [replace(cut, line=0) for cut in cuts if cut.line <= 0]
    inner = [replace(c, line=min(c.line, tail) - head) for c in cuts if 0 < c.line < tail]
    after = [replace(cut, line=tail - head) for cut in cuts if cut.line > 0 and cut.line >= tail]
    if head:
        before.append(Cut("boilerplate", "\n".join(texts[:head]).strip("\n"), 0))
    if tail < len(texts):
        after.insert(0, Cut("boilerplate", "\n".join(texts[tail:]).strip("\n"), tail - head))
    return (*before, *(replace(cut, line=max(cut.line, 0)) for cut in inner), *after)


def _side(message: Message) -> str | None:
    public = message.visibility == "public" and message.role in ("agent", "customer")
    return message.role if public else None


def _by_author(ticket: Ticket) -> dict[tuple[str, str], list[list[str]]]:
    """The lines of each public message, by its side and author; those without lines fall."""
    found: dict[tuple[str, str], list[list[str]]] = {}
    for message in ticket.messages:
        side = _side(message)
        lines = [line for line in _whole(message) if line.strip()]
        if side is not None and lines:
            author = message.author or (ticket.requester if side == "customer" else None)
            unknown = ticket.key if side == "customer" else ""
            found.setdefault((side, author or unknown), []).append(lines)
    return found


def _whole(message: Message) -> Iterator[str]:
    """The lines of a message with the boilerplate that was already cut from it."""
    cuts = [cut for cut in message.cuts if cut.kind == "boilerplate"]
    for cut in cuts:
        if cut.line == 0:
            yield from cut.text.splitlines()
    yield from message.text.splitlines()
    for cut in cuts:
        if cut.line > 0:
            yield from cut.text.splitlines()


def _edges(keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(index, key) of the lines at the edges, each key once."""
    seen: set[int] = {0}
    for index, key in enumerate(keys):
        if (index < HEAD or index >= len(keys) - TAIL) and key not in seen:
            seen.add(key)
            yield index, key


def _new_line(side: str, lang: str | None, text: str) -> _Line:
    says = _SAYS.search(_CONTACT.sub("", text)) or is_list_item(text)
    return _Line(
        side=side,
        lang=lang,
        contact=bool(_CONTACT.search(text)),
        takeable=not says and any(map(str.isalpha, text)),
    )


def _topic(ticket: Ticket) -> tuple[int, ...]:
    """What a ticket is about: the first long words of its subject and first question, by hash."""
    asked = next((m.text for m in ticket.messages if _side(m) == "customer"), "")
    text = PLACEHOLDER.sub(" ", f"{ticket.subject}\n{asked[:2000]}")
    words = dict.fromkeys(_topic_word(word, ticket.language) for word in _LETTERS.findall(text))
    return tuple(word for word in words if word)[:_WORDS_OF_TICKET]


@lru_cache(maxsize=65_536)
def _topic_word(word: str, lang: str | None) -> int:
    """A word's beginning by hash; 0 for a word that every question has."""
    return 0 if is_stop_word(word, lang) else _hash(word_key(word)[:6])


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=5).digest())
