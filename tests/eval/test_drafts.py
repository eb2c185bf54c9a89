"""Drafts of the sample tickets against people's labels, and the measure itself by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.model import Article, Evidence
from tests.articles.tickets import ticket
from tests.eval.drafts.base import Verdict, judge_drafts, new_base
from tests.eval.drafts.demo import demo_labels
from tests.eval.drafts.labels import LabelledTopic, Said, labelled, plain
from tests.eval.drafts.page import page
from tests.eval.drafts.scores import Score, found_in, judge, share, total, worst
from tests.eval.drafts.sheet import evidenced, read_sheet

BODY = f"""\
A box is changed until **the 20th**. It is free.

1. Open **My box > Change**.
2. Pick the teas.

> **Note:** If the box has left, write to us.

{CONFLICT}
> **Agents disagree.** Keep what is true as plain text, then delete this block with its two markers.
>
> - You may change 2 teas. **(newest)** (3 tickets, 2 agents, 2026-01-06 to 2026-02-01)
> - You may change 4 teas. (1 ticket, 1 agent, 2026-01-05)
{CONFLICT_END}

See also: [Kettles](/a/kb-2/)
"""
TOPIC = LabelledTopic(
    id="box",
    must=(
        Said("where", ("My box > Change",)),
        Said("until", ("the 20th",)),
        Said("teas", ("2 teas",)),
        Said("never said", ("by post",)),
    ),
    must_not=(Said("four", ("4 teas",)), Said("free", ("is free",))),
    steps=(Said("pick", ("Pick the teas",)), Said("open", ("My box",)), Said("lid", ("lid",))),
    conflicts=((Said("", ("4 teas",)), Said("", ("2 teas",))),),
)
REPLIES = (
    ticket(1, "Open My box > Change, until the 20th. You may change 4 teas.", agent="a1"),
    ticket(2, "My box > Change. You may change 2 teas. Close the lid.", agent="a2"),
)


def article(**changes: object) -> Article:
    """A draft whose sentences all have evidence, but "It is free"."""
    texts = (
        "A box is changed until the 20th.", "Open My box > Change.", "Pick the teas.",
        "If the box has left, write to us.", "You may change 2 teas.", "You may change 4 teas.",
    )  # fmt: skip
    usual = Article(
        id="kb-1", title="How do I change my box?", lang="en", status="draft", category=None,
        body=BODY, path="drafts/kb-1.md",
        evidence=tuple(Evidence(text, ("desk:1/m1/s1",), 2, 2, None) for text in texts),
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]  # a test builder


def score(file: str = "", **changes: object) -> Score:
    """The score of the draft above."""
    secrets = (["Ann Lee"], ["4 teas", "9 May"])
    return judge(article(**changes), file, TOPIC, REPLIES, secrets, asked_by={"box"})


def test_a_sheet_holds_what_a_reader_sees() -> None:
    """Sentences, items and notes in order; sides of conflicts apart; no words of kbtool's own."""
    sheet = read_sheet(article())
    assert [(line.tag, line.text) for line in sheet.told] == [
        ("p", "A box is changed until the 20th."),
        ("p", "It is free."),
        ("li", "Open My box > Change."),
        ("li", "Pick the teas."),
        ("p", "If the box has left, write to us."),
    ]
    sides = [line.text for line in sheet.sides[0]]
    assert sides == ["You may change 2 teas.", "You may change 4 teas."]


def test_a_sentence_without_evidence_is_counted() -> None:
    """Six of seven sentences have evidence; evidence without a source is none."""
    draft = article()
    assert evidenced(draft, read_sheet(draft)) == [True, False, True, True, True, True, True]
    bare = article(evidence=tuple(replace(one, sources=()) for one in draft.evidence))
    assert not any(evidenced(bare, read_sheet(bare)))


