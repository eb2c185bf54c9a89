"""Figures of a ranking: success@1, success@5, MRR@10 and what a query costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

DEPTH = 10
"""Results that count."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query brought."""

    ids: tuple[str, ...]
    """Best first."""
    ms: float
    """CPU milliseconds."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of 1; times in milliseconds of CPU."""

    queries: int
    success_at_1: float
    success_at_5: float
    mrr_at_10: float
    ms_p50: float
    ms_p99: float


def rank_of(ids: Sequence[str], relevant: Collection[str]) -> int:
    """The place of the first relevant id among the first ``DEPTH``, from 1; 0 when none is there."""
    return next((n for n, one in enumerate(ids[:DEPTH], 1) if one in relevant), 0)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the least value that ``share`` of all do not exceed; 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def score(answers: Sequence[Answer], relevant: Sequence[Collection[str]]) -> Score:
    """The figures of answers and, for each, its relevant ids. Raises ValueError on other lengths."""
    ranks = [rank_of(a.ids, right) for a, right in zip(answers, relevant, strict=True)]
    times = [answer.ms for answer in answers]
    count = len(ranks) or 1
    return Score(
        queries=len(ranks),
        success_at_1=sum(rank == 1 for rank in ranks) / count,
        success_at_5=sum(1 <= rank <= 5 for rank in ranks) / count,
        mrr_at_10=sum(1 / rank for rank in ranks if rank) / count,
        ms_p50=percentile(times, 0.5),
        ms_p99=percentile(times, 0.99),
    )
