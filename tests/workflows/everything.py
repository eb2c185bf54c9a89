"""A small help centre in which every kind of suggestion is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kbtool.articles.files.store import write_article
from kbtool.config import MetricSettings, Settings
from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.model import Article, Event, Message, Provenance, Ticket
from tests.metrics.histories import NOW, click, contact, search, view, vote
from tests.tickets.stored import save_tickets
from tests.workflows.test_feedback_loop import DEPOSIT, ONCE, PAUSE, UNLOCK

ACCOUNT = (
    "Please unlock my locked account",
    "account is locked, can you unlock it",
    "My account is locked since Monday",
    "locked account: unlock please",
    "unlock my account, it is locked",
    "Can you unlock a locked account?",
)
PAUSED = "In the app open Subscription, then Pause."
DAY = 24 * 60
"""Minutes."""


def article(id_: str, title: str, body: str, **fields: object) -> Article:
    """A published article of last year."""
    made = Article(
        id=id_, title=title, lang="en", status="published", category="bike", body=body,
        path=f"en/bike/{id_}.md", updated=date(2025, 6, 1), published=date(2025, 6, 1),
        review_by=date(2027, 1, 1), reviewed_by="Hannah",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]  # a test builder


ARTICLES = (
    article(
        "kb-1001", "Flat tyres",
        "A mechanic comes within two days.\n\nYou can keep a rental for 14 days after the repair.",
    ),
    article("kb-1002", "When is my deposit refunded?", "The deposit comes back within 14 days."),
    article("kb-1003", "Can I pause my subscription?", PAUSED),
    article(
        "kb-1004", "How long may I keep a rental?",
        "You can keep a rental for 30 days after the repair.",
    ),
    article("kb-1009", "Our stand at the 2024 fair", "You find us in hall 3."),
)  # fmt: skip


def help_centre(root: Path) -> Settings:
    """The help centre with its tickets of fourteen months and its events of thirteen."""
    (root / "mkdocs.yml").write_text(
        "site_name: Help\nsite_url: https://help.example/\nextra:\n  kbtool:\n"
        "    languages: [en, et]\n    metrics:\n      min_count: 10\n",
        encoding="utf-8",
    )
    made = Settings(
        root=root, config_file=root / "mkdocs.yml", site_name="Help",
        site_url="https://help.example/", languages=("en", "et"),
        metrics=MetricSettings(min_count=10),
    )  # fmt: skip
    for one in ARTICLES:
        write_article(made.content_dir, one)
    with writing(made.database) as connection:
        save_tickets(connection, tickets())
        save_events(connection, events())
    return made


def tickets() -> Iterator[Ticket]:
    """Each question in ten different months, the others once."""
    number = 0
    for month in range(14):
        for asked, reply, link in (
            (PAUSE, "Here is how.", "kb-1003"),
            (UNLOCK, "Hold the phone next to the lock, then press Unlock.", None),
            (DEPOSIT, "Here is how.", "kb-1002"),
            (ACCOUNT, "I have unlocked your account. Please sign in again.", None),
        ):
            for text in (asked[month % 6], asked[(month + 3) % 6]):
                number += 1
                yield ticket(number, month, text, reply, link)
    for text in ONCE:
        number += 1
        yield ticket(number, number % 14, text, "Thank you for asking.")


def ticket(number: int, month: int, text: str, reply: str, link: str | None = None) -> Ticket:
    """A resolved ticket, so many months after October 2025, with an article linked or none."""
    at = datetime(2025, 10, 1, tzinfo=UTC) + timedelta(days=30.2 * month + number % 20)
    links = (f"https://help.example/a/{link}/",) if link else ()
    said = (
        Message("1", "customer", "public", at, None, text),
        Message("2", "agent", "public", at, f"a{number % 3}", reply, links=links),
    )
    return Ticket(
        source="s", id=f"{number:03d}", subject="", status="closed",
        resolved=True, resolution="answered", created_at=at, solved_at=at, language="en",
        language_confidence=1.0, requester=f"r{number}", group=None, channel=None, tags=(),
        csat=None, reopens=None, merged_into=None, messages=said,
        provenance=Provenance("f", number, "m"),
    )  # fmt: skip


def events() -> Sequence[Event]:
    """What readers did: they have been counted for thirteen months."""
    found = [view(-380 * DAY, "first", "kb-1001")]
    for n in range(12):
        name = f"b{n}"
        found += [view(n, name, "kb-1001"), vote(n + 1, "no", name, "kb-1001", "unclear")]
        found += [contact(n + 2, "handoff", name)] if n < 9 else []
    found += [view(n, f"g{n}", "kb-1003") for n in range(30)]
    found += [search(n, "subscription travel", 0, f"p{n}") for n in range(4)]
    found += [search(n, "pause subscription winter", 3, f"q{n}") for n in range(7)]
    found += [search(n, "insurance abroad", 0, f"i{n}") for n in range(3)]
    found += [search(n, "tellimuse peatamine", 0, f"e{n}", lang="et") for n in range(6)]
    found += [search(60, "flat tyre", 1, "c1"), click(61, "flat tyre", "c1", "kb-1001")]
    return found


__all__ = ["NOW", "help_centre"]
