"""How well the search finds: success@1, success@5 and MRR@10 of any set of questions.

Usage: python -m tests.eval.search DOCS.jsonl QUERIES.jsonl [QUERIES.jsonl …]

DOCS holds ``{"id", "title", "body", "lang"}`` and QUERIES ``{"qid", "query", "relevant", "lang"}``
a line; ``relevant`` is a list of ids. The queries are asked of the index as they stand, with their
language as the reader's.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.model import Document
from kbtool.search.index import Index, build_index


@dataclass(frozen=True)
class Score:
    """Shares of 1; times in milliseconds of this process's CPU."""

    queries: int
    success_at_1: float
    success_at_5: float
    mrr_at_10: float
    ms_median: float
    ms_p99: float


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def as_document(record: dict[str, Any]) -> Document:
    """A record of DOCS as the index takes it; what it does not say is empty."""
    return Document(
        id=record["id"],
        lang=record.get("lang") or "en",
        title=record["title"],
        questions=tuple(record.get("questions", ())),
        headings=tuple(record.get("headings", ())),
        body=record["body"],
        tags=tuple(record.get("tags", ())),
        category=None,
        url=f"{record['id']}/",
        permalink=f"a/{record['id']}/",
        summary="",
    )


def measure(index: Index, queries: Sequence[dict[str, Any]]) -> Score:
    """Ask every query once, in order."""
    ranks, times = [], []
    for query in queries:
        started = time.process_time()
        hits = index.search(query["query"], lang=query.get("lang"))
        times.append(1000 * (time.process_time() - started))
        relevant = set(query["relevant"])
        ranks.append(next((n for n, hit in enumerate(hits, 1) if hit.id in relevant), 0))
    count = len(ranks) or 1
    times.sort()
    return Score(
        queries=len(ranks),
        success_at_1=sum(rank == 1 for rank in ranks) / count,
        success_at_5=sum(1 <= rank <= 5 for rank in ranks) / count,
        mrr_at_10=sum(1 / rank for rank in ranks if rank) / count,
        ms_median=times[len(times) // 2] if times else 0.0,
        ms_p99=times[int(len(times) * 0.99)] if times else 0.0,
    )


def write(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(line + "\n")


def main(arguments: Sequence[str]) -> int:
    """Print one line a file of queries; 2 when the files are not given."""
    if len(arguments) < 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    documents = [as_document(record) for record in read_lines(Path(arguments[0]))]
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        build_index(documents, Path(folder) / "index")
        built = time.process_time() - started
        write(f"{len(documents)} documents indexed in {built:.1f} s CPU")
        write(
            f"{'queries':<24} {'n':>5} {'s@1':>6} {'s@5':>6} {'MRR@10':>7} {'ms p50':>7} {'p99':>6}"
        )
        with Index.open(Path(folder) / "index") as index:
            for name in arguments[1:]:
                s = measure(index, read_lines(Path(name)))
                write(
                    f"{Path(name).name:<24} {s.queries:>5} {s.success_at_1:>6.3f} {s.success_at_5:>6.3f}"
                    f" {s.mrr_at_10:>7.3f} {s.ms_median:>7.1f} {s.ms_p99:>6.1f}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
