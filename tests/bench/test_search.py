"""The bench of search: every system gets the same, and nothing about it is made up."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.bench.library import FUNCTION_WORDS, Library
from tests.bench.search import Corpus, corpora, evenly, figures, main, write_corpus
from tests.bench.search_systems import (
    SYSTEMS,
    FailedPeerError,
    Measured,
    MissingPeerError,
    Places,
    PythonSystem,
    choose,
    run,
)
from tests.eval.search_scores import Answer
from tests.eval.search_sets import Query, as_document

DOCS = [
    {"id": "a#1", "lang": "en", "title": "Reset a password", "body": "Press <b> & wait."},
    {"id": "a#2", "lang": "en", "title": "Change an address", "body": "Forms."},
    {"id": "a#3", "lang": "en", "title": "Pay an invoice", "body": "", "questions": ["Bill due?"]},
]
QUERIES = [
    {"qid": "1", "query": 'RESET password: "*"', "relevant": ["a#1"], "lang": "en"},
    {"qid": "2", "query": "bill", "relevant": ["a#3"], "lang": "en"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The articles and queries above as a folder of a set."""
    for name, records in (("docs.jsonl", DOCS), ("queries.jsonl", QUERIES)):
        text = "".join(json.dumps(one) + "\n" for one in records)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def ask(key: str, folder: Path) -> Measured:
    """What one system finds of the queries as they stand."""
    (corpus,) = corpora([folder], plain=True)
    (system,) = choose([key])
    return run(system, Places(), *write_corpus(corpus, folder), folder / "out.json")


@pytest.mark.parametrize("key", ["kbtool", "fts5", "whoosh-any", "material"])
def test_systems_find_what_they_were_given(key: str, folder: Path) -> None:
    """Words of the title first, words of the other questions too; signs of a syntax do no harm."""
    if key == "material" and not shutil.which("node"):
        pytest.skip("Material's worker needs Node")
    found = ask(key, folder)
    assert [answer.ids[:1] for answer in found.answers] == [("a#1",), ("a#3",)]
    assert found.bytes > 100


def test_a_peer_that_is_not_there_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How to install it, in place of figures."""
    assert main([str(folder), "--peers", "pagefind", "--node", str(folder)]) == 0
    assert "Pagefind              not installed: npm install pagefind" in capsys.readouterr().out
    gone = PythonSystem("x", "X", "peers.fts5", needs=("no_such_package",), install="no-such")
    with pytest.raises(MissingPeerError, match="pip install no-such"):
        gone.command(Places((str(folder / "no-python"),)))


def test_a_peer_that_fails_is_told(folder: Path) -> None:
    """The last line that it said; no figures."""
    broken = PythonSystem("x", "X", "peers.fts5", needs=("json",))
    assert broken.command(Places())[0] == sys.executable
    (folder / "bad.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(FailedPeerError, match="JSONDecodeError"):
        run(broken, Places(), folder / "bad.jsonl", folder / "bad.jsonl", folder / "out.json")


def test_figures_of_each_variant() -> None:
    """Each variant's answers are counted for it alone, then the costs of all."""
    asked = {
        "exact": [Query("1", "x", frozenset("a")), Query("2", "y", frozenset("b"))],
        "capitals": [Query("1", "X", frozenset("a"))],
    }
    ids = (("a",), ("a", "b"), ())
    answers = tuple(Answer(one, 2.0) for one in ids)
    line = figures(Corpus("c", [], asked), Measured(1.5, 3_000_000, answers))
    assert line.split() == [
        ".500", "1.000", ".750", ".000", ".000", ".000", "2.00", "2.00", "1.5", "3.00",
    ]  # fmt: skip


def test_files_follow_their_articles(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several files of queries for one of articles; queries before any articles are told."""
    docs, queries = folder / "docs.jsonl", folder / "queries.jsonl"
    found = list(corpora([queries, docs, queries, queries], plain=True))
    assert [len(one.documents) for one in found] == [3, 3]
    assert "no articles before it" in capsys.readouterr().err
    assert main([str(folder / "none.jsonl")]) == 2


def test_some_queries_are_taken_evenly() -> None:
    """From the whole file, in order; all where there are not more."""
    queries = [Query(str(n), "x", frozenset("a")) for n in range(10)]
    assert [one.qid for one in evenly(queries, 4)] == ["0", "2", "5", "7"]
    assert evenly(queries, 10) == evenly(queries, None) == queries


def test_every_system_has_a_key_of_its_own() -> None:
    """So that --peers means one."""
    assert len({one.key for one in SYSTEMS}) == len(SYSTEMS)


def test_made_articles_are_the_same_every_time() -> None:
    """Number 7 of 500 does not depend on who was made before it."""
    assert list(Library(500).articles())[7] == Library(500).article(7)
    assert Library(500, seed=8).article(7) != Library(500).article(7)
    assert Library(500).queries(9) == Library(500).queries(9)


def test_made_articles_are_like_real_ones() -> None:
    """About 150 words, titles of 4 to 8, most words in few articles and few in most."""
    made = list(Library(400).articles())
    lengths = [len(one["body"].split()) for one in made]
    assert 130 < sum(lengths) / len(lengths) < 170
    assert {len(one["title"].split()) for one in made} == {4, 5, 6, 7, 8}
    frequency = Counter(word for one in made for word in set(one["body"].split()))
    assert frequency["the"] > 350
    content = [n for word, n in frequency.items() if word not in FUNCTION_WORDS]
    assert sorted(content)[len(content) // 2] <= 3
    assert len({as_document(one).id for one in made}) == 400


def test_a_third_of_the_made_queries_has_a_typo() -> None:
    """The others are titles as they stand; each belongs to one article."""
    library = Library(300)
    titles = {one["id"]: one["title"] for one in library.articles()}
    queries = library.queries(90)
    right = sum(query.text == titles[next(iter(query.relevant))] for query in queries)
    assert right == 60
