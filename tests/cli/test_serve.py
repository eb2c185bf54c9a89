"""``kbtool serve`` as a process: what it says, how it stops, and what a kill cannot take."""

from __future__ import annotations

import json
import os
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

import pytest

from kbtool.config import Settings
from tests.server.conftest import BROWSER, built_index, read_all, settings

__all__ = ["built_index", "settings"]  # fixtures used here


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
    return subprocess.Popen(
        [sys.executable, "-m", "kbtool", "serve", *options],
        cwd=root, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@contextmanager
def serving(root: Path) -> Iterator[Process]:
    popen = start(root, "--port", "0")
    assert popen.stdout
    try:
        said = popen.stdout.readline() + popen.stdout.readline()
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
    popen = start(settings.root, "--port", "0")
    _, err = popen.communicate(timeout=20)
    assert popen.returncode == 3
    assert "KBTOOL_AGENT_TOKEN" in err
    assert "too-short" not in err


def test_a_port_in_use_is_said_with_a_way_out(settings: Settings) -> None:
    """Exit code 3, the port, and the command that would work."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        popen = start(settings.root, "--port", str(port))
        out, err = popen.communicate(timeout=20)
    assert popen.returncode == 3
    assert out == ""
    assert f"cannot listen on 127.0.0.1 port {port}" in err
    assert f"kbtool serve --port {port + 1}" in err


def test_without_a_site_it_says_how_to_get_one(settings: Settings) -> None:
    """Exit code 3 and the hint to build."""
    settings.current_release.unlink()
    popen = start(settings.root)
    _, err = popen.communicate(timeout=20)
    assert popen.returncode == 3
    assert "has not been built yet" in err
    assert "kbtool build" in err


def test_a_wrong_address_in_the_settings_is_named(settings: Settings) -> None:
    """A trusted proxy that is no address stops the start, with the setting's name."""
    text = settings.config_file.read_text().replace("[127.0.0.1]", "[proxy.local]")
    settings.config_file.write_text(text)
    popen = start(settings.root, "--port", "0")
    _, err = popen.communicate(timeout=20)
    assert popen.returncode == 3
    assert "extra.kbtool.server.trusted_proxies: 'proxy.local'" in err


def test_an_unknown_host_is_said(settings: Settings) -> None:
    """A host that this machine does not have is an error with a hint, not a traceback."""
    popen = start(settings.root, "--host", "192.0.2.1", "--port", "0")
    _, err = popen.communicate(timeout=20)
    assert popen.returncode == 3
    assert "Hint:" in err
    assert "Traceback" not in err
