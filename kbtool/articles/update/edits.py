"""Changes to a body's Markdown, each as small as can be; what is around it stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from kbtool.articles.update.passages import Block, Body, Passage
from kbtool.text import get_language

Placed: TypeAlias = Literal["step", "note", "fact", "conflict", "block"]
Places: TypeAlias = Mapping[str, float]
"""Plain sentence → its place in the order of agents' answers."""

_ITEM = re.compile(r"([ \t]*)(\d{1,9})([.)])([ \t]+)")


def put_in(body: Body, text: str, kind: Placed, place: float, places: Places, lang: str) -> str:
    """The body with ``text`` where the agents' order places it.

    A step goes into the list of steps, which is renumbered; a note behind the notes, or else the
    steps; a fact behind the sentence that agents say before it; a conflict behind that sentence's
    block, and a block of steps before what agents say after it.
    """
    steps = _steps(body, places)
    if kind == "step" and steps:
        return _put_item(body, steps, text, place, places)
    notes = [n for n, b in enumerate(body.blocks) if b.kind == "note"]
    if kind == "note" and (notes or steps):
        return _put_block(body.text, _end(body, (notes or steps)[-1]), text)
    before, after = _around(body, place, places)
    if kind == "fact" and (made := _put_sentence(body, text, before, after)):
        return made
    if kind == "conflict" and before is None:
        before = after
    return _put_block(body.text, _behind(body, before, after, lang), text)


def put_behind(body: Body, passage: Passage, text: str) -> str:
    """The body with a block behind the one in which a sentence stands (behind the whole list)."""
    return _put_block(body.text, _end(body, passage.block), text)


def has_steps(body: Body, places: Places) -> bool:
    """Whether there is a list into which a step can go."""
    return bool(_steps(body, places))


def replaced(body: Body, passage: Passage, text: str) -> str:
    """The body with other Markdown for one sentence."""
    return body.text[: passage.start] + text + body.text[passage.end :]


def without(body: Body, passage: Passage) -> str:
    """The body without a sentence; without its block when nothing else is in it."""
    there = [p for p in body.passages if p.block == passage.block]
    if len(there) == 1:
        return _without_block(body, passage.block)
    number = there.index(passage)
    start, end = passage.start, passage.end
    if number + 1 < len(there):
        end = there[number + 1].start
    else:
        start = there[number - 1].end
    return body.text[:start] + body.text[end:]


def _steps(body: Body, places: Places) -> list[int]:
    """The items (numbers of blocks) of the list that holds most of what agents say."""
    lists: dict[int, list[int]] = {}
    for number, block in enumerate(body.blocks):
        if block.kind == "item":
            lists.setdefault(block.list, []).append(number)
    known = {p.block for p in body.passages if p.text in places}

    def worth(items: list[int]) -> tuple[int, bool, int]:
        ordered = body.blocks[items[0]].number is not None
        return (sum(item in known for item in items), ordered, -items[0])

    best = max(lists.values(), key=worth, default=[])
    return best if best and (worth(best)[0] or worth(best)[1]) else []


def _put_item(body: Body, items: list[int], text: str, place: float, places: Places) -> str:
    said = [_mean([places[p.text] for p in _in(body, item) if p.text in places]) for item in items]
    at = _position(said, place)
    blocks = [body.blocks[item] for item in items]
    near = blocks[at - 1] if at else blocks[0]
    line = body.text[near.start : near.end]
    lead = re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+", line)
    offset = blocks[at].start if at < len(blocks) else _end(body, items[-1])
    loose = len(blocks) > 1 and "\n\n" in body.text[blocks[0].start : blocks[1].start]
    mark = lead[0] if lead else "- "
    counted = _is_counted(blocks)
    if counted and near.number is not None:
        mark = _ITEM.sub(rf"\g<1>{near.number + (1 if at else 0)}\3\4", mark)
    head, tail = body.text[:offset], body.text[offset:]
    tail = _renumbered(body, blocks[at:], offset, 1) if counted else tail
    before = "" if head.endswith("\n") or not head else "\n"
    if loose:
        gap = ("\n", "") if at == len(blocks) else ("", "\n")
        return f"{head}{before}{gap[0]}{mark}{text}\n{gap[1]}{tail}"
    return f"{head}{before}{mark}{text}\n{tail}"


def _is_counted(blocks: Sequence[Block]) -> bool:
    """Whether the items are numbered 1, 2, 3 (and not all alike, which Markdown counts itself)."""
    numbers = [b.number for b in blocks]
    if None in numbers:
        return False
    return len(numbers) == 1 or len(set(numbers)) > 1


def _renumbered(body: Body, blocks: Sequence[Block], start: int, by: int) -> str:
    """The text from ``start`` with these items' numbers moved."""
    pieces: list[str] = []
    last = start
    for block in blocks:
        item = _ITEM.match(body.text, block.start)
        if item:
            pieces += [body.text[last : item.start(2)], str(int(item[2]) + by)]
            last = item.end(2)
    return "".join([*pieces, body.text[last:]])


