"""The agent page's server side: who gets in, what others learn, what is found, what is not counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.cookies import Morsel, SimpleCookie
from itertools import count
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.config import Settings
from kbtool.errors import ConfigError
from kbtool.server.agents.door import (
    COOKIE,
    FREE_TRIES,
    KEPT,
    LONGEST_WAIT,
    VARIABLE,
    WrongTokens,
    agent_token,
)
from tests.server.conftest import Running, make_knowledge_base, running

TOKEN = "correct-horse-battery"
CLIENTS = count(1)
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, built_index: Path) -> Iterator[Running]:
    """The knowledge base, served with an agent page."""
    settings = make_knowledge_base(tmp_path_factory.mktemp("desk"), built_index)
    with running(settings, agent_token=TOKEN) as found:
        yield found


@pytest.fixture
def desk(served: Running) -> Running:
    """The same, asked by a client that was never there."""
    served.http.cookies.clear()
    served.http.headers["x-forwarded-for"] = f"192.0.2.{next(CLIENTS)}"
    return served


def signs_in(site: Running, token: str = TOKEN, **headers: str) -> httpx.Response:
    """What a browser at the server's own address gets."""
    headers = {"origin": f"http://127.0.0.1:{site.port}"} | headers
    return site.http.post("/api/agent/sign-in", data={"token": token}, headers=headers)


def cookie_of(answer: httpx.Response) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])[COOKIE]


def finds(site: Running, **asked: object) -> httpx.Response:
    return site.http.post("/api/agent/find", json=asked)


def test_without_a_token_there_is_no_such_page(shared: Running) -> None:
    """Each address is the ordinary 404 of an address that never existed."""
    page = shared.http.get("/agent/")
    assert (page.status_code, page.text) == (404, shared.http.get("/nowhere/").text)
    for path in ("sign-in", "sign-out", "find"):
        never = shared.http.post("/api/agent/never")
        answer = shared.http.post(f"/api/agent/{path}")
        assert (answer.status_code, answer.text) == (never.status_code, never.text)


def test_a_stranger_gets_a_form_and_nothing_else(desk: Running) -> None:
    """No name of the help centre, no category, no script; search engines are turned away."""
    page = desk.http.get("/agent/?q=tyre")
    assert page.status_code == 200
    assert 'action="../api/agent/sign-in"' in page.text
    for secret in ("Velmo", "Orders", "agent.js", TOKEN):
        assert secret not in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert page.headers["cache-control"] == "no-store"
    assert finds(desk, text="tyre").status_code == 404


def test_the_token_opens_the_page(desk: Running) -> None:
    """Back to what was asked for; the page has the help centre's name, categories and languages."""
    form = {"token": TOKEN, "query": "q=flat+tyre"}
    origin = f"http://127.0.0.1:{desk.port}"
    answer = desk.http.post("/api/agent/sign-in", data=form, headers={"origin": origin})
    assert (answer.status_code, answer.headers["location"]) == (303, "../../agent/?q=flat+tyre")
    page = desk.http.get("/agent/", headers={"Accept-Language": "tr"})
    assert page.status_code == 200
    for shown in ("Velmo Help", "Makale bul", '{"orders": "Orders"}', "Türkçe"):
        assert shown in page.text
    assert "noindex" in page.text


def test_the_cookie_is_no_token_and_stays_with_us(desk: Running) -> None:
    """HttpOnly, SameSite=Strict, https only when the browser came by https; no secret in it."""
    by_http = signs_in(desk)
    cookie = cookie_of(by_http)
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "strict", "")
    assert TOKEN not in by_http.headers["set-cookie"]
    by_https = signs_in(desk, origin="https://help.velmo.example")
    assert cookie_of(by_https)["secure"] is True


@pytest.mark.parametrize(
    "token", ["", "x", TOKEN[:-1], TOKEN.upper(), TOKEN + "x", "\ud83d\ude00é"]
)
def test_a_wrong_token_gets_the_form_again(desk: Running, token: str) -> None:
    """Without a cookie and without a word about what was wrong."""
    answer = signs_in(desk, token.encode("utf-8", "replace").decode())
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "That did not work." in answer.text
    assert 'action="../../api/agent/sign-in"' in answer.text


