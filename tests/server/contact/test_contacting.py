"""The contact form over real HTTP: on to the help desk, by mail, or to a webhook that may be down."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from kbtool.config import Contact, Settings
from kbtool.handoff import TOKEN
from kbtool.server.contact.webhook import MOST_A_SENDER, PERIOD, Pace
from tests.server.conftest import Running, running

MAIL = {"question": "Where is it?", "lang": "en", "value": "handoff"}
VISIT = "kbv-23456789abcd"


class Desk:
    """A help desk's webhook: answers with these statuses in turn, then with 200."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.url = ""


@contextmanager
def desk() -> Iterator[Desk]:
    found = Desk()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.taken.append(json.loads(body))
            self.send_response(found.statuses.pop(0) if found.statuses else 200)
            self.send_header("Location", "https://evil.example/")
            self.end_headers()
            self.wfile.write(b"<script>a secret of the desk</script>")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        found.url = f"http://127.0.0.1:{server.server_port}/hook"
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def hook() -> Iterator[Desk]:
    with desk() as found:
        yield found


@pytest.fixture
def hooked(settings: Settings, hook: Desk) -> Iterator[Running]:
    """A site that posts questions to ``hook``."""
    with running(replace(settings, contact=Contact(webhook=hook.url))) as found:
        yield found


def test_the_form_leads_to_the_help_desk_with_a_token_and_nowhere_else(site: Running) -> None:
    """The token in the address is the one of the event; nothing else that was sent is stored."""
    form = MAIL | {"article": "kb-1", "email": "eva@kunde.example"}
    answer = site.http.post("/api/contact", data=form)
    target = urlsplit(answer.headers["location"])
    assert (answer.status_code, target.netloc) == (303, "desk.velmo.example")
    (event,) = site.events()
    assert (event.kind, event.value, event.article, event.lang) == (
        "contact", "handoff", "kb-1", "en",
    )  # fmt: skip
    assert parse_qs(target.query) == {"from": ["help"], "kb_visit": [event.token]}
    stored = site.settings.database.read_bytes()
    assert b"Where is it" not in stored
    assert b"kunde" not in stored


def test_odd_fields_count_as_none(site: Running) -> None:
    """A reader who needs a person gets there whatever his page was."""
    odd = {"article": "gone", "lang": "//evil.example", "visit": "kbv-<script>", "value": "handoff"}
    answer = site.http.post("/api/contact", data=odd)
    assert answer.headers["location"].startswith(
        "https://desk.velmo.example/new?from=help&kb_visit="
    )
    (event,) = site.events()
    assert (event.article, event.lang) == (None, "en")
    assert event.token is not None
    assert TOKEN.fullmatch(event.token)


@pytest.mark.parametrize(("given", "arm"), [("off", "off"), ("on", "on"), ("", None), ("x", None)])
def test_the_arm_of_a_holdout_goes_into_the_hand_off(
    site: Running, given: str, arm: str | None
) -> None:
    """As the script sent it; another word is none, and keeps nobody from a person."""
    form = MAIL | {"value": "handoff", "arm": given}
    assert site.http.post("/api/contact", data=form).status_code == 303
    (event,) = site.events()
    assert event.arm == arm


def test_finding_answers_first_is_a_search(site: Running) -> None:
    """Without JavaScript the question leads to the results, whose page has the way to a person."""
    form = {"question": "my tyre\nis flat & “old”", "lang": "tr", "value": "search"}
    answer = site.http.post("/api/contact", data=form)
    target = answer.headers["location"]
    assert target == "../tr/search/?q=my+tyre+is+flat+%26+%E2%80%9Cold%E2%80%9D"
    assert site.events() == []


def test_by_mail_the_question_cannot_add_a_header(settings: Settings) -> None:
    """Subject in the reader's language; all he typed is one encoded body that ends with the token."""
    contact = Contact(email="help@velmo.example")
    hostile = "Hi?&cc=x@evil.example\r\nBcc: y@evil.example#"
    body = f"value=handoff&lang=tr&visit={VISIT}&question="
    body += "".join(f"%{byte:02x}" for byte in hostile.encode())
    with running(replace(settings, contact=contact)) as site:
        # httpx refuses to look at a mailto: address
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        headers = {"User-Agent": "Mozilla/5.0 Firefox/143.0"}
        connection.request("POST", "/api/contact", body=body, headers=headers)
        answer = connection.getresponse()
        connection.close()
        (event,) = site.events()
    target = answer.headers["location"]
    found = re.fullmatch(r"mailto:help@velmo\.example\?subject=([^&?#]+)&body=([^&?#]+)", target)
    assert found
    assert unquote(found[1]) == "Bir sorum var"
    assert unquote(found[2]) == f"{hostile}\r\n\r\n[{VISIT}]"
    assert event.token == VISIT
    assert "form-action 'self' mailto:;" in str(answer.headers["content-security-policy"])


