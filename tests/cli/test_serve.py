"""``kbtool serve`` as a process: what it says, how it stops, and what a kill cannot take."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kbtool.config import Settings
from tests.browser import needs_browser
from tests.cli.writers import kbtool
from tests.server.conftest import BROWSER, built_index, read_all, settings, wait_until
from tests.site.conftest import make_knowledge_base

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["built_index", "settings"]  # fixtures used here
TYRE = "content/en/bike/tyre.md"


@dataclass
class Process:
    """A running ``kbtool serve``."""

    popen: subprocess.Popen[str]
    said: str
    url: str

    def post(self, events: object) -> int:
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.url}api/events",
            json.dumps(events).encode(),
            {"User-Agent": BROWSER, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
            status: int = answer.status
        return status


def start(root: Path, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", "COLUMNS": "200"}
    popen = subprocess.Popen(
        [sys.executable, "-m", "kbtool", "serve", *options],
        cwd=root, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    end = threading.Timer(90, popen.kill)  # a test that waits for a line gets an end, not a hang
    end.daemon = True
    end.start()
    return popen


@contextmanager
def serving(root: Path, *options: str) -> Iterator[Process]:
    popen = start(root, "--port", "0", *options)
    assert popen.stdout
    try:
        said = "".join(popen.stdout.readline() for _ in range(3 if options else 2))
        assert "http://" in said, popen.communicate()
        yield Process(popen, said, said[said.index("http://") :].split()[0])
    finally:
        popen.kill()
        popen.communicate()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_and_stops_politely(settings: Settings, sent: signal.Signals) -> None:
    """Address, articles and release are told; SIGTERM and Ctrl-C end it with 0 and at once."""
    with serving(settings.root) as process:
        assert "Velmo Help is at http://127.0.0.1:" in process.said
        assert "3 articles in en, tr; release r1" in process.said
        assert process.post({"id": "a", "kind": "view", "article": "kb-1"}) == 204
        with urllib.request.urlopen(f"{process.url}en/?token=secret") as page:  # noqa: S310 - our own
            assert page.status == 200
        began = time.monotonic()
        process.popen.send_signal(sent)
        _, log = process.popen.communicate(timeout=10)
        assert process.popen.returncode == 0
        assert time.monotonic() - began < 5
    assert "204 POST /api/events" in log
    assert "Traceback" not in log
    assert "secret" not in log
    assert "127.0.0.1" not in log
    assert [event.id for event in read_all(settings)] == ["a"]


def test_what_was_acknowledged_survives_kill_9(settings: Settings) -> None:
    """Four senders, the process killed while they send: every 204 is in the database after."""
    numbers = count()
    acknowledged: list[str] = []

    def send(process: Process) -> None:
        while True:
            ids = [f"e{next(numbers)}" for _ in range(3)]
            try:
                if process.post([{"id": id_, "kind": "view"} for id_ in ids]) == 204:
                    acknowledged.extend(ids)
            except (OSError, urllib.error.URLError, HTTPException):
                return

    for enough in (60, 90, 200):
        with serving(settings.root) as process:
            senders = [threading.Thread(target=send, args=(process,)) for _ in range(4)]
            for sender in senders:
                sender.start()
            target = len(acknowledged) + enough
            while len(acknowledged) < target:
                time.sleep(0.001)
            process.popen.kill()
            for sender in senders:
                sender.join(20)
    stored = {event.id for event in read_all(settings)}
    assert len(acknowledged) >= 350
    assert set(acknowledged) <= stored


def test_the_agent_page_is_told_when_there_is_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its address, and never the token; a token that is too short stops the start."""
    monkeypatch.setenv("KBTOOL_AGENT_TOKEN", "correct-horse-battery")
    with serving(settings.root) as process:
        assert process.popen.stdout
        said = process.popen.stdout.readline()
        assert said == f"agents sign in at {process.url}agent/\n"
        with urllib.request.urlopen(f"{process.url}agent/") as page:  # noqa: S310 - our own
            assert page.status == 200
    monkeypatch.setenv("KBTOOL_AGENT_TOKEN", "too-short")
    done = kbtool(settings.root, "serve", "--port", "0")
    assert done.returncode == 3
    assert "KBTOOL_AGENT_TOKEN" in done.stderr
    assert "too-short" not in done.stderr


def test_a_port_in_use_is_said_with_a_way_out(settings: Settings) -> None:
    """Exit code 3, the port, and the command that would work."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kbtool(settings.root, "serve", "--port", str(port))
    assert done.returncode == 3
    assert done.stdout == ""
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr
    assert f"kbtool serve --port {port + 1}" in done.stderr


def test_without_a_site_it_says_how_to_get_one(settings: Settings) -> None:
    """Exit code 3 and the hint to build."""
    settings.current_release.unlink()
    done = kbtool(settings.root, "serve")
    assert done.returncode == 3
    assert "has not been built yet" in done.stderr
    assert "kbtool build" in done.stderr


def test_a_wrong_address_in_the_settings_is_named(settings: Settings) -> None:
    """A trusted proxy that is no address stops the start, with the setting's name."""
    text = settings.config_file.read_text().replace("[127.0.0.1]", "[proxy.local]")
    settings.config_file.write_text(text)
    done = kbtool(settings.root, "serve", "--port", "0")
    assert done.returncode == 3
    assert "extra.kbtool.server.trusted_proxies: 'proxy.local'" in done.stderr


