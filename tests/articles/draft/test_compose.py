"""Drafting: what several agents say, in order, with evidence, whatever the order of the tickets."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.articles.draft import article_id, draft_topic
from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.articles.files.frontmatter import dump_article, is_edited
from kbtool.model import Article, Ticket
from tests.articles.tickets import FREE, MACRO, sources, tea_tickets, ticket, topic

ROOT = Path(__file__).parents[3]
GOLDEN = """1. Open **Account > Boxes**.
2. Tap Change box.
3. Choose another tea and confirm.

> **Note:** If your box is already packed, the change starts with the next one.
"""


def _one(tickets: list[Ticket], **how: object) -> Article:
    drafts, skipped = draft_topic(topic(tickets), tickets, sources(**how))  # type: ignore[arg-type]  # keyword arguments of the helper
    assert len(drafts) == 1, skipped
    return drafts[0]


def test_the_golden_draft() -> None:
    """Steps as a numbered list, the condition as a note, nothing about one customer."""
    draft = _one(tea_tickets())
    assert draft.body == GOLDEN
    assert draft.title == "How do I change my tea box?"
    assert draft.also_asked == ("Change my box pls",)
    assert (draft.status, draft.lang, draft.topic) == ("draft", "en", "t-tea")
    assert draft.path == f"drafts/{draft.id}.md"
    assert not is_edited(draft)


def test_every_sentence_has_its_evidence() -> None:
    """Sources name ticket, message and sentence; tickets and agents are counted."""
    draft = _one(tea_tickets())
    assert draft.evidence[0].text == "Open Account > Boxes"
    for evidence in draft.evidence:
        assert evidence.tickets >= 4
        assert evidence.agents == 2
        assert evidence.last_seen == date(2026, 1, 11)
        assert len({source.split("/")[0] for source in evidence.sources}) == evidence.tickets


def test_the_order_of_tickets_does_not_matter() -> None:
    """The same tickets in any order give the same draft, byte for byte."""
    tickets = tea_tickets()
    expected = _one(tickets)
    for seed in range(8):
        shuffled = tickets[:]
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - a fixed order is what is wanted
        drafts, _ = draft_topic(topic(tickets), shuffled, sources())
        assert drafts == (expected,)


def test_a_full_answer_grows_out_of_partial_ones() -> None:
    """Nobody gave all the steps; the draft has them all, once each, in order."""
    first, second, third = "Open Account > Boxes.", "Tap Change box.", "Choose another tea."
    tickets = [
        ticket(1, f"{first} {second}", agent="a1"),
        ticket(2, f"{second} {third}", agent="a2"),
        ticket(3, f"{first} {third}", agent="a2"),
        ticket(4, f"{first} {second}", agent="a2"),
        ticket(5, f"{second} {third}", agent="a1"),
    ]
    body = _one(tickets).body
    assert body == "1. Open **Account > Boxes**.\n2. Tap Change box.\n3. Choose another tea.\n"


def test_what_one_agent_says_alone_stays_out() -> None:
    """However often one agent repeats a sentence, several agents must support it."""
    extra = "\nOur founder prefers the green tea from Rize."
    tickets = [
        replace(
            t, messages=(t.messages[0], replace(t.messages[1], text=t.messages[1].text + extra))
        )
        if t.messages[1].author == "a1"
        else t
        for t in tea_tickets()
    ]
    assert "Rize" not in _one(tickets).body


def test_agents_who_disagree_are_shown_side_by_side() -> None:
    """Both sides with tickets, agents and dates, the newest marked; nothing is picked."""
    rule = "You can change the box until {} days before the next delivery date."
    tickets = [
        ticket(n, f"{MACRO}\n\n{rule.format(5 if n > 3 else 14)}", agent=f"a{n % 2}")
        for n in range(1, 7)
    ]
    body = _one(tickets).body
    assert body.count(CONFLICT) == 1
    assert "until 5 days before the next delivery date. **(newest)** (3 tickets, 2 agents" in body
    assert (
        "until 14 days before the next delivery date. (3 tickets, 2 agents, 2026-01-06 to 2026-01-08)"
        in body
    )
    assert body.count("next delivery date") == 2


def test_a_not_against_the_same_sentence_is_a_conflict() -> None:
    """The same words with and without "not" cannot both be true."""
    said = ["The coupon is valid for tea boxes.", "The coupon is not valid for tea boxes."]
    tickets = [ticket(n, f"{MACRO}\n\n{said[n == 6]}", agent=f"a{n % 2}") for n in range(1, 7)]
    body = _one(tickets).body
    assert CONFLICT in body
    assert all(one in body for one in said)


def test_two_numbers_said_in_one_breath_are_no_conflict() -> None:
    """Numbers that agents give side by side are two facts."""
    fact = "The code is valid for 72 hours and you can extend the code once by 48 hours."
    tickets = [ticket(n, fact, agent=f"a{n % 2}") for n in range(1, 7)]
    assert CONFLICT not in _one(tickets).body


@pytest.mark.parametrize("people", [0, 1, 4])
def test_too_few_requesters_are_refused(people: int) -> None:
    """Below the setting there is no draft but a reason with both numbers."""
    tickets = tea_tickets()[:people]
    drafts, (skipped,) = draft_topic(topic(tickets), tickets, sources())
    assert drafts == ()
    assert f"{people} different requesters, 5 are needed" in skipped.reason


def test_one_person_who_asks_often_is_one_requester() -> None:
    """Ten tickets of one person are not ten people."""
    tickets = [replace(t, requester="same") for t in tea_tickets()]
    drafts, _ = draft_topic(topic(tickets), tickets, sources(min_requesters=3))
    assert drafts == ()


def test_three_requesters_is_the_floor() -> None:
    """No setting goes below it."""
    tickets = tea_tickets()[:2]
    drafts, (skipped,) = draft_topic(topic(tickets), tickets, sources(min_requesters=1))
    assert drafts == ()
    assert "3 are needed" in skipped.reason


def test_unanswered_tickets_do_not_speak() -> None:
    """Only tickets that an agent's reply ended are evidence."""
    tickets = [replace(t, resolution="unknown") for t in tea_tickets()]
    assert draft_topic(topic(tickets), tickets, sources())[0] == ()


