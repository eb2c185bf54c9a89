"""Collecting over real HTTP and real SQLite: stored, refused and lost are always told apart."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from kbtool.server.collect.recording import RequestRefusedError, read_body
from tests.server.conftest import Running

NUMBER = count()
FLAT_TYRE = "../en/bike/flat-tyre/"


def new_id() -> str:
    return f"id-{next(NUMBER)}"


def view(**fields: Any) -> dict[str, Any]:
    return {"id": new_id(), "kind": "view", **fields}


def tally(site: Running) -> dict[str, Any]:
    found: dict[str, Any] = site.http.get("/healthz").json()["events"]
    return found


def test_events_of_the_script_are_stored(site: Running) -> None:
    """Each kind the script sends arrives with the server's time and a visitor, in order."""
    sent = [
        {"id": "a", "kind": "view", "article": "kb-1", "lang": "en", "query": None},
        {"id": "b", "kind": "search", "query": "my bike a@b.example", "lang": "en", "results": 2},
        {"id": "c", "kind": "click", "article": "kb-2", "query": "my bike", "position": 1},
        {"id": "d", "kind": "vote", "article": "kb-2", "value": "no"},
        {"id": "e", "kind": "contact", "value": "open", "article": "kb-2"},
    ]
    assert site.http.post("/api/events", json=sent[0]).status_code == 204
    assert site.http.post("/api/events", json=sent[1:]).status_code == 204
    events = site.events()
    assert [e.id for e in events] == list("abcde")
    assert [e.kind for e in events] == ["view", "search", "click", "vote", "contact"]
    assert {e.visitor for e in events} != {None}
    assert len({e.visitor for e in events}) == 1
    assert [e.at.microsecond for e in events] == [0, 0, 1, 2, 3]
    assert events[-1].at.replace(microsecond=0) == site.clock.now
    assert events[1].query == "my bike [email]"


def test_sending_again_changes_nothing(site: Running) -> None:
    """A retry with the same id is acknowledged and stored once."""
    event = view(article="kb-1")
    for _ in range(3):
        assert site.http.post("/api/events", json=event).status_code == 204
    assert len(site.events()) == 1


def test_the_good_of_a_list_are_stored_and_the_bad_named(site: Running) -> None:
    """204 with one reason for each refused event, in order; 400 when none was taken."""
    bad = [view(article="kb-99"), {"kind": "view"}]
    answer = site.http.post("/api/events", json=[bad[0], view(), bad[1]])
    assert answer.status_code == 204
    assert answer.headers["x-kbtool-refused"] == "unknown-article, bad-id"
    answer = site.http.post("/api/events", json=bad)
    assert (answer.status_code, len(site.events())) == (400, 1)
    assert site.http.post("/api/events", json=[]).status_code == 204
    assert tally(site)["refused"] == {"bad-id": 2, "unknown-article": 2}


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"", 400, "not-json"),
        (b"{", 400, "not-json"),
        (b"\xff\xfe", 400, "not-json"),
        (b"[" * 16_000, 400, "not-json"),
        (b"9" * 5_000, 400, "not-json"),
        (b"7", 400, "not-an-event"),
        (b'{"id":"a","kind":"view","lang":"' + b"x" * 17_000 + b'"}', 413, "too-large"),
        (b"[" + b",".join([b"{}"] * 51) + b"]", 413, "too-many"),
        (b'{"id":"a","kind":"search","query":"\\ud800","results":0}', 400, "bad-query"),
    ],
)
def test_bodies_that_are_no_events_are_refused(
    shared: Running, body: bytes, status: int, reason: str
) -> None:
    """Size, depth, syntax and number are bounded; the header says what was wrong."""
    answer = shared.http.post("/api/events", content=body)
    assert (answer.status_code, answer.headers["x-kbtool-refused"]) == (status, reason)


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://help.velmo.example"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://[evil"}, False),
    ],
)
def test_only_our_own_pages_may_record(
    shared: Running, headers: dict[str, str], taken: bool
) -> None:
    """Another site can neither send events nor vote nor let its visitors load our pixel."""
    requests: Sequence[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/api/events", {"json": view()}),
        ("POST", "/api/vote", {"data": {"article": "kb-1", "value": "yes"}}),
        ("POST", "/api/contact", {"data": {"value": "handoff"}}),
        ("GET", "/api/view.gif", {}),
    ]
    for method, path, body in requests:
        answer = shared.http.request(method, path, headers=headers, **body)
        assert (answer.status_code < 400) == taken
        if not taken:
            assert answer.headers["x-kbtool-refused"] == "cross-origin"


