"""The page: whole, safe, in its order, and its numbers are the report's."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.metrics.compare import compare
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.page import render, style
from kbtool.model import Report
from kbtool.page import policy
from tests.dom import Node, parse
from tests.metrics.page.samples import (
    HOSTILE,
    LONG,
    UNTIL,
    contact,
    empty,
    everywhere,
    rich,
    share,
    young,
)

REPORTS = {"rich": rich(), "young": young(), "empty": empty(), "hostile": everywhere(HOSTILE)}
ORDER = [
    "figures", "weeks", "contact", "effects", "change", "outcomes", "articles", "gaps", "languages",
    "handling", "months", "topics", "replies", "basis",
]  # fmt: skip


def page(report: Report, site: str = "Velmo Help") -> Node:
    """The page, read strictly, with a comparison."""
    return parse(render(report, site, compared=compare(report, rich())))


def section(made: Node, name: str) -> Node:
    """The section with this id."""
    (found,) = [node for node in made.all("section") if node["id"] == name]
    return found


def tile(made: Node, title: str) -> Node:
    """The tile with this heading."""
    (found,) = [one for one in made.all("div", "tile") if one.all("h3")[0].text == title]
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_loads_nothing_and_runs_nothing(name: str) -> None:
    """No script, no handler, no style attribute, no address outside the page; ids are unique."""
    made = page(REPORTS[name], HOSTILE)
    tags = {node.tag for node in made}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "base", "use", "image"}
    for node in made:
        assert not [attribute for attribute in node.attributes if attribute.startswith("on")]
        assert not {"style", "src", "srcdoc", "action", "formaction"} & node.attributes.keys()
        assert (node["href"] or "#").startswith("#")
    css = made.one("style").text
    assert "url(" not in css
    assert "@import" not in css
    ids = [node["id"] for node in made if node["id"]]
    assert len(ids) == len(set(ids))


def test_the_policy_is_the_pages_own() -> None:
    """What a server sends and what the head says is the same, and allows the one style only."""
    made = page(rich())
    told = next(node["content"] for node in made.one("head").all("meta") if node["http-equiv"])
    digest = base64.b64encode(sha256(made.one("style").text.encode()).digest()).decode()
    assert told == policy(style())
    assert f"style-src 'sha256-{digest}'" in told


@settings(max_examples=8)
@given(st.text(min_size=1, max_size=30))
def test_strangers_text_stays_text(text: str) -> None:
    """The elements are those of harmless text."""
    assert [node.tag for node in page(everywhere(text), text)] == HARMLESS


HARMLESS = [node.tag for node in page(everywhere("x"), "x")]


def test_hostile_and_endless_text_is_only_text() -> None:
    """Markup, controls, formulas and one word of two thousand letters."""
    for text in (HOSTILE, LONG):
        assert [node.tag for node in page(everywhere(text), text)] == HARMLESS


def test_the_sections_stand_in_the_order_of_a_meeting() -> None:
    """From the surest number to what it all rests on; each section has its link at the top."""
    made = page(rich())
    assert [node["id"] for node in made.all("section")] == ORDER
    links = [node["href"] for node in made.one("nav").all("a")]
    assert links == [f"#{name}" for name in ORDER]


def test_a_section_without_data_is_left_out() -> None:
    """An empty report has its first number, the estimate's gates, and what it rests on."""
    made = parse(render(empty(), ""))
    assert [node["id"] for node in made.all("section")] == ["figures", "effects", "basis"]
    assert made.all("svg") == []


def test_first_comes_what_articles_spared_with_its_interval() -> None:
    """Before anything readers said; then the lower bound, the upper bound, the lot."""
    made = page(rich())
    tiles = made.all("div", "tile")
    assert [one.all("h3")[0].text for one in tiles] == [
        "Tickets avoided a month", "Solved on the contact page",
        "Left without a word after an article", "What suggestions spare, by lot",
    ]  # fmt: skip
    assert tiles[0].one("p", "value").text == "41 tickets a month"
    assert "95 % interval: 22 to 60" in tiles[0].text
    assert "EUR 330 (179 to 482) a month" in tiles[0].text
    assert "lower bound" in tiles[1].text
    assert "698 of 4,312 visits, within 7 days" in tiles[1].text
    assert "upper bound" in tiles[2].text
    assert tiles[3].one("p", "value").text == "+8.3 points"


def test_queries_that_are_in_no_list_are_told_apart_from_those_below_it() -> None:
    """Three found nothing and all three are shown: none of the 31 rarer ones is missing from them."""
    (gaps,) = [one for one in page(rich()).all("section") if one["id"] == "gaps"]
    assert "31 rarer queries left out of the lists" in gaps.text
    assert "more: --csv" not in gaps.text