def test_sentences_that_run_together_need_evidence_each() -> None:
    """ "Up to €8 at most 2 teas" rests on two pieces of evidence, with a word more on none."""
    pieces = (
        Evidence("Up to €8.", ("a",), 2, 2, None),
        Evidence("At most 2 teas.", ("b",), 2, 2, None),
    )
    for body, holds in (
        ("Up to €8 at most 2 teas.\n", True),
        ("Up to €8 or at most 2 teas.\n", False),
    ):
        draft = article(body=body, evidence=pieces)
        assert evidenced(draft, read_sheet(draft)) == [holds]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("See [Hot? Yes. Kettles](/a/kb-2/) first.\n", "See Hot? Yes. Kettles first."),
        ("See \\[kb-2\\] first.\n", "See [kb-2] first."),
    ],
)
def test_a_link_needs_no_evidence_of_its_title(body: str, shown: str) -> None:
    """Evidence holds an article's id where the body shows its title; a placeholder looks alike."""
    draft = article(
        body=body, evidence=(Evidence("See [kb-2] first.", ("desk:1/m1/s1",), 2, 2, None),)
    )
    sheet = read_sheet(draft)
    assert [line.text for line in sheet.lines] == [shown]
    assert evidenced(draft, sheet) == [True]


def test_the_figures_of_a_draft_worked_out_by_hand() -> None:
    """Three of four facts; steps in the wrong order; one fact wrong, another only in a conflict."""
    found = score(file="asked by Ann Lee.")
    assert (found.facts, found.attainable, found.agreed) == ((3, 4), (3, 3), (1, 1))
    assert (found.wrong, found.wrong_in_conflict) == (1, 1)
    assert (found.order, found.once, found.twice) == ((0, 1), (1, 2), (0, 2))
    assert (found.evidence, found.conflicts, found.false_conflicts) == ((6, 7), (1, 1), 0)
    assert (found.leaked, found.specific) == (("Ann Lee",), ("4 teas",))
    assert found.noise == (8, 36)
    assert found.title == (1, 1)
    assert score(title="Change of box").title == (0, 1)


def test_a_conflict_counts_where_both_sides_stand_in_one_block() -> None:
    """One side alone flags nothing; a block about something else is a false conflict."""
    assert score(body=BODY.replace("4 teas", "4 days")).conflicts == (0, 1)
    other = score(body=BODY.replace("teas.", "days."))
    assert (other.conflicts, other.false_conflicts) == ((0, 1), 1)


@pytest.mark.parametrize(
    ("wanted", "text", "stands"),
    [
        ("5 days", "within 15 days", False),
        ("5 days", "within 1.5 days", False),
        ("10", "10.5 % of it", False),
        ("10", "after 10.", True),
        ("İade", "IADE hesabı", True),
        ("A > B", "tap A → B", True),
        ("day", "holiday", False),
    ],
)
def test_strings_are_found_from_the_start_of_words_and_as_whole_numbers(
    wanted: str, text: str, stands: bool
) -> None:
    """Case, kinds of arrows and dots on an i do not matter; parts of numbers do."""
    assert Said("", (wanted,)).stands_in(plain(text)) is stands


def test_a_step_told_in_words_is_found_by_its_words() -> None:
    """Half of a described step's terms are enough, fewer are not."""
    step = Said("Open My Parcels and select the parcel")
    assert step.stands_in("open parcels, then select one")
    assert not step.stands_in("open the box")


def test_labels_of_every_shape_are_read() -> None:
    """Bare strings, lists, mappings; contradictions become conflicts with the facts' own strings."""
    labels = labelled("x", (), {
        "tickets": {"1": "a"}, "lang": {"1": "tr", "2": "en", "3": "tr"},
        "topics": {"a": {
            "match_any": [["7 days", "7 gün"], "online"],
            "match_none": ["14 days of"],
            "facts_must": ["seven days"],
            "changed": [{"old": "only 14 days", "new": "7 days"}],
        }},
        "contradictions": [{"topic": "a", "old": "by phone", "new": "online"}],
    })  # fmt: skip
    topic = labels.topics["a"]
    assert labels.languages == ("tr", "en")
    assert [fact.any_of for fact in topic.must] == [("7 days", "7 gün"), ("online",)]
    assert [(old.any_of, new.any_of) for old, new in topic.conflicts] == [
        (("14 days", "14 days of"), ("7 days", "7 days", "7 gün")),
        ((), ()),
    ]
    assert topic.conflicts[1][0].text == "by phone"