def test_a_query_that_is_markup_stays_text(desk: Running) -> None:
    """What stands in the address is escaped in the form."""
    answer = desk.http.post("/api/agent/sign-in", data={"token": "x", "query": '"><script>'})
    assert "<script>" not in answer.text
    assert "&#34;&gt;&lt;script&gt;" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_another_site_can_sign_nobody_in_or_out(desk: Running, headers: dict[str, str]) -> None:
    """Refused before the token is looked at, and so is a search with the agent's cookie."""
    assert signs_in(desk, **headers).status_code == 403
    assert COOKIE not in desk.http.cookies
    signs_in(desk)
    assert desk.http.post("/api/agent/sign-out", headers=headers).status_code == 403
    asked = desk.http.post("/api/agent/find", json={"text": "tyre"}, headers=headers)
    assert asked.status_code == 403
    assert finds(desk, text="tyre").status_code == 200


def test_signing_out_takes_the_cookie(desk: Running) -> None:
    """The page is the form again."""
    signs_in(desk)
    assert desk.http.post("/api/agent/sign-out").status_code == 303
    assert "sign-in" in desk.http.get("/agent/").text
    assert finds(desk, text="tyre").status_code == 404


@pytest.mark.parametrize(
    "made",
    [
        lambda good: "",
        lambda good: good[:-1] + ("0" if good[-1] != "0" else "1"),
        lambda good: f"{int(good.partition('.')[0]) + 1}.{good.partition('.')[2]}",
        lambda good: good.partition(".")[0],
        lambda good: f"99999999999.{'0' * 48}",
        lambda good: f"-1.{good.partition('.')[2]}",
        lambda good: f"x.{good}",
    ],
)
def test_a_forged_cookie_opens_nothing(desk: Running, made: object) -> None:
    """Neither a later date nor another seal."""
    assert callable(made)
    good = cookie_of(signs_in(desk)).value
    forged = made(good)
    desk.http.cookies.clear()
    answer = desk.http.post(
        "/api/agent/find", json={"text": "tyre"}, headers={"cookie": f"{COOKIE}={forged}"}
    )
    assert answer.status_code == 404


def test_a_session_ends_by_itself_and_with_the_token(settings: Settings) -> None:
    """A restart keeps it, two weeks or another token end it."""
    with running(settings, agent_token=TOKEN) as first:
        good = cookie_of(signs_in(first)).value
    headers = {"cookie": f"{COOKIE}={good}"}
    with running(settings, agent_token=TOKEN) as again:
        ask = {"text": "tyre"}
        assert again.http.post("/api/agent/find", json=ask, headers=headers).status_code == 200
        again.clock.now += timedelta(days=15)
        assert again.http.post("/api/agent/find", json=ask, headers=headers).status_code == 404
    with running(settings, agent_token=TOKEN + "2") as other:
        assert other.http.post("/api/agent/find", json=ask, headers=headers).status_code == 404


def test_who_guesses_has_to_wait(desk: Running) -> None:
    """Also with the right token, and only he: other addresses sign in meanwhile."""
    for _ in range(FREE_TRIES + 3):
        slow = signs_in(desk, "wrong-wrong-wrong-wrong", **{"x-forwarded-for": "203.0.113.7"})
    assert slow.status_code == 429
    assert int(slow.headers["retry-after"]) >= 1
    right = signs_in(desk, **{"x-forwarded-for": "203.0.113.7"})
    assert right.status_code == 429
    assert "set-cookie" not in right.headers
    assert signs_in(desk, **{"x-forwarded-for": "203.0.113.8"}).status_code == 303
    desk.clock.now += KEPT
    assert signs_in(desk, **{"x-forwarded-for": "203.0.113.7"}).status_code == 303


