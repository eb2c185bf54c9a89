"""The measure asks a site's own files as a reader's browser does, and finds what Python finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import needs_browser
from tests.eval.search import main
from tests.eval.test_search import files, write

pytestmark = needs_browser


def found(path: Path) -> list[dict[str, Any]]:
    """The records of a file of results, without their times."""
    records = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert all(record.pop("ms") >= 0 for record in records)
    return records


def test_the_files_of_a_site_are_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same figures and results as the index's, also of variants and without a language."""
    more = [{"qid": "5", "query": "password\u2028😀 reste", "relevant": ["a"]}]
    asked = [*files(tmp_path), write(tmp_path / "more.jsonl", more), "--variants"]
    tables = []
    for name, options in (("index", []), ("static", ["--static"])):
        assert main([*asked, *options, "--out", str(tmp_path / name)]) == 0
        lines = capsys.readouterr().out.splitlines()[2:]
        tables.append([line.split()[:-2] for line in lines])
    assert tables[0] == tables[1]
    assert tables[1][0] == ["q.jsonl", "4", "0.500", "0.750", "0.625"]
    assert found(tmp_path / "index") == found(tmp_path / "static")
