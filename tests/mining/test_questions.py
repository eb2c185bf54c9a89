"""Tickets to questions."""

from __future__ import annotations

import pytest

from kbtool.mining.questions import is_question_like, question, questions
from tests.mining.samples import ticket


def test_question_is_subject_and_two_asking_sentences() -> None:
    """The subject and the first two sentences that ask are the question; the story is not."""
    text = (
        "We were on holiday in Rome. The weather was bad. How do I renew a loan? "
        "Does it cost anything? Where is the desk?"
    )
    found = question(ticket(text, subject="Re: Loan"))
    assert found is not None
    assert found.text.splitlines() == ["Loan", "How do I renew a loan?", "Does it cost anything?"]


def test_without_asking_sentence_all_is_the_question() -> None:
    """A message that neither asks nor complains counts whole."""
    found = question(ticket("Loan of the blue book. Two more weeks.", subject=""))
    assert found is not None
    assert found.text.splitlines() == ["Loan of the blue book.", "Two more weeks."]


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
