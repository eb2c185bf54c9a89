"""Who meets whom when some articles came, changed or went: only what they have to do with.

The outcome is that of comparing all anew. A changed article is an old one that went and a new one
that came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from kbtool.articles.checks.alike import COPY, NEAR, Groups
from kbtool.articles.checks.copies import FEW, LEAST_SHARED, meetings, share_of
from kbtool.articles.checks.facts import DENIED, RUN, SAID, TITLE, TO_DENIED, Feature, kind_of
from kbtool.articles.checks.questions import SAME_TITLE, are_near, title_key
from kbtool.articles.checks.texts import Meeting, Texts

Two: TypeAlias = tuple[int, int]
"""Two articles in order."""


class Before(Protocol):
    """What was known before, by the articles' former numbers."""

    def holders(self, features: Collection[Feature]) -> Mapping[Feature, Sequence[int]]:
        """The articles that had each of these features, in no order."""

    def features(self, no: int) -> set[Feature]:
        """All that an article had."""


class Again:
    """Articles some of which came or went."""

    def __init__(
        self,
        texts: Texts,
        before: Before,
        stayed: Mapping[int, int],
        gone: Mapping[int, str],
        come: Mapping[int, Sequence[Feature]],
    ) -> None:
        """``stayed``: place today by former number; ``gone``: former paths; ``come``: by place."""
        self._texts, self._before = texts, before
        self._stayed, self._gone, self._come = stayed, gone, come
        self._former = {place: no for no, place in stayed.items()}
        self._new: dict[Feature, list[int]] = defaultdict(list)
        for place, features in come.items():
            for feature in features:
                self._new[feature].append(place)
        went = (before.features(no) for no in gone)
        self._touched = {*self._new}.union(*went)
        self.groups = {_group(feature) for feature in self._touched if _is_grouped(feature)}
        """The features in which all meet anew."""
        self._held: dict[Feature, Sequence[int]] = {}
        self._today: dict[Feature, list[int]] = {}
        partners = {one + TO_DENIED for one in self.groups if kind_of(one) == SAID}
        self._look_up(self._touched | self.groups | partners)
        self.pairs = {*self._shaken()}
        """Articles that stayed, and what they share counts otherwise than before."""

    def meetings(self) -> Iterator[Meeting]:
        """All that came about, and those that may be as they were."""
        yield from self._grouped()
        for one, other in sorted({*self._near()}):
            yield Meeting(NEAR, 0, (one, 0), (other, 0))
        for (one, other), share in sorted(self._copies().items()):
            yield Meeting(COPY, 0, (one, 0), (other, 0), share=share)

    def _grouped(self) -> Iterator[Meeting]:
        alive: set[Feature] = set()
        members: set[int] = set()
        for feature in self.groups:
            here = {*self._holders(feature)}
            if kind_of(feature) == SAID:
                denying = self._holders(feature + TO_DENIED)
                here = here.union(denying) if denying else set()
            if len(here) > 1:
                alive.add(feature)
                members |= here
        groups = Groups(self._texts, alive)
        for place in sorted(members):
            groups.add_denied(place)
        for place in sorted(members):
            groups.add(place)
        return groups.meetings()

    def _near(self) -> Iterator[Two]:
        for place, features in self._come.items():
            key = title_key(self._texts, place)
            own = (feature for feature in features if kind_of(feature) == TITLE)
            shared = Counter(other for feature in own for other in self._holders(feature))
            for other, count in shared.items():
                enough = other != place and count >= SAME_TITLE * len(key)
                if enough and are_near(key, title_key(self._texts, other)):
                    yield min(place, other), max(place, other)

    def _copies(self) -> dict[Two, int]:
        found: dict[Two, int] = {}
        for place in self._come:
            runs = self._runs(place)
            shared = Counter(other for run in runs for other in self._met(run, place))
            for other, count in shared.items():
                if count >= LEAST_SHARED:
                    two = min(place, other), max(place, other)
                    found[two] = share_of(count, len(runs), len(self._runs(other)))
        for one, other in self.pairs:
            mine, theirs = self._runs(one), self._runs(other)
            both = mine & theirs
            if len(both) >= LEAST_SHARED:
                self._look_up(both)
                count = sum(other in self._met(run, one) for run in both)
                found[one, other] = share_of(count, len(mine), len(theirs))
        return {two: share for two, share in found.items() if share}

    def _met(self, run: Feature, place: int) -> list[int]:
        """The others that an article meets in a run."""
        here = self._holders(run)
        if len(here) <= FEW:
            return [other for other in here if other != place]
        at = bisect_left(here, place)
        return [*here[max(0, at - 1) : at], *here[at + 1 : at + 2]]

    def _shaken(self) -> Iterator[Two]:
        """Articles that stayed and met in a usual run before or do so now, but not both."""
        for run in self._touched:
            former, today = self._held[run], self._holders(run)
            if kind_of(run) != RUN or max(len(former), len(today)) <= FEW:
                continue
            went = {self._gone[no] for no in former if no in self._gone}
            if went == {self._texts.articles[place].path for place in self._new.get(run, ())}:
                continue  # at the same places as before
            old = sorted(former, key=self._way)
            pairs = {
                (self._stayed[a], self._stayed[b])
                for a, b in meetings(old)
                if a in self._stayed and b in self._stayed
            }
            now = {(a, b) for a, b in meetings(today) if a in self._former and b in self._former}
            yield from pairs ^ now

    def _way(self, no: int) -> tuple[tuple[int, str], ...]:
        """Where an article stood among the others: a folder's own files before those below it."""
        place = self._stayed.get(no)
        path = self._gone[no] if place is None else self._texts.articles[place].path
        *folders, name = path.split("/")
        return (*((1, folder) for folder in folders), (0, name))

    def _runs(self, place: int) -> set[Feature]:
        no = self._former.get(place)
        features = self._come[place] if no is None else self._before.features(no)
        return {feature for feature in features if kind_of(feature) == RUN}

    def _holders(self, feature: Feature) -> list[int]:
        """Places of the articles that have a feature today, in order."""
        if feature not in self._today:
            stayed = (self._stayed[no] for no in self._held[feature] if no in self._stayed)
            self._today[feature] = sorted((*stayed, *self._new.get(feature, ())))
        return self._today[feature]

    def _look_up(self, features: Collection[Feature]) -> None:
        self._held.update(self._before.holders([f for f in features if f not in self._held]))


def _is_grouped(feature: Feature) -> bool:
    return kind_of(feature) not in (RUN, TITLE)


def _group(feature: Feature) -> Feature:
    return feature - TO_DENIED if kind_of(feature) == DENIED else feature
