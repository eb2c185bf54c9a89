"""Zammad: tickets with words or with ids, their articles in a second file or inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import InputError
from tests.tickets.vendors.desk import read, roles, said, utc

TICKET: dict[str, Any] = {
    "id": 5, "number": "22005", "title": "Parool läks meelest", "group": "Tugi", "group_id": 1,
    "state": "closed", "state_id": 4, "priority": "2 normal", "priority_id": 2,
    "customer": "jaan@klient.example", "customer_id": 44, "owner": "mari@velmo.example",
    "article_ids": [9, 10, 11], "article_count": 3, "create_article_type": "email",
    "create_article_sender": "Customer", "tags": ["parool"], "preferences": {},
    "close_at": "2026-01-05T10:00:00.000Z", "last_close_at": "2026-01-05T11:00:00.000Z",
    "created_at": "2026-01-05T08:00:00.000Z", "updated_at": "2026-01-05T11:00:00.000Z",
}  # fmt: skip


def article(number: int, minute: int, sender: str, body: str, **more: Any) -> dict[str, Any]:
    """An article of the ticket."""
    by, who = (44, "jaan@klient.example") if sender == "Customer" else (3, "mari@velmo.example")
    return {
        "id": number, "ticket_id": 5, "sender": sender, "type": "email", "internal": False,
        "content_type": "text/html", "from": who, "to": "abi@velmo.example", "subject": None,
        "body": body, "created_by": who, "created_by_id": by, "preferences": {},
        "created_at": f"2026-01-05T08:{minute}:00.000Z", **more,
    }  # fmt: skip


ARTICLES = [
    article(10, 30, "Agent", "<p>Vajutage „Unustasin parooli“.</p>"),
    article(9, 10, "Customer", "Kuidas ma uue parooli saan?", content_type="text/plain"),
    article(11, 20, "Agent", "<p>Vana konto, vaata üle.</p>", type="note", internal=True),
]
FILES: dict[str, str | bytes] = {
    "tickets.json": json.dumps([TICKET]), "articles.json": json.dumps(ARTICLES, indent=1)
}  # fmt: skip


def files(articles: list[dict[str, Any]] = ARTICLES, **changes: Any) -> dict[str, str | bytes]:
    """Both files with these changes to the ticket."""
    return {
        "tickets.json": json.dumps([{**TICKET, **changes}]),
        "articles.json": json.dumps(articles),
    }


def test_a_ticket_and_its_articles(tmp_path: Path) -> None:
    """Articles stand in order of time with roles and visibility; the last closing is the solution's time."""
    found = read(tmp_path, FILES).only
    assert said(found) == [
        ("customer", "public", "Kuidas ma uue parooli saan?"),
        ("agent", "internal", "Vana konto, vaata üle."),
        ("agent", "public", "Vajutage „Unustasin parooli“."),
    ]
    assert (found.key, found.status, found.resolution) == ("zammad:5", "closed", "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-01-05T08:00"), utc("2026-01-05T11:00"))
    assert (found.group, found.priority, found.channel) == ("Tugi", "2 normal", "email")
    assert (found.tags, found.language, found.reopens) == (("parool",), "et", None)
    assert found.requester == found.messages[0].author


def test_ids_without_words_are_understood(tmp_path: Path) -> None:
    """Without expand=true there are only ids, and the same person is the same."""
    words = ("state", "priority", "group", "customer", "owner", "create_article_type")
    bare = {key: value for key, value in TICKET.items() if key not in words}
    articles = [
        {k: v for k, v in item.items() if k not in ("sender", "created_by")}
        | {"sender_id": 2 if item["sender"] == "Customer" else 1, "type_id": 1}
        for item in ARTICLES
    ]
    data = {"tickets.json": json.dumps([bare]), "articles.json": json.dumps(articles)}
    found = read(tmp_path, data).only
    assert (found.resolved, found.resolution) == (True, "answered")
    assert [role for role, _ in roles(found)] == ["customer", "agent", "agent"]
    other = tmp_path / "words"
    assert found.requester == read(other, FILES).only.requester == found.messages[0].author


@pytest.mark.parametrize(
    ("state", "resolved", "resolution"),
    [
        ("merged", False, "merged"),
        ("pending reminder", False, "unknown"),
        ("pending close", False, "unknown"),
        ("new", False, "unknown"),
        ("removed", True, "spam"),
    ],
)
def test_states(tmp_path: Path, state: str, resolved: bool, resolution: str) -> None:
    """Only "closed" is an answer; a merged ticket is none by itself."""
    found = read(tmp_path, files(state=state)).only
    assert (found.resolved, found.resolution) == (resolved, resolution)


def test_a_state_of_their_own_is_counted(tmp_path: Path) -> None:
    """A state that the administrator added is told and counts as open."""
    found = read(tmp_path, files(state="ootab tarnijat"))
    assert found.unknown_statuses == {"ootab tarnijat": 1}
    assert not found.only.resolved


def test_who_said_it_and_who_may_read_it(tmp_path: Path) -> None:
    """An agent's note is internal without the flag too; a customer's in the portal is not."""
    articles = [
        article(1, 10, "Customer", "Kuidas?", type="web"),
        article(2, 11, "Agent", "Märge", type="note"),
        article(3, 12, "Customer", "Lisan veel", type="note"),
        article(4, 13, "System", "Saime teie kirja kätte", type="email"),
        article(5, 14, "Customer", "Olen puhkusel", preferences={"is-auto-response": True}),
        article(6, 15, "Agent", "Helistasin", type="phone"),
    ]
    assert roles(read(tmp_path, files(articles)).only) == [
        ("customer", "public"), ("agent", "internal"), ("customer", "public"), ("system", "public"),
        ("bot", "public"), ("agent", "public"),
    ]  # fmt: skip


def test_articles_inside_the_ticket(tmp_path: Path) -> None:
    """A script that put the articles into the tickets needs no second file."""
    found = read(tmp_path, {"tickets.json": json.dumps([{**TICKET, "articles": ARTICLES}])})
    assert found.only.resolution == "answered"


def test_tickets_alone_are_refused_by_name(tmp_path: Path) -> None:
    """Without articles there is nothing but titles; the error names the file to give."""
    with pytest.raises(InputError, match=r"second file|articles"):
        read(tmp_path, {"tickets.json": FILES["tickets.json"]})
