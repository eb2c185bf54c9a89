"""What the site's page on counting says, read from the code that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from kbtool.config import Settings
from kbtool.events.logs.salts import KEPT
from kbtool.events.parse import (
    AUTOMATED,
    COMMON,
    MAX_QUERY,
    MAX_TEXT,
    SHAPES,
    Shape,
)
from kbtool.events.reading import (
    DWELLS,
    READ_PERCENT,
    READ_SECONDS,
    READ_SECONDS_ALONE,
    SCROLLS,
)
from kbtool.events.rules import AGENT, Exclusion
from kbtool.events.visitor import SALT_BYTES
from kbtool.events.visits import VISIT_GAP
from kbtool.site.pages.counted import Counting


def counting(settings: Settings) -> Counting:
    """The rules under these settings: where no holdout is on, no event has an arm."""
    unused = () if settings.metrics.holdout_percent else ("arm",)
    minutes = VISIT_GAP.total_seconds() // 60
    numbers = {
        "query": MAX_QUERY, "text": MAX_TEXT, "bytes": SALT_BYTES, "minutes": int(minutes),
        "seconds": READ_SECONDS, "percent": READ_PERCENT, "alone": READ_SECONDS_ALONE,
        "hours": int(KEPT.total_seconds() // 3600), "months": settings.metrics.keep_months,
    }  # fmt: skip
    lists = {"dwells": DWELLS, "scrolls": SCROLLS}
    return Counting(
        events=tuple(_events(unused)),
        always=COMMON,
        excluded=(*get_args(Exclusion), AGENT, AUTOMATED),
        numbers={name: str(number) for name, number in numbers.items()}
        | {name: ", ".join(map(str, numbers)) for name, numbers in lists.items()},
        logs=settings.metrics.log_hits,
    )


def _events(unused: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, shape in SHAPES.items():
        named = (
            {kind: shape}
            if isinstance(shape, Shape)
            else {f"{kind} {v}": s for v, s in shape.items()}
        )
        for name, one in named.items():
            own = (*one.required, *one.optional)
            yield name, tuple(field for field in own if field not in (*COMMON, *unused))
