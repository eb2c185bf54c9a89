"""Contents of reports: topics, what to do about them, sample tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

from kbtool.model import Coverage, Sample, Suggestion, Topic, Trend, Wording, Worth
from kbtool.suggest.report import Contents, entries
from tests.suggest.samples import suggestion, topic

HOSTILE = (
    "</style><script>alert(1)</script><img src=x onerror=alert(1)> \"'--><svg/onload=alert(1)>"
    " ]]> &lt; \u202eevil\u2066 \x00\x1b[31m \ud800 javascript:alert(1) "
)
LONG = "Bataryam-neden-şarj-olmuyor" * 300


def topics(count: int) -> tuple[Topic, ...]:
    """Topics with fewer and fewer tickets, over fourteen months, with every trend there is."""
    trends: tuple[Trend, ...] = get_args(Trend)
    found = []
    for n in range(count):
        size = 60 // (n + 1) + 3
        months = tuple(
            (f"2026-{month:02d}", size // 12 + month % 3) for month in range(1, 13, 1 + n % 4)
        )
        found.append(
            replace(
                topic(
                    f"t-{n:08x}", size=size, months=(("2025-11", 1), *months), trend=trends[n % 6],
                    langs=(("en", size - 2), ("tr", 1), ("und", 1)),
                    wordings=(f"How do I renew loan number {n}?", "kitabı nasıl uzatırım"),
                ),
                peaks=("2026-03",) if n % 6 == 5 else ("12",) if n % 6 == 4 else (),
                expected=1.5,
            )
        )  # fmt: skip
    return tuple(found)


def contents(
    found: Sequence[Topic] = (),
    *,
    suggestions: Sequence[Suggestion] | None = None,
    site: str = "Help",
) -> Contents:
    """A report of these topics: every third is answered, the others are to be written."""
    coverage = {
        one.id: Coverage(one.id, f"kb-{n}", 0.83, ("topic", "links", "text")[n // 3 % 3])
        for n, one in enumerate(found)
        if n % 3 == 0
    }
    if suggestions is None:
        suggestions = [write(one) for one in found if one.id not in coverage]
    listed = entries(suggestions, found)
    return Contents(
        site=site,
        day=date(2026, 11, 22),
        tickets=200,
        questions=150,
        smallest=4,
        topics=tuple(found),
        entries=listed,
        unlisted=0,
        removable=sum(entry.removable for entry in listed),
        coverage=coverage,
        titles={one.article: "How loans are renewed" for one in coverage.values()},
        samples={one.id: samples("How do I renew?", "Press **Renew**.") for one in found},
        rejected={},
        stored=True,
    )


def write(one: Topic, worth: Worth | None = None) -> Suggestion:
    """What to do about a topic that nothing answers."""
    return suggestion(
        one.id, 0, question=one.question, tickets=one.tickets, trend=one.trend,
        parts=worth or Worth(len(one.tickets) / 12, 1.2, 0.5),
        reasons=("no article answers it",), command=f"kbtool draft {one.id}",
    )  # fmt: skip


def samples(question: str, reply: str) -> list[Sample]:
    """A dated ticket with four replies, and one without anything."""
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    return [
        Sample("desk:1", "en", at, "Loan", question, (reply,) * 4),
        Sample("desk:2", None, None, "", "", ()),
    ]


def everywhere(text: str, own: str | None = None) -> Contents:
    """A report in which every text is this one; ``own`` is what the team itself wrote."""
    own = text if own is None else own
    one = topic("t-00000001", wordings=(text, text), keywords=(text, text), langs=((text, 6),))
    wordings = (Wording(text, text, text), Wording(text, None, text))
    other = replace(one, id="t-00000002", wordings=wordings)
    found = (one, other)
    loose = suggestion(None, 3, question=text, article=own, kind="fix")
    listed = entries(
        [replace(s, article=own, reasons=(text,), command=own) for s in (write(one), loose)],
        found,
    )
    return replace(
        contents(found),
        site=own,
        entries=listed,
        coverage={one.id: Coverage(one.id, own, 0.5, "text")},
        titles={own: text},
        samples={
            one.id: [Sample(f"{text}:{text}", text, None, text, text, (text, text, text))]
        },
    )  # fmt: skip
