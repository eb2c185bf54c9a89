"""kbtool's search, run as the peers are: ``python -m tests.bench.kbtool_search DOCS QUERIES OUT``.

A program of its own, so that building and asking are measured alone and both start cold.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbtool.search.index import Index, build_index
from tests.bench.peers.running import Ask, Record, start
from tests.eval.search import IndexAsker
from tests.eval.search_sets import as_document


def build(documents: Sequence[Record], folder: Path, _way: str) -> Ask:
    """The index that terminal and server ask, kept open."""
    build_index([as_document(one) for one in documents], folder / "index")
    return IndexAsker(Index.open(folder / "index")).ask


if __name__ == "__main__":
    start(build)