def test_our_own_address_counts_as_origin(site: Running) -> None:
    """A preview under another host name may record."""
    own = {"Origin": f"http://127.0.0.1:{site.port}"}
    assert site.http.post("/api/events", json=view(), headers=own).status_code == 204


def test_programs_staff_and_prefetches_are_kept_apart(site: Running) -> None:
    """Each is stored with its reason and without a visitor, and counted in /healthz."""
    for headers in (
        {"User-Agent": "curl/8.9"},
        {"X-Forwarded-For": "198.51.100.4"},
        {"Sec-Purpose": "prefetch"},
        {},
    ):
        assert site.http.post("/api/events", json=view(), headers=headers).status_code == 204
    site.http.head("/api/view.gif")
    found = sorted((e.excluded or "", e.visitor is None) for e in site.events())
    expected = [("bot", True), ("head", True), ("prefetch", True), ("staff", True)]
    assert found == [("", False), *expected]
    assert tally(site)["excluded"] == {"bot": 1, "head": 1, "prefetch": 1, "staff": 1}
    assert tally(site)["stored"] == 5


@pytest.mark.parametrize("signal", [{"Sec-GPC": "1"}, {"DNT": "1"}])
def test_who_asks_not_to_be_followed_is_counted_only(site: Running, signal: dict[str, str]) -> None:
    """The event is counted and has no visitor."""
    site.http.post("/api/events", json=view(), headers=signal)
    (event,) = site.events()
    assert (event.visitor, event.excluded) == (None, None)


def test_addresses_come_from_trusted_proxies_only(site: Running) -> None:
    """Visitors differ by the address that our proxy saw, not by what they wrote themselves."""
    for forwarded in ("192.0.2.1", "203.0.113.9, 192.0.2.1", "192.0.2.2", "192.0.2.1, nonsense"):
        site.http.post("/api/events", json=view(), headers={"X-Forwarded-For": forwarded})
    first, forged, other, broken = (event.visitor for event in site.events())
    assert first == forged
    assert len({first, other, broken}) == 3


def test_nothing_stored_tells_who_it_was(site: Running) -> None:
    """Neither the address nor the user agent is anywhere in the files of the knowledge base."""
    headers = {"X-Forwarded-For": "203.0.113.77", "User-Agent": "Mozilla/5.0 Unusual/7.7"}
    site.http.post("/api/events", json=view(), headers=headers)
    assert len(site.events()) == 1
    for file in site.settings.state_dir.rglob("*"):
        if file.is_file():
            assert b"203.0.113.77" not in file.read_bytes()
            assert b"Unusual" not in file.read_bytes()


