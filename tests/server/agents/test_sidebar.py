"""A help desk asks with a ticket: articles and replies, nothing kept, nothing guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.config import Settings
from tests.server.conftest import Running, running


def test_a_ticket_is_answered(shared: Running) -> None:
    """Subject and the customer's messages in, the article with its reply out; nothing is cached."""
    ticket = {
        "subject": "Trouble",
        "messages": [
            "Hello,\nhow do I repair a flat tyre?\n\n> On Monday you wrote",
            "Still flat!",
        ],
    }
    answer = shared.http.post("/api/suggest", json=ticket)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    best = answer.json()["results"][0]
    assert best["id"] == "kb-1"
    assert best["permalink"] == "https://help.velmo.example/a/kb-1/"
    assert best["reply"]["text"].endswith("\nhttps://help.velmo.example/a/kb-1/")


@pytest.mark.parametrize(
    "text", ["Lastik patladı, ne yapmalıyım?", "<div>Lastik <b>patladı</b>, ne yapmalıyım?</div>"]
)
def test_text_or_html_in_its_own_language(shared: Running, text: str) -> None:
    """The language is found; the reply is in it."""
    data = shared.http.post("/api/suggest", json={"text": text}).json()
    assert (data["lang"], data["results"][0]["id"]) == ("tr", "kb-3")
    assert data["results"][0]["reply"]["text"].startswith("Yardım")


def test_the_help_desk_may_know_better(shared: Running) -> None:
    """A language of the help centre that is told is taken; an unknown one counts as none."""
    ask = {"text": "bike tyre lastik", "limit": 1}
    told = shared.http.post("/api/suggest", json=ask | {"lang": "tr"}).json()
    assert (told["lang"], told["count"], told["results"][0]["lang"]) == ("tr", 1, "tr")
    assert shared.http.post("/api/suggest", json=ask | {"lang": "xx"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"", 400, "not-json"),
        (b"{", 400, "not-json"),
        (b"[" * 100_000, 400, "not-json"),
        (b"[]", 400, "not-a-ticket"),
        (b"{}", 400, "not-a-ticket"),
        (b'{"text": " "}', 400, "not-a-ticket"),
        (b'{"text": 7}', 400, "not-a-ticket"),
        (b'{"subject": ["x"], "text": "x"}', 400, "not-a-ticket"),
        (b'{"messages": ["x", null]}', 400, "not-a-ticket"),
        (b'{"text": "' + b"x" * 300_000 + b'"}', 413, "too-large"),
    ],
)
def test_what_is_no_ticket_is_refused(
    shared: Running, body: bytes, status: int, reason: str
) -> None:
    """With the reason in a header; never an error of ours."""
    answer = shared.http.post("/api/suggest", content=body)
    assert (answer.status_code, answer.headers["x-kbtool-refused"]) == (status, reason)


def test_limits_are_held(shared: Running) -> None:
    """However much is asked for or said."""
    for limit in (-1, 0, 10**9, True, "5", None):
        data = shared.http.post("/api/suggest", json={"text": "bike tyre", "limit": limit})
        assert 1 <= data.json()["count"] <= 20
    many = {"messages": ["tyre"] * 500}
    assert shared.http.post("/api/suggest", json=many).status_code == 200


def test_only_allowed_origins_may_ask_from_a_browser(settings: Settings) -> None:
    """Preflight and answer carry the permission for the help desk's origin and for no other."""
    server = replace(settings.server, sidebar_origins=("https://desk.example/",))
    with running(replace(settings, server=server)) as site:
        for origin, allowed in (("https://desk.example", True), ("https://evil.example", False)):
            headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            preflight = site.http.options("/api/suggest", headers=headers)
            assert preflight.is_success == allowed
            answer = site.http.post("/api/suggest", json={"text": "x"}, headers=headers)
            given = answer.headers.get("access-control-allow-origin")
            assert given == (origin if allowed else None)


def test_without_allowed_origins_there_is_no_permission(shared: Running) -> None:
    """The default lets no other site's script read an answer."""
    headers = {"Origin": "https://desk.example"}
    answer = shared.http.post("/api/suggest", json={"text": "tyre"}, headers=headers)
    assert "access-control-allow-origin" not in answer.headers