def test_a_question_is_posted_and_not_kept(hooked: Running, hook: Desk) -> None:
    """The webhook gets all of it, the database the token, and nobody the webhook's answer."""
    form = MAIL | {
        "email": "eva@kunde.example", "article": "kb-1", "visit": VISIT,
        "suggested": "kb-2,kb-9,kb-2,kb-3", "question": "Where\r\nis it?\x07",
    }  # fmt: skip
    answer = hooked.http.post("/api/contact", data=form, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content) == (204, b"")
    (taken,) = hook.taken
    assert len(taken.pop("id")) > 20
    assert taken == {
        "question": "Where\nis it?", "email": "eva@kunde.example", "lang": "en", "article": "kb-1",
        "visit": VISIT, "suggested": ["kb-2", "kb-3"],
    }  # fmt: skip
    (event,) = hooked.events()
    assert (event.value, event.token, event.article) == ("handoff", VISIT, "kb-1")
    for file in hooked.settings.state_dir.rglob("*"):
        assert not (file.is_file() and b"kunde.example" in file.read_bytes())
    plain = hooked.http.post("/api/contact", data=MAIL)
    assert plain.headers["location"] == "../en/contact/?again#sent"


@pytest.mark.parametrize(
    ("statuses", "answer", "tries"),
    [([503], 204, 2), ([503, 503], 502, 2), ([400], 502, 1), ([302], 502, 1)],
    ids=["back at the second try", "down", "refused", "a redirect is not followed"],
)
def test_a_webhook_that_fails_is_tried_once_more_and_told(
    hooked: Running, hook: Desk, statuses: list[int], answer: int, tries: int
) -> None:
    """The reader hears it and nothing of the desk's words; no hand-off is recorded then."""
    hook.statuses = statuses
    got = hooked.http.post("/api/contact", data=MAIL, headers={"Accept": "application/json"})
    assert (got.status_code, got.content) == (answer, b"")
    assert len(hook.taken) == tries
    assert len({taken["id"] for taken in hook.taken}) == 1
    assert len(hooked.events()) == (answer == 204)


def test_without_javascript_a_failure_leads_back(settings: Settings) -> None:
    """To the words that say so, on our own page: nobody listens at the webhook's address."""
    with desk() as gone:
        pass
    with running(replace(settings, contact=Contact(webhook=gone.url))) as site:
        answer = site.http.post("/api/contact", data=MAIL)
        assert answer.headers["location"] == "../en/contact/?again#failed"
        assert site.events() == []


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"question": " \n "}, 400, "no-question"),
        ({"email": "eva@x.example\r\nBcc: y@z.example"}, 400, "bad-email"),
        ({"email": "no address"}, 400, "bad-email"),
        ({"question": "x" * 4_001}, 413, "too-large"),
        ({"question": "x" * 50_000}, 413, "too-large"),
    ],
)
def test_what_no_form_of_ours_sends_is_not_passed_on(
    hooked: Running, hook: Desk, changes: dict[str, str], status: int, reason: str
) -> None:
    """Sizes are bounded, an address is an address, and the reason is named."""
    answer = hooked.http.post("/api/contact", data=MAIL | changes)
    assert (answer.status_code, answer.headers["x-kbtool-refused"]) == (status, reason)
    assert hook.taken == []


def test_another_site_cannot_send_its_visitors_questions(hooked: Running, hook: Desk) -> None:
    """A form elsewhere that posts here is refused before anything is passed on."""
    other = {"Origin": "https://evil.example"}
    answer = hooked.http.post("/api/contact", data=MAIL, headers=other)
    assert (answer.status_code, hook.taken) == (403, [])


def test_one_sender_cannot_flood_the_desk(hooked: Running, hook: Desk) -> None:
    """Ten questions in ten minutes, then 429; another address still gets through."""
    for _ in range(MOST_A_SENDER):
        assert hooked.http.post("/api/contact", data=MAIL).status_code == 303
    flood = hooked.http.post("/api/contact", data=MAIL)
    assert (flood.status_code, flood.headers["x-kbtool-refused"]) == (429, "too-often")
    other = hooked.http.post("/api/contact", data=MAIL, headers={"X-Forwarded-For": "192.0.2.9"})
    assert other.status_code == 303
    assert len(hook.taken) == MOST_A_SENDER + 1


def test_the_pace_forgets() -> None:
    """After the period a sender may ask again, and is not remembered for longer."""
    pace, now = Pace(), datetime(2026, 10, 5, 12, tzinfo=UTC)
    assert [pace.allows("a", now) for _ in range(MOST_A_SENDER + 1)] == [True] * 10 + [False]
    assert not pace.allows("a", now + PERIOD - timedelta(seconds=1))
    assert pace.allows("b", now + PERIOD)
    assert list(pace._sent) == ["b"]
    assert pace.allows("a", now + PERIOD)