def test_a_reader_without_javascript_can_be_counted_and_vote(site: Running) -> None:
    """The pixel records the view; the form records the vote and leads back to the page."""
    pixel = site.http.get("/api/view.gif?article=kb-3&lang=tr")
    assert pixel.headers["content-type"] == "image/gif"
    assert pixel.headers["cache-control"] == "private, max-age=30"
    assert site.http.get("/api/view.gif?article=&lang=en").status_code == 200
    form = {"article": "kb-3", "lang": "tr", "value": "yes"}
    vote = site.http.post("/api/vote", data=form)
    assert vote.status_code == 303
    assert vote.headers["location"] == "../tr/bike/patlak-lastik/?again#thanks"
    found = [(e.kind, e.article, e.lang, e.value) for e in site.events()]
    assert found == [
        ("view", "kb-3", "tr", None), ("view", None, "en", None), ("vote", "kb-3", "tr", "yes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("referer", "views"),
    [
        ("https://help.velmo.example/en/bike/flat-tyre/?again", 0),
        ("https://help.velmo.example/en/bike/flat-tyre/?a=b&again=#x", 0),
        ("https://help.velmo.example/en/bike/flat-tyre/", 1),
        ("https://help.velmo.example/en/search/?q=again", 1),
        ("https://help.velmo.example/again/", 1),
        ("?%ff&&=" + "a=" * 6000, 1),
    ],
)
def test_the_page_that_a_form_leads_back_to_is_no_second_view(
    site: Running, referer: str, views: int
) -> None:
    """Its address says so; the browser gets its pixel, and keeps none that was not counted."""
    pixel = site.http.get("/api/view.gif?article=kb-1&lang=en", headers={"Referer": referer})
    assert (pixel.status_code, pixel.headers["content-type"]) == (200, "image/gif")
    assert len(site.events()) == views
    assert ("no-store" in pixel.headers["cache-control"]) == (views == 0)


def test_an_event_may_stand_in_the_address(site: Running) -> None:
    """As pages send it where a log is the queue: POST without a body, the same checks, the same
    store; a page of another site cannot.
    """
    sent = "id=a&kind=search&query=tyre%20of%20a%40b.example&results=2&lang=en"
    for _ in range(2):
        assert site.http.post(f"/api/hit?{sent}").status_code == 204
    (event,) = site.events()
    assert (event.query, event.results, event.visitor is None) == ("tyre of [email]", 2, False)
    for query, reason in (("id=b&kind=link", "unknown-kind"), ("id=%ff", "not-an-event")):
        answer = site.http.post(f"/api/hit?{query}")
        assert (answer.status_code, answer.headers["x-kbtool-refused"]) == (400, reason)
    other = site.http.post(f"/api/hit?{sent}", headers={"Origin": "https://evil.example"})
    assert (other.status_code, other.headers["x-kbtool-refused"]) == (403, "cross-origin")
    assert site.http.get(f"/api/hit?{sent}").status_code in (404, 405)
    assert tally(site)["refused"] == {"cross-origin": 1, "not-an-event": 1, "unknown-kind": 1}


def test_a_view_is_completed_when_the_page_is_left(site: Running) -> None:
    """The same id again, with how long and how far: one view that knows it."""
    event = view(article="kb-1")
    left = event | {"dwell": 60, "scroll": 75}
    assert site.http.post("/api/events", json=event).status_code == 204
    assert site.http.post("/api/events", json=[left, left | {"dwell": 10}]).status_code == 204
    (stored,) = site.events()
    assert (stored.id, stored.dwell, stored.scroll) == (event["id"], 60, 75)


def test_a_steered_browser_is_told_apart(site: Running) -> None:
    """By what its page says of it; counted under a reason of its own."""
    assert site.http.post("/api/events", json=view(automated=1)).status_code == 204
    assert [(e.excluded, e.visitor) for e in site.events()] == [("automated", None)]
    assert tally(site)["excluded"] == {"automated": 1}


def test_a_vote_by_form_says_why_in_any_script(site: Running) -> None:
    """Five hundred letters of any language fit; an untouched field is none."""
    form = {"article": "kb-1", "lang": "en", "value": "no", "reason": "unclear", "text": "漢" * 500}
    assert site.http.post("/api/vote", data=form).status_code == 303
    bare = {"article": "kb-1", "value": "no", "text": ""}
    assert site.http.post("/api/vote", data=bare).status_code == 303
    first, second = site.events()
    assert (first.reason, first.text) == ("unclear", "漢" * 500)
    assert (second.reason, second.text) == (None, None)


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"article": "kb-1", "value": "no", "reason": "rude"}, "bad-reason"),
        ({"article": "kb-1", "value": "yes", "reason": "wrong"}, "unexpected-field"),
        ({"article": "kb-9", "value": "yes"}, "unknown-article"),
        ({"article": "kb-1"}, "missing-field"),
        ({"article": "kb-1", "value": "yes", "next": "https://evil.example"}, "unknown-field"),
        ({f"f{n}": "x" for n in range(20)}, "not-a-form"),
        ({"article": "x" * 9000}, "too-large"),
    ],
)
def test_odd_votes_are_refused(shared: Running, form: dict[str, str], reason: str) -> None:
    """A form with anything unknown in it leads nowhere."""
    answer = shared.http.post("/api/vote", data=form)
    assert answer.headers["x-kbtool-refused"] == reason
    assert "location" not in answer.headers


