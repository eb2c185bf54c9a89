"""What a JSON file is, from its beginning: lines, lists, an answer of an API, one record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Rejected
from kbtool.tickets.readers.inputs import open_inputs
from kbtool.tickets.readers.json_pages import json_kind

TICKET = {"id": 1, "subject": "a", "comments": [{"id": 10}, {"id": 11}]}


def opened(tmp_path: Path, data: str) -> list[tuple[str, list[Any]]]:
    """(name, records) of each input in a file."""
    path = tmp_path / "page.json"
    path.write_text(data, encoding="utf-8")
    return [
        (item.name, [r if isinstance(r, Rejected) else r.data for r in item.records()])
        for item in open_inputs([path], ("en",))
    ]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "data",
    [
        [TICKET, TICKET],
        {"tickets": [TICKET, TICKET], "count": 2, "next_page": None},
        {"type": "conversation.list", "pages": {"type": "pages", "page": 1}, "conversations": [TICKET, TICKET]},
        {"_embedded": {"conversations": [TICKET, TICKET]}, "_links": {"self": {"href": "x"}}},
        {"data": {"meta": {"all_count": 2}, "payload": [TICKET, TICKET]}},
        [[TICKET], [TICKET]],
    ],
)  # fmt: skip
def test_lists_are_found_wherever_an_api_puts_them(
    tmp_path: Path, data: object, indent: int | None
) -> None:
    """Two tickets are two records in every wrapping, in one line or in many."""
    assert opened(tmp_path, json.dumps(data, indent=indent)) == [("page.json", [TICKET, TICKET])]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "data", [TICKET, {"ticket": TICKET}, {"comments": TICKET["comments"], "id": 1}]
)
def test_one_record_is_one_record(tmp_path: Path, data: dict[str, Any], indent: int | None) -> None:
    """An object that says who it is is not a list of what is in it, even when it says so last."""
    found = opened(tmp_path, json.dumps(data, indent=indent))
    assert [len(records) for _, records in found] == [1]
    assert found[0][1][0].get("id", found[0][1][0].get("ticket", {}).get("id")) == 1


def test_a_long_record_is_known_by_what_stands_behind(tmp_path: Path) -> None:
    """A topic whose posts fill the first 200,000 characters still has its id after them."""
    topic = {
        "post_stream": {"posts": [{"post": n, "cooked": "x" * 1000} for n in range(400)]},
        "id": 8,
    }
    assert [len(records) for _, records in opened(tmp_path, json.dumps(topic, indent=1))] == [1]


def test_every_list_of_an_answer_is_an_input_of_its_own(tmp_path: Path) -> None:
    """Side-loaded users are not tickets."""
    page = {"tickets": [TICKET], "users": [{"id": 7, "role": "agent"}], "count": 1}
    assert opened(tmp_path, json.dumps(page)) == [
        ("page.json: tickets", [TICKET]),
        ("page.json: users", [{"id": 7, "role": "agent"}]),
    ]


@pytest.mark.parametrize(
    "text", ['{"id": 1}\n{"id": 2}\n', '{"id": 1, "su\n{"id": 2}\n', '{"id": 1}\n']
)
def test_lines_stay_lines(text: str) -> None:
    """One object a line, though the first is cut off or the only one."""
    assert json_kind(text) == "json lines"


@given(st.text(max_size=60))
def test_any_beginning_is_judged_without_a_crash(text: str) -> None:
    """Whatever a file begins with, it is one of the four."""
    for start in ("", "{", '{"', '{"a": ', "["):
        assert json_kind(start + text) in (None, "json", "json lines", "json object")