@given(st.integers(0, 40), st.integers(0, 700))
def test_waiting_is_bounded_and_forgotten(wrong: int, seconds: int) -> None:
    """Never longer than the longest wait; nothing is remembered after some minutes."""
    tokens = WrongTokens(b"k" * 32)
    for _ in range(wrong):
        tokens.add("192.0.2.1", NOW)
    wait = tokens.wait("192.0.2.1", NOW + timedelta(seconds=seconds))
    assert 0 <= wait <= max(0, LONGEST_WAIT - seconds)
    assert (tokens.wait("192.0.2.1", NOW) > 0) == (wrong >= FREE_TRIES and seconds <= 600)
    tokens.forget_old(NOW + KEPT + timedelta(seconds=1))
    assert len(tokens) == 0


def test_an_ipv6_network_is_one_guesser_and_no_address_is_kept() -> None:
    """A /64 has more addresses than anybody can wait for; what is kept is a keyed hash."""
    tokens = WrongTokens(b"k" * 32)
    for number in range(FREE_TRIES):
        tokens.add(f"2001:db8::{number:x}", NOW)
    assert tokens.wait("2001:db8::ffff", NOW) > 0
    assert tokens.wait("2001:db8:0:1::1", NOW) == 0
    assert "2001" not in repr(tokens)


def test_links_come_ready_to_paste(desk: Running) -> None:
    """As URL, Markdown, HTML and reply: escaped, permanent, in the article's own language."""
    signs_in(desk)
    answer = finds(desk, text="swap bike")
    assert answer.headers["cache-control"] == "no-store"
    best = answer.json()["results"][0]
    link = "https://help.velmo.example/a/kb-2/"
    assert (best["id"], best["sent"]["url"]) == ("kb-2", "en/orders/swap-size/")
    assert best["sent"]["copy"] == {
        "url": link,
        "markdown": rf"[Can I swap \<my\> bike?]({link})",
        "html": f'<a href="{link}">Can I swap &lt;my&gt; bike?</a>',
        "reply": "This article in our help centre answers your question:\n"
        f"Can I swap <my> bike?\n{link}",
        "reply_html": "<p>This article in our help centre answers your question:<br>"
        f'<a href="{link}">Can I swap &lt;my&gt; bike?</a></p>',
    }


def test_the_sidebar_says_the_same(desk: Running) -> None:
    """A pasted ticket gets the articles and replies that /api/suggest gives."""
    signs_in(desk)
    ticket = "Merhaba,\nLastik patladı, ne yapmalıyım?\n\n> On Monday you wrote"
    ours = finds(desk, text=ticket, ticket=True).json()
    theirs = desk.http.post("/api/suggest", json={"text": ticket}).json()
    assert (ours["lang"], ours["reply_lang"]) == ("tr", "tr")
    assert [one["id"] for one in ours["results"]] == [one["id"] for one in theirs["results"]]
    best, reply = ours["results"][0]["sent"]["copy"], theirs["results"][0]["reply"]
    assert (best["reply"], best["reply_html"]) == (reply["text"], reply["html"])


def test_the_reply_is_in_the_language_that_was_chosen(desk: Running) -> None:
    """Where the article has no such version, the reply names the article's language."""
    signs_in(desk)
    best = finds(desk, text="swap bike", reply="tr").json()["results"][0]["sent"]
    assert (best["lang"], best["is_foreign"]) == ("en", True)
    assert best["copy"]["reply"].startswith("Yardım")
    assert "(English)" in best["copy"]["reply"]


def test_filters_leave_out_the_others(desk: Running) -> None:
    """Of a query and of a ticket; unknown languages count as none."""
    signs_in(desk)
    for ticket in (False, True):
        ask = {"text": "How do I repair or swap a tyre, lastik patladı?", "ticket": ticket}
        for key, value in (("lang", "tr"), ("category", "bike")):
            some = finds(desk, **ask, **{key: value}).json()
            assert {one[key] for one in some["results"]} == {value}
        assert finds(desk, **ask, lang="xx", reply="xx").json()["count"] >= 2


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"text": 7}'])
def test_what_is_no_question_is_refused(desk: Running, body: bytes) -> None:
    """Never an error of ours."""
    signs_in(desk)
    assert desk.http.post("/api/agent/find", content=body).status_code == 400


