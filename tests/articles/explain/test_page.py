"""The reviewer's page: what stands where, and that nothing in it can run."""

from __future__ import annotations

import re

import pytest

from kbtool.articles.explain import Explanation, render
from tests.articles.explain.samples import DAY, HOSTILE, everywhere, explained
from tests.dom import Node, parse


def page(found: Explanation) -> Node:
    return parse(render(found, day=DAY))


def rows(root: Node) -> list[tuple[str, str]]:
    """(left, right) of each row below the heading, white space collapsed."""
    found = [row for row in root.all("div", "pair") if "head" not in (row["class"] or "")]
    return [
        tuple(" ".join(side.text.split()) for side in row.children if isinstance(side, Node))  # type: ignore[misc]  # two sides
        for row in found
    ]


def test_each_sentence_stands_beside_its_evidence() -> None:
    """By number; edits show the words, numbers that are new are named, headings have nothing."""
    found = rows(page(explained()))
    assert found[0] == ("Boxes", "")
    backing = "2 tickets, 2 agents, 2026-11-12 to 2026-11-21"
    said = "2026-11-21 · 0 Please open Account > Boxes2026-11-20 · 1 Please open Account > Boxes"
    assert found[1] == ("1.Open Account > Boxes.1", f"1{backing}{said}")
    left, right = found[2]
    assert left == "2.Wait 7 days.2 ✎ edited"
    assert right.startswith("✎ edited Line 23, what a person changed:Wait 5 7 days.7 is not in the")
    assert found[3][0] == "Note: Choose another tea, then confirm it.3 ✎ edited"
    assert found[4][0] == "Our tea comes from Rize. ✚ written"
    assert found[4][1] == "✚ written Line 27: written by a person; no evidence."
    assert found[5] == ("code", "")


def test_links_lead_to_evidence_that_is_there_once() -> None:
    """No id twice, no link to nothing; the words that were changed are del and ins."""
    root = page(explained())
    ids = [node["id"] for node in root if node["id"]]
    assert len(ids) == len(set(ids))
    links = {link["href"] for link in root.all("a")}
    assert links <= {f"#{id_}" for id_ in ids}
    assert {f"#evidence-{n}" for n in (1, 2, 3, 5, 6)} <= links
    assert [one.text.strip() for one in root.all("del")][1:] == ["5", "and"]
    assert [one.text.strip() for one in root.all("ins")][1:] == ["7", ", then", "it"]


def test_the_sides_of_a_conflict_stand_together() -> None:
    """With what is to be done; what was taken out has its own section with its words."""
    root = page(explained())
    sides = root.one("div", "sides")
    assert [row.one("p", None).text for row in sides.all("div", "item")] == [
        "•You can change it until 5 days before.5",
        "•You can change it until 14 days before.6",
    ]
    assert "Conflict 1: agents disagree" in sides.text
    removed = next(node for node in root.all("section") if node["id"] == "removed")
    assert removed.one("p", "said").text == "It costs nothing"


def test_what_it_comes_to_is_told_first() -> None:
    """States that nobody is in are left out, with the section of what was taken out."""
    glance = next(n for n in page(explained()).all("section") if n["id"] == "figures")
    assert [" ".join(li.text.split()).split(":")[0] for li in glance.all("li")] == [
        "✓ as drafted 3 sentences", "✎ edited 2 sentences", "✚ written 3 sentences",
        "✕ taken out 1 drafted sentence", "⚠ conflict 1 open conflict",
    ]  # fmt: skip
    plain = page(explained("Open Account > Boxes.\n", ("Open Account > Boxes",)))
    assert len(plain.all("li")) - len(plain.one("nav").all("li")) == 3  # one state, two sources
    assert not [node for node in plain.all("section") if node["id"] == "removed"]


def test_many_sources_are_folded_and_the_oldest_left_out() -> None:
    """Three are seen, two hundred are there, the rest is counted."""
    root = page(explained("Wait 5 days.\n", ("Wait 5 days",), sources=203))
    card = root.one("div", "evidence")
    assert len(card.all("li")) == 200
    assert "and 197 more" in card.one("summary").text
    assert "3 older ones" in card.text


def test_evidence_is_shown_where_it_is_met_first() -> None:
    """Later rows name it; a second sentence of the same row does not."""
    found = rows(page(explained("Wait 5 days. Wait 5 days.\n\nWait 5 days.\n", ("Wait 5 days",))))
    assert found[0][1].count("2 tickets") == 1
    assert "shown above" not in found[0][1]
    assert found[1][1] == "Evidence 1, shown above."


def test_without_tickets_references_are_left() -> None:
    """The page says that none are stored, and what the front matter keeps."""
    root = page(explained(stored=False))
    assert "No tickets are stored here" in root.text
    assert root.all("span", "missing")[0].text == "no tickets are stored here"
    assert "no stored ticket asks it in these words" in root.text


def test_hostile_text_is_shown_and_never_obeyed() -> None:
    """No element, attribute or direction of a customer's, wherever the text stands."""
    made = render(everywhere(HOSTILE), day=DAY)
    root = parse(made)
    assert not root.all("script")
    assert not root.all("b")
    assert not [node for node in root for name in node.attributes if name.startswith("on")]
    assert not re.search("[\u2028\u202e]", made)
    assert made.count("<style>") == 1


def test_the_same_again() -> None:
    """The same explanation gives the same bytes."""
    assert render(explained(), day=DAY) == render(explained(), day=DAY)


@pytest.mark.parametrize("body", ["", "\n\n", "<!-- nothing -->\n"])
def test_an_empty_article(body: str) -> None:
    """Says so; all its evidence is taken out."""
    root = page(explained(body, ("One thing", "Another")))
    assert "The article is empty." in root.text
    assert len(root.all("div", "evidence")) == 2
