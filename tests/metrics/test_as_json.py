"""The report as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace

from kbtool.metrics.as_json import report_json
from kbtool.metrics.links import LinkFigures
from kbtool.model import BrokenLink, Rate, Report
from tests.metrics.histories import NONE, NOW, article, report_of
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


def test_beside_every_share_stands_what_it_is_made_of() -> None:
    """share = numerator / denominator within low and high; all three are null or none is."""
    for min_count in (1, 4):
        found = list(shares(report_json(report_of(HISTORY, min_count=min_count))))
        assert len(found) >= 11 + 2 * 3
        for data in found:
            numerator, denominator = data["numerator"], data["denominator"]
            assert isinstance(numerator, int)
            assert isinstance(denominator, int)
            if denominator < min_count or denominator == 0:
                assert data["share"] is data["low"] is data["high"] is None
            else:
                assert data["share"] == round(numerator / denominator, 6)
