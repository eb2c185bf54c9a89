"""What a mapping's values and conditions give for an item, prepared once for all records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from kbtool.tickets.mapping.paths import Chain, Path, Tables, as_word, key_text, prepare
from kbtool.tickets.mapping.spec import Condition, Value

_ADDRESS = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_ADDRESS_WITHIN = 1_000
_HASH_DIGITS = 16
_SPELLED = {
    "true": ("1", "t", "yes", "y"),
    "false": ("0", "f", "no", "n"),
}
"""What databases and tables write for true and false."""
_NOTHING = frozenset(("false", "0", "0.0", "f", "null", "nan"))
"""What they write for no value where a flag is asked for."""
_LONGEST_NOTHING = max(map(len, _NOTHING))


class Field:
    """One value of a mapping, ready to be read."""

    __slots__ = (
        "agents", "constant", "default", "doubtful", "hashed", "paths", "plain", "scale", "separator",
        "together", "words",
    )  # fmt: skip

    def __init__(self, value: Value, tables: Tables, agent_addresses: Sequence[str]) -> None:
        self.constant = value.constant
        self.paths = tuple(prepare(path, tables) for path in value.paths)
        self.together = [prepare(path, tables) for path in value.together]
        self.hashed = [prepare(path, tables) for path in value.hash]
        self.words = _with_spellings(dict(value.words))
        self.default = value.default
        is_flag = {"true", "false"} <= self.words.keys()
        # Whom nobody said a message was for is the public; whom nobody understands may be the team.
        self.doubtful = "internal" if is_flag and value.default == "public" else None
        self.scale = value.scale
        self.separator = value.separator
        self.agents = frozenset(_plain(a) for a in agent_addresses) if value.agent_if else None
        self.plain = not value.words and value.scale is None and self.agents is None

    def read(self, chain: Chain) -> object:
        """The constant, or the first path with a value, translated; else the default."""
        if self.constant is not None:
            return self.constant
        found = None
        for path in self.paths:
            found = path.scalar(chain)
            if found is not None:
                break
        if found is None and self.together:
            found = " ".join(filter(None, _texts(self.together, chain))) or None
        if found is None and self.hashed:
            found = _digest(_texts(self.hashed, chain))
        if not self.plain and found is not None:
            found = self._meaning(found)
        return self.default if found is None else found

    def every(self, chain: Chain) -> list[object]:
        """Every value of every path, untranslated."""
        if self.constant is not None:
            return [self.constant]
        found = [value for path in self.paths for value in path.every(chain)]
        return found if self.separator is None else _parted(found, self.separator)

    def _meaning(self, found: object) -> object:
        if self.agents is not None:
            return writer(found, self.agents)
        word = as_word(found) if self.words else ""
        if word in self.words:
            return self.words[word]
        return _scaled(found, self.scale) if self.scale else self.doubtful


class Test:
    """One condition of a mapping, ready to be asked."""

    __slots__ = ("contains", "negate", "path", "words")

    def __init__(self, condition: Condition, tables: Tables) -> None:
        self.path = prepare(condition.path, tables)
        self.words = frozenset(_with_spellings(dict.fromkeys(condition.words)))
        self.contains = condition.contains
        self.negate = condition.negate

    def holds(self, chain: Chain) -> bool:
        """Whether the condition is true of the item."""
        found = self.path.every(chain)
        return bool(found) and self._any(found) if not self.negate else not self._any(found)

    def _any(self, found: list[object]) -> bool:
        if self.words:
            return any(as_word(v) in self.words for v in _flat(found) if key_text(v) is not None)
        if self.contains is not None:
            return any(
                any(as_word(member) == self.contains for member in value)
                if isinstance(value, list)
                else self.contains in as_word(value)
                for value in found
            )
        return any(has_something(value) for value in found)


def has_something(value: object) -> bool:
    """Whether a value says anything: not blank, empty, false or zero, also as a table writes it."""
    if isinstance(value, str):
        text = value.strip()
        return bool(text) and not (len(text) <= _LONGEST_NOTHING and text.lower() in _NOTHING)
    return bool(value)


def _with_spellings(words: dict[str, object]) -> dict[str, object]:
    """Words with what else may be written for true and false, unless it has a meaning of its own."""
    more = {
        other: words[word] for word, others in _SPELLED.items() if word in words for other in others
    }
    return {**more, **words}


def writer(value: object, agents: frozenset[str]) -> str | None:
    """``agent`` or ``customer`` by the mail address in a text; ``None`` when there is none.

    ``agents`` holds addresses and domains in lower case; a domain stands for its subdomains too.
    """
    found = _ADDRESS.findall(str(value)[:_ADDRESS_WITHIN])
    if not found:
        return None
    address = _plain(found[-1])
    domain = address.rpartition("@")[2]
    parts = domain.split(".")
    domains = {".".join(parts[index:]) for index in range(len(parts))}
    return "agent" if address in agents or not agents.isdisjoint(domains) else "customer"


def texts_of(values: list[object]) -> tuple[str, ...]:
    """Every text among the values and in the lists among them, once each."""
    pieces = (piece for v in values for piece in (v if isinstance(v, list) else (v,)))
    return tuple(dict.fromkeys(text for piece in pieces if (text := key_text(piece))))


def _texts(paths: Sequence[Path], chain: Chain) -> list[str]:
    return [key_text(path.scalar(chain)) or "" for path in paths]


def _digest(texts: list[str]) -> str | None:
    """A name for records that have none: the same texts give the same digits anywhere, always."""
    if not any(texts):
        return None
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def _plain(address: str) -> str:
    return address.strip().casefold().strip("<>.'").removeprefix("@")


def _parted(values: list[object], separator: str) -> list[object]:
    return [piece for v in values for piece in (v.split(separator) if isinstance(v, str) else (v,))]


def _flat(values: list[object]) -> list[object]:
    return [piece for v in values for piece in (v if isinstance(v, list) else (v,))]


def _scaled(value: object, scale: tuple[float, float]) -> float | None:
    """A rating brought to 0 … 1; ``None`` for what stands outside the scale (0 = not rated)."""
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        return None
    low, high = scale
    return round((number - low) / (high - low), 4) if low <= number <= high else None
