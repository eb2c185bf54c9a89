"""Small tickets of a fictional tea shop, for tests of drafting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from kbtool.articles.draft import Sources
from kbtool.model import Article, Message, Provenance, Ticket, Topic, Wording

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def ticket(
    number: int,
    *replies: str,
    agent: str = "a1",
    lang: str = "en",
    question: str = "How do I change my tea box?",
    resolution: str = "answered",
    visibility: str = "public",
    role: str = "agent",
) -> Ticket:
    """An answered ticket of requester ``number``, ``number`` days after the start."""
    at = START + timedelta(days=number)
    messages = [Message("m0", "customer", "public", at, f"r{number}", question)]
    messages += [
        Message(f"m{n}", role, visibility, at + timedelta(hours=n), agent, text)  # type: ignore[arg-type]  # literals of the model
        for n, text in enumerate(replies, start=1)
    ]
    return Ticket(
        source="desk", id=str(number), subject=question, status="closed", resolved=True,
        resolution=resolution,  # type: ignore[arg-type]  # literals of the model
        created_at=at, solved_at=at, language=lang, language_confidence=1.0,
        requester=f"r{number}", group=None, channel=None, tags=(), csat=None, reopens=0,
        merged_into=None, messages=tuple(messages), provenance=Provenance("t.jsonl", number, "x"),
    )  # fmt: skip


def topic(tickets: Sequence[Ticket]) -> Topic:
    """The topic of all these tickets."""
    langs = sorted({t.language or "en" for t in tickets})
    return Topic(
        id="t-tea", question="How do I change my tea box?", keywords=("box",),
        tickets=tuple(t.key for t in tickets), requesters=len(tickets),
        languages=tuple((lang, sum(t.language == lang for t in tickets)) for lang in langs),
        months=(), trend="steady",
        wordings=tuple(Wording(t.messages[0].text, t.language, t.key) for t in tickets),
    )  # fmt: skip


def sources(
    *articles: Article,
    languages: tuple[str, ...] = ("en", "tr", "et"),
    personal_data: Callable[[str], Sequence[tuple[int, str]]] = lambda text: (),
    min_requesters: int = 5,
    only: str | None = None,
) -> Sources:
    """What drafting needs, with the help centre at help.tea.example."""
    return Sources(
        languages=languages,
        only=only,
        articles=articles,
        article_of=lambda url: url.rstrip("/").rpartition("/a/")[2] if "/a/" in url else None,
        asked=lambda ticket: (ticket.messages[0].text,),
        personal_data=personal_data,
        min_requesters=min_requesters,
    )


MACRO = (
    "Hi [name],\n\nSorry for the trouble!\n\n"
    "1. Open Account > Boxes\n2. Tap Change box\n3. Choose another tea and confirm\n\n"
    "If your box is already packed, the change starts with the next one.\n\n"
    "Anything else? Just write.\n"
)
FREE = (
    "Hello, you can do that in Account > Boxes: tap Change box, choose another tea and confirm. "
    "I have checked your account [email]. "
    "If the box is packed already, the change starts with the next one."
)


def tea_tickets() -> list[Ticket]:
    """Six answered tickets in which two agents explain how to change a box."""
    return [
        ticket(1, MACRO, agent="a1", question="How do I change my tea box?"),
        ticket(2, MACRO, agent="a2", question="Can I change the tea in my box?"),
        ticket(3, FREE, agent="a2", question="I want another tea in my next box"),
        ticket(4, MACRO.replace("Hi [name]", "Hello"), agent="a1", question="change my box pls"),
        ticket(5, FREE, agent="a1", question="Where can I change my tea box?"),
        ticket(6, MACRO, agent="a1", question="How to change tea box"),
    ]
