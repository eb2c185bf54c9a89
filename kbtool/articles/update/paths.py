"""Menu entries that agents used to name and call otherwise by now: ``Orders > Return`` that became
``Orders > Returns > New return``.

That another way leads to the same entry is told by ``find_conflicts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kbtool.articles.agreeing.support import Group
from kbtool.articles.saying.paths import leads_elsewhere, menu_labels, menu_paths, steps_of
from kbtool.articles.saying.replies import LINK, Said
from kbtool.text import match_key, terms

LEAST_TICKETS = 2
LEAST_SHARE = 1 / 2
"""Share of the tickets before, and of those since, that must name the old and the new entry: what
few name may be silent by chance."""
ALIKE = 0.5
"""Share of common words, the labels left out, of two sentences that lead to the same."""
FEW = 2
"""Words beside a path that tell nothing: "open", "tap"."""

_Steps: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A menu path and the sentences that name it."""

    text: str
    """As most of them write it: ``Account > Boxes``."""
    steps: _Steps
    """Its labels as they are compared."""
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A path that is named no more, and the one that is named since."""

    old: Path
    new: Path


def changed_path(here: Group, now: Group, lang: str) -> tuple[str, str] | None:
    """The paths by which the sentences of two groups reach one place in different ways, as written."""
    texts = {said.text for side in (here, now) for said in (side.said, *side.sources)}
    labels = menu_labels(sorted(texts), lang)
    return next(
        (
            (mine, theirs)
            for _, mine in menu_paths(LINK.sub(" ", here.said.text), lang, labels)
            for _, theirs in menu_paths(LINK.sub(" ", now.said.text), lang, labels)
            if leads_elsewhere(steps_of(mine), steps_of(theirs))
        ),
        None,
    )


def only_inside(paths: tuple[str, str]) -> bool:
    """Whether two paths begin and end alike: between stands what each customer calls otherwise
    (``Orders > your order > Return``, ``Orders > the order > Return``).
    """
    one, other = map(steps_of, paths)
    return (one[0], one[-1]) == (other[0], other[-1])


def names(text: str, path: Path) -> bool:
    """Whether a plain sentence names a path."""
    shown, wanted = f" {match_key(LINK.sub(' ', text))} ", match_key(path.text)
    at = shown.find(wanted)
    return at >= 0 and not shown[at - 1].isalnum() and not shown[at + len(wanted)].isalnum()


def renamed(replies: Sequence[Sequence[Said]], lang: str) -> tuple[Renamed, ...]:
    """The paths of ``replies`` (one sequence a ticket, one language) whose entry got another name.

    Both begin in the same label, stand in sentences that say the same, and are named in at least
    two tickets and half of those of their time; nobody names the old one since the new one is
    named.
    """
    found = _paths(replies, lang)
    made = []
    for old in found:
        later = [new for new in found if _takes_over(new, old, replies, lang)]
        best = max(later, key=lambda new: (_tickets(new), new.steps), default=None)
        if best is not None:
            made.append(Renamed(old, best))
    return tuple(made)


def _paths(replies: Sequence[Sequence[Said]], lang: str) -> list[Path]:
    everything = [said for one in replies for said in one]
    labels = menu_labels((said.text for said in everything), lang)
    spelt: dict[_Steps, list[str]] = {}
    holding: dict[_Steps, list[Said]] = {}
    for said in everything:
        for _, path in menu_paths(LINK.sub(" ", said.text), lang, labels):
            spelt.setdefault(steps_of(path), []).append(path)
            holding.setdefault(steps_of(path), []).append(said)
    return [
        Path(max(sorted(set(spelt[steps])), key=spelt[steps].count), steps, tuple(said))
        for steps, said in sorted(holding.items())
        if len({one.ticket for one in said}) >= LEAST_TICKETS
    ]


def _takes_over(new: Path, old: Path, replies: Sequence[Sequence[Said]], lang: str) -> bool:
    before, since = [s.on for s in old.said if s.on], [s.on for s in new.said if s.on]
    if not before or not since or max(before) >= min(since):
        return False
    if old.steps[0] != new.steps[0] or old.steps[-1] == new.steps[-1]:
        return False
    if _holds(old.steps, new.steps) or _holds(new.steps, old.steps):
        return False  # the same way, told in more or fewer steps
    start = min(since)
    early = {s.ticket for one in replies for s in one if s.on and s.on < start}
    late = {s.ticket for one in replies for s in one if s.on and s.on >= start}
    if _tickets(old) < LEAST_SHARE * len(early) or _tickets(new) < LEAST_SHARE * len(late):
        return False
    return any(
        _is_alike(_beside(one, old, lang), _beside(other, new, lang))
        for one in old.said
        for other in new.said
    )


def _tickets(path: Path) -> int:
    return len({said.ticket for said in path.said})


def _holds(longer: _Steps, shorter: _Steps) -> bool:
    """Whether the labels of one path stand in another in their order."""
    rest = iter(longer)
    return all(label in rest for label in shorter)


def _beside(said: Said, path: Path, lang: str) -> set[str]:
    """What a sentence says beside its path."""
    labels = {t for label in path.text.split(" > ") for t in terms(label, lang)}
    return set(terms(LINK.sub(" ", said.text), lang)) - labels


def _is_alike(one: set[str], other: set[str]) -> bool:
    if len(one) <= FEW and len(other) <= FEW:
        return True
    return len(one & other) >= ALIKE * len(one | other)
