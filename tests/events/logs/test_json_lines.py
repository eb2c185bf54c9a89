"""JSON lines of several servers tell the same of the same request."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kbtool.events.logs.json_lines import JsonLines
from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.times import clf_time

AT = clf_time(b"20/Nov/2026:12:00:00 +0000")
CADDY = {
    "level": "info",
    "ts": AT + 0.25,
    "logger": "http.log.access",
    "request": {
        "remote_ip": "10.0.0.1",
        "client_ip": "192.0.2.7",
        "proto": "HTTP/2.0",
        "method": "GET",
        "host": "help.example",
        "uri": "/en/?q=a",
        "headers": {"User-Agent": ["Mozilla"], "Sec-Purpose": ["prefetch"], "Sec-Gpc": ["1"]},
        "tls": {"server_name": "other.example"},
    },
    "status": 200,
    "size": 12,
}
NGINX = {
    "time_iso8601": "2026-11-20T15:00:00+03:00",
    "remote_addr": "192.0.2.7",
    "request": "GET /en/?q=a HTTP/1.1",
    "status": "200",
    "http_user_agent": "Mozilla",
    "http_sec_purpose": "prefetch",
    "http_sec_gpc": "1",
    "host": "help.example",
}
APACHE = {
    "time": "[20/Nov/2026:12:00:00 +0000]",
    "remoteIP": "192.0.2.7",
    "method": "GET",
    "request": "/en/",
    "query": "?q=a",
    "status": "200",
    "userAgent": "Mozilla",
    "host": "help.example",
    "Sec-Purpose": "prefetch",
    "DNT": "1",
}
TRAEFIK = {
    "StartUTC": "2026-11-20T12:00:00.1Z",
    "ClientHost": "192.0.2.7",
    "RequestMethod": "GET",
    "RequestPath": "/en/?q=a",
    "RequestHost": "help.example",
    "DownstreamStatus": 200,
    "request_User-Agent": "Mozilla",
    "request_Sec-Purpose": "prefetch",
    "request_Sec-Gpc": "1",
}


@pytest.mark.parametrize(
    "data", [CADDY, NGINX, APACHE, TRAEFIK], ids=["caddy", "nginx", "apache", "traefik"]
)
def test_servers_that_name_their_keys_otherwise(data: dict[str, Any]) -> None:
    """One request, four ways to write it."""
    reader = JsonLines()
    request, status, rest = reader.split(json.dumps(data).encode())
    assert request.removesuffix(b" HTTP/1.1") == b"GET /en/?q=a"
    assert status == b" 200 "
    assert reader.who(rest) == (AT, b"192.0.2.7", b"Mozilla", b"prefetch", True, b"help.example")
    assert "Sec-Purpose" in reader.signals


def test_times_may_be_numbers_in_quotes() -> None:
    """nginx's $msec in a JSON string."""
    data = {**NGINX, "time_iso8601": None, "msec": f"{AT}.123"}
    reader = JsonLines()
    _, _, rest = reader.split(json.dumps(data).encode())
    assert reader.who(rest)[0] == AT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not-json"),
        ("[1, 2]", "not-json"),
        ('{"status": 200', "not-json"),
        ("[" * 100_000, "not-json"),
        ("{}", "missing-field"),
        (json.dumps({**NGINX, "status": None}), "missing-field"),
        (json.dumps({**NGINX, "request": None}), "missing-field"),
    ],
)
def test_lines_that_cannot_be_taken(text: str, reason: str) -> None:
    """With why."""
    with pytest.raises(NotTakenError, match=reason):
        JsonLines().split(text.encode())


@pytest.mark.parametrize("time", ["yesterday", "", True, [], "20/Nov"])
def test_a_time_that_is_none(time: object) -> None:
    """It is refused where it is needed."""
    reader = JsonLines()
    _, _, rest = reader.split(json.dumps({**NGINX, "time_iso8601": time}).encode())
    with pytest.raises(NotTakenError, match="bad-time"):
        reader.who(rest)
