"""Every built-in mapping knows its own help desk's export, and no other mapping takes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.tickets.mapping.library import built_in_mappings
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.mapping.write import mapping_yaml
from tests.tickets.vendors import (
    test_freshdesk,
    test_helpscout,
    test_hubspot,
    test_intercom,
    test_jira,
    test_servicenow,
    test_zammad,
    test_zendesk,
)
from tests.tickets.vendors.desk import read

EXPORTS: dict[str, str | bytes] = {
    "zendesk": test_zendesk.INLINE,
    "zendesk-view": test_zendesk.VIEW,
    "freshdesk": test_freshdesk.FILES["tickets.json"],
    "freshdesk-csv": test_freshdesk.LIST,
    "zammad": json.dumps([{**test_zammad.TICKET, "articles": test_zammad.ARTICLES}]),
    "intercom": test_intercom.CONVERSATIONS,
    "intercom-tickets": test_intercom.TICKETS,
    "helpscout": test_helpscout.CONVERSATIONS,
    "hubspot": test_hubspot.page(test_hubspot.TICKET),
    "hubspot-csv": test_hubspot.RECORDS,
    "jira": test_jira.issues(test_jira.ISSUE),
    "jira-csv": test_jira.LIST,
    "servicenow": test_servicenow.table(test_servicenow.INCIDENT),
    "servicenow-csv": test_servicenow.LIST,
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_recognised_as_what_it_is(tmp_path: Path, name: str) -> None:
    """Whatever the file is called, its keys or columns tell the help desk, with every ticket read."""
    found = read(tmp_path, {"export.txt": EXPORTS[name]})
    assert found.mappings == [name]
    assert found.tickets
    assert found.rejected == ()


@pytest.mark.parametrize("name", [mapping.name for mapping in built_in_mappings()])
def test_a_built_in_mapping_is_right(name: str) -> None:
    """The schema accepts it, it says where its facts come from, and --sniff can print it."""
    folder = Path(__file__).parents[3] / "kbtool" / "tickets" / "mapping" / "vendors"
    text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
    mapping = parse_mapping(text, f"{name}.yaml")
    assert mapping.name == name
    assert text.startswith("#") and ("http" in text.split("name:")[0] or name in ("mail",))
    assert parse_mapping(mapping_yaml(mapping), "again.yaml") == mapping
