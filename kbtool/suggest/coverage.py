"""Which published article answers a topic, how surely, and how we know."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from kbtool.model import PUBLIC, Article, Coverage, Topic
from kbtool.text import plain_terms

TITLE_WEIGHT = 3.0
LEAST_LINKED = 2
"""One link may be a slip; two tickets answered with the same article are not."""
WORDS = 2.0
"""What the words say counts like so many tickets with a link."""
LEAST = 0.5
"""An article that less likely than not answers the topic is none."""
MIDDLE, STEEP = 0.15, 0.04
"""The cosine at which words say yes as often as no, and how quickly that changes around it. On
three labelled help desks (43 topics) the lowest right cosine that is kept was 0.19, the highest
wrong one 0.12; set by hand there, see ``tests/eval/coverage.py``."""
SUREST_WORDS = 0.9
"""Words alone are never surer."""


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
    An article that names the topic answers it (confidence 1). For the others two signs are put
    together: of the topic's m tickets with a link, k link the article; and its title and questions
    share the topic's words with confidence c. Theirs is (k + 2c) / (m + 2), the share of links
    drawn to what the words say: two links alone are just enough, one is not, many outweigh words.
    ``other`` is what the sign that lost points at. Translations count as one article; the id given
    is that of the translation most of the topic's tickets can read.
    """
    live = sorted((a for a in articles if a.status in PUBLIC), key=lambda a: a.id)
    if not live:
        return {}
    families = {a.id: family(a) for a in live}
    likeness = _Likeness(live)
    found: dict[str, Coverage] = {}
    for topic in topics:
        links, tickets = _links(topic, families, linked)
        words, sure = likeness.best(topic)
        best = _named(topic, live, links) or _both_signs(links, tickets, words, sure)
        if best is not None:
            name, confidence, by, other = best
            found[topic.id] = Coverage(
                topic.id,
                name if by == "topic" else _for_readers(topic, live, name),
                round(confidence, 2),
                by,
                _for_readers(topic, live, other) if other else None,
            )
    return found


def translations(article_id: str, articles: Iterable[Article]) -> dict[str, Article]:
    """The live articles of the same family, by language."""
    live = [a for a in articles if a.status in PUBLIC]
    name = next((family(a) for a in live if a.id == article_id), article_id)
    return {a.lang: a for a in sorted(live, key=lambda a: a.id) if family(a) == name}


_Answer: TypeAlias = tuple[str, float, Literal["topic", "links", "text"], str | None]
"""Family (of one that names the topic: article), confidence, how it is known, what speaks against it."""


def _links(
    topic: Topic, families: Mapping[str, str], linked: Mapping[str, Sequence[str]]
) -> tuple[Counter[str], int]:
    """Tickets of the topic that link each family, and how many have such a link at all."""
    counts: Counter[str] = Counter()
    tickets = 0
    for ticket in topic.tickets:
        sent = {families[i] for i in linked.get(ticket, ()) if i in families}
        counts.update(sent)
        tickets += bool(sent)
    return counts, tickets


def _most(links: Counter[str], besides: str | None = None) -> str | None:
    """The family that enough tickets link, the most linked one."""
    enough = [name for name, n in links.items() if n >= LEAST_LINKED and name != besides]
    return min(enough, key=lambda name: (-links[name], name), default=None)


def _named(topic: Topic, live: Sequence[Article], links: Counter[str]) -> _Answer | None:
    names = [a for a in live if a.topic == topic.id]
    if not names:
        return None
    own = family(names[0])
    other = _most(links, own)
    return names[0].id, 1.0, "topic", other if other and links[other] > links[own] else None


def _both_signs(
    links: Counter[str], tickets: int, words: str | None, sure: float
) -> _Answer | None:
    """The family that links and words make likeliest, when that is likely enough."""
    says = {words: sure} if words else {}
    weight = WORDS if tickets else 1.0
    scores = {
        name: (links[name] + weight * says.get(name, 0.0)) / (tickets + weight)
        for name in {*links, *says}
    }
    best = min(scores, key=lambda name: (-scores[name], -links[name], name), default=None)
    if best is None or scores[best] < LEAST:
        return None
    if links[best] >= LEAST_LINKED:
        return best, scores[best], "links", words if words != best and sure >= LEAST else None
    return best, scores[best], "text", _most(links, best)


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

    def best(self, topic: Topic) -> tuple[str | None, float]:
        """The family most alike, and how surely its words alone say that it answers.

        A family's likeness is the mean over the languages it can be read in, by the topic's
        tickets: what answers in one language by chance does not in the others. The nearer the next
        family comes, the less sure.
        """
        alike = self._families(topic)
        ranked = sorted(alike, key=lambda name: (-alike[name], name))
        if not ranked or alike[ranked[0]] == 0:
            return None, 0.0
        first = alike[ranked[0]]
        second = alike[ranked[1]] if len(ranked) > 1 else 0.0
        likely = 1 / (1 + math.exp((MIDDLE - first) / STEEP))
        return ranked[0], SUREST_WORDS * likely * (1 - (second / first) ** 2)

    def _families(self, topic: Topic) -> dict[str, float]:
        """Mean likeness of each family that exists in any of the topic's languages."""
        tickets = dict(topic.languages)
        asked = {
            lang: Counter(
                t for w in topic.wordings if w.lang == lang for t in set(plain_terms(w.text, lang))
            )
            for lang in tickets
        }
        sums: dict[str, float] = defaultdict(float)
        weights: Counter[str] = Counter()
        for article in self._live:
            if asked.get(article.lang):
                name, n = family(article), tickets[article.lang]
                sums[name] += n * self._cosine(asked[article.lang], article)
                weights[name] += n
        return {name: sums[name] / weights[name] for name in sums}

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
