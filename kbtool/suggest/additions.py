"""What agents keep adding by hand although an article answers the topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from kbtool.model import Article, Topic
from kbtool.text import is_stop_word, plain_terms, sentences, term, words

LEAST_REPLIES = 3
LEAST_SHARE = 1 / 3
"""A phrase that so many of the topic's replies hold belongs to the answer."""
OWN = 2.0
"""It must be this many times as frequent in the topic's replies as in all others."""
SHOWN = 3


class Replies:
    """The public replies of agents, by ticket, and how usual each phrase is in them."""

    def __init__(self, replies: Mapping[str, tuple[str | None, str]]) -> None:
        """``replies`` maps a ticket key to its language and all its public replies."""
        self._phrases = {
            key: (lang, phrases(text, lang)) for key, (lang, text) in replies.items() if text
        }
        self._df: Counter[tuple[str | None, str]] = Counter()
        self._sizes: Counter[str | None] = Counter()
        for lang, found in self._phrases.values():
            self._df.update((lang, key) for key in found)
            self._sizes[lang] += 1

    def added(self, topic: Topic, article: Article) -> tuple[str, ...]:
        """Phrases that the topic's replies share and ``article`` lacks, the most frequent first.

        Only replies in the article's language count. At least three replies and a third of them
        must hold a phrase of two words that the article does not use at all.
        """
        texts = "\n".join((article.title, article.body, *article.also_asked))
        known = set(plain_terms(texts, article.lang))
        own = [
            found
            for lang, found in (self._phrases[t] for t in topic.tickets if t in self._phrases)
            if lang == article.lang
        ]
        counts = Counter(key for found in own for key in found)
        kept = [
            key
            for key, n in counts.items()  # in the order of the replies, which settles ties
            if n >= max(LEAST_REPLIES, LEAST_SHARE * len(own))
            and not known & set(key.split())
            and self._is_rare_elsewhere(key, n, len(own), article.lang)
        ]
        kept.sort(key=lambda key: -counts[key])
        return tuple(_spelling(key, own) for key in _apart(kept))[:SHOWN]

    def is_own(self, phrase: str, tickets: Collection[str], beside: int, lang: str) -> bool:
        """Whether a phrase that these tickets' replies hold, of ``beside`` replies, is rarer in others."""
        n = sum(
            phrase in found
            for ticket in tickets
            if (known := self._phrases.get(ticket)) and known[0] == lang and (found := known[1])
        )
        return self._is_rare_elsewhere(phrase, max(n, len(tickets)), max(beside, 1), lang)

    def _is_rare_elsewhere(self, key: str, n: int, size: int, lang: str) -> bool:
        others = self._sizes[lang] - size
        return others <= 0 or n / size >= OWN * (self._df[(lang, key)] - n) / others


def phrases(text: str, lang: str | None) -> dict[str, str]:
    """Pairs of neighbouring words without stop words and numbers: terms → as they were written."""
    found: dict[str, str] = {}
    for sentence in sentences(text):
        for a, b in pairwise(words(sentence, lang)):
            if any(w.isdigit() or len(w) < 3 or is_stop_word(w, lang) for w in (a, b)):
                continue
            found.setdefault(f"{term(a, lang)} {term(b, lang)}", f"{a} {b}")
    return found


def _apart(keys: Sequence[str]) -> list[str]:
    """Without those that share a word with an earlier one."""
    kept: list[str] = []
    for key in keys:
        if not any(set(key.split()) & set(other.split()) for other in kept):
            kept.append(key)
    return kept


def _spelling(key: str, own: Sequence[Mapping[str, str]]) -> str:
    spelt = Counter(found[key] for found in own if key in found)
    return min(spelt.items(), key=lambda item: (-item[1], item[0]))[0]
