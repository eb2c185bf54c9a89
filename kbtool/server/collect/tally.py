"""What happened to the events since the server started: asked for at /healthz, told at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kbtool.plural import many


@dataclass(slots=True)
class Tally:
    """What happened to the events that were sent: sent = stored + refused + lost."""

    stored: int = 0
    """Durable; a repeated id counts as stored."""
    excluded: Counter[str] = field(default_factory=Counter)
    """Of the stored ones, those that no figure counts, by rule."""
    refused: Counter[str] = field(default_factory=Counter)
    """Events (and whole requests) that were not taken, by reason."""
    lost: Counter[str] = field(default_factory=Counter)
    """Events that could not be stored, ``busy`` or ``store``; their senders were told."""

    def counts(self) -> dict[str, Any]:
        """The numbers, the reasons in order of their names."""
        return {
            "stored": self.stored,
            **{name: dict(sorted(counter.items())) for name, counter in self._reasons()},
        }

    def told(self) -> str:
        """The numbers in one line, the most frequent reason first."""
        parts = [f"{many(self.stored, 'event')} stored"]
        for name, counter in self._reasons():
            if counter:
                by = sorted(counter.items(), key=lambda one: (-one[1], one[0]))
                listed = ", ".join(f"{reason} {count}" for reason, count in by)
                parts.append(f"{counter.total()} {name} ({listed})")
        return ", ".join(parts)

    def _reasons(self) -> tuple[tuple[str, Counter[str]], ...]:
        return ("excluded", self.excluded), ("refused", self.refused), ("lost", self.lost)
