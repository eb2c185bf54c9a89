"""A small knowledge base with a release made by hand, and the real server on a real socket."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn

from kbtool.config import Settings, load_settings
from kbtool.db import reading
from kbtool.events.store import read_events
from kbtool.model import Document, Event
from kbtool.resources import bundled
from kbtool.search.index import build_index
from kbtool.server.app import create_app
from kbtool.server.pages.live import Live
from kbtool.server.reports.routes import Measure
from kbtool.site.pages.strings import load_strings

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
CONFIG = """\
site_name: Velmo Help
site_url: https://help.velmo.example/
extra:
  kbtool:
    languages: [en, tr]
    categories:
      orders: {title: {en: Orders}}
    contact:
      url: https://desk.velmo.example/new?from=help
    server:
      trusted_proxies: [127.0.0.1]
      staff_addresses: [198.51.100.0/24]
"""
SEARCH_PAGE = """\
<div><form id="kb-search"><input id="kb-q" name="q" type="search"></form>
<select name="category" form="kb-search"><option value="">All</option>
<option value="orders">Orders</option></select>
<select name="lang" form="kb-search"><option value="">All</option>
<option value="en">English</option><option value="tr">Türkçe</option></select>
<!-- kb:results --></div>"""
ARTICLES = [
    ("kb-1", "en", "bike", "flat-tyre", "How do I repair a flat tyre?", "Pump the tyre & wait."),
    ("kb-2", "en", "orders", "swap-size", "Can I swap <my> bike?", "Yes, within 14 days."),
    ("kb-3", "tr", "bike", "patlak-lastik", "Lastik patladı, ne yapmalıyım?", "Lastiği şişirin."),
]


def documents() -> list[Document]:
    return [
        Document(
            id=id_, lang=lang, title=title, questions=(), headings=(), body=body, tags=(),
            category=category, url=f"{lang}/{category}/{slug}/", permalink=f"a/{id_}/",
            summary=body,
        )
        for id_, lang, category, slug, title, body in ARTICLES
    ]  # fmt: skip


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("index") / "index"
    build_index(documents(), directory)
    return directory


def make_release(root: Path, name: str, index: Path, *, mark: str = "") -> Path:
    """A release as the build leaves it: every page says ``mark``."""
    release = root / ".kbtool" / "releases" / name
    site = release / "site"
    pages = {f"{document.url}index.html": document.title for document in documents()}
    pages |= {"index.html": "Choose", "404.html": "missing"}
    for lang in ("en", "tr"):
        pages |= {
            f"{lang}/index.html": f"home {lang}",
            f"{lang}/404.html": f"missing {lang}",
            f"{lang}/search/index.html": SEARCH_PAGE,
            f"{lang}/contact/index.html": f"contact {lang}",
        }
    pages |= {"a/kb-1/index.html": "moved", "a/kb-9/index.html": "withdrawn"}
    for path, text in pages.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<!doctype html><p>{text}</p><i>{mark}</i>{' ' * 600}", encoding="utf-8")
    assets = site / "assets"
    assets.mkdir()
    (assets / "kb.js").write_text("'use strict';", encoding="utf-8")
    (assets / "font.0123abcd.woff2").write_bytes(b"wOF2" + bytes(range(200)))
    listed = [
        {"id": d.id, "title": d.title, "lang": d.lang, "url": d.url, "permalink": d.permalink}
        for d in documents()
    ]
    (site / "articles.json").write_text(json.dumps({"format": 1, "articles": listed}))
    shutil.copytree(index, release / "index")
    return release


def show_release(root: Path, name: str) -> None:
    """Point the link at a release in one step, as the build does."""
    new = root / ".kbtool" / "current.new"
    new.symlink_to(Path("releases", name))
    new.replace(root / ".kbtool" / "current")


def make_knowledge_base(root: Path, index: Path) -> Settings:
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    make_release(root, "r1", index, mark="one")
    show_release(root, "r1")
    return load_settings(root)


@pytest.fixture
def settings(tmp_path: Path, built_index: Path) -> Settings:
    return make_knowledge_base(tmp_path, built_index)


class Clock:
    """A clock that goes on by a second each time somebody looks."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def read_all(settings: Settings) -> list[Event]:
    """Every stored event in order."""
    with reading(settings.database) as connection:
        return list(read_events(connection))


class Running:
    """A server that runs, and a browser looking at it."""

    def __init__(self, settings: Settings, port: int, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.port = port
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"User-Agent": BROWSER}, timeout=10
        )

    def events(self) -> list[Event]:
        """What is stored, read by another connection."""
        return read_all(self.settings)


@contextmanager
def running(
    settings: Settings,
    *,
    agent_token: str | None = None,
    live: Live | None = None,
    measure: Measure | None = None,
) -> Iterator[Running]:
    """The application on a free port, stopped in order at the end."""
    clock = Clock()
    words = {lang: load_strings(bundled("theme"), lang) for lang in settings.languages}
    app = create_app(settings, words, clock=clock, agent_token=agent_token, measure=measure)
    config = uvicorn.Config(
        live.around(app, lambda: server.should_exit) if live else app,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            wait_until(lambda: server.started or not thread.is_alive())
            site = Running(settings, listener.getsockname()[1], clock)
            with site.http:
                yield site
        finally:
            server.should_exit = True
            thread.join(15)
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, built_index: Path) -> Iterator[Running]:
    """One server for all tests that only look."""
    with running(make_knowledge_base(tmp_path_factory.mktemp("shared"), built_index)) as found:
        yield found


@pytest.fixture
def site(settings: Settings) -> Iterator[Running]:
    with running(settings) as found:
        yield found


@pytest.fixture
def site_below(settings: Settings) -> Iterator[Running]:
    """The same site at https://help.velmo.example/help/."""
    with running(replace(settings, site_url="https://help.velmo.example/help/")) as found:
        yield found


def wait_until(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
