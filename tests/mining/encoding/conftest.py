"""The stub API, and no proxy on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mining.encoding.stub import Stub, running


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A running stub."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with running() as stub:
        yield stub
