"""Sentences that say no: with which words, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kbtool.articles.saying.meaning import Meaning, Vocabulary
from kbtool.articles.saying.phrases import is_condition
from kbtool.articles.saying.replies import LINK, Said
from kbtool.text import get_language, is_stop_word, lower, match_key, words

_LABEL = re.compile(r"[„“\"«][^„“”\"«»\n]{1,80}[“”\"»]")
"""What a screen says is no negation of the agent's: press "Not found"."""
_WORD = re.compile(r"\S+")
ALIKE, ALIKE_SHORT = 0.72, 0.8
"""Share of common weight from which one sentence denies the other, and the same for short ones."""
SHORT = 5.0


class Denials:
    """What agents state and deny."""

    def __init__(self, sentences: Iterable[Said], lang: str) -> None:
        """``sentences`` are all in ``lang``; conditions among them deny nothing."""
        self._lang = lang
        self._vocabulary = Vocabulary()
        self._known: dict[str, Meaning] = {}
        self._said: dict[bool, list[Said]] = {True: [], False: []}
        for said in sentences:
            if said.fit and not is_condition(said.text, lang):
                self._said[is_denied(said.text, lang)].append(said)

    def against(self, said: Said) -> list[Said]:
        """The sentences that deny what a sentence states, or state what it denies."""
        if is_condition(said.text, self._lang):
            return []
        mine = self._affirmed(said)
        return [
            other
            for other in self._said[not is_denied(said.text, self._lang)]
            if other.ref != said.ref
            and says_the_opposite(mine, self._affirmed(other))
            and self._of_the_same(said, other)
        ]

    def _affirmed(self, said: Said) -> Meaning:
        """What a sentence says or denies: its slots without its negations."""
        if said.text not in self._known:
            text = without_denials(said.text, self._lang)
            self._known[said.text] = self._vocabulary.meaning(text, self._lang)
        return self._known[said.text]

    def _of_the_same(self, one: Said, other: Said) -> bool:
        """Whether what the one denies is in the other: "not in the shed" is no "not"."""
        denied, stated = (one, other) if is_denied(one.text, self._lang) else (other, one)
        mask = self._vocabulary.meaning(stated.text, self._lang).mask
        return any(
            self._vocabulary.meaning(word, self._lang).mask & mask
            for word in denied_words(denied.text, self._lang)
        )


def is_denied(text: str, lang: str) -> bool:
    """Whether a sentence holds a negation of its own."""
    said = lower(_LABEL.sub(" ", text), lang)
    for bound in get_language(lang).bounds:
        said = said.replace(bound, " ")
    return any(_negates(word, lang) for word in words(said, lang))


def denied_words(text: str, lang: str) -> list[str]:
    """What each negation of a sentence is about: the next word that means something, the last one
    before it where nothing follows or the language puts its "not" behind, or the verb that carries
    it.
    """
    negations = get_language(lang).negations
    behind = any(entry.startswith("-") for entry in negations)
    said = words(_LABEL.sub(" ", text), lang)
    telling = [not is_stop_word(word, lang) and not _negates(word, lang) for word in said]
    found = []
    for at, word in enumerate(said):
        if word in negations:
            before = [other for other, tells in zip(said[:at], telling, strict=False) if tells][-1:]
            after = [other for other, tells in zip(said[at:], telling[at:], strict=True) if tells]
            found += (before if behind or not after else after[:1]) or [word]
        elif _negates(word, lang):
            found.append(word)
    return found


def without_denials(text: str, lang: str) -> str:
    """A sentence without its words of negation; what a screen says stays as it is, and so do verbs
    that carry their negation.
    """
    bare = LINK.sub(" ", text)
    labels = [label.span() for label in _LABEL.finditer(bare)]

    def kept(match: re.Match[str]) -> str:
        own = not any(start <= match.start() < end for start, end in labels)
        return "" if own and _is_negation(match[0], lang) else match[0]

    return " ".join(_WORD.sub(kept, bare).split())


def says_the_opposite(one: Meaning, other: Meaning) -> bool:
    """Whether two sentences, one of which is denied, are otherwise the same."""
    if len(one.slots) < 2 or len(other.slots) < 2 or one.goes_beyond(other.mask):
        return False
    shared = min(one.filled(other.mask), other.filled(one.mask))
    longer = max(one.weight, other.weight)
    return shared >= (ALIKE if longer >= SHORT else ALIKE_SHORT) * longer


def _is_negation(token: str, lang: str) -> bool:
    return any(word in get_language(lang).negations for word in words(token, lang))


@lru_cache(maxsize=50_000)
def _negates(word: str, lang: str) -> bool:
    for entry in get_language(lang).negations:
        if entry.startswith("-"):
            if len(word) > len(entry) + 1 and match_key(word).endswith(match_key(entry[1:])):
                return True
        elif word == entry:
            return True
    return False
