"""Articles that say the same in most of their text: they share runs of three terms."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from kbtool.articles.checks.facts import runs_of
from kbtool.articles.checks.pairs import Pair, comparable, in_order
from kbtool.articles.checks.texts import Meeting, Texts

SAME_TEXT = 0.6
"""Share of the shorter text that stands in the other one as well."""
LEAST_SHARED = 12
"""Runs of terms that two texts have in common at least."""
PARTS = 16
"""Sorted one by one, so that memory holds the numbers of one part at a time."""
FEW = 12
"""What more articles hold than these is usual; each of them then meets the next one only."""


def copies(texts: Texts) -> Iterator[tuple[int, int, int]]:
    """(article, a later one, percent of the shorter text that both have)."""
    sizes: list[int] = []
    # runs with the articles that have them, in parts: of a large help centre they are millions
    parts = [array("Q") for _ in range(PARTS)]
    for number, article in enumerate(texts.articles):
        own = runs_of(article.lang, texts.facts(number))
        sizes.append(len(own))
        for run in own:
            parts[run % PARTS].append(run * len(texts.articles) + number)
    shared: Counter[tuple[int, int]] = Counter()
    for part in parts:
        for held in _held_by_several(sorted(part), len(texts.articles)):
            shared.update(meetings(held))
    for (one, other), count in shared.items():
        if share := share_of(count, sizes[one], sizes[other]):
            yield one, other, share


def _held_by_several(entries: Sequence[int], articles: int) -> Iterator[list[int]]:
    """The articles of each run that more than one has."""
    last, held = -1, list[int]()
    for entry in entries:
        run, number = divmod(entry, articles)
        if run == last:
            held.append(number)
            continue
        if len(held) > 1:
            yield held
        last, held = run, [number]
    if len(held) > 1:
        yield held


def meetings(held: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Which of the articles that hold a run, in order, meet in it."""
    return combinations(held, 2) if len(held) <= FEW else pairwise(held)


def share_of(count: int, one: int, other: int) -> int:
    """Percent of the shorter text that both have; 0 when that is too little to be told."""
    least = max(LEAST_SHARED, SAME_TEXT * min(one, other))
    return round(100 * count / min(one, other)) if count >= least else 0


def same_text(texts: Texts, met: Meeting) -> Pair | None:
    """What two articles that share so much come to."""
    one, other = texts.articles[met.one[0]], texts.articles[met.other[0]]
    if not comparable(one, other):
        return None
    if not in_order(one, other):
        one, other = other, one
    return Pair(
        "duplicate-article", one, other, one.body_line, other.body_line,
        f"{met.share} % of the text stands in {{}} as well",
    )  # fmt: skip
