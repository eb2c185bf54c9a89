"""The page: whole, safe, and its numbers agree."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.markup import escape
from kbtool.model import Worth
from kbtool.suggest.report import Contents, entries, render
from kbtool.suggest.wordings.lines import of_search
from tests.dom import Node, parse
from tests.suggest import samples
from tests.suggest.report.samples import HOSTILE, LONG, contents, everywhere, topics, write
from tests.suggest.samples import suggestion

SIZES = (0, 1, 14, 60)


def page(made: Contents) -> Node:
    """The page, read strictly."""
    return parse(render(made))


@pytest.mark.parametrize("count", SIZES)
def test_the_page_loads_nothing_and_runs_nothing(count: int) -> None:
    """No script, no handler, no style attribute, no address outside the page."""
    check_harmless(page(contents(topics(count))))


def check_harmless(made: Node) -> None:
    """Fails on what could run, load, or lead elsewhere."""
    tags = {node.tag for node in made}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "base", "use", "image"}
    for node in made:
        assert not [name for name in node.attributes if name.startswith("on")]
        assert not {"style", "src", "srcdoc", "action", "formaction"} & node.attributes.keys()
        assert (node["href"] or "#").startswith("#")
        for name, value in node.attributes.items():
            assert "http" not in (value or "") or name == "content", (name, value)
    style = made.one("style").text
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_the_one_style_only() -> None:
    """The policy comes before the style and bears its hash."""
    made = page(contents(topics(2)))
    head = made.one("head")
    policy = next(n["content"] for n in head.all("meta") if n["http-equiv"])
    digest = base64.b64encode(sha256(made.one("style").text.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    order = [node.tag for node in head]
    assert order.index("meta") < order.index("style")


@pytest.mark.parametrize("text", [HOSTILE, LONG, "\n\n", "<", "&amp;"])
def test_strangers_text_stays_text(text: str) -> None:
    """The elements are those of harmless text, and the text can be read as it was."""
    made = page(everywhere(text))
    assert [node.tag for node in made] == HARMLESS
    check_harmless_text(made)
    first = made.all("h3")[-1].one("bdi").text
    assert str(escape(first))[:50] == str(escape(text))[:50]


HARMLESS = [node.tag for node in page(everywhere("x"))]


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=30))
def test_any_text_stays_text(text: str) -> None:
    """The same for whatever there is in Unicode; and the page can be written as UTF-8."""
    made = render(everywhere(text))
    made.encode()
    assert [node.tag for node in parse(made)] == HARMLESS


def check_harmless_text(made: Node) -> None:
    """``check_harmless``, where attributes may hold a stranger's text: a language, a label."""
    for node in made:
        assert not [name for name in node.attributes if name.startswith("on")]
        assert (node["href"] or "#").startswith("#")
    assert made.all("script") == []


def test_long_texts_are_cut_and_say_so() -> None:
    """A ticket of a book's length does not make a page of a library's."""
    made = render(everywhere(LONG, own="kb-1"))
    assert len(made) < 50_000
    assert parse(made).all("blockquote")[0].text.endswith(" …")


@pytest.mark.parametrize("count", SIZES)
def test_ids_are_unique_and_links_lead_somewhere(count: int) -> None:
    """Also what labels an element is there."""
    made = page(contents(topics(count)))
    ids = [node["id"] for node in made if node["id"]]
    assert len(ids) == len(set(ids))
    for node in made:
        if node["href"]:
            assert node["href"].removeprefix("#") in ids
        for name in (node["aria-labelledby"] or "").split():
            assert name in ids


@pytest.mark.parametrize("count", SIZES)
def test_headings_and_landmarks(count: int) -> None:
    """One first heading, no level left out, one header, main and footer; the language is said."""
    made = page(contents(topics(count)))
    levels = [int(node.tag[1]) for node in made if re.fullmatch("h[1-6]", node.tag)]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert (len(made.all("header")), len(made.all("main")), len(made.all("footer"))) == (1, 1, 1)
    assert (made.one("html")["lang"], made.one("html")["dir"]) == ("en", "ltr")


