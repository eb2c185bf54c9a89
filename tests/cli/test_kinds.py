"""What a user sees of topics that must not become an article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.cli.suggest_view import show_list
from kbtool.model import Instead, SuggestionKind
from kbtool.workflows.judging import SuggestResult, View
from tests.articles.kb import knowledge_base
from tests.articles.tickets import ticket
from tests.cli.writers import kbtool
from tests.suggest.samples import suggestion

KINDS: tuple[SuggestionKind, ...] = ("form", "bug", "escalate", "macro")
FORM = Instead(
    "form", "in 6 of 6 answers …", "make a form that asks for: name", ("desk:4711",), ("name",)
)


def result() -> SuggestResult:
    """One topic to write about and one of each other kind, worth less and less."""
    apart = [suggestion(f"t-{kind}", 1.0, kind=kind, instead=FORM) for kind in KINDS]
    return SuggestResult((suggestion("t-write", 0.5), *apart), 500, 400, (), 0, (), 4, {})


def test_they_have_their_own_place(capsys: pytest.CaptureFixture[str]) -> None:
    """Below a heading, with what to do and where to look; the numbers go on."""
    show_list(result(), View(), as_json=False, stored=True)
    shown = capsys.readouterr().out
    above, _, below = shown.partition("Not for an article")
    assert "t-write" in above
    assert [kind for kind in KINDS if f"t-{kind}" in below] == list(KINDS)
    assert "Instead: make a form that asks for: name (see 4711)" in below
    assert "2  form" in below


def test_a_limit_holds_for_either_place(capsys: pytest.CaptureFixture[str]) -> None:
    """The first of the others is seen however many articles there are to write."""
    show_list(result(), View(1), as_json=True, stored=True)
    data = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in data["suggestions"]] == ["write", "form"]
    assert data["suggestions"][0]["instead"] is None
    assert data["suggestions"][1]["instead"] == {
        "do": FORM.todo,
        "reason": FORM.reason,
        "asks_for": ["name"],
        "examples": ["4711"],
    }


def test_draft_says_why_not_and_obeys(tmp_path: Path) -> None:
    """Exit code 1 with the reason; ``--anyway`` drafts it."""
    question = "Please unlock my tea account, it is locked."
    reply = "I have unlocked your tea account. Please sign in again."
    knowledge_base(tmp_path, [ticket(n, reply, question=question) for n in range(1, 8)])
    done = kbtool(tmp_path, "draft", "t-tea")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Not drafted: t-tea: form: in 7 of 7 answers" in " ".join(done.stderr.split())
    done = kbtool(tmp_path, "draft", "t-tea", "--anyway", "--dry-run", "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["drafts"]) == 1
