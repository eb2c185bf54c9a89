"""One JSON request to an API that may be slow, busy, broken or something else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kbtool.errors import ApiError
from kbtool.posting import TRIES, Api, RefusedError, completed
from tests.stub import ADVICE, Reply, Stub, running

ASKED = {"texts": ["where is my parcel", "iade"]}


def _echo(body: dict[str, Any]) -> bytes:
    return json.dumps({"heard": body}).encode()


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A running stub that says back what it heard, and no proxy on the way to it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    found = Stub(_echo)
    with running(found):
        yield found


def _post(stub: Stub, waits: list[float] | None = None, **how: Any) -> Any:
    wait = (waits if waits is not None else []).append
    return Api(stub.url, wait, ADVICE, **how).post(ASKED)


def test_what_is_posted_is_answered(stub: Stub) -> None:
    """JSON there and back; the key is a bearer token, without one there is no such header."""
    assert _post(stub, key="sk-1") == {"heard": ASKED}
    _post(stub)
    assert stub.keys == ["Bearer sk-1", None]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>Sign in</html>", "not JSON: <html>Sign in"),
        (b'{"data": [{"index": 0', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"", "not JSON"),
    ],
)
def test_an_answer_that_is_not_json_is_told(stub: Stub, body: bytes, told: str) -> None:
    """Named with the host and how it begins; it is not asked again."""
    stub.plan = [Reply(body=body)]
    with pytest.raises(ApiError, match=told) as caught:
        _post(stub)
    assert caught.value.message.startswith("127.0.0.1:")
    assert "the address of a test's API?" in (caught.value.hint or "")
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    ("plan", "waited"),
    [
        ([Reply(429, b"", {"Retry-After": "7"})], [7.0]),
        ([Reply(429, b"", {"Retry-After": "Sat, 21 Nov 2026 10:00:09 GMT"})], [9.0]),
        ([Reply(429, b"", {"Retry-After": "Fri, 20 Nov 2026 10:00:00 GMT"})], [1.0]),
        ([Reply(429, b"", {"Retry-After": "soon"})], [1.0]),
        ([Reply(500, b""), Reply(503, b""), Reply(502, b"")], [1.0, 2.0, 4.0]),
        ([Reply(cut=40)], [1.0]),
        ([Reply(seconds=0.5)], [1.0]),
    ],
    ids=["429", "date", "past", "nonsense", "5xx", "cut off", "timed out"],
)
def test_what_may_pass_is_tried_again(stub: Stub, plan: list[Reply], waited: list[float]) -> None:
    """Busy, broken, cut off or late: the same again after a growing pause."""
    stub.plan = plan
    waits: list[float] = []
    assert _post(stub, waits, timeout=0.25) == {"heard": ASKED}
    assert waits == waited


@pytest.mark.parametrize("tries", [1, 2, TRIES])
def test_after_the_last_try_it_is_told_what_came_back(stub: Stub, tries: int) -> None:
    """With the API's own words, on one line."""
    stub.plan = [Reply(503, b'{"error": {"message": "model is\\n loading"}}')] * TRIES
    waits: list[float] = []
    with pytest.raises(RefusedError, match="HTTP 503: model is loading"):
        _post(stub, waits, tries=tries)
    assert waits == [1, 2, 4, 8, 16][: tries - 1]


def test_an_api_that_is_not_there_is_told(stub: Stub) -> None:
    """Nobody listens: all tries, then the reason and the way without."""
    waits: list[float] = []
    with pytest.raises(ApiError, match=r"127\.0\.0\.1:1: no answer: .*refused") as caught:
        Api("http://127.0.0.1:1/v1", waits.append, ADVICE).post(ASKED)
    assert caught.value.hint == "is it running? If not, go without"
    assert len(waits) == TRIES - 1


def test_who_asks_for_a_long_pause_is_given_up_on(stub: Stub) -> None:
    """A quota that renews tomorrow is no reason to sleep until then."""
    stub.plan = [Reply(429, b"quota", {"Retry-After": "86400"})]
    waits: list[float] = []
    with pytest.raises(RefusedError, match="HTTP 429: quota"):
        _post(stub, waits)
    assert waits == []


@pytest.mark.parametrize(
    ("status", "hint"),
    [(401, "KBTOOL_TEST_KEY"), (403, "KBTOOL_TEST_KEY"), (404, "api.address"), (418, "go without")],
)
def test_a_refusal_says_what_to_do(stub: Stub, status: int, hint: str) -> None:
    """At once, in the words of the part that asked; a key that is repeated is not shown."""
    stub.plan = [Reply(status, b'{"error": {"message": "not with sk-secret"}}')]
    with pytest.raises(RefusedError, match=f"HTTP {status}: not with …") as caught:
        _post(stub, key="sk-secret")
    assert caught.value.status == status
    assert hint in (caught.value.hint or "")
    assert len(stub.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(stub: Stub, status: int) -> None:
    """Neither text nor key go to an address that nobody chose."""
    stub.plan = [Reply(status, b"", {"Location": f"{stub.url}/elsewhere"})]
    with pytest.raises(RefusedError, match=r"redirects to .*elsewhere"):
        _post(stub, key="sk-1")
    assert len(stub.asked) == 1


def test_an_answer_that_never_ends_is_not_read_to_its_end(stub: Stub) -> None:
    """Beyond the bound nothing is kept."""
    stub.plan = [Reply(body=b'{"a": "' + b"x" * 5_000 + b'"}')]
    with pytest.raises(ApiError, match="more than 1,000 bytes"):
        _post(stub, most_bytes=1_000)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://e.example/v1", "https://e.example/v1/chat/completions"),
        ("https://e.example/v1/", "https://e.example/v1/chat/completions"),
        ("http://e.example:8080", "http://e.example:8080/chat/completions"),
        ("https://e.example/v1/chat/completions", "https://e.example/v1/chat/completions"),
        ("https://e.example/d/x?v=1", "https://e.example/d/x/chat/completions?v=1"),
    ],
)
def test_the_address_is_completed(base: str, url: str) -> None:
    """From the base that all such APIs name."""
    assert completed(base, "chat/completions") == url
