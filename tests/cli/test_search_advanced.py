"""``kbtool search --advanced`` as an agent types it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from kbtool.cli.main import main
from kbtool.search.parts import parts_of
from kbtool.search.record.files import FOLDER
from kbtool.search.record.write import write_record
from tests.search.record.helpers import DOCUMENTS

Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``kbtool search`` in a built knowledge base: exit code, stdout, stderr."""
    config = (
        "site_name: Help\nsite_url: https://help.example/\nextra: {kbtool: {languages: [en, tr]}}\n"
    )
    (tmp_path / "mkdocs.yml").write_text(config)
    write_record(parts_of(DOCUMENTS), tmp_path / ".kbtool" / "releases" / "1" / "index" / FOLDER)
    (tmp_path / ".kbtool" / "current").symlink_to("releases/1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PATH", "/nonexistent")

    def search(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kbtool", "search", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return int(caught.value.code or 0), *capsys.readouterr()

    return search


def test_hits_with_snippet_and_link(run: Run) -> None:
    """As for words; a query may begin with a minus sign."""
    code, out, err = run("--advanced", '-paypal "credit card"', "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == " 1  Get a refund  en · payment"
    assert "    https://help.example/a/kb-refund/" in out.splitlines()


def test_links_and_how_many_there_are(run: Run) -> None:
    """One a line on stdout; what was left out, and what was not understood, on stderr."""
    code, out, err = run("--advanced", "tag:billing OR (zzz", "--link", "markdown", "-n", "1")
    assert (code, out) == (0, "[PayPal](https://help.example/a/kb-paypal/)\n")
    assert err == (
        "Note: a bracket is not closed.\nNote: no article has zzz.\n"
        "These are 1 of 2 articles; see -n.\n"
    )


def test_json(run: Run) -> None:
    """The shape of the words' JSON, with total, tag and notes; nothing else is printed."""
    code, out, err = run("--advanced", "card zzz*^2 OR refund", "--tag", "money back", "--json")
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert (data["format"], data["tag"], data["count"], data["total"]) == (1, "money back", 1, 1)
    assert data["notes"] == ["^2 has no meaning here", "no article has zzz*"]
    assert data["results"][0]["permalink"] == "https://help.example/a/kb-refund/"


def test_nothing_found(run: Run) -> None:
    """Exit code 1, what to look at on stderr, nothing that could act on the terminal."""
    code, out, err = run("--advanced", "zzz \x1b[")
    assert (code, out) == (1, "")
    assert err.startswith("Note: no article has zzz.\n")
    assert "\x1b" not in err
    code, out, _ = run("--advanced", "zzz", "--json")
    assert (code, json.loads(out)["results"]) == (1, [])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--advanced", "a", "b"), "--advanced is the whole query"),
        (("--advanced", "a", "--ticket", "1"), "--ticket asks with the ticket alone"),
        (("--advanced", "a", "--as-typed"), "--as-typed goes with words"),
        (("--ticket", "1", "--tag", "b"), "--ticket asks with the ticket alone"),
        ((), "--ticket or --advanced"),
    ],
)
def test_usage(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """What does not go together is refused with exit code 2."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_the_command_does_not_load_the_record() -> None:
    """Plain words are answered without what only --advanced needs."""
    code = "import sys, kbtool.cli.search; print([m for m in sys.modules if 'search.record' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