def test_ids_are_not_guessed(site: Running) -> None:
    """Ids the server makes are random: two pixels never share one."""
    for _ in range(5):
        site.http.get("/api/view.gif")
    ids = {e.id for e in site.events()}
    assert len(ids) == 5
    assert min(map(len, ids)) >= 20


def test_a_full_store_refuses_and_recovers(site: Running) -> None:
    """When the store fails senders get 503 and Retry-After, health is red, and it heals."""
    assert site.http.post("/api/events", json=view()).status_code == 204
    with closing(sqlite3.connect(site.settings.database)) as other, other:
        other.execute("ALTER TABLE events RENAME TO hidden")
        other.execute("DROP TABLE event_store_health")
    answer = site.http.post("/api/events", json=view())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert str(site.settings.root) not in answer.text
    health = site.http.get("/healthz")
    assert (health.status_code, health.json()["problems"]) == (503, ["event store"])
    handoff = site.http.post("/api/contact", data={"value": "handoff"})
    assert (handoff.status_code, handoff.headers["x-kbtool-refused"]) == (303, "not-stored")
    with closing(sqlite3.connect(site.settings.database)) as other, other:
        other.execute("ALTER TABLE hidden RENAME TO events")
    assert site.http.post("/api/events", json=view()).status_code == 204
    assert len(site.events()) == 2
    assert tally(site)["lost"] == {"store": 2}


@pytest.mark.parametrize(
    ("sent", "reason", "target"),
    [
        ({"article": "kb-9", "query": "x", "position": "1"}, "unknown-article", "../"),
        ({"article": "kb-1", "query": "x", "position": "1e3"}, "bad-position", FLAT_TYRE),
        ({"article": "kb-1", "query": "x"}, "missing-field", FLAT_TYRE),
        ({}, "missing-field", "../"),
        ({"article": "//evil.example/", "query": "x", "position": "1"}, "unknown-article", "../"),
    ],
)
def test_an_odd_click_still_leads_on(
    site: Running, sent: dict[str, str], reason: str, target: str
) -> None:
    """To the article or to the start, never to another site; the reason is named."""
    answer = site.http.get("/api/click", params=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, target)
    assert answer.headers["x-kbtool-refused"] == reason
    assert site.events() == []


def test_another_sites_link_is_no_click(site: Running) -> None:
    """The reader gets to the article, nothing is counted."""
    sent = {"article": "kb-1", "query": "x", "position": "1"}
    other = {"Sec-Fetch-Site": "cross-site"}
    answer = site.http.get("/api/click", params=sent, headers=other)
    assert (answer.headers["location"], site.events()) == (FLAT_TYRE, [])
    assert answer.headers["x-kbtool-refused"] == "cross-origin"


ANY_EVENT = st.fixed_dictionaries(
    {"kind": st.sampled_from(["view", "vote", "search", "link"])},
    optional={
        "article": st.sampled_from(["kb-1", "kb-2", "kb-9"]),
        "value": st.sampled_from(["yes", "no", "open"]),
        "query": st.text(st.characters(), max_size=30),
        "results": st.integers(-1, 3),
    },
)


@given(st.lists(ANY_EVENT, min_size=1, max_size=12))
@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sent_is_stored_plus_refused(shared: Running, sent: list[dict[str, Any]]) -> None:
    """Whatever is sent, each event is either in the database or named as refused."""
    given_ids = [new_id() for _ in sent]
    body = [{"id": id_, **event} for id_, event in zip(given_ids, sent, strict=True)]
    answer = shared.http.post("/api/events", content=json.dumps(body))
    named = [r for r in answer.headers.get("x-kbtool-refused", "").split(", ") if r]
    stored = {event.id for event in shared.events()} & set(given_ids)
    assert len(stored) + len(named) == len(sent)
    assert (answer.status_code == 400) == (len(named) == len(sent))


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    """Who sends a body drop by drop loses the connection's attention after a while."""

    async def drops() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": []}, drops)
    with pytest.raises(RequestRefusedError) as refused:
        asyncio.run(read_body(request, limit=1000, seconds=0.1))
    assert (refused.value.reason, refused.value.status) == ("too-slow", 408)
