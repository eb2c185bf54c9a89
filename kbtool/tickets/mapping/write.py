"""Mapping to YAML, which reads back to the same mapping."""

from __future__ import annotations

from typing import Any

import yaml

from kbtool.tickets.mapping.spec import Block, Condition, Join, Lookup, Mapping, Shape, Value


def mapping_yaml(mapping: Mapping) -> str:
    """The mapping as YAML that ``--mapping`` reads back to the same mapping."""
    words: dict[str, list[str]] = {}
    for word, meaning in mapping.statuses.items():
        words.setdefault(meaning, []).append(word)
    data: dict[str, Any] = {
        "name": mapping.name,
        "title": mapping.title,
        "source": mapping.source,
        "recognise": _shape(mapping.recognise),
        "group_by": mapping.group_by,
        "order_by": mapping.order_by,
        "needs_customer": mapping.needs_customer,
        "skip": [{**_long(skip.condition), "reason": skip.reason} for skip in mapping.skips],
        "join": {join.name: _join(join) for join in mapping.joins},
        "lookup": {lookup.name: _lookup(lookup) for lookup in mapping.lookups},
        "ticket": {name: _value(value) for name, value in mapping.ticket.items()},
        "status": {**words, "none": mapping.no_status},
        "marks": {m: [_condition(rule) for rule in rules] for m, rules in mapping.marks.items()},
        "unwrap": mapping.unwrap,
        "note": mapping.note,
        "refuse": [
            {"recognise": _shape(item.shape), "reason": item.reason, "hint": item.hint}
            for item in mapping.refusals
        ],
        "messages": [_block(block) for block in mapping.messages],
        "time": _filled(
            {
                "zone": mapping.zone,
                "format": mapping.time_format,
                "month_first": mapping.month_first,
            }
        ),
    }
    return yaml.dump(
        _filled(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100,
        default_flow_style=None,
    )  # fmt: skip


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, False, [], {}, "")}


def _one(texts: tuple[str, ...]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)


def _shape(shape: Shape) -> dict[str, Any]:
    return _filled(
        {
            "all": list(shape.all),
            "any": list(shape.any),
            "none": list(shape.none),
            "stream": list(shape.streams),
            "format": shape.format,
        }
    )


def _second(item: Join | Lookup) -> dict[str, Any]:
    keys = _shape(item.shape)
    stream = keys.pop("stream", [])
    return {
        "recognise": keys["all"] if keys.keys() == {"all"} else keys,
        "stream": stream,
        "beside": list(item.beside),
    }


def _join(join: Join) -> dict[str, Any]:
    keys = [_one(paths) for paths in join.keys]
    filled = _filled({"keys": keys, **_second(join), "id": join.id, "one": join.one})
    return filled if join.required else {**filled, "required": False}


def _lookup(lookup: Lookup) -> dict[str, Any]:
    return _filled({"key": lookup.key, **_second(lookup)})


def _value(value: Value) -> object:
    if value.constant is not None:
        return {"value": value.constant}
    extra: dict[str, Any] = {}
    if value.together:
        extra["together"] = _one(value.together)
    if value.hash:
        extra["hash"] = _one(value.hash)
    if value.words:
        extra["map"] = dict(value.words)
    if value.default is not None:
        extra["default"] = value.default
    if value.scale:
        extra["scale"] = list(value.scale)
    if value.separator:
        extra["separator"] = value.separator
    if value.agent_if:
        extra["agent_if"] = value.agent_if
    if not value.paths:
        return extra
    paths = _one(value.paths)
    return {"from": paths, **extra} if extra else paths


def _long(condition: Condition) -> dict[str, Any]:
    data: dict[str, Any] = {"from": condition.path}
    if condition.words:
        data["is"] = _one(condition.words)
    if condition.contains is not None:
        data["contains"] = condition.contains
    if condition.negate:
        data["not"] = True
    return data


def _condition(condition: Condition) -> object:
    data = _long(condition)
    return condition.path if len(data) == 1 else data


def _block(block: Block) -> dict[str, Any]:
    cells = block.cells
    head = {
        "each": block.each,
        "unless": _one(block.unless) if block.unless else None,
        "only": [_condition(rule) for rule in block.only],
        "skip": [_condition(rule) for rule in block.skip],
        "cells": {"separator": cells.separator, "names": list(cells.names)} if cells else None,
        "conversation": block.conversation,
        "customer_if_same": list(block.customer_if_same),
        "html_if": _condition(block.html_if) if block.html_if else None,
    }
    return {**_filled(head), **{name: _value(value) for name, value in block.fields.items()}}
