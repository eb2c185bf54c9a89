"""Mappings by name: what kbtool brings keeps the schema, what a user names is found or told."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from kbtool.errors import InputError
from kbtool.tickets.mapping.library import built_in_mappings, find_mapping
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.mapping.write import mapping_yaml

VENDORS = sorted(
    item.name for item in (files("kbtool.tickets.mapping") / "vendors").iterdir()
    if item.name.endswith(".yaml")
)  # fmt: skip


@pytest.mark.parametrize("name", VENDORS)
def test_a_built_in_mapping_keeps_the_schema(name: str) -> None:
    """They are read without a check, so each is checked here; its name is its file's."""
    text = (files("kbtool.tickets.mapping") / "vendors" / name).read_text(encoding="utf-8")
    assert f"{parse_mapping(text, name).name}.yaml" == name


@pytest.mark.parametrize("mapping", built_in_mappings(), ids=lambda m: m.name)
def test_a_mapping_survives_its_own_yaml(mapping: Mapping) -> None:
    """What --sniff prints is read back to the same mapping."""
    assert parse_mapping(mapping_yaml(mapping), "again.yaml") == mapping


def test_an_unknown_mapping_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt built-in name is not taken for a file silently."""
    with pytest.raises(InputError, match="no mapping and no file") as caught:
        find_mapping("zendesc")
    assert "zendesk" in str(caught.value.hint)


def test_a_file_is_a_mapping_named_after_it(tmp_path: Path) -> None:
    """Without a name of its own it is called like its file; a byte order mark does no harm."""
    path = tmp_path / "mine.yaml"
    path.write_text("\ufeffticket: {id: n}\nmessages: [{text: t}]\n", encoding="utf-8")
    mapping = find_mapping(str(path))
    assert (mapping.name, mapping.title, mapping.source) == ("mine", "mine", "mine")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are told with the file's name."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"mine\.yaml: cannot be read"):
        find_mapping(str(path))