def test_one_draft_a_language_linked_as_translations() -> None:
    """Languages do not mix; the draft with most evidence leads; ids are stable and different."""
    turkish = [
        ticket(
            n,
            "Merhaba,\n\n1. Hesap > Kutular sayfasını açın\n2. Kutuyu değiştir düğmesine dokunun\n",
            agent=f"a{n % 2}", lang="tr", question="Çay kutumu nasıl değiştirebilirim?",
        )
        for n in range(11, 15)
    ]  # fmt: skip
    tickets = [*tea_tickets(), *turkish]
    drafts, skipped = draft_topic(topic(tickets), tickets, sources())
    assert skipped == ()
    english, other = drafts
    assert (english.lang, other.lang) == ("en", "tr")
    assert english.translation_of is None
    assert other.translation_of == english.id == article_id("t-tea", "en")
    assert "Hesap > Kutular" in other.body.replace("**", "")
    assert "box" not in other.body
    assert other.title == "Çay kutumu nasıl değiştirebilirim?"
    only, _ = draft_topic(topic(tickets), tickets, sources(only="tr"))
    assert [d.lang for d in only] == ["tr"]


def test_a_language_with_too_little_is_named() -> None:
    """Two Estonian tickets give no Estonian draft, and the reason is told."""
    tickets = [
        *tea_tickets(),
        ticket(20, "Ava Konto > Karbid.", lang="et"),
        ticket(21, FREE, lang="et"),
    ]
    drafts, (skipped,) = draft_topic(topic(tickets), tickets, sources())
    assert [d.lang for d in drafts] == ["en"]
    assert skipped.lang == "et"


def test_answers_in_a_language_that_is_not_configured_are_told_not_mislabelled() -> None:
    """Tickets whose language was left open are the topic's own, but not when agents write Russian."""
    answer = "Откройте Аккаунт и нажмите «Сменить коробку». Выберите другой чай и подтвердите."
    russian = [replace(ticket(n, answer, agent=f"a{n % 2}"), language=None) for n in range(6)]
    drafts, (skipped,) = draft_topic(topic(russian), russian, sources())
    assert drafts == ()
    assert (skipped.lang, "does not name (6 tickets)" in skipped.reason) == (None, True)
    open_ = [replace(one, language=None) for one in tea_tickets()]
    assert _one(open_).body == GOLDEN


def test_what_the_gate_sees_is_not_shown() -> None:
    """A sentence or a question that looks personal falls away though everybody repeats it."""
    tickets = [
        ticket(n, f"{MACRO}\n\nAsk for Anu Pärn in the shop.", agent=f"a{n % 2}")
        for n in range(1, 7)
    ]
    seen = _one(tickets)
    assert "Anu" in seen.body
    draft = _one(tickets, personal_data=lambda text: [(1, "a name")] if "Anu" in text else [])
    assert "Anu" not in draft.body
    assert "Open" in draft.body


def test_the_category_comes_from_the_nearest_article() -> None:
    """An article about the same words lends its category; without one there is none."""
    near = Article(
        "kb-1",
        "Change your tea box",
        "en",
        "published",
        "boxes",
        "Open Account, tap box, choose tea.",
        "en/boxes/a.md",
    )
    far = Article(
        "kb-2",
        "Invoices for firms",
        "en",
        "published",
        "billing",
        "VAT numbers.",
        "en/billing/b.md",
    )
    tickets = tea_tickets()
    drafts, _ = draft_topic(topic(tickets), tickets, sources(far, near))
    assert drafts[0].category == "boxes"
    assert _one(tickets).category is None


