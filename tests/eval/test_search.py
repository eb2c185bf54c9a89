"""The measure itself: known ranks give known figures, and no record is lost silently."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.eval.search import ask_all, main, rows, with_variants
from tests.eval.search_scores import Answer, percentile, rank_of, score
from tests.eval.search_sets import Query, read_documents, read_queries

DOCS = [
    {"id": "a", "lang": "en", "title": "Reset a password", "body": "Open settings."},
    {"id": "b", "lang": "en", "title": "Change a password", "body": "Open settings, too."},
    {"id": "c", "lang": "et", "title": "Ratas", "body": "Rattaga sõites."},
]
QUERIES = [
    {"qid": "1", "query": "reset password", "relevant": ["a"], "lang": "en", "kind": "title"},
    {"qid": "2", "query": "password reset", "relevant": ["b"], "lang": "en", "kind": "turned"},
    {"qid": "3", "query": "nothing like it", "relevant": ["c"], "lang": "et", "kind": "none"},
    {"qid": "4", "query": "rattaga", "relevant": ["c", "x"], "lang": "et", "kind": "title"},
]


def write(path: Path, records: Sequence[object]) -> str:
    """A file of JSON lines; a text stands as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def files(folder: Path) -> tuple[str, str]:
    """The articles and the queries above, written."""
    return write(folder / "docs.jsonl", DOCS), write(folder / "q.jsonl", QUERIES)


