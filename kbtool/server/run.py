"""Run the application on a socket until it is told to stop."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from kbtool.config import Settings
from kbtool.errors import ServeError, trace_of
from kbtool.resources import bundled
from kbtool.server.agents.door import agent_token
from kbtool.server.app import create_app
from kbtool.server.headers import access_log
from kbtool.server.pages.live import Live, for_staff
from kbtool.server.releases import Releases
from kbtool.server.reports.routes import Measure
from kbtool.site.pages.strings import load_words

STOP_SECONDS = 10
"""How long running requests may take to finish after the signal to stop."""
MAX_CONNECTIONS_WAITING = 1024
IDLE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and where."""

    address: str
    """``http://host:port/``."""
    release: str
    articles: int
    agent: str | None
    """The address of the agent page; None without a token."""


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    on_ready: Callable[[Serving], None],
    live: Live | None = None,
    measure: Measure | None = None,
) -> None:
    """Serve the knowledge base; returns after SIGTERM or Ctrl-C, when all taken events are kept.

    ``port`` 0 takes a free one. ``on_ready`` is called when requests are answered. With ``live``
    pages follow the builds, and events are kept apart as those of staff. ``measure`` makes the report
    at ``/report/``. Raises
    ServeError when nothing has been built or the address cannot be used, StoreError when the
    database cannot, ConfigError when the agents' token cannot be read.
    """
    token = agent_token(settings, os.environ)
    release = Releases(settings.current_release).served()
    with _listening(host, port) as listener:
        theme = bundled("theme")
        words, _ = load_words(theme, settings)
        served = for_staff(settings) if live else settings
        app = create_app(served, words, agent_token=token, measure=measure)
        _log_to_stderr(pages=live is None)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        agent = f"{address}agent/" if token else None
        ready = Serving(address, release.id, len(release.articles), agent)
        config = uvicorn.Config(
            live.around(app, lambda: server.should_exit) if live else app,
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,  # X-Forwarded-For is read by us, from configured proxies only
            server_header=False,
            backlog=MAX_CONNECTIONS_WAITING,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        server = _Server(config, lambda: on_ready(ready))
        _run(server, listener)


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def _run(server: _Server, listener: socket.socket) -> None:
    """Run until a signal; uvicorn raises it again at the end, which must not kill us then."""

    def stop(_signal: int, _frame: object) -> None:
        server.should_exit = True

    before = {sig: signal.signal(sig, stop) for sig in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run(sockets=[listener])
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket bound to the address. Raises ServeError."""
    try:
        family, kind, proto, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise ServeError(f"{host}: {error.strerror}", hint="use --host 127.0.0.1") from None
    with socket.socket(family, kind, proto) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(where)
        except OSError as error:
            hints = {
                errno.EADDRINUSE: f"stop what runs there, or use: kbtool serve --port {port + 1}",
                errno.EACCES: "ports below 1024 need rights; use for example --port 8000",
                errno.EADDRNOTAVAIL: "this machine does not have that address",
            }
            message = f"cannot listen on {host} port {port}: {error.strerror}"
            raise ServeError(message, hint=hints.get(error.errno or 0)) from None
        yield listener


class _Formatter(logging.Formatter):
    """Tells where a bug happened, and nothing of what a reader typed."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return trace_of(ei[1])


def _log_to_stderr(*, pages: bool) -> None:
    """Time, level and message on stderr; uvicorn's own lines only when something is wrong, and
    ``pages`` asked for only where nobody waits for other lines.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name, level in (("kbtool", logging.INFO), ("uvicorn", logging.WARNING)):
        log = logging.getLogger(name)
        log.handlers = [handler]
        log.setLevel(level)
        log.propagate = False
    access_log.setLevel(logging.INFO if pages else logging.WARNING)
