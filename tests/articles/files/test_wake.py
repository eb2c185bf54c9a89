"""The wake-up rule in front matter: what people write, and what is no rule."""

from __future__ import annotations

from datetime import date

import pytest

from kbtool.articles.files.frontmatter import parse_article
from kbtool.articles.files.wake import parse_wake, times_of, wake_text
from kbtool.model import Wake

REJECTED = "---\nid: kb-1\ntitle: Q\nlang: en\nstatus: rejected\nwake: {}\n---\nText.\n"


@pytest.mark.parametrize(
    ("text", "wake", "written"),
    [
        ("24 tickets", Wake(tickets=24), "24 tickets"),
        ("at 1 ticket", Wake(tickets=1), "1 tickets"),
        ("2 times", Wake(times=2), "2 times"),
        ("1.5  Times", Wake(times=1.5), "1.5 times"),
        ("When volume doubles", Wake(times=2), "2 times"),
        ("after 2027-03-01", Wake(until=date(2027, 3, 1)), "after 2027-03-01"),
        ("2027-03-01", Wake(until=date(2027, 3, 1)), "after 2027-03-01"),
        ("never", Wake(), "never"),
    ],
)
def test_a_rule_is_read_and_written(text: str, wake: Wake, written: str) -> None:
    """In the words of a person, and always the same way by kbtool."""
    assert parse_wake(text) == wake
    assert wake_text(wake) == written
    assert parse_wake(written) == wake


@pytest.mark.parametrize(
    "text", ["", "soon", "0 tickets", "1 times", "0.5 times", "after 2027-02-30", "24", "nan times"]
)
def test_what_is_no_rule_is_told_with_its_line(text: str) -> None:
    """The file is not half-read: a rule nobody understood must not wake or silence a topic."""
    assert parse_wake(text) is None
    article, findings = parse_article(REJECTED.format(f'"{text}"'), "drafts/kb-1.md")
    assert article is None
    assert [(f.code, f.line) for f in findings] == [("bad-wake", 6)]
    assert "2 times" in (findings[0].hint or "")


def test_so_many_tickets_are_so_many_times_those_it_had() -> None:
    """The database keeps rules as a factor; a day and "never" have none."""
    assert times_of(Wake(tickets=24), 12) == 2
    assert times_of(Wake(tickets=24), 0) == 24
    assert times_of(Wake(times=3), 12) == 3
    assert times_of(Wake(until=date(2027, 3, 1)), 12) is None
    assert times_of(Wake(), 12) is None
