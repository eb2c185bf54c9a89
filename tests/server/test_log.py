"""What the server writes to its log."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import logging
from kbtool.server.run import _log_to_stderr
_log_to_stderr(pages=True)
try:
    raise ValueError("the reader typed zeppelin")
except ValueError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    logging.getLogger("kbtool.server").exception("event store")
"""


def test_a_bug_is_logged_without_what_a_reader_typed() -> None:
    """Time, level, message and the place; in a process of its own, for logging is global."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert "zeppelin" not in done.stderr
    assert done.stderr.count("ValueError (its text is left out") == 2
    assert "ERROR Exception in ASGI application" in done.stderr
