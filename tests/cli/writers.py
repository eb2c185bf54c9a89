"""What the tests of commands share: a command in this process, and what writers need."""

from __future__ import annotations

import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from kbtool.articles.draft import article_id
from kbtool.cli.main import _run

ID = article_id("t-tea", "en")


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def kbtool(root: Path, *words: str, columns: int = 160) -> Done:
    """``kbtool words…`` typed in ``root``, in this process: starting one costs a second."""
    out, err = io.StringIO(), io.StringIO()
    environment = {"SOURCE_DATE_EPOCH": "1795262400", "COLUMNS": str(columns)}
    with (
        chdir(root),
        patch("sys.argv", ["kbtool", *words]),
        patch.dict("os.environ", environment),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _run()
    return Done(code, out.getvalue(), err.getvalue())