def test_figures_of_known_ranks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ranks 1, 2, none, 1: success@1 0.5, success@5 0.75, MRR@10 (1 + 1/2 + 0 + 1) / 4."""
    assert main(files(tmp_path)) == 0
    told = capsys.readouterr()
    lines = [line.split() for line in told.out.splitlines()]
    assert lines[2][:5] == ["q.jsonl", "4", "0.500", "0.750", "0.625"]
    assert [line[:3] for line in lines[3:]] == [
        ["none", "1", "0.000"], ["title", "2", "1.000"], ["turned", "1", "0.000"],
    ]  # fmt: skip
    assert told.err == ""


def test_results_are_written(tmp_path: Path) -> None:
    """A line a query, in order: its id, its text, the ids found and the milliseconds."""
    out = tmp_path / "results.jsonl"
    assert main([*files(tmp_path), "--out", str(out)]) == 0
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["qid"] for one in found] == ["1", "2", "3", "4"]
    assert found[1]["results"] == ["a", "b"]
    assert found[3].keys() == {"qid", "query", "results", "ms"}
    assert all(one["ms"] >= 0 for one in found)


def test_variants_get_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each variant is asked under its name; of four queries none has marks to lose."""
    out = tmp_path / "results.jsonl"
    assert main([*files(tmp_path), "--variants", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "q.jsonl, one typo " in printed
    assert "no marks" not in printed
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {"qid": "1", "query": "RESET PASSWORD", "variant": "capitals"}.items() <= next(
        one for one in found if one["variant"] == "capitals"
    ).items()


def test_variants_come_in_one_order() -> None:
    """Whichever query has which, so that tables can be read beside each other."""
    queries = [
        Query("1", "was ist das", frozenset("a"), "de"),
        Query("2", "Öl prüfen", frozenset("a")),
    ]
    assert [(name, len(some)) for name, some in with_variants(queries, 1).items()] == [
        ("exact", 2), ("one typo", 1), ("as typed", 1), ("capitals", 2), ("no marks", 1),
    ]  # fmt: skip


def test_unusable_lines_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File and line of each, and the run goes on with the rest."""
    docs, queries = files(tmp_path)
    write(Path(docs), [*DOCS, "{broken", [1], {"id": "d"}, {"title": "x"}, DOCS[0]])
    write(Path(queries), [*QUERIES, {"qid": "5", "query": " "}, {"query": "x", "relevant": []}])
    assert main([docs, queries]) == 0
    told = capsys.readouterr()
    assert [line.split(": ", 1)[0].removeprefix(f"{tmp_path}/") for line in told.err.splitlines()] == [
        "docs.jsonl:4", "docs.jsonl:5", "docs.jsonl:6", "docs.jsonl:7", "docs.jsonl:8",
        "q.jsonl:5", "q.jsonl:6",
    ]  # fmt: skip
    assert "q.jsonl " in told.out


def test_what_a_record_leaves_out(tmp_path: Path) -> None:
    """No lang: that of most records, told once. Numbers as ids, one text for a list, no qid."""
    told: list[str] = []
    docs = [
        {"id": 7, "title": "Yedi", "lang": "tr", "questions": "Kaç?", "category": "sayi"},
        {"id": 8, "title": "Sekiz"},
        {"id": 9, "body": "Dokuz"},
    ]
    found = read_documents(Path(write(tmp_path / "d.jsonl", docs)), told.append)
    assert [(one.id, one.lang) for one in found] == [("7", "tr"), ("8", "tr"), ("9", "tr")]
    assert (found[0].questions, found[0].category) == (("Kaç?",), "sayi")
    assert told == [f"{tmp_path}/d.jsonl:2: no lang here and in 1 more; taken as 'tr'"]
    asked = [{"query": "yedi", "relevant": 7}, {"query": "on", "relevant": ["10"]}]
    queries = read_queries(Path(write(tmp_path / "q.jsonl", asked)), told.append, {"7", "8"})
    assert queries[0] == Query("q.jsonl:1", "yedi", frozenset({"7"}))
    assert told[1:] == [f"{tmp_path}/q.jsonl:2: no article has the id 10"]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"id": True, "title": "x"}, "no id"),
        ({"id": "a", "title": ["x"]}, "title is no text but list"),
        ({"id": "a", "title": "x", "tags": [None]}, "tags is no list of texts"),
        ({"id": "a"}, "neither a title nor a body"),
    ],
)
def test_why_a_record_is_left_out(record: dict[str, Any], why: str, tmp_path: Path) -> None:
    """The reason stands behind file and line."""
    told: list[str] = []
    assert read_documents(Path(write(tmp_path / "d.jsonl", [record])), told.append) == []
    assert told == [f"{tmp_path}/d.jsonl:1: {why}; left out"]


def test_other_encodings_are_told(tmp_path: Path) -> None:
    """A line in Latin-1 is told; a byte-order mark is no mistake."""
    told: list[str] = []
    (tmp_path / "d.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": "a", "title": "A", "lang": "de"}\n{"id": "b", "title": "\xfc"}\n'
    )
    assert [one.id for one in read_documents(tmp_path / "d.jsonl", told.append)] == ["a"]
    assert told[0].startswith(f"{tmp_path}/d.jsonl:2: no JSON in UTF-8")


def test_nothing_to_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and one sentence: no file, an empty one."""
    docs, queries = files(tmp_path)
    assert main([docs, str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl: No such file" in capsys.readouterr().err
    assert main([docs, write(Path(queries), [])]) == 2
    assert "nothing to measure" in capsys.readouterr().err


def test_without_files_it_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Usage on stderr, exit code 2."""
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "DOCS.jsonl" in capsys.readouterr().err


def test_ranks_beyond_ten_do_not_count() -> None:
    """The tenth place is a tenth; the eleventh nothing."""
    ids = [str(n) for n in range(12)]
    assert [rank_of(ids, {str(n)}) for n in (0, 9, 10, 99)] == [1, 10, 0, 0]
    s = score([Answer(tuple(ids), 1.0)] * 2, [{"9"}, {"10"}])
    assert (s.success_at_1, s.success_at_5, s.mrr_at_10) == (0, 0, 0.05)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.5, 0.0), ([3.0], 0.99, 3.0), ([4, 1, 3, 2], 0.5, 2), (range(1, 101), 0.99, 99)],
)
def test_percentiles_are_values_that_were_measured(
    values: Sequence[float], share: float, found: float
) -> None:
    """Nearest rank: nothing between two values is made up."""
    assert percentile(values, share) == found


class Backwards:
    """An asker of its own: the words of a query as ids, the last one first."""

    def ask(self, query: str, lang: str | None) -> list[str]:
        """The language counts as the last word."""
        return [*reversed(query.split()), lang or "none"]


def test_any_asker_can_be_measured() -> None:
    """What is measured needs only ``ask``; one kind alone gets no row of its own."""
    queries = [Query("1", "b a", frozenset("a"), "en", "k"), Query("2", "a b", frozenset("a"))]
    answers = ask_all(Backwards(), queries)
    assert [answer.ids for answer in answers] == [("a", "b", "en"), ("b", "a", "none")]
    assert [line.split()[:5] for line in rows("both", queries, answers)] == [
        ["both", "2", "0.500", "1.000", "0.750"],
    ]  # fmt: skip
