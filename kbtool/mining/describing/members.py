"""Who asked what a topic is about, when and in which language: counted from columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np

from kbtool.mining.describing.labels import Members
from kbtool.mining.describing.trend import Calendar
from kbtool.mining.questions.columns import Columns

_EPOCH = 719_163
"""The day of 1 January 1970, the first being 1."""


def calendar(columns: Columns) -> Calendar:
    """All questions by month."""
    newest = int(columns.days.max(initial=0))
    at = datetime.fromordinal(newest).replace(tzinfo=UTC) if newest else None
    return Calendar.of(_months(columns.days), at)


def members(columns: Columns, labels: np.ndarray, topics: int) -> Iterator[Members]:
    """Those of topics 0, 1 … ``topics`` − 1; ``labels`` is the topic of each row, −1 for none."""
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(topics + 1))
    for begin, end in pairwise(bounds.tolist()):
        rows = order[begin:end]
        people = columns.people[rows]
        known = np.unique(people[people > 0])
        langs, counts = np.unique(columns.lang[rows], return_counts=True)
        yield Members(
            tickets=tuple(columns.tickets[row] for row in rows.tolist()),
            requesters=len(known) + int((people == 0).sum()),
            languages={
                columns.langs[lang] or "und": int(n)
                for lang, n in zip(langs.tolist(), counts.tolist(), strict=True)
            },
            months=_months(columns.days[rows]),
        )


def _months(days: np.ndarray) -> dict[str, int]:
    """Rows by month ("2026-10"), oldest first; undated ones are left out."""
    dated = (days[days > 0] - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    months, counts = np.unique(dated, return_counts=True)
    return dict(zip(np.datetime_as_string(months).tolist(), counts.tolist(), strict=True))
