"""Mappings by name: the ones that kbtool brings, and those in files of the user's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from kbtool.errors import InputError
from kbtool.text import did_you_mean
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.mapping.spec import GENERIC, Mapping


@cache
def built_in_mappings() -> tuple[Mapping, ...]:
    """The mappings that kbtool brings, by name. They are not checked again: the tests do that."""
    folder = files("kbtool.tickets.mapping") / "vendors"
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    return tuple(
        parse_mapping((folder / name).read_text(encoding="utf-8"), name, check=False)
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
        known = [mapping.name for mapping in built_in_mappings()] + [GENERIC]
        raise InputError(f"no mapping and no file {name!r}", hint=did_you_mean(name, known))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    return parse_mapping(text, str(path))
