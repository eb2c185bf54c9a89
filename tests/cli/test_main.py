"""The command's frame: help, exit codes, safe output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from kbtool.cli.common import emit_json, safe
from kbtool.cli.main import VERBS, _run

KBTOOL = [sys.executable, "-m", "kbtool"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    """The one-line help of the list is the command's own, and its help shows an example."""
    command = import_module(f"kbtool.cli.{VERBS[verb][0]}").command
    assert isinstance(command, click.Command)
    assert command.help
    assert command.help.split("\n\n")[0].replace("\n", " ").strip() == VERBS[verb][1]
    assert "Example" in command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{verb}: {param.name} has no help"


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    """--help imports no numpy, SQLAlchemy, Whoosh, MkDocs or server."""
    code = (
        "import sys; sys.argv=['kbtool','--help']\n"
        "from kbtool.cli.main import _run\n_run()\n"
        "heavy={'numpy','scipy','sqlalchemy','whoosh','mkdocs','starlette','py3langid'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_bug_is_told_without_ticket_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 4, where it happened and what it was; not the value that was wrong."""

    secret = "My password is zeppelin"

    def broken(**_options: object) -> None:
        raise ValueError(secret)

    monkeypatch.setattr("kbtool.cli.main.cli.main", broken)
    assert _run() == 4
    told = capsys.readouterr().err
    assert "zeppelin" not in told
    assert "in broken" in told
    assert "This is a bug in kbtool" in told


def test_usage_errors_exit_with_2() -> None:
    """Click's own code for a verb or option that does not exist."""
    assert subprocess.run([*KBTOOL, "nope"], capture_output=True, check=False).returncode == 2


@pytest.mark.parametrize("words", [("--help",), ("metrics", "--explain"), ("import", "--help")])
def test_a_reader_that_goes_away_is_no_failure(words: tuple[str, ...]) -> None:
    """``kbtool … | head`` ends quietly and well, whichever library was writing."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*KBTOOL, *words], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("words", [("metrics", "--explain"), ("metrics", "--help")])
def test_output_that_cannot_be_written_is_told(words: tuple[str, ...]) -> None:
    """A full disk behind ``> file`` is exit 3 with the reason, not a bug."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*KBTOOL, *words], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert done.stderr == b"Error: No space left on device\n"


def test_outside_a_knowledge_base_the_hint_says_what_to_do(tmp_path: Path) -> None:
    """Exit 3, message and hint on stderr, nothing on stdout."""
    done = subprocess.run(
        [*KBTOOL, "review"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stdout == ""
    assert "kbtool init" in done.stderr


def test_a_folder_that_was_deleted_is_told(tmp_path: Path) -> None:
    """The shell stands in a folder that is gone: exit 3, no traceback."""
    code = (
        "import os, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')\n"
        "sys.argv = ['kbtool', 'review']\n"
        "from kbtool.cli.main import _run\nsys.exit(_run())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "was deleted" in done.stderr) == (3, True)
    assert "Traceback" not in done.stderr


def test_findings_are_named_as_seen_from_the_knowledge_base(tmp_path: Path) -> None:
    """The same ``content/…:line`` from check and from build, on one line however long it is."""
    subprocess.run([*KBTOOL, "init", "kb"], cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "kb/content/en/broken.md").write_text("no front matter", encoding="utf-8")
    for verb, stream in (("check", "stdout"), ("build", "stderr")):
        done = subprocess.run(
            [*KBTOOL, verb], cwd=tmp_path / "kb", capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "content/en/broken.md:1: error: the file does not" in getattr(done, stream)


def test_terminal_text_is_harmless() -> None:
    """Escape sequences, markup and direction marks from tickets cannot act on the terminal."""
    shown = safe("\x1b]0;owned\x07[red]x[/red]\u202e\u200b ok\nnext")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\[red]" in shown
    assert shown.endswith("ok\nnext")


def test_json_is_harmless_too_and_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """C1 controls and direction marks, which JSON leaves alone, are escaped; the data stay equal."""
    data = {"subject": "İade \x1b[2J \x9b31m \x7f \x85 \u202e\u2066 \u2028 \ud83d 👍"}
    emit_json(data)
    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\x9b\x7f\x85\u202e\u2066\u2028\ud83d")
    assert "İade" in shown
    assert json.loads(shown) == data