def test_an_empty_question_finds_nothing(desk: Running) -> None:
    """Without an error."""
    signs_in(desk)
    assert finds(desk, text="  ").json()["count"] == 0
    assert finds(desk, text="  ", ticket=True).json()["count"] == 0


def test_agents_are_never_customers(desk: Running) -> None:
    """Finding records nothing; whatever else a signed-in agent does is kept apart as staff."""
    view = {"kind": "view", "article": "kb-1", "lang": "en"}
    desk.http.post("/api/events", json=view | {"id": "before"})
    signs_in(desk)
    finds(desk, text="tyre")
    finds(desk, text="Where is my tyre? " * 30, ticket=True)
    desk.http.post("/api/events", json=view | {"id": "as-agent"})
    desk.http.get("/en/search/?q=tyre")
    desk.http.post("/api/agent/sign-out")
    desk.http.post("/api/events", json=view | {"id": "after"})
    told = {event.id: event.excluded for event in desk.events() if event.kind == "view"}
    assert told == {"before": None, "as-agent": "agent", "after": None}
    assert [e.excluded for e in desk.events() if e.kind == "search"] == ["agent"]
    assert all(e.visitor is None for e in desk.events() if e.excluded == "agent")


def test_the_pages_own_files_are_there(desk: Running) -> None:
    """Script and stylesheet with their types; nothing else of the theme."""
    for name, kind in (("agent.js", "text/javascript"), ("agent.css", "text/css")):
        answer = desk.http.get(f"/agent/{name}")
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
    assert desk.http.get("/agent/kb.css").status_code == 404
    assert desk.http.get("/agent").headers["location"] == "./agent/"


def test_it_works_below_a_sub_path(settings: Settings) -> None:
    """With the path and, behind a proxy that strips it, without."""
    below = replace(settings, site_url="https://help.velmo.example/help/")
    with running(below, agent_token=TOKEN) as site:
        headers = {"origin": f"http://127.0.0.1:{site.port}"}
        form = {"token": TOKEN}
        answer = site.http.post("/help/api/agent/sign-in", data=form, headers=headers)
        assert answer.headers["location"] == "../../agent/"
        assert "agent.js" in site.http.get("/help/agent/").text
        best = finds(site, text="tyre").json()["results"][0]["sent"]
        assert best["copy"]["url"] == "https://help.velmo.example/help/a/kb-1/"


def test_the_token_comes_from_the_environment_or_a_file(settings: Settings) -> None:
    """The environment first; neither: no page. Spaces and a last newline are no part of it."""
    assert agent_token(settings, {}) is None
    assert agent_token(settings, {VARIABLE: ""}) is None
    (settings.root / "token").write_text(f"{TOKEN}\n")
    named = replace(settings, server=replace(settings.server, agent_token_file="token"))
    assert agent_token(named, {}) == TOKEN
    assert agent_token(named, {VARIABLE: " from-the-environment "}) == "from-the-environment"


@pytest.mark.parametrize("text", [None, b"", b"too-short", b"\xff\xfe" * 20])
def test_a_token_file_that_cannot_serve_is_told(settings: Settings, text: bytes | None) -> None:
    """Missing, empty, short, not text: the file is named, and how to make one; never its words."""
    file = Path(settings.root, "token")
    if text is not None:
        file.write_bytes(text)
    named = replace(settings, server=replace(settings.server, agent_token_file="token"))
    with pytest.raises(ConfigError) as told:
        agent_token(named, {})
    assert str(file) in told.value.message
    assert "too-short" not in told.value.message
    assert "openssl rand" in (told.value.hint or "")


def test_a_short_token_in_the_environment_is_told(settings: Settings) -> None:
    """By the variable's name."""
    with pytest.raises(ConfigError, match=VARIABLE):
        agent_token(settings, {VARIABLE: "short"})
