"""A JSON API on this machine that answers as told: well, late, cut off or wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kbtool.posting import Advice

DATE = "Sat, 21 Nov 2026 10:00:00 GMT"
"""When every answer says it was sent."""
ADVICE = Advice("a test's API", "api.address", "api.model", "KBTOOL_TEST_KEY", "go without")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; ``body`` of None is a good one to what was asked."""

    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """Waits so long before it answers."""
    cut: int = 0
    """Bytes of the body that are promised and not sent."""


@dataclass
class Stub:
    """What was asked, and the answers still to give (then only good ones)."""

    good: Callable[[dict[str, Any]], bytes]
    """A request's body → the body of a good answer."""
    url: str = ""
    plan: list[Reply] = field(default_factory=list)
    refuse: Callable[[dict[str, Any]], Reply | None] = lambda _body: None
    """Asked when nothing is planned: what is answered instead of a good answer."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


@contextmanager
def running(stub: Stub) -> Iterator[None]:
    """The stub listens on a free port until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.asked.append(body)
            stub.paths.append(self.path)
            stub.keys.append(self.headers.get("Authorization"))
            reply = stub.plan.pop(0) if stub.plan else stub.refuse(body) or Reply()
            time.sleep(reply.seconds)
            content = stub.good(body) if reply.body is None else reply.body
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[: len(content) - reply.cut])

        def date_time_string(self, timestamp: float | None = None) -> str:
            return DATE

        def log_message(self, *_: object) -> None:
            """Nothing to stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that hung up
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
