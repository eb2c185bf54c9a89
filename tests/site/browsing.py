"""What tests of the built site in a browser share."""

from __future__ import annotations

import atexit
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from kbtool.config import Contact, Settings, load_settings
from kbtool.resources import bundled
from kbtool.workflows.build import build
from tests.site.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


def build_sample(root: Path, contact: Contact | None = None) -> Settings:
    """The sample help centre, built; with another way to a person when one is given."""
    shutil.copytree(_sample(), root, symlinks=True, dirs_exist_ok=True)
    settings = load_settings(root)
    if contact:
        settings = replace(settings, contact=contact)
        build(settings, strict=False, now=NOW)
    return settings


@cache
def _sample() -> Path:
    """The sample, built once a process; nobody changes it."""
    root = Path(mkdtemp(prefix="kbtool-sample-"))
    atexit.register(shutil.rmtree, root)
    (root / "content").symlink_to(bundled("content"))
    (root / "mkdocs.yml").write_bytes(bundled("mkdocs.yml").read_bytes())
    build(load_settings(root), strict=False, now=NOW)
    return root


class Reader:
    """A person with a browser; what they must never meet is collected."""

    def __init__(self, context: BrowserContext, base: str, *, bears_404: bool = True) -> None:
        self.base = base
        self.troubles: list[str] = []
        self.asked: list[str] = []
        """Every request: method and address below ``base``."""
        self._bears_404 = bears_404
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: self._note(m.type, m.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda r: self._check(r.method, r.url))

    def go(self, address: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.base + address)
        return self.page

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not (self._bears_404 and "status of 404" in text):
            self.troubles.append(text)

    def _check(self, method: str, url: str) -> None:
        self.asked.append(f"{method} {url.removeprefix(self.base)}")
        if not url.startswith((self.base, "data:")):
            self.troubles.append(f"a request to {url}")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, or what a subclass says, without a word of log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@contextmanager
def plain_files(folder: Path) -> Iterator[str]:
    """The address of ``folder``, served as ``python -m http.server`` does."""
    with serving(partial(Quiet, directory=str(folder))) as address:
        yield address


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on a free port, which makes an origin of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
