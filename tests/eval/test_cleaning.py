"""The measure itself, the labelled set, and what cleaning must not fall below."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.eval.cleaning import (
    LANGUAGES,
    SETS,
    Case,
    as_text,
    judge,
    kbtool,
    kbtool_nameless,
    mail_parser_reply_lists,
    quotequail,
    read_cases,
    words,
)

LINES = (
    ("?", "hi eva"), ("b", "it broke ‖my lamp"), ("b", "what now"), ("s", "regards"), ("q", "old"),
)  # fmt: skip
CASE = Case("k", "en", None, "", False, LINES)
CASES = [case for lang in LANGUAGES for case in read_cases(lang)]


@pytest.mark.parametrize(("name", "least"), [("first", 18), ("heldout", 13)])
def test_the_set_is_complete(name: str, least: int) -> None:
    """Each kind once in each of seven languages, every case with something to keep."""
    cases = [case for lang in LANGUAGES for case in read_cases(lang, SETS[name])]
    kinds = {case.kind for case in cases}
    assert len(kinds) >= least
    assert Counter((case.kind, case.lang) for case in cases) == Counter(
        (kind, lang) for kind in kinds for lang in LANGUAGES
    )
    assert all(any(label == "b" for label, _ in case.lines) for case in cases)
    assert all("‖" not in case.raw and "%%" not in case.raw for case in cases)


def test_what_may_stay_or_go_does_not_count() -> None:
    """A greeting, whole, in part or not at all; a greeting word before the line's own words."""
    for kept in (
        "Hi Eva,\nIt broke my lamp.\n\nWhat now?",
        "my lamp\nwhat now",
        "Eva,\nmy lamp **what now**",
    ):
        assert judge(CASE, kept).exact, kept


def test_each_mistake_is_counted_where_it_belongs() -> None:
    """A lost body line, a signature left, a quote left, a changed order."""
    lost = judge(CASE, "it broke my lamp")
    assert (lost.exact, lost.body, lost.signature, lost.quote) == (False, (1, 2), (1, 1), (1, 1))
    left = judge(CASE, "it broke my lamp\nwhat now\nRegards\n> old")
    assert (left.exact, left.body, left.signature, left.quote) == (False, (2, 2), (0, 1), (0, 1))
    assert judge(CASE, "what now\nit broke my lamp").body == (1, 2)
    assert not judge(CASE, "it broke my lamp\nwhat now\nsomething else").exact


def test_html_is_read_as_a_text_program_shows_it() -> None:
    """The libraries that know no HTML get its text, a line a block."""
    html = "<html><head><style>p{}</style></head><body><p>One <b>two</b></p>three<br>four</body>"
    assert words(as_text(html)) == "one two three four"
    assert as_text(html).split("\n")[-2:] == ["three", "four"]


def test_cleaning_stays_as_good_as_it_was() -> None:
    """Shares that were reached once, and more than the libraries that do the same reach."""
    outcomes = [judge(case, kbtool(case)) for case in CASES]
    exact = sum(outcome.exact for outcome in outcomes)
    kept = sum(outcome.body[0] for outcome in outcomes)
    assert exact >= 0.98 * len(CASES)
    assert kept >= 0.99 * sum(outcome.body[1] for outcome in outcomes)
    assert sum(judge(case, kbtool_nameless(case)).exact for case in CASES) >= 0.98 * len(CASES)
    for other in (mail_parser_reply_lists, quotequail):
        assert exact > sum(judge(case, other(case)).exact for case in CASES)
