"""YAML that people write, read safely and by position: no aliases, no depth, nothing constructed."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

MAX_DEPTH = 16


@dataclass
class PlainYamlError(Exception):
    """Something that is no plain YAML, at a 1-based line (0: none is known)."""

    line: int
    message: str
    hint: str
    alias: bool = False
    """It is plain but for an anchor or an alias."""


def compose_plain(text: str, what: str) -> yaml.Node | None:
    """The root node of ``text``, None when it is empty; ``what`` names it in messages.

    Raises PlainYamlError for what is not YAML, and for anchors, aliases and deep nesting.
    """
    try:
        _refuse_tricks(text, what)
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark, "line", -1) + 1
        message = f"{what} is not YAML: {error.problem or error.context}"
        hint = 'put text that holds a colon, # or quotes between "…"'
        raise PlainYamlError(line, message, hint) from None
    except (yaml.YAMLError, RecursionError) as error:
        message = f"{what} is not YAML: {str(error).splitlines()[0]}"
        raise PlainYamlError(0, message, "take out what is not plain text") from None
    return node


def _refuse_tricks(text: str, what: str) -> None:
    """Aliases grow without bound, and libyaml's composer dies of deep nesting (a segfault)."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = getattr(event.start_mark, "line", -1) + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = f"{what} uses YAML anchors or aliases (& and *)"
            hint = 'write the value out, or put text that starts with & or * between "…"'
            raise PlainYamlError(line, message, hint, alias=True)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            message = f"{what} is nested more than {MAX_DEPTH} deep"
            raise PlainYamlError(line, message, "write it flat")
