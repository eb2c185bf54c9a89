"""Which published article answers a topic, how surely, and how we know."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kbtool.model import PUBLIC, Article, Coverage, Topic
from kbtool.text import plain_terms

TITLE_WEIGHT = 3.0
LEAST_LINKED = 2
"""One link may be a slip; two tickets answered with the same article are not."""
LEAST_ALIKE = 0.3
"""Cosine of topic and article below which a likeness of words is chance."""
MARGIN = 1.3
"""The best article must be this many times as alike as the next one of its language."""


def family(article: Article) -> str:
    """The id that an article and its translations share."""
    return article.translation_of or article.id


def cover(
    topics: Sequence[Topic],
    articles: Sequence[Article],
    linked: Mapping[str, Sequence[str]],
) -> dict[str, Coverage]:
    """The coverage of each topic that has one, by topic id.

    ``linked`` maps a ticket key to the ids of articles that agents linked in public replies.
    Surest first: an article that names the topic (1.0); the article that agents link (the share
    of the topic's links that go to it, less when there are few); the article whose title and
    questions share the topic's words (the cosine). Translations count as one article; the id
    given is that of the translation most of the topic's tickets can read.
    """
    live = sorted((a for a in articles if a.status in PUBLIC), key=lambda a: a.id)
    likeness = _Likeness(live)
    found: dict[str, Coverage] = {}
    for topic in topics:
        best = _named(topic, live) or _linked(topic, live, linked) or likeness.best(topic)
        if best is not None:
            found[topic.id] = best
    return found


def translations(article_id: str, articles: Iterable[Article]) -> dict[str, Article]:
    """The live articles of the same family, by language."""
    live = [a for a in articles if a.status in PUBLIC]
    name = next((family(a) for a in live if a.id == article_id), article_id)
    return {a.lang: a for a in sorted(live, key=lambda a: a.id) if family(a) == name}


def _named(topic: Topic, live: Sequence[Article]) -> Coverage | None:
    names = [a for a in live if a.topic == topic.id]
    return Coverage(topic.id, names[0].id, 1.0, "topic") if names else None


def _linked(
    topic: Topic, live: Sequence[Article], linked: Mapping[str, Sequence[str]]
) -> Coverage | None:
    families = {a.id: family(a) for a in live}
    counts: Counter[str] = Counter()
    for ticket in topic.tickets:
        counts.update({families[i] for i in linked.get(ticket, ()) if i in families})
    if not counts:
        return None
    name, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    if most < LEAST_LINKED:
        return None
    confidence = most / sum(counts.values()) * most / (most + 1)
    return Coverage(topic.id, _for_readers(topic, live, name), round(confidence, 2), "links")


def _for_readers(topic: Topic, live: Sequence[Article], name: str) -> str:
    """The translation in the topic's most frequent language that has one."""
    by_lang = {a.lang: a.id for a in reversed(live) if family(a) == name}
    return next((by_lang[lang] for lang, _ in topic.languages if lang in by_lang), name)


class _Likeness:
    """Cosine of TF-IDF words between topics and articles of the same language."""

    def __init__(self, live: Sequence[Article]) -> None:
        self._live = live
        self._counts = {a.id: _article_terms(a) for a in live}
        self._df: Counter[tuple[str, str]] = Counter()
        for article in live:
            self._df.update((article.lang, t) for t in self._counts[article.id])
        self._sizes = Counter(a.lang for a in live)

    def best(self, topic: Topic) -> Coverage | None:
        """The article most alike in any of the topic's languages, when it stands out."""
        found: list[tuple[float, str]] = []
        for lang, _ in topic.languages:
            asked = Counter(
                t for w in topic.wordings if w.lang == lang for t in set(plain_terms(w.text, lang))
            )
            scores = sorted(
                ((self._cosine(asked, a), a.id) for a in self._live if a.lang == lang),
                key=lambda item: (-item[0], item[1]),
            )
            if scores and (len(scores) == 1 or scores[0][0] >= MARGIN * scores[1][0]):
                found.append(scores[0])
        score, name = min(found, key=lambda item: (-item[0], item[1]), default=(0.0, ""))
        return Coverage(topic.id, name, round(score, 2), "text") if score >= LEAST_ALIKE else None

    def _cosine(self, asked: Counter[str], article: Article) -> float:
        own = self._counts[article.id]
        weights = {
            t: math.log((1 + self._sizes[article.lang]) / (0.5 + self._df[(article.lang, t)]))
            for t in {*asked, *own}
        }
        dot = sum(n * own[t] * weights[t] ** 2 for t, n in asked.items() if t in own)
        if dot == 0:
            return 0.0
        sides = [
            math.sqrt(sum((n * weights[t]) ** 2 for t, n in counts.items()))
            for counts in (asked, own)
        ]
        return dot / (sides[0] * sides[1])


def _article_terms(article: Article) -> Counter[str]:
    """Terms of title and questions (weighing more) and, dampened, of the body."""
    asked = "\n".join((article.title, *article.also_asked, *article.tags))
    counts: Counter[str] = Counter()
    for found, weight in ((asked, TITLE_WEIGHT), (article.body, 1.0)):
        for t, n in Counter(plain_terms(found, article.lang)).items():
            counts[t] += weight * (1 + math.log(n))  # type: ignore[assignment]  # weights, not counts
    return counts
