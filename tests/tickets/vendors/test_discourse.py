"""Discourse: topics with their posts; the accepted answer before and after several were possible."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import InputError
from tests.tickets.vendors.desk import lines, read, said, utc


def post(number: int, username: str, cooked: str, **more: Any) -> dict[str, Any]:
    """A post as the API gives it."""
    return {
        "id": 100 + number,
        "post_number": number,
        "post_type": 1,
        "username": username,
        "user_id": len(username),
        "created_at": f"2026-01-05T1{number}:00:00.235Z",
        "cooked": cooked,
        "staff": False,
        "moderator": False,
        "admin": False,
        "accepted_answer": False,
        "hidden": False,
        "deleted_at": None,
        "user_deleted": False,
        **more,
    }


QUOTE = '<aside class="quote no-group" data-username="eva" data-post="1"><div class="title">eva:</div><blockquote><p>It asks for a key.</p></blockquote></aside>'
POSTS = [
    post(1, "eva", "<p>It asks for a <strong>key</strong>.</p>"),
    post(2, "jaan", "<p>Same here</p>"),
    post(3, "priit", "<p>known bug</p>", post_type=4, staff=True, admin=True),
    post(4, "mari", QUOTE + "<p>Run <code>velmo login</code>.</p>", accepted_answer=True),
    post(5, "system", "", post_type=3, action_code="closed.enabled"),
    post(6, "eva", "<p>Thank you</p>"),
]


def topic(number: int = 8, **more: Any) -> dict[str, Any]:
    """A topic as the API gives it."""
    return {
        "post_stream": {"posts": POSTS, "stream": [101, 102]},
        "timeline_lookup": [[1, 0]],
        "id": number,
        "title": "Licence key",
        "fancy_title": "Licence key",
        "slug": "licence-key",
        "posts_count": 6,
        "created_at": "2026-01-05T11:00:00.097Z",
        "archetype": "regular",
        "category_id": 5,
        "closed": False,
        "tags": ["setup", {"id": 2, "name": "licence", "slug": "licence"}],
        "actions_summary": [{"id": 4, "count": 0}],
        "details": {"created_by": {"username": "eva"}, "participants": [{"username": "eva"}]},
        "accepted_answers": [{"post_number": 4, "username": "mari"}],
        **more,
    }


@pytest.mark.parametrize("indent", [None, 2])
def test_a_topic_of_the_site(tmp_path: Path, indent: int | None) -> None:
    """Another user's accepted answer is the answer; whispers are internal; small actions nothing."""
    got = read(tmp_path, {"8.json": json.dumps(topic(), indent=indent)})
    ticket = got.only
    assert got.mappings == ["discourse"]
    assert said(ticket) == [
        ("customer", "public", "It asks for a **key**."),
        ("customer", "public", "Same here"),
        ("agent", "internal", "known bug"),
        ("agent", "public", "Run `velmo login`."),
        ("customer", "public", "Thank you"),
    ]
    assert (ticket.id, ticket.subject, ticket.tags) == ("8", "Licence key", ("setup", "licence"))
    assert (ticket.resolution, ticket.group) == ("answered", "5")
    assert ticket.created_at == utc("2026-01-05T11:00")
    assert ticket.requester == ticket.messages[0].author == ticket.messages[4].author


def test_what_solves_a_topic(tmp_path: Path) -> None:
    """One accepted answer (older sites), several (newer), or only the post's own word; closed too."""
    plain = [post(1, "eva", "<p>How?</p>"), post(2, "priit", "<p>So.</p>", staff=True)]
    marked = [plain[0], {**plain[1], "accepted_answer": True}]
    got = read(
        tmp_path,
        {
            "topics.jsonl": lines(
                topic(1, accepted_answers=None, accepted_answer={"post_number": 4}),
                topic(2, accepted_answers=[{"post_number": 4}, {"post_number": 2}]),
                topic(3, accepted_answers=[], post_stream={"posts": marked}),
                topic(4, accepted_answers=[], post_stream={"posts": plain}, closed=True),
                topic(5, accepted_answers=[], post_stream={"posts": plain}),
            )
        },
    )
    assert [got.tickets[n].resolution for n in "12345"] == ["answered"] * 4 + ["unknown"]
    assert [got.tickets[n].resolved for n in "45"] == [True, False]


def test_an_asker_who_found_the_answer(tmp_path: Path) -> None:
    """His accepted post is the answer; his others, also a staff member's, are the customer's."""
    posts = [
        post(1, "priit", "<p>How?</p>", staff=True),
        post(2, "priit", "<p>Nobody?</p>", staff=True),
        post(3, "priit", "<p>Found it: restart.</p>", staff=True, accepted_answer=True),
    ]
    got = read(tmp_path, {"t.jsonl": lines(topic(post_stream={"posts": posts}))})
    assert [role for role, _, _ in said(got.only)] == ["customer", "customer", "agent"]
    assert got.only.resolution == "answered"


def test_lists_of_topics_are_refused_with_the_way_out(tmp_path: Path) -> None:
    """latest.json has no posts, and the error says what to fetch."""
    page = {
        "users": [{"id": 1, "username": "eva"}],
        "topic_list": {"topics": [{"id": 8, "title": "Licence key", "fancy_title": "Licence key", "slug": "licence-key", "posts_count": 6, "bumped_at": "2026-01-05T11:00:00Z"}]},
    }  # fmt: skip
    with pytest.raises(InputError) as caught:
        read(tmp_path, {"latest.json": json.dumps(page)})
    assert "posts" in str(caught.value) + str(caught.value.hint)