def test_an_unknown_host_is_said(settings: Settings) -> None:
    """A host that this machine does not have is an error with a hint, not a traceback."""
    done = kbtool(settings.root, "serve", "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 3
    assert "Hint:" in done.stderr
    assert "Traceback" not in done.stderr


def _save(root: Path, old: str, new: str) -> None:
    """Change an article as an editor does."""
    text = (root / TYRE).read_text(encoding="utf-8")
    assert old in text
    (root / TYRE).write_text(text.replace(old, new), encoding="utf-8")


def _page(process: Process) -> str:
    with urllib.request.urlopen(f"{process.url}en/bike/tyre/", timeout=10) as answer:  # noqa: S310 - our own
        text: str = answer.read().decode()
    return text


def test_watching_builds_first_and_then_what_is_saved(tmp_path: Path) -> None:
    """One line a build; an article with an error is told with its line, and the old site stays."""
    root = make_knowledge_base(tmp_path)
    with serving(root, "--watch") as process:
        assert process.popen.stdout
        assert process.popen.stderr
        assert re.match(r"\d\d:\d\d:\d\d UTC built, (\d+) of \1 pages rendered, ", process.said)
        _save(root, "One sentence.", "Another one.")
        assert re.search(
            r"built, \d+ of \d+ pages rendered",
            process.popen.stdout.readline() + process.popen.stdout.readline(),
        )
        wait_until(lambda: "Another one." in _page(process))
        _save(root, "title: My tyre", "title: [My tyre")
        lines = iter(process.popen.stderr.readline, "")
        told = next(line for line in lines if "error" in line)
        assert told.startswith(f"{TYRE}:")
        assert "Another one." in _page(process)
        _save(root, "title: [My tyre", "title: My tyre")
        assert "UTC nothing changed" in process.popen.stdout.readline()
        process.popen.send_signal(signal.SIGINT)
        process.popen.communicate(timeout=20)
        assert process.popen.returncode == 0


def test_watching_waits_for_a_first_site(tmp_path: Path) -> None:
    """Nothing was ever built and an article is wrong: it says so and goes on once that is mended."""
    root = make_knowledge_base(tmp_path)
    _save(root, "title: My tyre", "title: [My tyre")
    popen = start(root, "--port", "0", "--watch")
    try:
        assert popen.stderr
        assert popen.stdout
        assert next(line for line in popen.stderr if "error" in line).startswith(f"{TYRE}:")
        _save(root, "title: [My tyre", "title: My tyre")
        assert "built" in popen.stdout.readline()
        assert "http://" in popen.stdout.readline()
    finally:
        popen.kill()
        popen.communicate()


def test_ctrl_c_in_the_middle_of_a_build_ends_cleanly(tmp_path: Path) -> None:
    """Exit code 0, no traceback, nothing half made, and the site of before."""
    root = make_knowledge_base(tmp_path)
    with serving(root, "--watch") as process:
        shown = (root / ".kbtool" / "current").readlink()
        text = (root / TYRE).read_text(encoding="utf-8")
        for number in range(150):
            new = text.replace("kb-1", f"kb-n{number}").replace("My tyre", f"Tyre {number}")
            (root / f"content/en/bike/n{number}.md").write_text(new, encoding="utf-8")
        releases = root / ".kbtool" / "releases"
        wait_until(lambda: any(releases.glob("*.tmp/staged/*")), 30)
        process.popen.send_signal(signal.SIGINT)
        _, log = process.popen.communicate(timeout=20)
        assert process.popen.returncode == 0, log
    assert "Traceback" not in log
    assert list(releases.glob("*.tmp")) == []
    assert (root / ".kbtool" / "current").readlink() == shown


@pytest.mark.browser
@needs_browser[1]
def test_an_open_page_follows_what_is_saved(tmp_path: Path, browser: Browser) -> None:
    """The new text without a reload by hand; while an article is broken, why, as text; then not."""
    root = make_knowledge_base(tmp_path)
    with serving(root, "--watch") as process:
        page = browser.new_page()
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{process.url}en/bike/tyre/")
        page.get_by_text("One sentence.").wait_for()
        _save(root, "One sentence.", "Read me at once.")
        page.get_by_text("Read me at once.").wait_for(timeout=20_000)
        assert page.locator("kb-live div").count() == 0
        _save(
            root, "title: My tyre", "translation_of: <img src=x onerror=alert(1)>\ntitle: My tyre"
        )
        page.get_by_text(f"{TYRE}:").wait_for(timeout=20_000)
        told = page.get_by_role("alert").locator("div").inner_text()
        assert "could not be built" in told
        assert "<img src=x" in told
        assert page.locator("kb-live img").count() == 0
        _save(root, "translation_of: <img src=x onerror=alert(1)>\n", "")
        page.get_by_text(f"{TYRE}:").wait_for(state="detached", timeout=20_000)
        page.get_by_text("Read me at once.").wait_for()
        assert troubles == []
        page.close()