def test_where_nobody_came_to_the_contact_page_visits_stand_first() -> None:
    """Confirmed is no lower bound of anything; potential is the upper one of those who said nothing."""
    nobody = replace(contact(0, 0), explicit=share(0, 0), implicit=share(0, 0))
    tiles = page(replace(rich(), contact=nobody)).all("div", "tile")
    titles = [one.all("h3")[0].text for one in tiles]
    assert titles == ["Tickets avoided a month", "Confirmed deflection", "Potential deflection"]
    assert "they said that it helped" in tiles[1].text
    assert "lower bound" not in tiles[1].text
    assert "upper bound of those who said nothing" in tiles[2].text


def test_without_enough_data_the_first_row_says_what_is_missing() -> None:
    """Every gate with what it needs; no number, no money."""
    first = tile(page(young()), "Tickets avoided a month")
    assert first.one("p", "value").text == "Not enough data yet"
    needed = [item.text for item in first.all("li")]
    assert needed == [
        "6 of 52 weeks of tickets before the articles",
        "2 of 8 topics without an article",
    ]
    assert "EUR" not in page(young()).text


def test_the_upper_bound_is_struck_out_when_few_tickets_are_tied() -> None:
    """Below half it is grey, with the reason; from half on it only says the share."""
    title = "Left without a word after an article"
    seen = tile(page(rich()), title)
    assert "grey" not in (seen["class"] or "").split()
    assert "62 % of tickets could be tied to a visit (4,300 of 6,912)." in seen.text
    blind = tile(page(replace(rich(), contact=contact(6_912, 3_000))), title)
    assert "grey" in (blind["class"] or "").split()
    assert "Do not use it: only 43 % of tickets (3,000 of 6,912)" in blind.text


def test_a_lot_that_is_not_over_says_how_many_visits_it_needs() -> None:
    """No difference is shown before there is enough."""
    shown = tile(page(young()), "What suggestions spare, by lot")
    assert shown.one("p", "value").text == "Not enough data yet"
    assert "10 visits so far, of 1,850 that would show 10 points." in shown.text


def test_money_is_said_once_and_from_the_estimate() -> None:
    """Without a cost of a ticket there is none on the page, however many views there are."""
    whole = rich()
    assert whole.effects
    free = replace(whole, effects=replace(whole.effects, saved=None), views=10**9)
    assert page(whole).text.count("EUR") == 1
    assert "Saved" not in page(free).text


def test_below_every_number_stands_its_definition() -> None:
    """Formula and what it cannot know, word by word as in the registry."""
    made = page(rich())
    shown = tile(made, "Solved on the contact page").one("details", "defined").text
    known = METRICS["contact.explicit"]
    assert known.title in shown
    assert known.cannot_know in shown
    assert known.numerator in shown  # type: ignore[operator]  # a share has one
    assert known.denominator in shown  # type: ignore[operator]  # the same
    for one in made.all("div", "tile"):
        assert one.all("details", "defined"), one.text[:60]
    for name in ORDER:
        if name != "change":  # the other sections define what it compares
            assert section(made, name).all("details", "defined"), name


def test_every_chart_has_a_name_and_a_table() -> None:
    """One picture to a screen reader; its section has the numbers."""
    made = page(rich())
    charts = made.all("svg")
    assert len(charts) == 2 * 5 + 3 + 12
    for chart in charts:
        told = {node["id"]: node.text for node in chart if node["id"]}
        named = (chart["aria-labelledby"] or "").split()
        assert chart["role"] == "img"
        assert all(told[name] for name in named)
    for name in ("weeks", "contact", "effects", "languages", "months", "topics"):
        assert section(made, name).all("table"), name


def test_what_nobody_did_has_no_section() -> None:
    """A contact page that nobody opened; and one language is no comparison."""
    whole = rich()
    assert whole.contact
    untouched = replace(whole.contact, steps=tuple((name, 0) for name, _ in whole.contact.steps))
    one = (whole.languages[0], replace(whole.languages[1], lang=""))
    made = page(replace(whole, contact=untouched, languages=one))
    names = [node["id"] for node in made.all("section")]
    assert {"contact", "languages"}.isdisjoint(names)
    assert {"contact", "languages"} <= {node["id"] for node in page(whole).all("section")}


def test_articles_that_nobody_opened_have_no_table() -> None:
    """Only how many there are; a number and what stands below it are never one word."""
    whole = rich()
    unused = replace(whole.articles[0], views=0, failed=0, links=0, clicks=0)
    quiet = section(page(replace(whole, articles=(unused,))), "articles")
    assert not quiet.all("table")
    assert "without a view or a link" in quiet.text
    cells = [cell.text for cell in section(page(whole), "effects").all("td")]
    assert any(re.fullmatch(r"\d+ then \d+", text) for text in cells)


