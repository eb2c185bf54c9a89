"""What else changed customers' questions: lines such as ``2026-05-01 New prices [t-4c2b91d6e0]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

FORM = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2}):?\s+(?P<what>[^\[\]]*[^\[\]\s])(\s*\[(?P<topics>[^\[\]]*)\])?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that could be read."""

    day: date
    what: str
    topics: tuple[str, ...]
    """Those it touched; none = all alike."""


def read_line(text: str) -> Line | None:
    """What a line says; None when it does not begin with a day and then say what happened."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    topics = (topic.strip() for topic in (found["topics"] or "").split(","))
    return Line(day, found["what"].strip(), tuple(topic for topic in topics if topic))
