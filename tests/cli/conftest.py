"""What holds for every test of a command."""

from __future__ import annotations

import pytest

from kbtool.cli.common import err, out


@pytest.fixture(autouse=True)
def fresh_consoles() -> None:
    """A console keeps the width of the terminal that it was made for; each test has its own."""
    out.cache_clear()
    err.cache_clear()
