"""The report as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

import pytest

from kbtool.metrics.as_json import report_json
from kbtool.metrics.compare import compare
from kbtool.metrics.links import LinkFigures
from kbtool.model import BrokenLink, Rate, Report
from tests.metrics.histories import NONE, NOW, article, report_of
from tests.metrics.page.samples import empty, rich, young
from tests.metrics.rates import rates
from tests.metrics.test_report import HISTORY, topic


def shares(data: object) -> Iterator[dict[str, object]]:
    """Every object that holds a share, however deep."""
    if isinstance(data, dict):
        if "share" in data:
            yield data
        for value in data.values():
            yield from shares(value)
    elif isinstance(data, list):
        for value in data:
            yield from shares(value)


def test_json_holds_the_whole_report_and_reads_back_the_same() -> None:
    """Every field under its own name, nothing that JSON does not know."""
    sent = (BrokenLink("en/old/", 2, NOW, NOW, "s:9"), BrokenLink("en/x/", 1, None))
    links = LinkFigures(
        Rate(1, 2, None, None), NONE, NONE, (("kb-1", 1),), gone=(("kb-7", 1),), broken=sent
    )
    found = report_of(
        HISTORY, articles=[article("kb-1")], topics=[topic("t-1", [("2026-10", 3)])], links=links
    )
    data = report_json(found)
    assert json.loads(json.dumps(data)) == data
    assert set(data) == {"format"} | {field.name for field in fields(Report)}
    assert data["excluded"] == {"bot": 2, "staff": 1}
    assert data["gone_links"] == {"kb-7": 1}
    assert data["broken_links"] == [
        {
            "address": "en/old/",
            "tickets": 2,
            "last_sent": NOW.isoformat(),
            "first_sent": NOW.isoformat(),
            "newest": "s:9",
        },
        {"address": "en/x/", "tickets": 1, "last_sent": None, "first_sent": None, "newest": ""},
    ]
    assert data["topics"] == [
        {
            "topic": "t-1",
            "question": "How?",
            "months": {"2026-10": 3},
            "article": None,
            "trend": "steady",
        }
    ]
    assert report_json(replace(found, since=NOW))["since"] == NOW.isoformat()


def test_every_part_of_a_rich_report_is_there() -> None:
    """Estimates with their intervals, days as text, counts by name as objects, unknown as null."""
    data: dict[str, Any] = report_json(rich(), compare(rich(), rich()))
    assert json.loads(json.dumps(data)) == data
    assert data["effects"]["pooled"]["per_month"] == {"value": 41.3, "low": 22.4, "high": 60.2}
    assert data["effects"]["topics"][10]["change"] is None
    assert data["effects"]["topics"][10]["missing"] == ["9 of 13 weeks since the article"]
    assert data["series"][0]["start"] == "2025-11-24"
    assert data["contact"]["steps"]["open"] == 4_312
    assert data["contact"]["holdout"]["on"]["denominator"] == 2_410
    assert data["months"][0]["natures"] == {"question": 400, "problem": 180, "": 30}
    assert data["articles"][0]["reasons"] == {"unclear": 7, "not-what-i-needed": 2}
    assert data["articles"][0]["excess"].keys() == {"value", "low", "high"}
    assert data["sources"][1]["lacks"] == ["searches", "votes"]
    assert data["compared"]["changes"][0] == {
        "name": "views", "before": rich().views, "now": rich().views, "difference": None, "word": None,
    }  # fmt: skip


def test_what_is_counted_by_name_is_an_object_also_when_nothing_is() -> None:
    """So that a script meets one kind of thing; lists stay lists."""
    data = report_json(empty())
    assert (data["excluded"], data["gone_links"], data["reasons"]) == ({}, {}, {})
    assert (data["months"], data["series"], data["articles"]) == ([], [], [])
    assert data["effects"] is data["contact"] is None


def test_no_share_of_a_report_is_missing() -> None:
    """Each one that the records hold, in their order, with what it is made of."""
    for report in (rich(), young(), report_of(HISTORY, min_count=1)):
        found = [(data["numerator"], data["denominator"]) for data in shares(report_json(report))]
        held = [(rate.numerator, rate.denominator) for rate in rates(report)]
        assert found == held
    hinted = {
        name for name, hint in get_type_hints(Report).items() if Rate in (hint, *get_args(hint))
    }
    whole = report_json(rich())
    assert {
        name for name, data in whole.items() if isinstance(data, dict) and "share" in data
    } == hinted


@pytest.mark.parametrize("min_count", [1, 4])
def test_beside_every_share_stands_what_it_is_made_of(min_count: int) -> None:
    """share = numerator / denominator within low and high; all three are null or none is."""
    found = list(shares(report_json(report_of(HISTORY, min_count=min_count))))
    assert {data["share"] is None for data in found} == {True, False}
    for data in found:
        numerator, denominator = data["numerator"], data["denominator"]
        assert isinstance(numerator, int)
        assert isinstance(denominator, int)
        if denominator < min_count or denominator == 0:
            assert data["share"] is data["low"] is data["high"] is None
        else:
            assert data["share"] == round(numerator / denominator, 6)
            low, high = data["low"], data["high"]
            assert isinstance(low, float)
            assert isinstance(high, float)
            assert low <= numerator / denominator <= high
