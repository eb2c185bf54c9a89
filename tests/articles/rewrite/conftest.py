"""The lying API, and no proxy on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.articles.rewrite.liar import chatting
from tests.stub import Stub


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A running stub."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with chatting() as found:
        yield found
