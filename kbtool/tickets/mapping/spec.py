"""Mappings: a YAML file says where a help desk keeps what; one engine reads them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from kbtool.errors import InputError
from kbtool.text import did_you_mean, match_key

TICKET_FIELDS = (
    "id", "subject", "status", "created_at", "solved_at", "language", "requester", "names", "group",
    "channel", "tags", "csat", "reopens", "merged_into",
)  # fmt: skip
MESSAGE_FIELDS = ("id", "role", "visibility", "at", "author", "author_name", "html", "text")
STATUS_WORDS = ("resolved", "open", "spam", "merged", "duplicate", "wontfix")
MARKS = ("spam", "merged", "duplicate", "wontfix")
_TOP = (
    "name",
    "title",
    "source",
    "recognise",
    "join",
    "ticket",
    "status",
    "marks",
    "messages",
    "time",
)
_BLOCK = ("each", "unless", "conversation", "customer_if_same", "html_if", *MESSAGE_FIELDS)


@dataclass(frozen=True, slots=True)
class Value:
    """How one field is read: the first path that holds something, then translated."""

    paths: tuple[str, ...] = ()
    constant: str | None = None
    words: tuple[tuple[str, object], ...] = ()
    """(folded word, what it means)."""
    default: object = None
    scale: tuple[float, float] | None = None
    """Lowest and highest value, brought to 0 … 1."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the path has a value, or a value that contains (or equals) a word."""

    path: str
    contains: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One way messages stand in a record: ``each`` item of a list, or one from the record itself."""

    fields: dict[str, Value]
    each: str | None = None
    unless: str | None = None
    """Path that, when it holds something, makes this block superfluous."""
    conversation: bool = False
    """The text may hold a whole conversation with ``[time, name]`` lines."""
    customer_if_same: tuple[str, str] | None = None
    """(path in the item, path in the ticket): equal values make the message the customer's."""
    html_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """A second file whose records belong to the tickets."""

    name: str
    keys: tuple[str, str]
    """(path in the ticket, path in the second file's record)."""
    beside: tuple[str, ...]
    """File names looked for beside the tickets when none was given."""
    recognise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything the engine needs to read one kind of export."""

    name: str
    title: str
    source: str
    recognise: tuple[str, ...]
    recognise_any: tuple[str, ...]
    ticket: dict[str, Value]
    statuses: dict[str, str]
    """Folded status word → one of ``STATUS_WORDS``."""
    no_status: str
    """What a ticket without any status is."""
    marks: dict[str, tuple[Condition, ...]]
    messages: tuple[Block, ...]
    join: Join | None = None
    zone: str | None = None
    time_format: str | None = None
    month_first: bool = False


@cache
def built_in_mappings() -> tuple[Mapping, ...]:
    """The mappings that kbtool brings, by name."""
    folder = files("kbtool.tickets.mapping") / "vendors"
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    return tuple(
        parse_mapping((folder / name).read_text(encoding="utf-8"), f"built-in {name}")
        for name in found
    )


def find_mapping(name: str) -> Mapping:
    """A built-in mapping by name, or the one in the file ``name``.

    Raises InputError when there is neither or the file is wrong, with every problem by line.
    """
    for mapping in built_in_mappings():
        if mapping.name == name:
            return mapping
    path = Path(name)
    if not path.is_file():
        known = [mapping.name for mapping in built_in_mappings()] + ["generic"]
        raise InputError(f"no mapping and no file {name!r}", hint=did_you_mean(name, known))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    return parse_mapping(text, str(path))


def parse_mapping(text: str, file: str) -> Mapping:
    """The mapping that the YAML ``text`` describes.

    Raises InputError naming ``file:line`` and the key of every problem at once.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else file
        raise InputError(f"{where}: not YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(data, dict):
        raise InputError(f"{file}:1: a mapping has keys such as ticket and messages")
    reader = _Reader(_lines(node, ""))
    mapping = reader.mapping(data, Path(file).stem)
    if reader.problems:
        told = "\n".join(f"{file}:{line}: {what}" for line, what in sorted(reader.problems))
        raise InputError(told, hint="kbtool import FILE --sniff prints a mapping to start from")
    return mapping


def _lines(node: yaml.Node | None, path: str) -> dict[str, int]:
    found = {path: node.start_mark.line + 1} if node is not None and path else {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = f"{path}.{key.value}" if path else str(key.value)
            found.update(_lines(value, below))
            found[below] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            found.update(_lines(item, f"{path}[{index}]"))
    return found


@dataclass(slots=True)
class _Reader:
    """Turns YAML values into records and notes what is wrong where."""

    lines: dict[str, int]
    problems: list[tuple[int, str]] = field(default_factory=list)

    def mapping(self, data: dict[object, object], stem: str) -> Mapping:
        self.keys(data, "", _TOP)
        ticket = self.section(data.get("ticket"), "ticket")
        if "ticket" not in data or "id" not in ticket:
            self.problem("ticket", "ticket.id is missing: every ticket needs an id")
        name = str(data.get("name") or stem)
        recognise = self.section(data.get("recognise", {}), "recognise")
        time = self.section(data.get("time", {}), "time")
        self.keys(recognise, "recognise", ("all", "any"))
        self.keys(time, "time", ("zone", "format", "month_first"))
        self.keys(ticket, "ticket", TICKET_FIELDS)
        statuses, none = self.statuses(self.section(data.get("status", {}), "status"))
        return Mapping(
            name=name,
            title=str(data.get("title") or name),
            source=str(data.get("source") or name),
            recognise=self.texts(recognise.get("all", []), "recognise.all"),
            recognise_any=self.texts(recognise.get("any", []), "recognise.any"),
            ticket={
                k: self.value(v, f"ticket.{k}") for k, v in ticket.items() if k in TICKET_FIELDS
            },
            statuses=statuses,
            no_status=none,
            marks=self.marks(self.section(data.get("marks", {}), "marks")),
            messages=self.blocks(data.get("messages")),
            join=self.join(self.section(data.get("join", {}), "join")),
            zone=str(time["zone"]) if time.get("zone") else None,
            time_format=str(time["format"]) if time.get("format") else None,
            month_first=bool(time.get("month_first", False)),
        )

    def problem(self, path: str, what: str) -> None:
        known = path
        while known and known not in self.lines:
            known = known.rpartition(".")[0]
        self.problems.append((self.lines.get(known, 1), what))

    def keys(
        self, data: dict[object, object] | dict[str, object], path: str, allowed: tuple[str, ...]
    ) -> None:
        for key in data:
            if key not in allowed:
                full = f"{path}.{key}" if path else str(key)
                self.problem(full, f"unknown key {full}; {did_you_mean(str(key), allowed)}")

    def section(self, data: object, path: str) -> dict[str, object]:
        if data is None:
            return {}
        if isinstance(data, dict):
            return {str(key): value for key, value in data.items()}
        self.problem(path, f"{path} must be a mapping")
        return {}

    def texts(self, data: object, path: str) -> tuple[str, ...]:
        items = data if isinstance(data, list) else [data]
        if all(
            isinstance(item, str | int | float) and not isinstance(item, bool) for item in items
        ):
            return tuple(str(item) for item in items)
        self.problem(path, f"{path} must be a text or a list of texts")
        return ()

    def value(self, data: object, path: str) -> Value:
        if not isinstance(data, dict):
            return Value(paths=self.texts(data, path))
        self.keys(data, path, ("from", "value", "map", "default", "scale"))
        words = self.section(data.get("map", {}), f"{path}.map")
        scale = data.get("scale")
        if scale is not None and not (
            isinstance(scale, list)
            and len(scale) == 2
            and all(isinstance(n, int | float) for n in scale)
            and scale[0] < scale[1]
        ):
            self.problem(f"{path}.scale", f"{path}.scale must be [lowest, highest]")
            scale = None
        return Value(
            paths=self.texts(data.get("from", []), f"{path}.from"),
            constant=str(data["value"]) if "value" in data else None,
            words=tuple((match_key(word), meaning) for word, meaning in words.items()),
            default=data.get("default"),
            scale=(float(scale[0]), float(scale[1])) if scale else None,
        )

    def statuses(self, data: dict[str, object]) -> tuple[dict[str, str], str]:
        self.keys(data, "status", (*STATUS_WORDS, "none"))
        found: dict[str, str] = {}
        for meaning in STATUS_WORDS:
            for word in self.texts(data.get(meaning, []), f"status.{meaning}"):
                found[match_key(word)] = meaning
        none = str(data.get("none", "open"))
        if none not in STATUS_WORDS:
            self.problem("status.none", f"status.none must be one of {', '.join(STATUS_WORDS)}")
        return found, none

    def marks(self, data: dict[str, object]) -> dict[str, tuple[Condition, ...]]:
        self.keys(data, "marks", MARKS)
        return {
            mark: tuple(self.condition(item, f"marks.{mark}") for item in _as_list(rules))
            for mark, rules in data.items()
        }

    def condition(self, data: object, path: str) -> Condition:
        if isinstance(data, str):
            return Condition(data)
        rule = self.section(data, path)
        self.keys(rule, path, ("from", "contains"))
        if "from" not in rule:
            self.problem(path, f"{path} needs from: the path to look at")
        contains = rule.get("contains")
        return Condition(str(rule.get("from", "")), None if contains is None else str(contains))

    def blocks(self, data: object) -> tuple[Block, ...]:
        if not isinstance(data, list) or not data:
            self.problem("messages", "messages must be a list of one block or more")
            return ()
        return tuple(
            self.block(self.section(item, f"messages[{i}]"), f"messages[{i}]")
            for i, item in enumerate(data)
        )

    def block(self, data: dict[str, object], path: str) -> Block:
        self.keys(data, path, _BLOCK)
        if "text" not in data and "html" not in data:
            self.problem(path, f"{path} needs text or html")
        same = data.get("customer_if_same")
        return Block(
            fields={
                key: self.value(v, f"{path}.{key}")
                for key, v in data.items()
                if key in MESSAGE_FIELDS
            },
            each=str(data["each"]) if data.get("each") else None,
            unless=str(data["unless"]) if data.get("unless") else None,
            conversation=bool(data.get("conversation", False)),
            customer_if_same=self.pair(same, f"{path}.customer_if_same") if same else None,
            html_if=self.condition(data["html_if"], f"{path}.html_if")
            if "html_if" in data
            else None,
        )

    def pair(self, data: object, path: str) -> tuple[str, str]:
        texts = self.texts(data, path)
        if len(texts) != 2:
            self.problem(path, f"{path} must name two paths")
            return ("", "")
        return texts[0], texts[1]

    def join(self, data: dict[str, object]) -> Join | None:
        if not data:
            return None
        if len(data) > 1:
            self.problem("join", "join can name one second file only")
        name, given = next(iter(data.items()))
        path = f"join.{name}"
        join = self.section(given, path)
        self.keys(join, path, ("keys", "beside", "recognise"))
        return Join(
            name=name,
            keys=self.pair(join.get("keys"), f"{path}.keys"),
            beside=self.texts(join.get("beside", []), f"{path}.beside"),
            recognise=self.texts(join.get("recognise", []), f"{path}.recognise"),
        )


def _as_list(data: object) -> list[object]:
    return data if isinstance(data, list) else [data]
