"""The measure itself: topics scored by hand, sets read by path, tables of two runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.eval.mining.__main__ import main
from tests.eval.mining.scores import Intents, b_cubed, joint, score, v_measure
from tests.eval.mining.sets import read_set

ASKED = {
    "cancel": ("How do I cancel order {}?", "I want to cancel my order {} please"),
    "invoice": ("Where is the invoice of {}?", "I cannot find the invoice of {} anywhere"),
    "bell": ("The bell of my {} bike is broken", "My {} bike came with a broken bell"),
}
THINGS = ("blue", "old", "second", "folding", "new", "cargo")


def test_recall_duplicates_and_coverage_count_the_k_largest_topics() -> None:
    """K = 3: one pure topic of two intents, one impure, one that repeats; the fourth is not seen."""
    intents = dict.fromkeys(("x1", "x2", "x3", "x4", "x5", "x6"), "X")
    intents |= dict.fromkeys(("y1", "y2", "y3"), "Y") | dict.fromkeys(("z1", "z2"), "Z")
    groups = [["x1", "x2", "x3", "x4", "y1"], ["y2", "y3", "n1"], ["x5", "x6"], ["z1", "z2"]]
    found = score(groups, {**intents, "n1": None})
    assert (found.intents, found.topics) == (3, 4)
    assert found.recall == pytest.approx(1 / 3)
    assert found.duplicates == pytest.approx(1 / 3)
    assert found.coverage == pytest.approx(10 / 12)


def test_an_intent_is_found_once_and_from_four_fifths_on() -> None:
    """4 of 5 are enough, 3 of 4 are not, and two pure topics of one intent find one."""
    intents = {**dict.fromkeys("abcdefgh", "X"), **dict.fromkeys("ijk", "Y")}
    assert score([list("abcdi")], intents).recall == 0.5
    assert score([list("abci")], intents).recall == 0.0
    twice = score([list("abcd"), list("efgh")], intents)
    assert (twice.recall, twice.duplicates) == (0.5, 0.5)


def test_v_measure_of_a_known_table() -> None:
    """X X Y Y against T T T and one alone: h 0.311, c 0.384 (entropies worked out by hand)."""
    pairs = joint([["a", "b", "c"]], {"a": "X", "b": "X", "c": "Y", "d": "Y"})
    assert v_measure(pairs) == pytest.approx(0.343711, abs=1e-6)


def test_b_cubed_of_a_known_table() -> None:
    """The same: precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4, F1 12/17."""
    pairs = joint([["a", "b", "c"]], {"a": "X", "b": "X", "c": "Y", "d": "Y"})
    assert b_cubed(pairs) == pytest.approx(12 / 17)


def test_what_belongs_to_no_topic_is_right_alone_and_wrong_together() -> None:
    """Two questions without an intent: left alone all is perfect; as one topic F1 is 6/7."""
    intents: Intents = {"a": "X", "b": "X", "c": None, "d": None}
    alone, together = (
        joint(groups, intents) for groups in ([["a", "b"]], [["a", "b"], ["c", "d"]])
    )
    assert (v_measure(alone), b_cubed(alone)) == (1.0, 1.0)
    assert b_cubed(together) == pytest.approx(6 / 7)
    assert v_measure(together) < 1.0


def test_nothing_found_and_nothing_asked_have_scores() -> None:
    """No topics, or no questions: figures without a division by nothing."""
    none = score([], {"a": "X", "b": "X"})
    assert (none.recall, none.duplicates, none.coverage, none.v) == (0.0, 0.0, 0.0, 0.0)
    assert none.b3 == pytest.approx(2 / 3)
    assert score([], {}).recall == 0.0


def question_file(folder: Path) -> Path:
    """Three intents of twelve questions each, and one question of none."""
    lines: list[dict[str, str | None]] = [
        {"id": f"{intent}-{n}-{thing}", "text": text.format(thing), "intent": intent, "lang": "en"}
        for intent, texts in ASKED.items()
        for n, text in enumerate(texts)
        for thing in THINGS
    ]
    lines.append({"id": "odd", "text": "Bonjour", "intent": None, "lang": "en"})
    file = folder / "bikes.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return file


def test_out_holds_every_question_in_rank_order(tmp_path: Path) -> None:
    """Topics stand together, the largest first; questions in none come last with null."""
    file, out = question_file(tmp_path), tmp_path / "clusters.json"
    assert main([str(file), "--out", str(out)]) == 0
    ranked = json.loads(out.read_text("utf-8"))
    assert ranked.keys() == read_set(file).intents.keys()
    order = [topic for topic in ranked.values() if topic is not None]
    sizes = [order.count(topic) for topic in dict.fromkeys(order)]
    assert sizes == sorted(sizes, reverse=True)
    assert [*ranked.values()] == order + [None] * (len(ranked) - len(order))
    assert ranked["odd"] is None


def test_a_saved_run_is_compared_with_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before, after and the difference of each figure; the same run differs by nothing."""
    file, saved = question_file(tmp_path), tmp_path / "before.json"
    main([str(file), "--save", str(saved)])
    data = json.loads(saved.read_text("utf-8"))
    recall = data["bikes"]["recall"]
    data["bikes"]["recall"] = recall - 0.25
    saved.write_text(json.dumps(data), "utf-8")
    capsys.readouterr()
    main([str(file), "--before", str(saved)])
    compared = capsys.readouterr().out.splitlines()[-1]
    assert compared.split()[:5] == ["bikes", f"{recall - 0.25:.3f}", "→", f"{recall:.3f}", "+0.250"]


def test_a_folder_of_tickets_goes_through_the_import(tmp_path: Path) -> None:
    """Questions have the ids of labels.json; a label of a ticket that asks nothing counts still."""
    user = {"id": 7, "name": "Ada Nurk", "email": "ada@mail.example"}
    tickets = [
        {
            "id": 40 + n, "subject": "A bell", "status": "solved", "requester": user, "tags": [],
            "requester_id": 7, "created_at": "2026-01-05T10:00:00Z", "comments": [
                {"id": n, "author_id": 7, "public": True, "created_at": "2026-01-05T10:00:00Z",
                 "plain_body": text}
            ],
        }
        for n, text in enumerate(("Hello,\n\nhow do I mount the bell?\n\nAda Nurk", ""))
    ]  # fmt: skip
    tickets[1]["subject"] = ""
    lines = "\n".join(map(json.dumps, tickets))
    (tmp_path / "tickets.jsonl").write_text(lines + "\n", encoding="utf-8")
    labels = {"tickets": {"40": "bell", "41": None}, "lang": {"40": "en", "41": "en"}}
    (tmp_path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    found = read_set(tmp_path)
    assert [(q.ticket, q.text) for q in found.questions] == [
        ("40", "A bell\nhow do I mount the bell?")
    ]
    assert found.intents == {"40": "bell", "41": None}
    assert found.first_language == "en"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": 2, "intent": "x"}', ":2: no labelled question"),
        ('{"id": 1, "text": "again"}', ":2: the id 1 comes twice"),
        ("[]", ":2: no labelled question"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, told: str) -> None:
    """File and line number, whatever is wrong with it."""
    file = tmp_path / "set.jsonl"
    file.write_text(f'{{"id": 1, "text": "a question"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        read_set(file)
