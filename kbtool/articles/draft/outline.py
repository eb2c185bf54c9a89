"""What a draft will say, before it becomes Markdown: what another hand may word anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kbtool.articles.agreeing.conflicts import Conflict
from kbtool.articles.agreeing.support import Group


@dataclass(frozen=True, slots=True)
class Outline:
    """The sentences of one draft in the order of the answer."""

    article: str
    """The permanent id of the draft."""
    lang: str
    title: str
    also_asked: tuple[str, ...]
    groups: Sequence[Group]
    conflicts: Mapping[str, Conflict]
    """Reference of a group's sentence → the conflict it is part of."""
    labels: Mapping[str, int]
    """Where menu paths begin and end, see ``menu_labels``."""
    rewritten_by: str | None = None
    """The model that worded some of the sentences."""


Rewrite: TypeAlias = Callable[[Outline], Outline]
"""An outline whose sentences say the same in better words, each with its evidence."""
