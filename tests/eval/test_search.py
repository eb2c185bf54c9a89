"""The measure itself: known ranks give known figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.eval.search import main

DOCS = [
    {"id": "a", "lang": "en", "title": "Reset a password", "body": "Open settings."},
    {"id": "b", "lang": "en", "title": "Change a password", "body": "Open settings, too."},
    {"id": "c", "lang": "et", "title": "Ratas", "body": "Rattaga sõites."},
]
QUERIES = [
    {"qid": "1", "query": "reset password", "relevant": ["a"], "lang": "en"},
    {"qid": "2", "query": "password reset", "relevant": ["b"], "lang": "en"},
    {"qid": "3", "query": "nothing like it", "relevant": ["c"], "lang": "et"},
    {"qid": "4", "query": "rattaga", "relevant": ["c", "x"], "lang": "et"},
]


def test_figures_of_known_ranks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ranks 1, 2, none, 1: success@1 0.5, success@5 0.75, MRR@10 (1 + 1/2 + 0 + 1) / 4."""
    for name, records in (("docs.jsonl", DOCS), ("q.jsonl", QUERIES)):
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        (tmp_path / name).write_text(lines + "\n", encoding="utf-8")
    assert main([str(tmp_path / "docs.jsonl"), str(tmp_path / "q.jsonl")]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[:5] == [
        "q.jsonl", "4", "0.500", "0.750", "0.625",
    ]  # fmt: skip


def test_without_files_it_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Usage on stderr, exit code 2."""
    assert main([]) == 2
    assert "DOCS.jsonl" in capsys.readouterr().err