def test_articles_that_are_gone_or_nameless_are_not_written() -> None:
    """A title a language makes an article and its translations, at the address of their links."""
    there = {
        "id": "KB-3",
        "url": "https://h.example/en/a/KB-3",
        "title_en": "Teas",
        "title_tr": "Çay",
    }
    gone = {"id": "KB-4", "url": "https://h.example/a/KB-4", "lang": "en", "title": "x"}
    nameless = {"id": None, "url": "https://h.example/a/KB-", "title": None}
    found = labelled("x", (), {
        "tickets": {}, "lang": {"1": "en"}, "topics": {},
        "existing_articles": [there, {**gone, "status": "gone"}, nameless],
    })  # fmt: skip
    assert [(a.id, a.translation_of) for a in found.articles] == [
        ("kb-3", None), ("kb-3-tr", "kb-3"),
    ]  # fmt: skip
    assert found.site == "https://h.example/"


def test_sums_and_the_worst() -> None:
    """Pairs add up part by part; who states fewer facts, or leaks, is worse."""
    good, bad = Score(facts=(2, 2), attainable=(2, 2)), Score(facts=(0, 2), attainable=(0, 2))
    assert total([good, bad]).facts == (2, 4)
    assert share(total([good, bad]).attainable) == 0.5
    assert worst({"good": good, "bad": bad, "leak": replace(good, leaked=("x",))}) == [
        "leak", "bad", "good",
    ]  # fmt: skip


def test_secrets_are_whole_words() -> None:
    """A canary inside a longer word is none; line breaks and other hits before it do not hide it."""
    assert found_in("4712 and Ann\nLee", ["471", "Ann Lee"]) == ("Ann Lee",)
    assert found_in("4711 or 471.", ["471"]) == ("471",)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """The sample tickets' labelled topics, drafted."""
    labels = demo_labels()
    root = tmp_path_factory.mktemp("eval") / "kb"
    return judge_drafts(labels, new_base(labels, root), given=True)


def test_the_sample_drafts_say_what_they_must(verdict: Verdict) -> None:
    """The floors: nine of ten facts that two agents state, and nothing that nobody said."""
    found = verdict.total
    assert len(verdict.drafts) >= 25 and not verdict.missing
    assert share(found.agreed) >= 0.9
    assert share(found.facts) >= 0.88
    assert found.wrong <= 2
    assert share(found.noise) <= 0.12


def test_the_sample_drafts_tell_steps_in_order(verdict: Verdict) -> None:
    """Of seven pairs of steps six stand in the order in which they are done (notes and what is in
    a block stand below the list), and most stand once."""
    assert share(verdict.total.order) >= 0.85
    assert share(verdict.total.once) >= 0.55


def test_every_sentence_of_the_sample_drafts_has_evidence(verdict: Verdict) -> None:
    """No sentence stands in a draft that no agent said."""
    without = [one.name for one in verdict.drafts if share(one.score.evidence) < 1]
    assert without == []


def test_the_sample_drafts_show_where_agents_disagree(verdict: Verdict) -> None:
    """Five of the six planted contradictions are flagged at least, and nothing else is."""
    assert share(verdict.total.conflicts) >= 0.8
    assert verdict.total.false_conflicts == 0


def test_the_sample_drafts_hold_no_canary(verdict: Verdict) -> None:
    """No name, number, address, password or internal remark stands in a draft's file."""
    assert {one.name: one.score.leaked for one in verdict.drafts if one.score.leaked} == {}


def test_the_page_of_verdicts_runs_nothing(verdict: Verdict) -> None:
    """Each draft stands on the page once, escaped; there is no script."""
    shown = page([verdict])
    assert shown.count("<section>") == len(verdict.drafts)
    assert "<script" not in shown
    assert CONFLICT not in shown
