"""Topics that must not become an article, on the page."""

from __future__ import annotations

from dataclasses import replace

from kbtool.model import Instead
from kbtool.suggest.report import render
from tests.dom import parse
from tests.suggest.report.samples import HOSTILE, contents, topics, write
from tests.suggest.report.test_page import check_harmless

FORM = Instead("form", "in 6 of 6 answers …", "make a form that asks for: name", ("desk:4711",))


def test_they_have_a_section_of_their_own() -> None:
    """After what to do first, which lacks them; the card says what to do too."""
    found = topics(5)
    apart = replace(write(found[1]), kind="form", instead=FORM, command=None)
    page = parse(render(contents(found, suggestions=[apart, write(found[2])])))
    sections = {node["id"]: node for node in page.all("section") if node["id"]}
    names = [name for name in sections if name in ("first", "apart", "topics")]
    assert names == ["first", "apart", "topics"]
    assert found[1].question not in sections["first"].text
    told = sections["apart"].text
    assert found[1].question in told
    assert "make a form that asks for: name (tickets 4711)" in told
    assert "Make a form" in told
    assert "Instead of an article: make a form" in sections["topics"].text
    assert [e.is_apart for e in contents(found, suggestions=[apart, write(found[2])]).entries][:2] == [
        False,
        True,
    ]  # fmt: skip


def test_without_them_there_is_no_section() -> None:
    """An empty place is not shown."""
    page = parse(render(contents(topics(4))))
    assert "apart" not in {node["id"] for node in page.all("section")}


def test_what_customers_wrote_stays_text() -> None:
    """Ticket ids and reasons are escaped like all else."""
    found = topics(2)
    bad = Instead("macro", HOSTILE, HOSTILE, (f"desk:{HOSTILE}",), (HOSTILE,))
    apart = replace(write(found[1]), kind="macro", instead=bad)
    check_harmless(parse(render(contents(found, suggestions=[apart]))))
