"""How well the search finds: success@1, success@5 and MRR@10 of any set of questions.

DOCS holds ``{"id", "title", "body", "lang"}`` a line and, where a record has them, ``questions``,
``headings``, ``tags`` and ``category``; QUERIES ``{"qid", "query", "relevant", "lang"}``, where
``relevant`` is a list of ids, and sometimes ``kind``, which gets a row of its own. The queries are
asked as they stand, with their language as the reader's. What cannot be used is told on standard
error with its file and line.

--out writes ``{"qid", "query", "results", "ms"}`` a line, with the variant's name under
"variant" when --variants asks them. Times are CPU milliseconds of this process.

--static asks what a site without a server has: its files, with its script, in a real Chromium.
Times are then milliseconds of the page's clock, with the files that a query has to wait for.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TextIO, TypeAlias

from kbtool.model import Document
from kbtool.search.index import Index, build_index
from tests.eval.search_scores import Answer, score
from tests.eval.search_sets import Query, read_documents, read_queries
from tests.eval.search_static import NoBrowserError, static_asker
from tests.eval.search_variants import VARIANTS, variants

AS_IT_STANDS = "exact"
AskAll: TypeAlias = Callable[[Sequence[Query]], list[Answer]]
"""Asks every query once, in order."""
TOLD = 20
"""Lines that cannot be used are told so many times a run; the rest is counted."""


class Asker(Protocol):
    """What finds articles; a search that is to be measured needs no more."""

    def ask(self, query: str, lang: str | None) -> list[str]:
        """The ids of at most ten articles, best first."""
        ...


class IndexAsker:
    """The index that terminal and server ask."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, query: str, lang: str | None) -> list[str]:
        """See ``Asker``."""
        return [hit.id for hit in self._index.search(query, lang=lang).hits]


@contextmanager
def index_asker(documents: Sequence[Document]) -> Iterator[tuple[Asker, float]]:
    """(asker, CPU seconds of the build) of an index of ``documents``, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        build_index(documents, Path(folder) / "index")
        built = time.process_time() - started
        with Index.open(Path(folder) / "index") as index:
            yield IndexAsker(index), built


def ask_all(asker: Asker, queries: Sequence[Query]) -> list[Answer]:
    """Every query asked once, in order, of what has answered one before."""
    answers = []
    if queries:
        asker.ask(queries[0].text, queries[0].lang)
    for query in queries:
        started = time.process_time()
        ids = asker.ask(query.text, query.lang)
        answers.append(Answer(tuple(ids), 1000 * (time.process_time() - started)))
    return answers


def with_variants(queries: Sequence[Query], seed: int) -> dict[str, list[Query]]:
    """The queries as they stand and those of each variant that has any, in one order."""
    found: dict[str, list[Query]] = {AS_IT_STANDS: list(queries)} | {name: [] for name in VARIANTS}
    for query in queries:
        for name, variant in variants(query, seed).items():
            found[name].append(variant)
    return {name: some for name, some in found.items() if some}


HEAD = f"{'queries':<32} {'n':>5} {'s@1':>6} {'s@5':>6} {'MRR@10':>7} {'ms p50':>7} {'p99':>6}"


def row(name: str, queries: Sequence[Query], answers: Sequence[Answer]) -> str:
    """One line of the table."""
    s = score(answers, [query.relevant for query in queries])
    return (
        f"{name:<32} {s.queries:>5} {s.success_at_1:>6.3f} {s.success_at_5:>6.3f}"
        f" {s.mrr_at_10:>7.3f} {s.ms_p50:>7.2f} {s.ms_p99:>6.2f}"
    )


def rows(name: str, queries: Sequence[Query], answers: Sequence[Answer]) -> Iterator[str]:
    """The line of all queries and, where they are of several kinds, one of each kind."""
    yield row(name, queries, answers)
    kinds = sorted({query.kind for query in queries if query.kind})
    for kind in kinds if len(kinds) > 1 else ():
        some = [pair for pair in zip(queries, answers, strict=True) if pair[0].kind == kind]
        yield row(f"  {kind}", [query for query, _ in some], [answer for _, answer in some])


@contextmanager
def _asked(documents: Sequence[Document], *, static: bool) -> Iterator[tuple[AskAll, float]]:
    """(what asks, CPU seconds of the build) of the index or of a site's files."""
    if static:
        with static_asker(documents) as (page, built):
            yield page.ask_all, built
    else:
        with index_asker(documents) as (asker, built):
            yield partial(ask_all, asker), built


def measure(
    ask: AskAll, name: str, queries: Sequence[Query], seed: int | None, out: TextIO | None
) -> None:
    """Print the rows of one file of queries, with its variants when there is a ``seed`` for them."""
    asked = {AS_IT_STANDS: list(queries)} if seed is None else with_variants(queries, seed)
    for variant, some in asked.items():
        answers = ask(some)
        label = name if variant == AS_IT_STANDS else f"{name}, {variant}"
        print("\n".join(rows(label, some, answers)))
        for query, answer in zip(some, answers, strict=True) if out else ():
            record = {"qid": query.qid, "query": query.text, "results": answer.ids, "ms": answer.ms}
            record |= {} if seed is None else {"variant": variant}
            print(json.dumps(record, ensure_ascii=False), file=out)


def teller() -> tuple[Callable[[str], None], list[str]]:
    """What tells of unusable lines on standard error, and the list of all that it told or counted."""
    told: list[str] = []

    def tell(message: str) -> None:
        told.append(message)
        if len(told) <= TOLD:
            print(message, file=sys.stderr)

    return tell, told


def main(arguments: Sequence[str]) -> int:
    """Print the table; 0, or 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("docs", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("queries", type=Path, nargs="+", metavar="QUERIES.jsonl")
    parser.add_argument("--out", type=Path, metavar="RESULTS.jsonl", help="what each query found")
    parser.add_argument(
        "--variants", action="store_true", help="also mistyped, cut, capitals, bare"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the variants (1)")
    parser.add_argument(
        "--static", action="store_true", help="ask a site's files with its script, in Chromium"
    )
    given = parser.parse_args(arguments)
    tell, told = teller()
    try:
        documents = read_documents(given.docs, tell)
        known = {document.id for document in documents}
        sets = [(path.name, read_queries(path, tell, known)) for path in given.queries]
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    if len(told) > TOLD:
        print(f"… and {len(told) - TOLD} more", file=sys.stderr)
    if not documents or not any(queries for _, queries in sets):
        print("There is nothing to measure: no article or no query.", file=sys.stderr)
        return 2
    seed = given.seed if given.variants else None
    try:
        with _asked(documents, static=given.static) as (ask, built):
            print(f"{len(documents):,} articles indexed in {built:.1f} s CPU")
            _print_table(ask, sets, seed, given.out)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _print_table(
    ask: AskAll,
    sets: Sequence[tuple[str, Sequence[Query]]],
    seed: int | None,
    out: Path | None,
) -> None:
    print(HEAD)
    file = out.open("w", encoding="utf-8") if out else None
    try:
        for name, queries in sets:
            measure(ask, name, queries, seed, file)
    finally:
        if file:
            file.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
