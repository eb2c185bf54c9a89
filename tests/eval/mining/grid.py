"""The miner's parameters, each tried on all sets: ``python -m tests.eval.mining.grid PATH [PATH …]``.

Prints the mean of each configuration, then what leaving one set out says of the choice
(tests/eval/loso.py): for each set the configuration is chosen that is best on the others. ``--parts``
prints instead what each part of the miner is worth: the scores without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

from kbtool.mining import mine
from kbtool.mining.grouping import linkage, twins
from kbtool.mining.questions import views
from tests.eval.loso import OBJECTIVE, leave_one_out, parse_objective, to_text
from tests.eval.mining.mined import in_rank_order
from tests.eval.mining.scores import score
from tests.eval.mining.sets import LabelledSet, read_set

Change = tuple[ModuleType, str, object]
FIGURES = ("recall", "duplicates", "coverage", "v", "b3")


def _views(**weights: float) -> Change:
    usual = views.VIEWS
    changed = {
        name: (extract, weights.get(name, weight)) for name, (extract, weight) in usual.items()
    }
    return views, "VIEWS", changed


def _grid() -> dict[str, Sequence[Change]]:
    """Configurations by name: weight of meanings, where groups are cut, chance of twins."""
    found: dict[str, Sequence[Change]] = {}
    curves = {"bold": (1.5, 1.0), "even": (2.5, 0.8), "timid": (3.2, 0.62)}
    for weight, apart, (curve, (even, slope)) in product(
        (0.5, 1.0), (-0.2, 0.0, 0.2), curves.items()
    ):
        found[f"meanings {weight}, cut {apart:+}, twins {curve}"] = (
            _views(meanings=weight),
            (linkage, "APART", apart),
            (twins, "EVEN", even),
            (twins, "SLOPE", slope),
        )
    return found


def _parts() -> dict[str, Sequence[Change]]:
    """The miner as it is, and without one part each."""

    def alone(found: object, *_: object) -> object:
        return found

    found: dict[str, Sequence[Change]] = {"all": ()}
    for view in views.VIEWS:
        found[f"without {view}"] = (_views(**{view: 0.0}),)
    found["without freeing of hubs"] = ((linkage, "_freed", _unfreed),)
    found["without twins"] = ((mine, "_with_twins", alone),)
    return found


def _unfreed(alike: Any) -> Any:
    return alike


@contextmanager
def _changed(changes: Sequence[Change]) -> Iterator[None]:
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def measured(
    sets: Sequence[LabelledSet],
    configurations: Mapping[str, Sequence[Change]],
    tell: Callable[[str], None],
) -> dict[str, dict[str, dict[str, float]]]:
    """Configuration → set → figures."""
    table: dict[str, dict[str, dict[str, float]]] = {}
    for name, changes in configurations.items():
        with _changed(changes):
            own = {}
            for one in sets:
                found = mine.mine(one.questions, first_language=one.first_language)
                groups = [topic.tickets for topic in in_rank_order(found)]
                scored = score(groups, one.intents)
                own[one.name] = {figure: getattr(scored, figure) for figure in FIGURES}
        table[name] = own
        tell(_line(name, own))
    return table


def _line(name: str, own: Mapping[str, Mapping[str, float]]) -> str:
    means = (sum(one[figure] for one in own.values()) / len(own) for figure in FIGURES)
    return f"{name:44}" + "".join(f"{value:11.3f}" for value in means)


def main(arguments: Sequence[str]) -> int:
    """Print the table; the exit code is 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.mining.grid", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--parts", action="store_true", help="what each part is worth")
    given = parser.parse_args(arguments)
    sets = [read_set(path) for path in given.paths]
    print(f"{'mean over all sets':44}" + "".join(f"{figure:>11}" for figure in FIGURES))
    table = measured(
        sets, _parts() if given.parts else _grid(), lambda line: print(line, flush=True)
    )
    if not given.parts and len(sets) > 1:
        objective = parse_objective(OBJECTIVE)
        print(f"\n{to_text(leave_one_out(table, objective), table, objective)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
