"""What is wrong in a settings file: everything at once, each with its line."""

from __future__ import annotations

from pathlib import Path

from kbtool.text import did_you_mean


class Problems:
    """Collects what is wrong in one file, with line numbers by dotted key path."""

    def __init__(self, file: Path, lines: dict[str, int]) -> None:
        self.file = file
        self.lines = lines
        self.found: list[tuple[int, str]] = []

    def add(self, path: str, message: str) -> None:
        """Note a problem at a key; the nearest known parent gives the line."""
        known = path
        while known not in self.lines and "." in known:
            known = known.rpartition(".")[0]
        self.found.append((self.lines.get(known, 1), message))

    def unknown_key(self, path: str, key: str, allowed: list[str]) -> None:
        """Note a key that does not exist and name the nearest one that does."""
        self.add(f"{path}.{key}", f"unknown setting {path}.{key}; {did_you_mean(key, allowed)}")