def _without_block(body: Body, number: int) -> str:
    block = body.blocks[number]
    head, tail = body.text[: block.start], body.text[block.end :]
    if block.kind == "item":
        after = [b for b in body.blocks[number + 1 :] if b.list == block.list]
        same = [b for b in body.blocks if b.kind == "item" and b.list == block.list]
        tail = _renumbered(body, after, block.end, -1) if _is_counted(same) else tail
        return head + tail
    if head.endswith("<!-- -->\n\n"):  # stood between two quotes
        head = head.removesuffix("<!-- -->\n\n")
    return head + tail.lstrip("\n") if tail.strip() else head.rstrip("\n") + "\n"


def _put_sentence(
    body: Body, text: str, before: Passage | None, after: Passage | None
) -> str | None:
    """The body with a sentence in the paragraph of the one before or after it."""
    if before and before.exact and body.kind(before) == "text":
        if body.raw(before).endswith(":"):  # what follows belongs to it
            return f"{body.text[: before.start]}{text} {body.text[before.start :]}"
        return f"{body.text[: before.end]} {text}{body.text[before.end :]}"
    if before is None and after and after.exact and body.kind(after) == "text":
        return f"{body.text[: after.start]}{text} {body.text[after.start :]}"
    return None


def _around(body: Body, place: float, places: Places) -> tuple[Passage | None, Passage | None]:
    """The sentences between which agents say something at ``place``."""
    known = [p for p in body.passages if p.text in places and body.kind(p) != "conflict"]
    at = _position([places[p.text] for p in known], place)
    return (known[at - 1] if at else None), (known[at] if at < len(known) else None)


def _position(said: Sequence[float | None], place: float) -> int:
    """Where between these places another one fits with the fewest out of order, late ones first."""

    def wrong(at: int) -> int:
        before, after = said[:at], said[at:]
        return sum(p is not None and p > place for p in before) + sum(
            p is not None and p < place for p in after
        )

    return min(range(len(said), -1, -1), key=wrong)


def _behind(body: Body, before: Passage | None, after: Passage | None, lang: str) -> int:
    """Where a block goes that agents say between two sentences."""
    if before is not None:
        return _end(body, before.block)
    if after is not None:
        return _start(body, after.block)
    last = body.blocks[-1] if body.blocks else None
    see_also = f"{get_language(lang).see_also}:"
    if last and body.text.startswith(see_also, last.start):
        return last.start
    return len(body.text)


def _start(body: Body, number: int) -> int:
    """Where a block begins; of an item its list, of a row its table, in a quote the quote."""
    block = body.blocks[number]
    if block.kind == "item":
        block = next(b for b in body.blocks if b.list == block.list)
    lines = body.text[: block.start].split("\n")[:-1]
    first = body.text[block.start : block.start + 1]
    start = block.start
    while lines and first in ("|", ">", " ", "\t"):
        line = lines.pop()
        same = line.startswith(first) or (first.isspace() and not line.strip())
        if not same and not first.isspace():
            break
        start -= len(line) + 1
        if not same:
            break  # the line that what is indented belongs to
    return start


def _end(body: Body, number: int) -> int:
    """Behind a block with all that belongs to it: the rest of its list, table or quote, and what
    is indented below.
    """
    block = body.blocks[number]
    if block.kind == "item":
        block = [b for b in body.blocks if b.list == block.list][-1]
    mark = body.text[block.start : block.start + 1]
    goes_on = (" ", "\t", mark) if mark in ("|", ">") else (" ", "\t")
    end = place = block.end
    while place < len(body.text):
        line = body.text[place : body.text.find("\n", place) + 1 or len(body.text)]
        place += len(line)
        if line.startswith(goes_on) and line.strip():
            end = place
        elif line.strip() or mark in ("|", ">"):
            break
    return end


def _put_block(text: str, at: int, block: str) -> str:
    """``text`` with a block at an offset, empty lines around it; quotes are kept apart."""
    head, tail = text[:at].rstrip("\n"), text[at:].lstrip("\n")
    gap = text[len(head) : len(text) - len(tail)]
    last = head.rpartition("\n")[2]
    first = f"{head}\n\n" if head.strip() else head
    if last.startswith(">") and block.startswith(">"):
        first += "<!-- -->\n\n"
    if not tail.strip():
        return f"{first}{block}\n"
    if block.startswith(">") and tail.startswith(">"):
        block += "\n\n<!-- -->"
    return f"{first}{block}{gap if gap.count(chr(10)) > 1 else chr(10) * 2}{tail}"


def _in(body: Body, number: int) -> list[Passage]:
    return [p for p in body.passages if p.block == number]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
