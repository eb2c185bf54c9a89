"""YAML to Mapping: read, checked by schema.json, every problem told with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kbtool.errors import InputError
from kbtool.tickets.mapping.build import build_mapping
from kbtool.tickets.mapping.problems import Place, Problem, beyond_schema, place_name, told
from kbtool.tickets.mapping.spec import Mapping

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_DEEPEST = 20
_MOST_NODES = 20_000
_LONGEST_TEXT = 2_000
_LONGEST_NUMBER = 18
_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?")
_HINT = "kbtool import FILE --sniff prints a mapping to start from"


def parse_mapping(text: str, file: str, *, check: bool = True) -> Mapping:
    """The mapping that the YAML ``text`` describes; ``check=False`` trusts it, which is quicker.

    Raises InputError that tells every problem at once as ``file:line: path in the mapping: what``.
    """
    reader = _read(text, file, check)
    data = reader.data
    problems = reader.problems
    if check and not problems:
        problems = find_problems(data)
    if problems:
        lines = sorted({(reader.line(p.place), place_name(p.place), p.text) for p in problems})
        text = "\n".join(
            f"{file}:{line}: {place}{': ' if place else ''}{what}" for line, place, what in lines
        )
        raise InputError(text, hint=_HINT)
    return build_mapping(data, Path(file).stem)


def find_problems(data: object) -> list[Problem]:
    """All that is wrong with a mapping's data: what the schema says, then what it cannot say."""
    found = [problem for error in _validator().iter_errors(data) for problem in told(error)]
    return found or list(beyond_schema(data if isinstance(data, dict) else {}))


def mapping_schema() -> str:
    """The JSON Schema (2020-12) of mappings as text, for editors."""
    return (files("kbtool.tickets.mapping") / "schema.json").read_text(encoding="utf-8")


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(loads(mapping_schema()))


def _read(text: str, file: str, check: bool) -> _Reader:
    loader = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
    reader = _Reader()
    try:
        if check:
            _refuse_bomb(text, file, loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else file
        raise InputError(f"{where}: not YAML: {getattr(error, 'problem', error)}") from None
    reader.data = {} if node is None else reader.value(node, ())
    return reader


def _refuse_bomb(text: str, file: str, loader: Any) -> None:
    """Raise InputError for what would exhaust the stack or the memory of PyYAML or libyaml."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=loader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > 2 * _DEEPEST or count > 2 * _MOST_NODES:
            what = "nested too deep" if depth > 2 * _DEEPEST else "says too much for a mapping"
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise InputError(f"{file}:{line}: {what}", hint=_HINT)


@dataclass(slots=True)
class _Reader:
    """YAML's nodes as plain data, with the line of each.

    Unlike PyYAML, only ``true`` and ``false`` are true or false (``no`` and ``on`` are words that
    tables hold), times are texts, keys are texts, and a key given twice is a mistake.
    """

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest one around it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def value(self, node: yaml.Node, place: Place) -> Any:
        """What a node holds."""
        self.lines.setdefault(place, node.start_mark.line + 1)
        if not self.counted():
            return None
        if isinstance(node, yaml.ScalarNode):
            if len(node.value) > _LONGEST_TEXT:
                self.problems.append(Problem(place, f"longer than {_LONGEST_TEXT:,} characters"))
            return _scalar(node)
        if len(place) > _DEEPEST:
            self.problems.append(Problem(place, "nested too deep"))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, i)) for i, item in enumerate(node.value)]
        data: dict[str, Any] = {}
        for key, item in self.pairs(node, 0):
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            below = (*place, name)
            if name in data:
                self.problems.append(
                    Problem(below, f"is given twice, in line {self.lines[below]} too")
                )
            self.lines[below] = key.start_mark.line + 1
            data[name] = self.value(item, below)
        return data

    def counted(self) -> bool:
        """Count a node; false when they are too many: a few lines of aliases stand for billions."""
        self.nodes += 1
        if self.nodes == _MOST_NODES:
            self.problems.append(Problem((), "says too much for a mapping"))
        return self.nodes < _MOST_NODES

    def pairs(self, node: yaml.Node, depth: int) -> list[tuple[yaml.Node, yaml.Node]]:
        """A mapping's keys and values; what ``<<`` takes over stands first, unless given anew."""
        own: list[tuple[yaml.Node, yaml.Node]] = []
        taken: dict[object, tuple[yaml.Node, yaml.Node]] = {}
        for key, item in node.value:
            if key.value != "<<":
                own.append((key, item))
                continue
            for source in item.value if isinstance(item, yaml.SequenceNode) else [item]:
                if isinstance(source, yaml.MappingNode) and depth <= _DEEPEST and self.counted():
                    pairs = self.pairs(source, depth + 1)
                    taken |= {str(pair[0].value): pair for pair in pairs}
        given = {str(key.value) for key, _ in own}
        return [pair for name, pair in taken.items() if name not in given] + own


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    text = str(node.value)
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "float") and len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text
