"""Articles and queries in any number, made from a seed, for measuring how search grows.

Words are drawn as in real text: a share that falls with a word's rank (Zipf), more words the more
text there is (Heaps' law with the constants that Manning, Raghavan and Schütze give for Reuters in
Introduction to Information Retrieval, 5.1.1). An article has words of its own, which its title and
its text both use.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from tests.eval.search_sets import Query
from tests.eval.search_variants import mistyped

LENGTH = 150
"""Words of an article, on average."""
OWN_WORDS, OWN_SHARE = 10, 0.25
"""An article's own words, and their share of its text."""
TITLE = (4, 8)
COMMON = 100
"""So many of the most frequent words are nobody's own."""
HEAPS_K, HEAPS_B = 44, 0.49
FUNCTION_WORDS = (
    "the of and to a in is it you that for on are with as be this have from or one by but not what"
    " all were we when your can there an each which do how their if will up other about out many"
).split()
"""The most frequent words, as English has them, so that stop words are what they are in life."""
ONSETS = "b c d f g h l m n p r s t v w br cl dr fl gr pl pr sh st th tr".split()
VOWELS = "a e i o u ai ea ou".split()
CODAS = ("", "", "", *"l m n r s t ck nd st".split())


@dataclass(frozen=True)
class Library:
    """``count`` articles; each is made from the seed and its own number alone."""

    count: int
    seed: int = 7

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, most frequent first."""
        size = int(HEAPS_K * (self.count * LENGTH) ** HEAPS_B)
        rng = random.Random(self.seed)
        made = dict.fromkeys(FUNCTION_WORDS)
        while len(made) < size:
            # The rarer a word, the longer.
            syllables = 1 + (len(made) > 150) + (len(made) > 4_000) + (rng.random() < 0.4)
            word = "".join(
                rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS)
                for _ in range(syllables)
            )
            made.setdefault(word)
        return list(made)

    @cached_property
    def _shares(self) -> list[float]:
        return list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def article(self, number: int) -> dict[str, str]:
        """One article as ``tests.eval.search_sets`` reads it."""
        rng = random.Random(f"{self.seed} {number}")
        own = [self._own_word(rng) for _ in range(OWN_WORDS)]
        length = rng.randint(*TITLE)
        title = rng.sample(own, length // 2 + 1) + self._draw(rng, length - length // 2 - 1)
        rng.shuffle(title)
        count = int(LENGTH * rng.uniform(0.4, 1.6))
        body = rng.choices(own, k=int(OWN_SHARE * count))
        body += self._draw(rng, count - len(body))
        rng.shuffle(body)
        text = " ".join(body)
        return {"id": f"kb-{number}", "lang": "en", "title": " ".join(title), "body": text}

    def articles(self) -> Iterator[dict[str, str]]:
        """All, in order."""
        return map(self.article, range(self.count))

    def queries(self, count: int) -> list[Query]:
        """Titles of random articles, every third with one typo."""
        rng = random.Random(f"{self.seed} queries")
        found = []
        for n in range(count):
            article = self.article(rng.randrange(self.count))
            title = mistyped(article["title"], "en", rng) if n % 3 == 2 else article["title"]
            found.append(Query(str(n), title, frozenset([article["id"]]), "en"))
        return found

    def _own_word(self, rng: random.Random) -> str:
        """A word that says something; common ones are drawn more often, as topics share words."""
        rank = math.exp(rng.uniform(math.log(COMMON), math.log(len(self.words))))
        return self.words[min(int(rank), len(self.words) - 1)]

    def _draw(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self._shares, k=count)
