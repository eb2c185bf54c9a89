"""Scores of several sets as a table, kept in a file, and beside those of an earlier run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tests.eval.mining.scores import Score

FIGURES = {"recall": "recall", "duplicates": "dupl.", "coverage": "cover", "v": "V", "b3": "B3"}
"""Fields of a score and how the table heads them."""
MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Row:
    """One set's score and what it cost."""

    name: str
    score: Score
    seconds: float
    """CPU seconds of mining alone."""


def rows_to_text(rows: Sequence[Row]) -> str:
    """The table, with the mean of several sets as its last line."""
    lines = [_line("set", "K", "topics", [*FIGURES.values(), "CPU s"])]
    for row in rows:
        shown = [f"{getattr(row.score, field):.3f}" for field in FIGURES]
        lines.append(
            _line(row.name, row.score.intents, row.score.topics, [*shown, f"{row.seconds:.1f}"])
        )
    if len(rows) > 1:
        seconds = sum(row.seconds for row in rows) / len(rows)
        means = mean(row.score for row in rows)
        lines.append(
            _line(MEAN, "", "", [*(f"{means[field]:.3f}" for field in FIGURES), f"{seconds:.1f}"])
        )
    return "\n".join(lines)


def compared_to_text(before: Mapping[str, Score], rows: Sequence[Row]) -> str:
    """Each figure before → after and the difference; the mean is over the sets in both."""
    both = [row for row in rows if row.name in before]
    lines = ["".join([f"{'before → after':24}", *(f"{name:>23}" for name in FIGURES.values())])]
    lines += [_compared(r.name, _figures(before[r.name]), _figures(r.score)) for r in both]
    if len(both) > 1:
        lines.append(
            _compared(MEAN, mean(before[r.name] for r in both), mean(r.score for r in both))
        )
    lines += [f"{row.name:24} not there before" for row in rows if row.name not in before]
    return "\n".join(lines)


def mean(scores: Iterable[Score]) -> dict[str, float]:
    """The mean of each figure; the scores are at least one."""
    found = [_figures(one) for one in scores]
    return {field: sum(one[field] for one in found) / len(found) for field in FIGURES}


def save(file: Path, rows: Sequence[Row]) -> None:
    """Write ``{set: {figure: value}}``; ``read_saved`` reads it, tests.eval.loso too."""
    data = {row.name: {**asdict(row.score), "cpu_seconds": round(row.seconds, 3)} for row in rows}
    file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def read_saved(file: Path) -> dict[str, Score]:
    """The scores that ``save`` wrote, by set. Raises ValueError naming a file that holds none."""
    names = [field.name for field in fields(Score)]
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {key: Score(**{name: one[name] for name in names}) for key, one in data.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{file}: holds no scores of --save ({error!r})") from None


def _figures(score: Score) -> dict[str, float]:
    return {field: getattr(score, field) for field in FIGURES}


def _line(name: str, known: object, topics: object, figures: Sequence[str]) -> str:
    return f"{name:24} {known:>4} {topics:>7}" + "".join(f" {figure:>7}" for figure in figures)


def _compared(name: str, before: Mapping[str, float], after: Mapping[str, float]) -> str:
    parts = (
        f"{before[field]:.3f} → {after[field]:.3f} {after[field] - before[field]:+.3f}"
        for field in FIGURES
    )
    return f"{name:24}" + "".join(f"{part:>23}" for part in parts)