def test_linked_articles_become_links_by_permanent_id() -> None:
    """An article that agents link is linked from the draft; one that is gone is not."""
    known = Article("kb-7", "Tea [types]", "en", "published", None, "x", "en/tea.md")
    link = "\n\nMore: https://help.tea.example/a/kb-7/ and https://help.tea.example/a/kb-99/"
    tickets = [ticket(n, MACRO + link, agent=f"a{n % 2}") for n in range(1, 7)]
    drafts, _ = draft_topic(topic(tickets), tickets, sources(known))
    assert "[Tea \\[types\\]](/a/kb-7/)" in drafts[0].body
    assert "kb-99" not in drafts[0].body


def test_big_topics_are_drafted_in_reasonable_time() -> None:
    """Two thousand tickets: the newest speak, nothing grows with the square of the topic."""
    tickets = [
        ticket(
            n,
            MACRO if n % 3 else FREE,
            agent=f"a{n % 5}",
            question=f"change my box {n % 40} please?",
        )
        for n in range(1, 2001)
    ]
    assert _one(tickets).body == GOLDEN


def test_runs_give_the_same_bytes_whatever_the_hash_seed() -> None:
    """No set's order, which differs from run to run, reaches a draft."""
    code = (
        "from tests.articles.tickets import *\n"
        "from kbtool.articles.draft import draft_topic\n"
        "from kbtool.articles.files.frontmatter import dump_article\n"
        "t = tea_tickets()\n"
        "print(dump_article(draft_topic(topic(t), t, sources())[0][0]))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(seen) == 1


RETURNS = {
    "en": ("Open Orders > Return and choose the parcel. The return costs 3 euros.", "How do I return a parcel?"),
    "tr": ("Siparişler > İade sayfasını açın ve paketi seçin. İade 3 euro tutar.", "Paketi nasıl iade ederim?"),
    "et": ("Avage Tellimused > Tagastus ja valige pakk. Tagastus maksab 3 eurot.", "Kuidas pakki tagastada?"),
}  # fmt: skip


def _returns(lang: str, first: int, count: int) -> list[Ticket]:
    reply, question = RETURNS[lang]
    return [
        ticket(n, reply, agent=f"a{n % 3}", lang=lang, question=question)
        for n in range(first, first + count)
    ]


def test_a_language_needs_three_people_or_the_most() -> None:
    """Two and two: both are drafted; three and one: one is, and the other is a translation to
    make.
    """
    both = [*_returns("en", 1, 2), *_returns("tr", 5, 2)]
    drafts, skipped = draft_topic(topic(both), both, sources(min_requesters=4))
    assert [draft.lang for draft in drafts] == ["en", "tr"]
    assert skipped == ()
    uneven = [*_returns("en", 1, 3), *_returns("tr", 5, 1)]
    (draft,), (left,) = draft_topic(topic(uneven), uneven, sources(min_requesters=4))
    assert (draft.lang, left.lang) == ("en", "tr")
    assert "translat" in left.reason


def test_a_topic_of_three_languages() -> None:
    """Three hundred tickets: a draft each, one leads, evidence crosses languages, no source twice."""
    tickets = [one for at, lang in enumerate(RETURNS) for one in _returns(lang, at * 100, 100)]
    drafts, skipped = draft_topic(topic(tickets), tickets, sources())
    assert skipped == ()
    assert [draft.lang for draft in drafts] == ["en", "tr", "et"]
    (lead,) = (draft for draft in drafts if draft.translation_of is None)
    assert {draft.translation_of for draft in drafts} == {None, lead.id}
    for draft in drafts:
        assert "3 euro" in draft.body
        fee = next(one for one in draft.evidence if "3 euro" in one.text)
        assert fee.tickets > 100
        for one in draft.evidence:
            assert len(set(one.sources)) == len(one.sources)


def test_a_side_of_a_conflict_stands_nowhere_else() -> None:
    """Neither number is told as if it were true."""
    rule = "You can return a box within {} days."
    tickets = [
        ticket(n, f"{MACRO}\n\n{rule.format(30 if n > 4 else 14)}", agent=f"a{n % 2}")
        for n in range(1, 9)
    ]
    body = _one(tickets).body
    outside = re.sub(f"{CONFLICT}.*?{CONFLICT_END}", "", body, flags=re.DOTALL)
    assert "30 days" in body and "14 days" in body
    assert "days" not in outside


def test_a_correction_in_the_ticket_is_no_conflict() -> None:
    """The agent's later message is right."""
    tickets = [
        ticket(n, "A box is returned within 14 days.", "Sorry: a box is returned within 30 days.", agent=f"a{n % 2}")
        for n in range(1, 7)
    ]  # fmt: skip
    body = _one(tickets).body
    assert CONFLICT not in body
    assert "30 days" in body and "14" not in body


def test_what_one_ticket_holds_is_not_told() -> None:
    """A contract, an address or a name in one reply, around what all say."""
    rare = ("contract 4711", "pay.example/x9", "Anna Berg")
    said = "Pay the moving fee of 29 euros for {} before the date."
    tickets = [
        ticket(n, said.format(rare[n]) if n < 3 else said.format("your box"), agent=f"a{n % 2}")
        for n in range(8)
    ]
    draft = _one(tickets)
    assert "29 euros" in draft.body
    assert not any(one in dump_article(draft) for one in rare)
