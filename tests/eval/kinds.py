"""How well topics that must not become an article are told, and what for.

Usage: python -m tests.eval.kinds [dev|held|long|fresh] [--why]

The topics are ours (``data/kinds``; each file says how it came about): the phrases were written
with dev.yaml; held.yaml was written before any of them and is only counted; long.yaml and fresh.yaml
came after them. A false alarm keeps readers from an article and costs most.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kbtool.model import Instead, Ticket, Topic
from kbtool.suggest.kinds import judge_topic
from tests.suggest.kinds.samples import ticket, topic_of

FOLDER = Path(__file__).parent / "data" / "kinds"
SETS = ("dev", "held", "long", "fresh")
KINDS = ("form", "bug", "escalate", "macro", "write")


@dataclass(frozen=True)
class Case:
    """A topic and what it should be."""

    name: str
    kind: str
    topic: Topic
    tickets: tuple[Ticket, ...]


def read_cases(name: str) -> Iterator[Case]:
    """The topics of a set."""
    for one in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")):
        lang = one["lang"]
        tickets = tuple(ticket(n, texts, lang) for n, texts in enumerate(one["tickets"]))
        yield Case(one["name"], one["kind"], topic_of(tickets, lang), tickets)


def judged(case: Case) -> tuple[str, Instead | None]:
    """The kind that is told, and why; ``write`` where nothing speaks against an article."""
    found = judge_topic(case.topic, case.tickets)
    return (found.kind if found else "write"), found


@dataclass(frozen=True)
class Score:
    """How often one kind was told, and rightly."""

    right: int
    told: int
    there: int

    @property
    def precision(self) -> float:
        """Share of those told that are right; 1 without any."""
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """Share of those there are that were told; 1 where there are none."""
        return self.right / self.there if self.there else 1.0


def measure(cases: Sequence[Case]) -> dict[str, Score]:
    """The score of each kind."""
    pairs = Counter((case.kind, judged(case)[0]) for case in cases)
    return {
        kind: Score(
            pairs[kind, kind],
            sum(n for (_, told), n in pairs.items() if told == kind),
            sum(n for (there, _), n in pairs.items() if there == kind),
        )
        for kind in KINDS
    }


def false_alarms(cases: Sequence[Case]) -> list[str]:
    """Topics that should be written about and would not be."""
    return [case.name for case in cases if case.kind == "write" and judged(case)[1] is not None]


def main(arguments: Sequence[str]) -> None:
    """Print precision and recall by kind; with ``--why`` each topic that is judged wrongly."""
    names = [name for name in arguments if name in SETS] or SETS
    for name in names:
        cases = list(read_cases(name))
        print(f"{name}: {len(cases)} topics, {sum(len(c.tickets) for c in cases)} tickets")
        for kind, score in measure(cases).items():
            print(
                f"  {kind:9} precision {score.precision:.2f} ({score.right}/{score.told})  "
                f"recall {score.recall:.2f} ({score.right}/{score.there})"
            )
        print(f"  false alarms: {', '.join(false_alarms(cases)) or 'none'}")
        for case in cases if "--why" in arguments else ():
            told, found = judged(case)
            if told != case.kind:
                print(f"  {case.name}: {told}, not {case.kind} {found.reason if found else ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
