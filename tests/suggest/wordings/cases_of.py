"""Tickets and articles of a tea shop to find words in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbtool.model import Article
from kbtool.suggest.wordings.cases import Case
from tests.suggest.samples import article

TELLY = article(
    "kb-1",
    "My tv shows no picture",
    also_asked=("the tv stays black",),
    tags=("tv",),
    body="Hold the power button of the tv for ten seconds.",
    path="en/tv.md",
)
PARCEL = article(
    "kb-2",
    "Where is my parcel?",
    body="Open **Orders** and look at the date of the parcel.",
    path="en/parcel.md",
)
SHELF: tuple[Article, ...] = (TELLY, PARCEL)
FRAMES = (
    "my {} shows no picture since monday",
    "the {} stays black when i start it",
    "our new {} shows only snow",
    "why does my {} turn itself off",
    "the {} in the kitchen has no sound",
    "my {} shows no picture at all",
)


def case(n: int, text: str, article_id: str | None = "kb-1", *, person: str | None = None) -> Case:
    """A case of ticket ``desk:n``, by default by a person of its own; each line may be shown."""
    who = person or f"p{n}"
    return Case(f"desk:{n:03d}", who, "en", article_id, text, tuple(text.splitlines()))


def cases(texts: Iterable[str], article_id: str | None = "kb-1", first: int = 0) -> list[Case]:
    """One case a text."""
    return [case(n, text, article_id) for n, text in enumerate(texts, first)]


def of_word(word: str, first: int, frames: Sequence[str] = FRAMES) -> list[Case]:
    """Questions about the television that call it ``word``."""
    return cases((frame.format(word) for frame in frames), first=first)


def others(first: int = 500) -> list[Case]:
    """Questions about parcels, and some that no article answers."""
    parcels = (
        f"where is my parcel with {word}" for word in ("cups", "tea", "spoons", "pots", "honey")
    )
    strangers = ("do you sell gift cards", "is there a shop in town", "can i pay by card")
    return [
        *cases(parcels, "kb-2", first),
        *cases(strangers * 20, None, first + 1000),
    ]
