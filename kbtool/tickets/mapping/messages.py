"""The messages of a ticket: read block by block, put in order of time, each with an id of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias, cast, get_args

from kbtool.model import Role
from kbtool.tickets.mapping.adf import document_html, is_document
from kbtool.tickets.mapping.conversation import split_conversation
from kbtool.tickets.mapping.fields import Field, Test, has_something, texts_of
from kbtool.tickets.mapping.paths import Chain, Tables, as_word, items_at, key_text, prepare
from kbtool.tickets.mapping.spec import Block, Cells
from kbtool.tickets.mapping.times import parse_time
from kbtool.tickets.raw import RawMessage, looks_like_html

ReadTime: TypeAlias = Callable[[object], datetime | None]
"""A value as a time in UTC; ``None`` for what is none."""
_ROLES = frozenset(get_args(Role))


class Messages:
    """Reads the blocks of a mapping from prepared records."""

    def __init__(
        self,
        blocks: Sequence[Block],
        zone: str,
        time: ReadTime,
        lookups: Tables,
        agent_addresses: Sequence[str],
    ) -> None:
        self._zone = zone
        self._time = time
        self._blocks = [_Block(block, lookups, agent_addresses) for block in blocks]
        first: dict[str, int] = {}
        for index, read in enumerate(self._blocks):
            read.place = first.setdefault(read.each, index) if read.each else index

    def read(self, chain: Chain, names: Sequence[str]) -> list[RawMessage]:
        """The messages of every block, dated ones in order of time, each with an id of its own.

        Undated ones keep the order of the list they stand in, whichever blocks read it.
        """
        found: list[tuple[tuple[int, int], RawMessage]] = []
        for block in self._blocks:
            if any(has_something(v) for path in block.unless for v in path.every(chain)):
                continue
            for index, item in block.items(chain):
                message = self._message(block, item)
                parts = _parts(message, self._zone, names) if block.conversation else [message]
                found += [((block.place, index), part) for part in parts]
        found.sort(key=lambda placed: placed[0])
        ordered = _by_time([m for _, m in found if m.text and not m.text.isspace()])
        _number(ordered)
        return ordered

    def _message(self, block: _Block, item: Chain) -> RawMessage:
        """The message that one item of a block holds."""
        html = block.read("html", item)
        found = block.read("text", item) if html is None else html
        if found is None:
            html = found = block.document(item)
        body = found if isinstance(found, str) else key_text(found) or ""
        is_html = html is not None or looks_like_html(body)
        if block.html_if is not None:
            is_html = is_html or block.html_if.holds(item)
        return RawMessage(
            id=key_text(block.read("id", item)) or "",
            role=block.role(item),
            visibility="internal" if block.read("visibility", item) == "internal" else "public",
            at=self._time(block.read("at", item)),
            author=key_text(block.read("author", item)),
            author_name=key_text(block.read("author_name", item)),
            text=body,
            is_html=is_html,
            macros=block.macros(item),
        )


class _Block:
    """A block of messages, ready to be read."""

    def __init__(self, block: Block, tables: Tables, agent_addresses: Sequence[str]) -> None:
        self.fields = {
            name: Field(value, tables, agent_addresses) for name, value in block.fields.items()
        }
        self.each = block.each
        self.place = 0
        """Position of the first block that reads the same list."""
        self.unless = [prepare(path, tables) for path in block.unless]
        self.only = [Test(condition, tables) for condition in block.only]
        self.skip = [Test(condition, tables) for condition in block.skip]
        self.cells = block.cells
        self.conversation = block.conversation
        self.same = [prepare(path, tables) for path in block.customer_if_same]
        self.inside = [path.startswith("^") for path in block.customer_if_same]
        self.html_if = Test(block.html_if, tables) if block.html_if else None

    def items(self, chain: Chain) -> Iterator[tuple[int, Chain]]:
        """The items that are messages: position in the list, item with the objects around it."""
        if self.each is None:
            found: Iterable[tuple[object, Chain]] = [(chain[0], ())]
        else:
            found = items_at(chain[0], self.each)
        for index, (value, around) in enumerate(found):
            item = self._object(value)
            if item is None:
                continue
            inner = (item, *around)
            if all(test.holds(inner) for test in self.only) and not any(
                test.holds(inner) for test in self.skip
            ):
                yield index, inner

    def _object(self, value: object) -> dict[str, object] | None:
        if isinstance(value, dict):
            return value
        text = key_text(value)
        if text is None:
            return None
        return {"text": text} if self.cells is None else _split(text, self.cells)

    def read(self, name: str, item: Chain) -> object:
        """What a field of the message holds, ``None`` when the block does not name it."""
        field = self.fields.get(name)
        return None if field is None else field.read(item)

    def document(self, item: Chain) -> str | None:
        """The text as HTML where it is a tree of nodes."""
        field = self.fields.get("text")
        values = field.every(item) if field else ()
        return next((document_html(value) for value in values if is_document(value)), None)

    def role(self, item: Chain) -> Role:
        """The requester's when both ids are equal, else what the message's own word gives.

        Without any word it is an agent's; a word that is no role is the system's, for an answer
        must not be made out of it.
        """
        if self.same:
            mine = as_word(self.same[0].scalar(item))
            if mine and any(
                mine == as_word(path.scalar(item if inside else item[-1:]))
                for path, inside in zip(self.same[1:], self.inside[1:], strict=True)
            ):
                return "customer"
        word = self.read("role", item)
        if word is None:
            return "agent"
        folded = as_word(word)
        return cast("Role", folded) if folded in _ROLES else "system"

    def macros(self, item: Chain) -> tuple[str, ...]:
        """The macros that the message says it was written with."""
        field = self.fields.get("macros")
        texts = () if field is None else texts_of(field.every(item))
        return tuple(text for text in texts if text != "0")  # 0: written without one


def _split(text: str, cells: Cells) -> dict[str, object]:
    """A cell's parts by name; the whole as ``text`` when it has too few, or no time where one is."""
    parts = text.split(cells.separator, len(cells.names) - 1)
    item: dict[str, object] = dict(zip(cells.names, parts, strict=False))
    if len(parts) < len(cells.names) or ("at" in item and parse_time(item["at"]) is None):
        return {"text": text}
    return item


