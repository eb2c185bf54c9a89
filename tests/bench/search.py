"""Search beside its peers: the same articles and queries, asked of each in one run.

Without files: the blind sets of tests/eval/data/search. Else files or folders: each file of
articles (as tests.eval.search reads them) is followed by its files of queries; of a folder
docs.jsonl and queries.jsonl or q-exact.jsonl. Every query is asked as it stands and in each
variant of tests.eval.search_variants. Figures are success@1, success@5 and MRR@10; then CPU
milliseconds a query (median, 99th percentile; ten queries before are not counted), CPU seconds of the
build, and the index's megabytes, with what its results show: titles, snippets.

--scale measures kbtool alone (or --peers) on made articles in growing numbers: 300 titles, every
third with one typo.

Peers are measured where they are installed and named where not; kbtool needs none of them.
--python names a Python that has some (more than once if need be), --node a folder with node_modules.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

from kbtool.model import Document
from tests.bench.library import Library
from tests.bench.search_systems import (
    KBTOOL,
    SYSTEMS,
    FailedPeerError,
    Measured,
    MissingPeerError,
    Places,
    System,
    choose,
    run,
)
from tests.eval.search import with_variants
from tests.eval.search_scores import percentile, score
from tests.eval.search_sets import Query, as_document, read_documents, read_queries

BLIND = Path(__file__).parents[1] / "eval" / "data" / "search"
LANGUAGES = ("en", "de", "tr", "et")
SCALES, FULL = (1_000,), (1_000, 10_000, 100_000)
SCALE_QUERIES = 300
SEED = 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles and what is asked of them."""

    name: str
    documents: Sequence[Document]
    queries: dict[str, list[Query]]
    """By variant."""


def tell(message: str) -> None:
    """Say on standard error what cannot be used."""
    print(message, file=sys.stderr)


def corpora(
    paths: Sequence[Path], *, plain: bool = False, most: int | None = None
) -> Iterator[Corpus]:
    """The corpora of files and folders, with ``most`` queries of each file, evenly taken.

    ``plain`` leaves the variants out. Raises OSError.
    """
    documents: list[Document] = []
    name = ""
    for path in _files(paths):
        if _holds_articles(path):
            documents, name = read_documents(path, tell), path.parent.name
            continue
        queries = evenly(read_queries(path, tell, {one.id for one in documents}), most)
        asked = {"exact": queries} if plain else with_variants(queries, SEED)
        if documents and queries:
            yield Corpus(f"{name}/{path.name}", documents, asked)
        else:
            tell(f"{path}: no query, or no articles before it; left out")


