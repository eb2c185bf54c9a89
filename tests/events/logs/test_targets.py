"""What a request was for."""

from __future__ import annotations

import pytest

from kbtool.events.logs.targets import REPORTED, HitLine, Page, Target, Targets
from kbtool.events.logs.targets import Site as TargetSite
from tests.events.logs.desk import book, redact


def target(request: str, base: str = "https://help.example/") -> Target | Page:
    """What a request is for; a page as it is stored."""
    targets = Targets(TargetSite(book(base), ("en", "tr"), redact))
    found = targets.find(request.encode("utf-8", "surrogateescape"))
    return targets.pages[found] if isinstance(found, int) and found >= 0 else found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/bike/unlock/", Page("view", "kb-1", "en")),
        ("/en/bike/unlock/?utm_source=mail", Page("view", "kb-1", "en")),
        ("//en/bike/./unlock/index.html", Page("view", "kb-1", "en")),
        ("https://help.example/en/bike/unlock/", Page("view", "kb-1", "en")),
        ("/tr/bisiklet/kilit/", Page("view", "kb-3", "tr")),
        ("/a/kb-1/", Page("lead", "kb-1", None)),
        ("/en/old/", Page("lead", "kb-2", "en")),
        ("/en/search/?q=lost+bike", Page("search", None, "en", "lost bike")),
        ("/tr/search/?x=1&q=%C5%9Fifre", Page("search", None, "tr", "şifre")),
        ("/en/search/?q=jane@mail.example", Page("search", None, "en", "[email]")),
        ("/en/search/?q=%ff", Page("search", None, "en", "\ufffd")),
    ],
)
def test_pages_that_count(path: str, expected: Page) -> None:
    """Articles by every address they have, and searches, redacted."""
    assert target(f"GET {path} HTTP/1.1") == expected


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        ("GET /assets/kb.css?v=1 HTTP/1.1", "asset"),
        ("GET /en/bike/unlock/index.md HTTP/1.1", "asset"),
        ("GET /search/en.json HTTP/2.0", "asset"),
        ("GET /api/search?q=a HTTP/1.1", "asset"),
        ("GET / HTTP/1.1", "page"),
        ("GET /en/ HTTP/1.1", "page"),
        ("GET /en/search/ HTTP/1.1", "page"),
        ("GET /en/search/?q=+ HTTP/1.1", "page"),
        ("GET /wp-login.php HTTP/1.1", "page"),
        ("GET /a/kb-9/ HTTP/1.1", "page"),
        ("HEAD /en/bike/unlock/ HTTP/1.1", "head"),
        ("POST /en/bike/unlock/ HTTP/1.1", "method"),
        ("-", "malformed"),
        ("", "malformed"),
        (r"\x16\x03\x01\x02", "malformed"),
        ("GET /\udcff\udcfe/ HTTP/1.1", "page"),
    ],
)
def test_requests_that_are_left_out(request_: str, rule: str) -> None:
    """By the rule's name."""
    assert target(request_) == rule


def test_below_a_path() -> None:
    """Another site's pages beside ours are no article."""
    base = "https://example.com/help/"
    assert target("GET /help/en/bike/unlock/ HTTP/1.1", base) == Page("view", "kb-1", "en")
    assert target("GET /en/bike/unlock/ HTTP/1.1", base) == "page"
    assert target("GET /help/api/hit?id=1 HTTP/1.1", base) == HitLine("id=1")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_events_in_an_address(method: str) -> None:
    """As they were sent."""
    assert target(f"{method} /api/hit?id=a&kind=view HTTP/1.1") == HitLine("id=a&kind=view")


@pytest.mark.parametrize(
    "request_",
    ["POST /api/events HTTP/1.1", "GET /api/view.gif?x HTTP/1.1", "POST /api/vote HTTP/1.1"],
)
def test_what_kbtool_serve_stores_itself(request_: str) -> None:
    """Its address says so."""
    assert target(request_) == REPORTED


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        (b"help.example:443", True),
        (b"www.HELP.example", True),
        (b"web01", True),
        (b"192.0.2.1", True),
        (b"shop.example", False),
    ],
)
def test_hosts(host: bytes, ours: bool) -> None:
    """A name without a dot is a machine's, not another site's."""
    assert Targets(TargetSite(book(), ("en",), redact)).is_ours(host) is ours
