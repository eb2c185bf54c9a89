"""A small help desk of a made-up library: four questions asked in two languages, and noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from kbtool.mining.describing.labels import Members
from kbtool.mining.questions.question import Question
from kbtool.model import Message, Provenance, Ticket
from kbtool.privacy.hashing import count_people

ASKED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "renew": (
        ("en", "How do I renew a loan?", "Open My shelf > Renew. Renewing adds 21 days."),
        ("en", "can I keep the book longer", "Yes: My shelf > Renew, which adds 21 days each time."),
        ("en", "Extending my loan by some weeks?", "Tap My shelf > Renew; you get 21 days more."),
        ("en", "renew loan, button is grey", "A reserved book cannot be renewed: My shelf > Renew."),
        ("tr", "Ödünç süresini nasıl uzatırım?", "Rafım > Renew düğmesi süreyi 21 gün uzatır."),
        ("tr", "kitabın süresini uzatmak istiyorum", "Rafım > Renew ile 21 gün eklenir."),
        ("tr", "süre uzatma nerede", "Rafım > Renew: 21 gün uzar."),
    ),
    "fee": (
        ("en", "Why do I have to pay a late fee?", "Late fee: 15 cents a day, at most 600 cents."),
        ("en", "late fee too high", "It is 15 cents a day up to 600 cents, payable by card."),
        ("en", "How is the late fee counted?", "15 cents for each late day, never over 600 cents."),
        ("en", "I got charged a late fee twice", "The late fee is 15 cents a day, 600 cents at most."),
        ("tr", "Gecikme ücreti neden bu kadar?", "Gecikme: günde 15 kuruş, en çok 600 kuruş."),
        ("tr", "gecikme ücreti nasıl hesaplanıyor", "Günlük 15 kuruş, toplam 600 kuruşu geçmez."),
    ),
    "card": (
        ("en", "I lost my library card", "Block it at Account > Card > Block; a new card costs 300."),
        ("en", "lost card, what now?", "Please block the card: Account > Card > Block. New: 300."),
        ("en", "My card was stolen with my bag", "Account > Card > Block at once; a new card is 300."),
        ("en", "How can I replace a lost card?", "Block the old card (Account > Card > Block), pay 300."),
        ("en", "new card instead of the lost one?", "A new card costs 300; first Account > Card > Block."),
    ),
    "noise": (
        ("en", "Do you buy old maps?", "Please write to the archive."),
        ("en", "Your window on Elm Street is broken", "Thank you, a carpenter is on the way."),
        ("en", "Is the choir singing on Sunday?", "Yes, at noon."),
        ("tr", "Bahçede köpek gezdirilir mi?", "Tasmayla evet."),
    ),
}  # fmt: skip


def questions() -> list[Question]:
    """All questions, one each fortnight from January 2026 on; ids tell the true topic."""
    found: list[Question] = []
    for topic, lines in ASKED.items():
        for number, (lang, text, reply) in enumerate(lines):
            at = datetime(2026, 1 + number, 3, tzinfo=UTC)
            found.append(
                Question(
                    ticket=f"desk:{topic}-{number}",
                    text=text,
                    wordings=(text,),
                    lang=lang,
                    at=at,
                    requester=f"{topic}{number}",
                    reply=reply,
                )
            )
    return found


def ticket(
    text: str = "How do I renew a loan?",
    *,
    id_: str = "1",
    subject: str = "",
    lang: str | None = "en",
    reply: str | None = None,
    links: tuple[str, ...] = (),
    resolved: bool = True,
    **changes: object,
) -> Ticket:
    """A ticket with one customer message and perhaps one agent's reply."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    messages = [Message("1", "customer", "public", at, "c", text)]
    if reply is not None:
        messages.append(Message("2", "agent", "public", at, "a", reply, links=links))
    fields: dict[str, object] = {
        "source": "desk",
        "id": id_,
        "subject": subject,
        "status": "closed",
        "resolved": resolved,
        "resolution": "answered",
        "created_at": at,
        "solved_at": at,
        "language": lang,
        "language_confidence": 0.9,
        "requester": f"r{id_}",
        "group": None,
        "channel": None,
        "tags": (),
        "csat": None,
        "reopens": None,
        "merged_into": None,
        "messages": tuple(messages),
        "provenance": Provenance("t.jsonl", 1, "zendesk"),
    }
    return Ticket(**{**fields, **changes})  # type: ignore[arg-type]  # a test builder


def members_of(group: Sequence[Question]) -> Members:
    """The counts of a group, from its questions."""
    months = (q.at.strftime("%Y-%m") for q in group if q.at is not None)
    return Members(
        tickets=tuple(q.ticket for q in group),
        requesters=count_people(q.requester for q in group),
        languages=dict(Counter(q.lang or "und" for q in group)),
        months=dict(Counter(months)),
    )
