"""Tickets to questions."""

from __future__ import annotations

import pytest

from kbtool.mining.questions.question import is_question_like, question, questions
from tests.mining.samples import ticket


def test_question_is_the_subject_and_the_message() -> None:
    """Subject without "Re:", then the sentences, one a line; chatter goes when many are compared."""
    found = question(ticket("It rained. How do I renew a loan? Thanks!", subject="Re: Loan"))
    assert found is not None
    assert found.text.splitlines() == ["Loan", "It rained.", "How do I renew a loan?", "Thanks!"]


def test_of_a_long_message_what_asks_comes_first() -> None:
    """Twelve sentences are kept, in their order, and none that asks is lost to a story."""
    story = " ".join(f"We saw {n} towns." for n in range(15))
    found = question(ticket(f"{story} How do I renew a loan? {story}", subject=""))
    assert found is not None
    kept = found.text.splitlines()
    assert len(kept) == 12
    assert kept[0] == "We saw 0 towns."
    assert kept[-1] == "How do I renew a loan?"


def test_placeholders_are_no_words_and_no_wording() -> None:
    """What redaction put in is not compared, and a sentence with a hole is never shown."""
    found = question(ticket("Where is order [order]? Can I still change it?", subject="Hi [name]"))
    assert found is not None
    assert "order]" not in found.text
    assert "[name]" not in found.text
    assert found.wordings == ("Can I still change it?",)


@pytest.mark.parametrize(
    "changes",
    [
        {"resolved": False},
        {"resolution": "spam"},
        {"resolution": "merged"},
        {"merged_into": "7"},
    ],
)
def test_tickets_that_ask_nothing_usable(changes: dict[str, object]) -> None:
    """Open tickets, spam and merged tickets give no question."""
    assert question(ticket(**changes)) is None  # type: ignore[arg-type]  # a test builder


@pytest.mark.parametrize(
    ("text", "subject", "lang"),
    [
        ("I am travelling until Monday.", "Automatic reply: your ticket", "en"),
        ("Bu hafta yıllık izinde olacağım.", "Otomatik yanıt", "tr"),
        ("Olen kontorist väljas.", "Automaatvastus", "et"),
        ("Thank you so much, it works now!", "thanks", "en"),
        ("çok teşekkür ederim", "Teşekkürler", "tr"),
        ("", "", "en"),
        ("[email]", "[name]", "en"),
    ],
)
def test_automatic_replies_thanks_and_empty_tickets(text: str, subject: str, lang: str) -> None:
    """Automatic replies, mere thanks and empty tickets give no question."""
    assert question(ticket(text, subject=subject, lang=lang)) is None


def test_thanks_with_a_question_stays() -> None:
    """Politeness does not hide a question."""
    assert question(ticket("Thanks for the last help. How do I renew a loan?")) is not None


def test_a_request_without_question_words_stays() -> None:
    """What is longer than a greeting and stands before the thanks is asked for."""
    assert question(ticket("Renewal of the blue book. Thank you!", subject="")) is not None
    assert question(ticket("OK, Tom. Thank you! The blue book came today.", subject="")) is None


@pytest.mark.parametrize(
    ("sentence", "lang", "asks"),
    [
        ("how do i renew", "en", True),
        ("The lock is not working", "en", True),
        ("We live in Leeds", "en", False),
        ("kitabi uzatabilir miyim", "tr", True),
        ("Kargom gelmedi", "tr", True),
        ("kas saab pikendada", "et", True),
        ("Elan Tartus", "et", False),
        ("Is there a way?", None, True),
    ],
)
def test_question_like(sentence: str, lang: str | None, asks: bool) -> None:
    """A question mark, a question word at a clause's edge, or a problem word."""
    assert is_question_like(sentence, lang) is asks


def test_internal_notes_never_enter() -> None:
    """Only public replies of agents are taken."""
    from dataclasses import replace

    from kbtool.model import Message

    note = Message("3", "agent", "internal", None, "a", "the secret depot code")
    found = question(
        replace(t, messages=(*t.messages, note)) if (t := ticket(reply="Open Renew.")) else t
    )
    assert found is not None
    assert found.reply == "Open Renew."


def test_questions_are_sorted_by_ticket() -> None:
    """The order of the input does not matter."""
    one, two = ticket(id_="1"), ticket(id_="2")
    assert questions([two, one]) == questions([one, two])