def test_what_is_in_no_known_language_lacks_no_article() -> None:
    """Short and mixed texts: there is no language to write one in."""
    whole = rich()
    unknown = replace(whole.languages[-1], lang="", articles=0, tickets=7)
    missing = replace(whole.languages[-1], lang="fi", articles=0, tickets=5, searches=1)
    made = page(replace(whole, languages=(*whole.languages[:2], missing, unknown)))
    (told,) = [p.text for p in section(made, "languages").all("p") if "No article at all" in p.text]
    assert "fi: 5 tickets, 1 search" in told
    assert "unknown" not in told


def test_the_weeks_are_all_in_the_table() -> None:
    """With the flags of the articles in a table of their own."""
    whole = rich()
    weeks = section(page(whole), "weeks")
    flags, numbers = weeks.all("table")
    assert len(numbers.all("tr")) == 1 + len(whole.series)
    assert whole.effects
    assert len(flags.all("tr")) == 1 + len(whole.effects.topics)
    shown = [[cell.text for cell in row.all("td")] for row in numbers.all("tr")[1:]]
    assert shown[0][:3] == [str(whole.series[0].start), "7", f"{whole.series[0].views:,}"]
    without = replace(whole, series=tuple(replace(w, tickets=None) for w in whole.series))
    assert len(section(page(without), "weeks").all("svg")) == 3


def test_flags_stand_in_their_own_weeks() -> None:
    """An article of another year has none; a Sunday belongs to the week before."""
    whole = rich()
    assert whole.effects
    week = whole.series[3]
    one = replace(whole.effects.topics[0], published=week.start + timedelta(days=6))
    old = replace(one, published=week.start - timedelta(weeks=60))
    shown = page(replace(whole, effects=replace(whole.effects, topics=(one, old))))
    wide = section(shown, "weeks").all("div", "wide")[0]
    (flag,) = wide.all("line", "event")
    axis = (
        wide.one("line", "axis")
        if len(wide.all("line", "axis")) == 1
        else wide.all("line", "axis")[0]
    )
    left, right = axis.number("x1"), axis.number("x2")
    assert flag.number("x1") == pytest.approx(left + 3 * (right - left) / 51, abs=0.1)


def test_topics_below_a_gate_say_what_they_lack() -> None:
    """In a table of their own, not in the plot."""
    effects = section(page(rich()), "effects")
    assert "2 topics without an estimate yet" in effects.text
    assert (
        "3.1 of 5 tickets a week before the article; 41 of 52 weeks before the article"
        in effects.text
    )
    assert len(effects.all("div", "wide")[0].all("rect", "solid")) == 10
    assert "All 10 topics in one" in effects.all("div", "wide")[0].text


def test_the_worst_article_stands_beside_similar_ones() -> None:
    """Its votes with their number, its contacts beside the base, the difference, the reasons."""
    rows = section(page(rich()), "articles").one("table").all("tr")
    first = rows[1].text
    for told in ("56 %", "56 of 100", "25 %", "227 of 908", "similar: 13 %", "+11.8", "+8.8 to +14.9",
                 "unclear 7", "not what I needed 2"):  # fmt: skip
        assert told in first
    few = rows[-1].text
    assert "5 of 9" in few  # below the least number there is no share


def test_languages_say_where_no_article_is() -> None:
    """Demand without any article is a sentence, not only a missing bar."""
    whole = rich()
    languages = (*whole.languages, replace(whole.languages[2], lang="ru", articles=0))
    shown = section(page(replace(whole, languages=languages)), "languages").text
    assert "No article at all in Русский: 798 tickets, 800 searches." in shown


def test_it_says_what_it_rests_on() -> None:
    """Period, window, least data, what was left out and why, each source and what it lacks."""
    shown = section(page(rich()), "basis").text
    for told in ("2025-11-24 to 2026-11-22 (UTC)", "7 days", "20: a share of fewer",
                 "bot 41,022, staff 903, prefetch 512", "plausible", "searches, votes"):  # fmt: skip
        assert told in shown


def test_then_and_now_has_both_numbers() -> None:
    """And words only where chance is no explanation."""
    now, before = rich(), replace(rich(), helpful=share(1_100, 1_800), views=40_000)
    made = parse(render(now, "V", compared=compare(now, before)))
    rows = {row.all("th")[0].text: row.text for row in section(made, "change").all("tr")}
    assert "40,000" in rows["Views"]
    assert "+25 %" in rows["Views"]
    helpful = rows["Helpful votes"]
    assert "1,100 of 1,800" in helpful
    assert "+7.5 points" in helpful
    assert helpful.endswith("more")
    assert rows["Confirmed deflection"].endswith("no clear change")


def test_the_same_report_gives_the_same_page() -> None:
    """Character by character; links to other periods stand at the top when there are any."""
    assert render(rich(), "V") == render(rich(), "V")
    made = parse(render(rich(), "V", periods=(("30 days", "?since=30d"),)))
    (link,) = [node for node in made.one("header").all("a") if node["href"] == "?since=30d"]
    assert link.text == "30 days"
    assert "2026-11-22" in made.one("time").text
    assert UNTIL.day == 23  # the last day is the one before the end
