"""``kbtool check --replay`` and ``kbtool build --strict`` as a writer types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.config import Settings
from tests.articles.kb import knowledge_base
from tests.cli.writers import kbtool
from tests.workflows.test_replay import HELP, REFUND, TYRE, asking, change, store
from tests.workflows.test_replay import built as _built
from tests.workflows.test_replay import made as _made
from tests.workflows.test_replay import released as _released
from tests.workflows.test_replay import settings as _settings

built, made, released, settings = _built, _made, _released, _settings  # its fixtures

HOSTILE = "Is the deposit part [/red] of a refund\x1b[31m for the bill?"


def gut(settings: Settings) -> None:
    """Take from the article on refunds all that it says."""
    change(settings, "kb-3", title="Notes", body="To come.\n", tags=())


def test_too_few_tickets_are_told_and_pass(tmp_path: Path) -> None:
    """How many there are, of how many."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "check", "--replay")
    assert done.returncode == 0
    for lang in ("en", "tr"):
        told = f"{lang}: not enough answered tickets with a linked article (0 of 20)"
        assert told in done.stdout
    assert "There is no earlier build to compare with." in done.stdout


def test_shares_are_shown_with_what_they_were(settings: Settings) -> None:
    """Nothing changed since the build: exit code 0, nothing lost."""
    built = kbtool(settings.root, "build", "--strict")
    assert built.returncode == 0
    assert "Replay: 24 questions of answered tickets" in built.stderr
    done = kbtool(settings.root, "check", "--replay")
    assert done.returncode == 0
    assert "-0 +0" in done.stdout
    assert "lost rank" not in done.stdout


def test_a_drop_is_exit_1_with_the_questions(released: Settings) -> None:
    """Each with its article, both places and what stands there now; the old release stays."""
    settings = released
    release = settings.current_release.resolve()
    gut(settings)
    done = kbtool(settings.root, "check", "--replay")
    assert done.returncode == 1
    assert "A drop beyond noise" in done.stdout
    assert f"“{REFUND[2]}” (en) kb-3 “Notes”: " in done.stdout
    assert kbtool(settings.root, "check").returncode == 0, "not asked, not judged"
    built = kbtool(settings.root, "build", "--strict")
    assert built.returncode == 1
    assert "content/en/billing/refund.md:1: warning: " in built.stderr
    assert "Hint: mend the articles that lost rank, or build without --strict" in built.stderr
    assert settings.current_release.resolve() == release


def test_json_has_all_questions(released: Settings) -> None:
    """Shares with their counts and bounds, and every question that lost rank."""
    settings = released
    gut(settings)
    done = kbtool(settings.root, "check", "--replay", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)["replay"]
    assert (found["dropped"], found["compared"], found["left_out"]["known"]) == (True, True, 0)
    english, turkish = found["languages"]
    assert (english["questions"], english["dropped"], turkish["enough"]) == (24, True, False)
    first = english["success"][0]
    assert (
        first["lost"] - first["gained"] == first["before"]["numerator"] - first["now"]["numerator"]
    )
    assert first["p"] < 0.05
    assert "kb-3" in {one["article"] for one in english["lost"]}
    assert {one["question"]["query"] for one in english["lost"]} <= {*TYRE, *REFUND}
    assert json.loads(kbtool(settings.root, "check", "--json").stdout).keys().isdisjoint({"replay"})


@pytest.mark.parametrize("words", [("check", "--replay"), ("build", "--strict")])  # fmt: skip
def test_what_a_customer_wrote_stays_text(released: Settings, words: tuple[str, ...]) -> None:
    """No colour, no markup, no escape reaches the terminal."""
    settings = released
    store(settings, [asking(40, HOSTILE, HELP + "a/kb-3/")])
    gut(settings)
    done = kbtool(settings.root, *words)
    shown = done.stdout + done.stderr
    assert "the deposit part [/red] of a refund" in shown
    assert "\x1b" not in shown
