"""How well the miner finds what is asked: ``python -m tests.eval.mining FILE.jsonl``.

FILE holds one ``{"id", "text", "intent", "lang"}`` a line (``reply`` and ``tags`` may be there;
an intent of null belongs to no topic). Printed are, for the K largest suggestions, K being the
number of true intents:

- *topic recall@K*: share of the intents that a distinct suggestion of purity ≥ 0.8 stands for,
- *duplicate rate*: share of the suggestions whose majority intent was already suggested,
- *coverage*: share of the questions that are in them.

``--out`` writes ``{id: topic or null}`` in rank order.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbtool.mining.questions import Question
from kbtool.mining.topics import mine

PURE = 0.8


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one clustering; all shares 0..1."""

    intents: int
    topics: int
    recall: float
    duplicates: float
    coverage: float


def score(groups: Sequence[Sequence[str]], intents: Mapping[str, str | None]) -> Score:
    """Scores of ``groups`` (question ids, largest worth first) against the true intents."""
    known = len({intent for intent in intents.values() if intent is not None})
    top = groups[:known]
    majorities: list[str] = []
    found: set[str] = set()
    for group in top:
        counts = Counter(i for i in (intents.get(q) for q in group) if i is not None)
        if not counts:
            continue
        intent, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
        majorities.append(intent)
        if n >= PURE * len(group):
            found.add(intent)
    return Score(
        intents=known,
        topics=len(groups),
        recall=len(found) / known if known else 0.0,
        duplicates=(len(majorities) - len(set(majorities))) / len(top) if top else 0.0,
        coverage=sum(map(len, top)) / len(intents) if intents else 0.0,
    )


def read_questions(path: Path) -> tuple[list[Question], dict[str, str | None]]:
    """The questions of a file and their true intents."""
    found: list[Question] = []
    intents: dict[str, str | None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        key = str(data["id"])
        intents[key] = data.get("intent")
        text = str(data["text"])
        found.append(
            Question(
                ticket=key,
                text=text,
                wordings=(text,),
                lang=data.get("lang"),
                reply=str(data.get("reply", "")),
                tags=tuple(data.get("tags", ())),
            )
        )
    return found, intents


def main(arguments: Sequence[str]) -> int:
    """Score each file; the exit code is 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.mining", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, help="write the topics of the (one) file here")
    parser.add_argument("--smallest", type=int, default=4)
    given = parser.parse_args(arguments)
    scores: list[Score] = []
    print(f"{'set':28} {'K':>4} {'topics':>7} {'recall':>7} {'dupl.':>7} {'cover':>7}")
    for path in given.files:
        questions, intents = read_questions(path)
        topics = mine(questions, smallest=given.smallest)
        scores.append(score([topic.tickets for topic in topics], intents))
        _print(path.stem, scores[-1])
        if given.out is not None:
            home = {key: topic.id for topic in topics for key in topic.tickets}
            ranked = {**home, **{key: home.get(key) for key in intents}}
            given.out.write_text(json.dumps(ranked, ensure_ascii=False, indent=1) + "\n")
    if len(scores) > 1:
        recall, duplicates, coverage = (
            sum(getattr(s, name) for s in scores) / len(scores)
            for name in ("recall", "duplicates", "coverage")
        )
        print(f"{'mean':28} {'':4} {'':7} {recall:7.3f} {duplicates:7.3f} {coverage:7.3f}")
    return 0


def _print(name: str, found: Score) -> None:
    print(
        f"{name:28} {found.intents:4} {found.topics:7} {found.recall:7.3f} "
        f"{found.duplicates:7.3f} {found.coverage:7.3f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
