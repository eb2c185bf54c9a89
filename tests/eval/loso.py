"""Choosing parameters without looking: ``python -m tests.eval.loso SCORES.json``.

SCORES holds ``{configuration: {set: score}}``; a score is what ``tests.eval.mining --save`` writes
for a set (its recall less its duplicate rate counts), or a number. For each set the configuration is
chosen that is best on all the other sets, and its score on the set left out is what may be expected
of the choice elsewhere; the best on all sets together flatters itself. ``--objective`` weighs
figures of a score, as in ``recall - 0.5 duplicates``.

    python -m tests.eval.loso --join cut-1=a.json cut-2=b.json > SCORES.json

puts files of ``--save`` together.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

OBJECTIVE = "recall - duplicates"
_TERM = re.compile(r"([+-]?)\s*(\d*\.?\d*)\s*([a-z]\w*)\s*")

Table: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Configuration to set to its score."""
Objective: TypeAlias = Callable[[Any], float]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What one set says about the choice made on the others."""

    name: str
    chosen: str
    on_others: float
    """Mean objective of the chosen configuration on the other sets."""
    score: Any
    """Its score on this set."""
    value: float
    """Its objective on this set."""
    best: float
    """The objective of the configuration that is best on this set: nobody could know."""


def leave_one_out(table: Table, objective: Objective) -> tuple[LeftOut, ...]:
    """For each set the configuration that is best on the others; of equal ones the first named.

    Raises ValueError when there are fewer than two sets, or a configuration lacks one.
    """
    sets = list(dict.fromkeys(name for scores in table.values() for name in scores))
    if len(sets) < 2:
        raise ValueError("two sets are needed, one to leave out and one to choose by")
    for configuration, scores in table.items():
        if missing := [name for name in sets if name not in scores]:
            raise ValueError(f"{configuration} has no score for {', '.join(missing)}")
    values = {c: {s: objective(one) for s, one in scores.items()} for c, scores in table.items()}
    found: list[LeftOut] = []
    for out in sets:
        means = {
            c: sum(v for s, v in own.items() if s != out) / (len(sets) - 1)
            for c, own in values.items()
        }
        chosen = max(means, key=lambda c: means[c])
        best = max(own[out] for own in values.values())
        found.append(
            LeftOut(out, chosen, means[chosen], table[chosen][out], values[chosen][out], best)
        )
    return tuple(found)


def parse_objective(text: str) -> Objective:
    """``recall - 0.5 duplicates`` as a function of a score; a score that is a number is itself.

    Raises ValueError for anything but a sum of weighted figures.
    """
    weights: dict[str, float] = {}
    place = 0
    for match in _TERM.finditer(text.strip()):
        if match.start() != place or (place and not match[1]):
            raise ValueError(f"not a sum of weighted figures: {text!r}")
        weights[match[3]] = float(f"{match[1]}{match[2] or 1}")
        place = match.end()
    if not weights or place != len(text.strip()):
        raise ValueError(f"not a sum of weighted figures: {text!r}")

    def value(score: Any) -> float:
        if isinstance(score, (int, float)):
            return float(score)
        return sum(weight * float(score[figure]) for figure, weight in weights.items())

    return value


def to_text(found: Sequence[LeftOut], table: Table, objective: Objective) -> str:
    """The table, the mean of what was left out, and the best on all sets together beside it."""
    figures = [key for key in ("recall", "duplicates") if _has(found[0].score, key)]
    head = "".join(f" {name:>10}" for name in (*figures, "objective", "best here"))
    lines = [f"{'left out':24} {'chosen by the others':40}{head}"]
    for one in found:
        shown = [one.score[figure] for figure in figures]
        numbers = "".join(f" {number:10.3f}" for number in (*shown, one.value, one.best))
        lines.append(f"{one.name:24} {one.chosen:40}{numbers}")
    means = [sum(one.score[figure] for one in found) / len(found) for figure in figures]
    means += [sum(getattr(one, name) for one in found) / len(found) for name in ("value", "best")]
    lines.append(f"{'mean':24} {'':40}" + "".join(f" {number:10.3f}" for number in means))
    totals = {
        c: sum(objective(scores[one.name]) for one in found) / len(found)
        for c, scores in table.items()
    }
    best = max(totals, key=lambda c: totals[c])
    lines.append(f"best on all sets: {best} with {totals[best]:.3f}")
    return "\n".join(lines)


def _has(score: Any, figure: str) -> bool:
    return isinstance(score, Mapping) and figure in score


def main(arguments: Sequence[str]) -> int:
    """Print the table, or the joined scores; the exit code is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.loso",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="SCORES.json, or name=file")
    parser.add_argument("--objective", default=OBJECTIVE)
    parser.add_argument("--join", action="store_true", help="put files of --save together")
    given = parser.parse_args(arguments)
    try:
        if given.join:
            pairs = [entry.rpartition("=") for entry in given.files]
            joined = {name or Path(file).stem: _read(file) for name, _, file in pairs}
            print(json.dumps(joined, indent=1))
            return 0
        table: dict[str, Any] = {}
        for file in given.files:
            table |= _read(file)
        objective = parse_objective(given.objective)
        print(to_text(leave_one_out(table, objective), table, objective))
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(str(error))
    return 0


def _read(file: str) -> Any:
    return json.loads(Path(file).read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
