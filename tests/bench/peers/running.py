"""How every peer in Python is run: built once, asked everything, measured in the same way.

A peer is ``python -m tests.bench.peers.NAME DOCS.jsonl QUERIES.jsonl OUT.json [WAY]``. DOCS are
``{"id", "lang", "title", "text"}``, QUERIES ``{"query", "lang"}``; OUT gets ``build`` (CPU seconds),
``bytes`` (of the index), and ``answers``: ids and CPU milliseconds of each query, in order. Only
the standard library is imported here, because the peer's Python has nothing of ours.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
Ask: TypeAlias = Callable[[str, str | None], list[str]]
"""The ids of at most ten articles for a query and its reader's language, best first."""
Build: TypeAlias = Callable[[Sequence[Record], Path, str], Ask]
"""Makes an index of the articles in a folder, in one of the peer's ways, and opens it."""

DEPTH = 10
WARM = 10
"""Queries asked before the clock runs, so that nothing is measured cold."""
SYNTAX = frozenset(("AND", "OR", "NOT", "IN", "TO"))
TITLE = 3.0
"""What a word in the title weighs, for peers that can be told."""


def read(path: str) -> list[Record]:
    """The records of a file."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words(text: str) -> list[str]:
    """The words of a query, for peers whose syntax would read more into it; case is the peer's."""
    found = re.findall(r"\w+", unicodedata.normalize("NFC", text))
    return [word.lower() if word in SYNTAX else word for word in found]


def main_language(documents: Sequence[Record]) -> str:
    """The language of most articles, for peers that have one analysis an index."""
    return Counter(one["lang"] for one in documents).most_common(1)[0][0] if documents else "en"


def cpu() -> float:
    """CPU seconds of this process, all its threads, and of the processes that it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def run(build: Build, arguments: Sequence[str]) -> None:
    """Build, ask, write what it took."""
    source, queries, target, *way = arguments
    documents, asked = read(source), read(queries)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = cpu()
        ask = build(documents, folder, way[0] if way else "")
        built = cpu() - started
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        for query in asked[:WARM]:
            ask(query["query"], query["lang"])
        answers = [_answer(ask, query) for query in asked]
    result = {"build": built, "bytes": size, "answers": answers}
    Path(target).write_text(json.dumps(result), encoding="utf-8")


def _answer(ask: Ask, query: Record) -> Record:
    started = time.process_time()
    ids = ask(query["query"], query["lang"])
    return {"ids": ids[:DEPTH], "ms": 1000 * (time.process_time() - started)}


def start(build: Build) -> None:
    """What a peer's module does when it is run."""
    run(build, sys.argv[1:])