def _parts(base: RawMessage, zone: str, names: Sequence[str]) -> list[RawMessage]:
    parts = split_conversation(base.text, zone, names)
    found = []
    for index, part in enumerate(parts, start=1):
        own = part.role is None
        role = part.role or base.role
        message = RawMessage(
            id=f"{base.id}-{index}" if base.id and len(parts) > 1 else base.id,
            role=role,
            visibility=part.visibility or base.visibility,
            at=part.at or (base.at if own else None),
            author=part.name or (base.author if role == base.role else None),
            author_name=part.name or (base.author_name if own else None),
            text=part.text,
            is_html=base.is_html and looks_like_html(part.text),
            macros=base.macros,
        )
        found.append(message)
    return found


def _by_time(messages: list[RawMessage]) -> list[RawMessage]:
    """In order of time; an undated message stays behind the one it was written after."""
    keys: list[tuple[float, int]] = []
    latest = float("-inf")
    for index, message in enumerate(messages):
        if message.at is not None:
            latest = message.at.timestamp()
        keys.append((latest, index))
    return [messages[index] for _, index in sorted(keys)]


def _number(messages: list[RawMessage]) -> None:
    """Give every message an id that no other of the ticket has."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for index, message in enumerate(messages, start=1):
        wanted = name = message.id or f"m{index}"
        while name in taken:
            times[wanted] += 1
            name = f"{wanted}-{times[wanted] + 1}"
        message.id = name
        taken.add(name)
