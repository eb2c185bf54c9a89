"""Which topic a search query asks, by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log

from kbtool.model import Topic
from kbtool.text import terms

ENOUGH = 0.6
"""Share of a query's weight that a topic's words must hold."""
WORDINGS = 5


class TopicWords:
    """The words of all topics, weighted: a word of many topics says little about one."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = sorted(topics, key=lambda topic: topic.id)
        self._of_language = cache(self._read)

    def match(self, query: str, lang: str | None) -> str | None:
        """The id of the topic whose words hold most of the query's weight, or None.

        None also when no topic holds ``ENOUGH`` of it. A word weighs ln(1 + topics / topics with
        it), as inverse document frequency does; one that no topic knows weighs most.
        """
        topics, spread = self._of_language(lang)
        asked = {word: log(1 + len(topics) / max(spread[word], 0.5)) for word in terms(query, lang)}
        whole = sum(asked.values())
        best, share = None, 0.0
        for topic, words in topics.items():
            held = sum(weight for word, weight in asked.items() if word in words)
            if whole and held / whole > share:
                best, share = topic, held / whole
        return best if share >= ENOUGH else None

    def _read(self, lang: str | None) -> tuple[dict[str, frozenset[str]], Counter[str]]:
        found = {topic.id: _words(topic, lang) for topic in self._topics}
        return found, Counter(word for words in found.values() for word in words)


def _words(topic: Topic, lang: str | None) -> frozenset[str]:
    texts = [topic.question, *topic.keywords, *(w.text for w in topic.wordings[:WORDINGS])]
    return frozenset(word for text in texts for word in terms(text, lang))