@pytest.mark.parametrize("count", [1, 14, 60])
def test_the_pareto_chart_says_what_its_table_says(count: int) -> None:
    """Every bar is a row: rank, tickets, share so far, and whether an article answers it."""
    made = next(n for n in page(contents(topics(count))).all("section") if n["id"] == "pareto")
    rows = [[cell.text for cell in row.all("td")] for row in made.one("tbody").all("tr")]
    assert len(rows) == count
    for chart in made.all("svg"):
        bars = chart.all("rect", "bar")
        assert len(bars) == count
        for bar, (rank, question, tickets, _share, so_far, article) in zip(bars, rows, strict=True):
            told = f"{rank}. {question}: {tickets} tickets, {so_far} so far"
            assert bar.one("title").text == told
            assert (bar["fill"] is None) == (article == "none")
    sizes = [int(row[2]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert rows[-1][4] == "100\u00a0%"
    few = int(made.all("p", "lead")[0].text.split()[0])
    assert sum(sizes[:few]) >= 0.8 * sum(sizes) > sum(sizes[: few - 1])
    assert made.one("section").all("svg")[0].one("text", "halo").text == (
        f"{few} {'makes' if few == 1 else 'make'} 80 %"
    )


@pytest.mark.parametrize("count", [1, 14, 60])
def test_the_months_say_what_their_tables_say(count: int) -> None:
    """Columns, small charts and tables hold the topics' own numbers."""
    found = topics(count)
    made = next(n for n in page(contents(found)).all("section") if n["id"] == "time")
    by_month, by_topic = made.all("tbody")
    rows = [[cell.text for cell in row.all("td")] for row in by_month.all("tr")]
    assert sum(int(row[3]) for row in rows) == sum(n for one in found for _, n in one.months)
    for row in rows:
        assert int(row[1]) + int(row[2]) == int(row[3])
    for chart in made.all("svg")[:2]:
        told = [group.one("title").text for group in chart.all("g")]
        assert told == [f"{m}: {a} without an article, {b} with one" for m, a, b, _ in rows]
    small = made.one("ul", "multiples").all("li")
    assert len(small) == min(count, 12)
    for cell, line, one in zip(small, by_topic.all("tr"), found, strict=False):
        values = [int(td.text) for td in line.all("td")[1:]]
        assert sum(values) == sum(n for _, n in one.months)
        heights = [bar.number("height") for bar in cell.all("rect", "solid")]
        shown = [value for value in values if value]
        assert [h / heights[0] for h in heights] == pytest.approx(
            [value / shown[0] for value in shown], rel=0.02
        )


def test_a_topic_is_told_with_all_it_has() -> None:
    """Question, keywords, people, languages, trend, article, worth, reasons, command, samples."""
    made = page(contents(topics(2)))
    answered, asked = (
        next(n for n in made.all("article") if n["id"] == f"t-0000000{i}") for i in (0, 1)
    )
    text = asked.text
    for told in (
        "How do I renew loan number 1?", "renew, loan", "33 tickets", "33 requesters",
        "English 31, Türkçe 1, language unknown 1", "growing", "none that we know of",
        "Write an article", "worth 1.6 tickets a month",
        "2.8 expected a month × 1.2 (cost of one; the average is 1) × 50\u00a0% that the action",
        "no article answers it", "Ticket 1, 2026-03-01: Loan", "How do I renew?",
        "Press **Renew**.", "2 more replies",
    ):  # fmt: skip
        assert told in text, told
    assert asked.one("code", "command").text == "kbtool draft t-00000001"
    assert "How loans are renewed kb-0the article names this topic" in answered.text
    assert "An article answers it and needs nothing" in answered.text


def test_suggestions_without_a_topic_are_listed_too() -> None:
    """What came back from the site about no topic has its own place and link."""
    loose = suggestion(None, 5, question="bike trailer", kind="wording", article="kb-7")
    made = page(contents(topics(3), suggestions=[loose]))
    first = made.all("article")[0]
    assert first["id"] == "suggestion-1"
    assert "Add customers’ words" in first.text
    assert "#suggestion-1" in [node["href"] for node in made.all("a")]


def test_lines_to_paste_are_told_as_text() -> None:
    """File and line of each, whatever customers typed."""
    line = of_search(samples.article("kb-1", path="en/tv.md"), HOSTILE[:40], None, 3)
    found = suggestion(None, 1.0, kind="wording", article="kb-1", proposals=(line,))
    made = page(replace(contents(()), entries=entries([found], ())))
    check_harmless(made)
    told = " ".join(made.text.split())
    assert "Add to content/en/tv.md" in told
    assert " ".join(line.line.split()) in told


def test_new_kinds_are_told_with_their_intervals() -> None:
    """The badge, worth with both ends, the assumed share; what has no lines shows no trace of any."""
    parts = Worth(
        4.0, share=0.25, tickets_range=(2.0, 7.0), share_range=(0.05, 0.5), measured=False
    )
    found = topics(2)
    one = suggestion(found[0].id, 0, kind="promote", article="kb-1", parts=parts)
    two = suggestion(found[1].id, 0, kind="retire", article="kb-2", parts=Worth(0.0))
    text = page(contents(found, suggestions=[one, two])).text
    assert "Help readers find it kb-1 worth 1.0 (0.1 to 3.5) tickets a month" in text
    assert "= 4.0 (2.0 to 7.0) expected a month × 25\u00a0% that the action could deflect" in text
    assert "assumed: 5\u00a0% to 50\u00a0%" in text
    assert "Take the article away kb-2 worth 0 tickets a month" in text
    assert "()" not in text


def test_quiet_topics_say_why() -> None:
    """Rejected, with the reason; or others are worth more."""
    found = topics(3)
    made = page(replace(contents(found, suggestions=()), rejected={found[1].id: "no longer sold"}))
    told = {node["id"]: node.one("span", "quiet").text for node in made.all("article")}
    assert told[found[1].id] == "Rejected: no longer sold"
    assert told[found[2].id] == "Others are worth more"


def test_topics_of_files_have_no_command() -> None:
    """No knowledge base knows their ids; the page says how to make one."""
    made = page(replace(contents(topics(3)), stored=False))
    assert made.all("code", "command") == []
    assert "kbtool init DIR, then in it kbtool import FILE" in made.text


def test_no_topics_yet() -> None:
    """The page says so and what is needed, and has no empty chart."""
    made = page(contents())
    assert "a topic needs 4 that ask the same" in made.text
    assert made.all("svg") == []
    assert made.all("table") == []


def test_topics_without_dates() -> None:
    """Time cannot be shown; everything else is."""
    found = tuple(replace(one, months=(), expected=None) for one in topics(3))
    made = page(contents(found))
    assert "The tickets have no dates" in made.text
    assert len(made.all("article")) == 3


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    """The same topics and suggestions in another order are the same page."""
    found = topics(14)
    writes = [write(one) for one in found[3:]]
    one = contents(found, suggestions=writes)
    other = replace(one, topics=found[::-1], entries=entries(writes[::-1], found[::-1]))
    assert render(one) == render(other)


def test_entries_are_by_worth_and_quiet_ones_last() -> None:
    """One entry a topic, with all its suggestions; then topics that need nothing, largest first."""
    small, large, best = topics(9)[8], topics(1)[0], topics(5)[4]
    translate = suggestion(best.id, 9, kind="translate")
    made = entries([write(best, Worth(1.0)), translate], (small, large, best))
    assert [entry.id for entry in made] == [best.id, large.id, small.id]
    assert [s.kind for s in made[0].suggestions] == ["translate", "write"]
    assert (made[0].worth, made[0].removable, made[1].worth) == (9, 9, 0)
