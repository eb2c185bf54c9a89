"""Checked data to a Mapping: short forms made long, words folded."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any, TypeAlias

from kbtool.tickets.mapping.paths import as_word
from kbtool.tickets.mapping.spec import (
    MESSAGE_FIELDS,
    Block,
    Cells,
    Condition,
    Join,
    Lookup,
    Mapping,
    Refusal,
    Shape,
    Skip,
    Value,
)

Data: TypeAlias = AnyMapping[str, Any]
"""YAML that schema.json accepts."""


def build_mapping(data: Data, stem: str) -> Mapping:
    """The mapping that ``data`` describes; ``stem`` is its name when it gives none."""
    name = data.get("name", stem)
    statuses = data.get("status", {})
    time = data.get("time", {})
    return Mapping(
        name=name,
        title=data.get("title", name),
        source=data.get("source", name),
        recognise=_shape(data.get("recognise", {})),
        group_by=data.get("group_by"),
        order_by=data.get("order_by"),
        needs_customer=data.get("needs_customer", False),
        skips=tuple(Skip(_condition(item), item["reason"]) for item in data.get("skip", ())),
        joins=tuple(_join(name, item) for name, item in data.get("join", {}).items()),
        lookups=tuple(_lookup(name, item) for name, item in data.get("lookup", {}).items()),
        ticket={name: _value(item) for name, item in data["ticket"].items()},
        statuses={
            word: meaning
            for meaning, words in statuses.items()
            if meaning != "none"
            for word in _words(words)
        },
        no_status=statuses.get("none", "open"),
        marks={mark: _conditions(rules) for mark, rules in data.get("marks", {}).items()},
        messages=tuple(_block(item) for item in data["messages"]),
        zone=time.get("zone"),
        time_format=time.get("format"),
        month_first=time.get("month_first", False),
        unwrap=data.get("unwrap"),
        note=data.get("note"),
        refusals=tuple(
            Refusal(_shape(item["recognise"]), item["reason"], item["hint"])
            for item in data.get("refuse", ())
        ),
    )


def _texts(data: Any) -> tuple[str, ...]:
    return (data,) if isinstance(data, str) else tuple(data)


def _words(data: Any) -> tuple[str, ...]:
    return tuple(as_word(word) for word in (data if isinstance(data, list) else [data]))


def _shape(data: Any, streams: Any = ()) -> Shape:
    if isinstance(data, list):
        data = {"all": data}
    return Shape(
        all=_texts(data.get("all", ())),
        any=_texts(data.get("any", ())),
        none=_texts(data.get("none", ())),
        streams=_texts(data.get("stream", streams)),
        format=data.get("format"),
    )


def _join(name: str, data: Data) -> Join:
    mine, theirs = data["keys"]
    return Join(
        name=name,
        keys=(_texts(mine), _texts(theirs)),
        shape=_shape(data.get("recognise", {}), data.get("stream", ())),
        beside=_texts(data.get("beside", ())),
        required=data.get("required", True),
        id=data.get("id"),
        one=data.get("one", False),
    )


def _lookup(name: str, data: Data) -> Lookup:
    return Lookup(
        name=name,
        key=data["key"],
        shape=_shape(data.get("recognise", {}), data.get("stream", ())),
        beside=_texts(data.get("beside", ())),
    )


def _value(data: Any) -> Value:
    if not isinstance(data, dict):
        return Value(paths=_texts(data))
    scale = data.get("scale")
    constant = data.get("value")
    return Value(
        paths=_texts(data.get("from", ())),
        constant=_plain(constant) if "value" in data else None,
        words=tuple((as_word(word), meaning) for word, meaning in data.get("map", {}).items()),
        default=data.get("default"),
        scale=(float(scale[0]), float(scale[1])) if scale else None,
        together=_texts(data.get("together", ())),
        hash=_texts(data.get("hash", ())),
        separator=data.get("separator"),
        agent_if=data.get("agent_if"),
    )


def _plain(value: object) -> str:
    """A constant as text, spelled as it was written."""
    return value if isinstance(value, str) else as_word(value)


def _conditions(data: Any) -> tuple[Condition, ...]:
    return tuple(_condition(item) for item in (data if isinstance(data, list) else [data]))


def _condition(data: Any) -> Condition:
    if isinstance(data, str):
        return Condition(data)
    contains = data.get("contains")
    return Condition(
        data["from"],
        words=_words(data["is"]) if "is" in data else (),
        contains=None if contains is None else as_word(contains),
        negate=data.get("not", False),
    )


def _block(data: Data) -> Block:
    cells = data.get("cells")
    return Block(
        fields={key: _value(item) for key, item in data.items() if key in MESSAGE_FIELDS},
        each=data.get("each"),
        unless=_texts(data.get("unless", ())),
        only=_conditions(data["only"]) if "only" in data else (),
        skip=_conditions(data["skip"]) if "skip" in data else (),
        cells=Cells(cells["separator"], tuple(cells["names"])) if cells else None,
        conversation=data.get("conversation", False),
        customer_if_same=_texts(data.get("customer_if_same", ())),
        html_if=_condition(data["html_if"]) if "html_if" in data else None,
    )
