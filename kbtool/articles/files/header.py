"""The YAML between the two ``---`` of an article's file, read safely and by position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from kbtool.plain_yaml import PlainYamlError, compose_plain

MAX_HEADER = 1_000_000
"""Characters of front matter; more is a mistake or an attack."""
_OPENING = re.compile(r"\ufeff?---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass
class ProblemError(Exception):
    """Something wrong at a line (1-based, of the file)."""

    code: str
    line: int
    message: str
    hint: str


def split_header(text: str) -> tuple[str, str, int]:
    """(front matter, body, line on which the body starts). Raises ProblemError."""
    opening = _OPENING.match(text)
    if not opening:
        raise ProblemError(
            "no-front-matter", 1, "the file does not start with front matter",
            "start it with a line ---, then id, title, lang and status, then a line ---",
        )  # fmt: skip
    closing = _CLOSING.search(text, opening.end(), opening.end() + MAX_HEADER)
    if not closing:
        if len(text) > MAX_HEADER:
            message, hint = (
                "the front matter is larger than 1 MB",
                "keep only kbtool's own keys in it",
            )
            raise ProblemError("too-large", 1, message, hint)
        message, hint = "the front matter has no end", "put a line --- after the last key"
        raise ProblemError("no-front-matter", 1, message, hint)
    header = text[opening.end() : closing.start()]
    return header, text[closing.end() :], header.count("\n") + 3


def compose(header: str) -> dict[str, tuple[int, yaml.Node]]:
    """Key → (line of the file, value node). Raises ProblemError."""
    try:
        node = compose_plain(header, "the front matter")
    except PlainYamlError as error:
        code = "yaml-alias" if error.alias else "bad-yaml"
        raise ProblemError(code, error.line + 1, error.message, error.hint) from None
    if not isinstance(node, yaml.MappingNode):
        hint = "write one key: value a line, beginning with id"
        raise ProblemError("bad-yaml", 2, "the front matter is not a list of keys", hint)
    return _keys(node)


def _keys(node: yaml.MappingNode) -> dict[str, tuple[int, yaml.Node]]:
    nodes: dict[str, tuple[int, yaml.Node]] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise ProblemError(
                "bad-yaml", line, "a key must be plain text", "write it as name: value"
            )
        if key.value in nodes:
            message = f"{key.value[:40]!r} stands here twice (first in line {nodes[key.value][0]})"
            raise ProblemError("duplicate-key", line, message, "keep one of them")
        nodes[key.value] = (line, value)
    return nodes


def construct(node: yaml.Node) -> Any:
    """The plain value of a node. Raises yaml.YAMLError, ValueError, RecursionError."""
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()
