"""``kbtool reject`` as a writer types it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.articles.kb import knowledge_base
from tests.cli.writers import ID, kbtool
from tests.mining.samples import ASKED


def test_a_draft_is_rejected_with_its_reason(tmp_path: Path) -> None:
    """It says when the topic comes back; it is no longer listed."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    done = kbtool(tmp_path, "reject", ID, "--reason", "wrong [question]")
    assert done.returncode == 0
    assert f"Draft {ID} is rejected: wrong [question]" in done.stdout
    assert done.stderr == ("Its topic t-tea: suggested again when it has 12 tickets; now 6.\n")
    assert json.loads(kbtool(tmp_path, "review", "--json").stdout)["articles"] == []


def test_a_topic_is_rejected(tmp_path: Path) -> None:
    """By its id, before there is a draft."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "reject", "t-tea", "--reason", "no", "--json")
    assert json.loads(done.stdout) == {
        "format": 1, "rejected": "t-tea", "file": None, "topic": "t-tea", "tickets": 6,
        "wakes_at": 12, "until": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ((), "suggested again when it has 12 tickets; now 6"),
        (("--times", "1.5"), "suggested again when it has 9 tickets; now 6"),
        (("--until", "2027-03-01"), "suggested again from 2027-03-01 on"),
        (("--for-good",), "rejected for good"),
    ],
)
def test_it_says_when_it_is_suggested_again(
    tmp_path: Path, rule: tuple[str, ...], told: str
) -> None:
    """One rule for each rejection, twice the tickets when none is given."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "reject", "t-tea", "--reason", "no", *rule)
    assert (done.returncode, done.stderr) == (0, f"It: {told}.\n")
    assert told in kbtool(tmp_path, "topics", "list", "--rejected").stdout


def test_a_rejection_is_taken_back(tmp_path: Path) -> None:
    """The reason it had is told once more; a second time there is nothing to take back."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    kbtool(tmp_path, "reject", ID, "--reason", "wrong [question]")
    done = kbtool(tmp_path, "reject", ID, "--undo")
    assert f"Draft {ID} is a draft again" in done.stdout
    assert "the reason was: wrong [question]" in done.stdout
    kbtool(tmp_path, "reject", "t-tea", "--reason", "no")
    undone = kbtool(tmp_path, "reject", "t-tea", "--undo", "--json")
    assert json.loads(undone.stdout) == {"format": 1, "drafts": [], "topics": ["t-tea"]}
    again = kbtool(tmp_path, "reject", "t-tea", "--undo")
    assert again.returncode == 3
    assert "kbtool topics list --rejected" in again.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--undo", "--reason", "x"),
        ("--undo", "--for-good"),
        ("--reason", "x", "--times", "3", "--for-good"),
        ("--reason", "x", "--times", "1"),
        ("--reason", "x", "--until", "1 March"),
        ("--reason", "x", "--until", "2020-03-01"),
    ],
)
def test_options_without_sense_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Exit 2, and nothing is rejected."""
    knowledge_base(tmp_path)
    assert kbtool(tmp_path, "reject", "t-tea", *words).returncode == 2
    assert kbtool(tmp_path, "topics", "list", "--rejected").returncode == 1


def test_a_rejection_without_reason_or_of_nothing_is_refused(tmp_path: Path) -> None:
    """A missing option is exit 2; an unknown id exit 3."""
    knowledge_base(tmp_path)
    assert kbtool(tmp_path, "reject", "t-tea").returncode == 2
    assert kbtool(tmp_path, "reject", "nothing", "--reason", "x").returncode == 3


def test_suggest_says_how_many_sleep_and_why(tmp_path: Path) -> None:
    """A rejected topic is not suggested; its reason and when it ends are told."""
    kbtool(tmp_path, "init", ".")
    with (tmp_path / "tickets.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "created_at", "subject", "description", "reply", "agent", "status"))
        for n, (_, text, reply) in enumerate(line for lines in ASKED.values() for line in lines):
            rows.writerow((n, "2026-03-01 10:00", "", text, reply, "Ann Lee", "closed"))
    first = json.loads(kbtool(tmp_path, "suggest", "tickets.csv", "--json").stdout)["suggestions"]
    topic = first[0]["topic"]
    kbtool(tmp_path, "reject", topic, "--reason", "no [red]use", "--for-good")
    done = kbtool(tmp_path, "suggest")
    assert "Rejected and asleep: 1 topic." in done.stderr
    assert f"{topic}: no [red]use (rejected for good)" in done.stderr
    assert topic not in done.stdout
    assert first[1]["topic"] in done.stdout
