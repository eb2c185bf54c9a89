"""Which topic a search query asks, by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import log

from kbtool.model import Topic
from kbtool.text import terms

ENOUGH = 1 / 3
"""Least share of a query's weight that must point at one topic. Of 51 queries written for the
demo's topics, 35 of them about one, it found 26 right, 3 wrong, and a topic for 1 of the other
16; one half found 19, 2 and none."""


class TopicWords:
    """How often each topic's wordings hold a word: a word of many topics points at none."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = sorted(topics, key=lambda topic: topic.id)
        self._of_language = cache(self._read)

    def match(self, query: str, lang: str | None) -> str | None:
        """The id of the topic that the query's words point at, or None when they do not.

        A word points at a topic with the share n / (N + 1) of its N wordings in all topics, and
        weighs ln(1 + topics / topics with it); one that no topic knows weighs most and points
        nowhere. The weighted mean must reach ``ENOUGH``.
        """
        known = self._of_language(lang)
        shares: dict[str, float] = {}
        whole = 0.0
        for word in sorted(set(terms(query, lang))):
            found = known.get(word, Counter())
            weight = log(1 + len(self._topics) / max(len(found), 1))
            whole += weight
            for topic, wordings in found.items():
                shares[topic] = shares.get(topic, 0.0) + weight * wordings / (found.total() + 1)
        best = min(shares, key=lambda topic: (-shares[topic], topic), default=None)
        return best if best is not None and shares[best] >= ENOUGH * whole else None

    def _read(self, lang: str | None) -> Mapping[str, Counter[str]]:
        """Wordings by word and topic; the question and the keywords count as one each."""
        found: dict[str, Counter[str]] = {}
        for topic in self._topics:
            texts = [topic.question, " ".join(topic.keywords), *(w.text for w in topic.wordings)]
            for text in texts:
                for word in set(terms(text, lang)):
                    found.setdefault(word, Counter())[topic.id] += 1
        return found
