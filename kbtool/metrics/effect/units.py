"""What is estimated as one: topics that the same article answers, in whatever language.

The miner takes one question apart by language and wording. An article and its translations came
out for all of them; together they have more tickets, and what moves between them is no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kbtool.metrics.effect.desk import Desk, Treated
from kbtool.metrics.effect.one import LEFT_OUT

TOGETHER = timedelta(weeks=LEFT_OUT)
"""Translations that came out within this time are one release: these weeks are left out anyway."""


def joined(desk: Desk, families: Mapping[str, str]) -> Desk:
    """The desk with one topic for each article and release: the one with most tickets, with the
    tickets of all, named after the others too (``also``).

    ``families`` maps an article to what it shares with its translations; one that is missing is
    its own. The first day of the release counts, and it is by lot when every part of it is.
    """
    by_family: dict[str, list[Treated]] = {}
    for one in sorted(desk.treated, key=lambda t: (t.published, t.topic)):
        by_family.setdefault(families.get(one.article, one.article), []).append(one)
    releases = [part for members in by_family.values() for part in _releases(members)]
    counts = dict(desk.counts)
    units = [_unit(members, counts) for members in releases]
    return replace(desk, counts=counts, treated=tuple(units))


def _releases(members: Sequence[Treated]) -> Iterable[list[Treated]]:
    """The topics of one family, in order of time, parted where one came out long after the first."""
    parts: list[list[Treated]] = []
    for one in members:
        if parts and one.published - parts[-1][0].published <= TOGETHER:
            parts[-1].append(one)
        else:
            parts.append([one])
    return parts


def _unit(members: Sequence[Treated], counts: dict[str, Sequence[int]]) -> Treated:
    """Its members in one; their counts are joined under the largest one's name."""
    known = [one for one in members if one.topic in counts]
    ranked = sorted(known or members, key=lambda t: (-sum(counts.get(t.topic, ())), t.topic))
    first, others = ranked[0], ranked[1:]
    topics = {one.topic for one in members}
    if others:
        rows = [counts.pop(one.topic) for one in ranked]
        counts[first.topic] = tuple(map(sum, zip(*rows, strict=True)))
    near = {topic for one in members for topic in one.neighbours} - topics
    return replace(
        first,
        published=members[0].published,
        randomised=all(one.randomised for one in members),
        neighbours=tuple(sorted(near)),
        also=tuple(one.topic for one in others),
    )
