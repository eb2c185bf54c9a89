"""``kbtool forget`` as somebody types it who was asked to."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest

from kbtool.privacy.hashing import hash_person
from kbtool.workflows.import_tickets import KEY_NAME
from tests.articles.kb import knowledge_base
from tests.articles.tickets import tea_tickets
from tests.cli.writers import Done, kbtool

TICKET = tea_tickets()[0].key


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The tea shop's knowledge base with a draft."""
    settings = knowledge_base(tmp_path)
    (settings.state_dir / KEY_NAME).write_bytes(b"k" * 32)
    assert kbtool(tmp_path, "draft", "t-tea").returncode == 0
    return tmp_path


def answered(base: Path, answers: str, *words: str) -> Done:
    """The command with what somebody answers, a letter a line."""
    with patch("click.termui.visible_prompt_func", side_effect=list(answers)):
        return kbtool(base, "forget", *words)


def test_it_asks_before_it_removes(base: Path) -> None:
    """No is no, and nothing was done; yes tells what was removed and what is out of reach."""
    refused = answered(base, "n", TICKET)
    assert refused.returncode == 130
    assert "Would be removed: 1 ticket" in refused.stdout
    done = answered(base, "yn", TICKET)
    assert done.returncode == 0
    assert "Removed for good: 1 ticket" in done.stderr
    assert "history of version control" in done.stderr
    assert "kbtool forget --content does that" in done.stderr
    assert kbtool(base, "tickets", "show", TICKET).returncode == 3


def test_it_asks_whether_content_is_to_be_changed(base: Path) -> None:
    """Yes takes the references out of the draft."""
    (draft,) = (base / "content" / "drafts").glob("*.md")
    assert TICKET in draft.read_text("utf-8")
    done = answered(base, "yy", TICKET)
    assert "Changed: 1 file of content/." in done.stderr
    assert TICKET not in draft.read_text("utf-8")


def test_json_tells_people_by_hash(base: Path) -> None:
    """What was typed is nowhere in it; it does not ask, so it must be told not to."""
    assert kbtool(base, "forget", "eva@mail.example", "--json").returncode == 2
    done = kbtool(base, "forget", "eva@mail.example", TICKET, "--json", "--yes")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["unknown"] == [hash_person(b"k" * 32, "eva@mail.example")]
    assert told["removed"]["tickets"] == [TICKET]
    assert [one["kind"] for one in told["known"]] == ["ticket"]
    assert told["articles"][0]["redraft"] == "kbtool draft t-tea"
    assert told["articles"][0]["sentences"][0]["tickets"] >= 1
    assert "eva@mail" not in done.stdout + done.stderr


def test_nobody_known_is_a_no(base: Path) -> None:
    """Exit code 1, and what may be typed instead."""
    done = kbtool(base, "forget", "eva@mail.example", "--yes")
    assert done.returncode == 1
    assert "give what the export calls the requester" in done.stderr.replace("\n", " ")


def test_somebody_must_be_named(base: Path) -> None:
    """Nothing to forget is a wrong usage; --content alone is not."""
    assert kbtool(base, "forget").returncode == 2
    assert kbtool(base, "forget", "--content", "--yes").returncode == 0


def test_without_tickets_there_is_nobody(tmp_path: Path) -> None:
    """A new knowledge base says so."""
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nsite_url: https://x.example/\n")
    done = kbtool(tmp_path, "forget", "eva", "--yes")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        3,
        "Error: no ticket is stored yet",
    )