def evenly(queries: list[Query], most: int | None) -> list[Query]:
    """At most so many, from the whole length of the list."""
    if most is None or len(queries) <= most:
        return queries
    return [queries[n * len(queries) // most] for n in range(most)]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        yield path / "docs.jsonl"
        own = path / "queries.jsonl"
        yield own if own.exists() else path / "q-exact.jsonl"


def _holds_articles(path: Path) -> bool:
    """Whether the first record of a file is an article; no article has a query."""
    with path.open("rb") as lines:
        return b'"query"' not in next(iter(lines), b"")


def write_corpus(corpus: Corpus, folder: Path) -> tuple[Path, Path]:
    """The files that every system reads: articles with their whole text, all variants' queries."""
    docs, asked = folder / "docs.jsonl", folder / "queries.jsonl"
    with docs.open("w", encoding="utf-8") as out:
        for one in corpus.documents:
            # What kbtool finds an article by, its peers are given too.
            parts = (*one.questions, *one.headings, one.body, *one.tags)
            print(json.dumps(asdict(one) | {"text": "\n".join(filter(None, parts))}), file=out)
    with asked.open("w", encoding="utf-8") as out:
        for query in (query for some in corpus.queries.values() for query in some):
            print(json.dumps({"query": query.text, "lang": query.lang}), file=out)
    return docs, asked


def table(corpus: Corpus, systems: Sequence[System], places: Places) -> None:
    """Print the corpus's table, a line as soon as it is measured."""
    print(f"\n{corpus.name}: {len(corpus.documents):,} articles")
    columns = [f"{name} ({len(queries)})" for name, queries in corpus.queries.items()]
    head = "".join(f"{column:>17}" for column in columns)
    print(f"  {'s@1 s@5 MRR@10':<20}{head}{'ms p50':>9}{'p99':>8}{'build s':>9}{'MB':>8}")
    with tempfile.TemporaryDirectory() as name:
        docs, asked = write_corpus(corpus, Path(name))
        for system in systems:
            line = _line(system, corpus, places, (docs, asked, Path(name) / "out.json"))
            print(f"  {system.name:<20}{line}", flush=True)


def _line(system: System, corpus: Corpus, places: Places, files: tuple[Path, Path, Path]) -> str:
    try:
        found = run(system, places, *files)
    except MissingPeerError as missing:
        return f"  not installed: {missing}"
    except FailedPeerError as failed:
        return f"  failed: {failed}"
    return figures(corpus, found)


def figures(corpus: Corpus, found: Measured) -> str:
    """The figures of each variant, then what it cost."""
    ends = [*accumulate(map(len, corpus.queries.values()))]
    cells = []
    for end, queries in zip(ends, corpus.queries.values(), strict=True):
        answers = found.answers[end - len(queries) : end]
        s = score(answers, [query.relevant for query in queries])
        shares = (s.success_at_1, s.success_at_5, s.mrr_at_10)
        cells.append(f"{' '.join(f'{share:.3f}'.lstrip('0') for share in shares):>17}")
    return "".join(cells) + costs(found)


def costs(found: Measured) -> str:
    """Milliseconds a query, seconds of the build, megabytes."""
    times = [answer.ms for answer in found.answers]
    return (
        f"{percentile(times, 0.5):9.2f}{percentile(times, 0.99):8.2f}"
        f"{found.build:9.1f}{found.bytes / 1e6:8.2f}"
    )


def scale(count: int, systems: Sequence[System], places: Places) -> None:
    """Print the table of ``count`` made articles."""
    library = Library(count)
    documents = [as_document(one) for one in library.articles()]
    corpus = Corpus("made", documents, {"titles": library.queries(SCALE_QUERIES)})
    table(corpus, systems, places)


def numbers(text: str) -> tuple[int, ...]:
    """``1000,10000`` as numbers. Raises ValueError."""
    return tuple(int(one) for one in text.split(",") if one)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; says how to call it and exits with 2 when it cannot read them."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    keys = [one.key for one in SYSTEMS]
    parser.add_argument("files", nargs="*", type=Path, metavar="DOCS QUERIES | FOLDER")
    parser.add_argument("--full", action="store_true", help=f"also made articles: {FULL}")
    parser.add_argument("--scale", type=numbers, metavar="N,…", help="only made articles")
    parser.add_argument("--plain", action="store_true", help="queries as they stand, no variants")
    parser.add_argument("--most", type=int, metavar="N", help="so many queries of each file")
    parser.add_argument("--python", action="append", default=[], help="a Python that has peers")
    parser.add_argument("--node", type=Path, help="a folder with node_modules/pagefind")
    parser.add_argument(
        "--peers", nargs="+", choices=keys, default=[], metavar="NAME", help=", ".join(keys)
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 2 where a file cannot be read."""
    given = parse(arguments)
    places = Places(tuple(given.python), given.node)
    if not given.scale:
        paths = given.files or [BLIND / lang for lang in LANGUAGES if (BLIND / lang).is_dir()]
        if not paths:
            tell(f"{BLIND}: no set is there; name files of your own")
        try:
            for corpus in corpora(paths, plain=given.plain, most=given.most):
                table(corpus, choose(given.peers), places)
        except OSError as error:
            tell(f"{error.filename}: {error.strerror}")
            return 2
    default = FULL if given.full else () if given.files else SCALES
    for count in given.scale or default:
        scale(count, choose(given.peers or [KBTOOL.key]), places)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
