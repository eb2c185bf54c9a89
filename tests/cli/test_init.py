"""`kbtool init` at a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.writers import kbtool


def test_it_names_each_file_and_the_next_steps(tmp_path: Path) -> None:
    """Each file named exists; the next command is there to copy."""
    done = kbtool(tmp_path, "init", "help", "--language", "et", "--language", "en")
    assert done.returncode == 0, done.stderr
    written = [line.removeprefix("wrote ") for line in done.stdout.splitlines() if "wrote" in line]
    assert len(written) == 4
    assert all((tmp_path / path).is_file() for path in written)
    assert "cd help" in done.stdout
    assert "kbtool import" in done.stdout


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    """Exit code 3, a hint, and the same files as before."""
    first = json.loads(kbtool(tmp_path, "init", "x", "--json").stdout)
    before = {path: (tmp_path / "x" / path).read_bytes() for path in first["written"]}
    again = kbtool(tmp_path, "init", "x", "--name", "Other")
    assert again.returncode == 3
    assert "already a knowledge base" in again.stderr
    assert {path: (tmp_path / "x" / path).read_bytes() for path in before} == before
