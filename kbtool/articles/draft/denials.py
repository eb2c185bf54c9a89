"""Sentences that say no: with which words, and of what."""

from __future__ import annotations

import re
from functools import lru_cache

from kbtool.articles.draft.meaning import Meaning, Vocabulary
from kbtool.articles.draft.replies import LINK
from kbtool.text import get_language, is_stop_word, lower, match_key, words

_LABEL = re.compile(r"[„“\"«][^„“”\"«»\n]{1,80}[“”\"»]")
"""What a screen says is no negation of the agent's: press "Not found"."""
ALIKE, ALIKE_SHORT = 0.72, 0.8
"""Share of common weight from which one sentence denies the other, and the same for short ones."""
SHORT = 5.0


def is_denied(text: str, lang: str) -> bool:
    """Whether a sentence holds a negation of its own."""
    said = lower(_LABEL.sub(" ", text), lang)
    for bound in get_language(lang).bounds:
        said = said.replace(bound, " ")
    return any(_negates(word, lang) for word in words(said, lang))


def denied_words(text: str, lang: str) -> list[str]:
    """What each negation of a sentence is about: the next word that means something, or the verb
    that carries it.
    """
    said = words(_LABEL.sub(" ", text), lang)
    found = []
    for at, word in enumerate(said):
        if not _negates(word, lang):
            continue
        after = (w for w in said[at + 1 :] if not is_stop_word(w, lang) and not _negates(w, lang))
        found.append(next(after, word))
    return found


def without_denials(text: str, lang: str) -> str:
    """A sentence without its negations."""
    kept = (word for word in LINK.sub(" ", text).split() if not _negates_any(word, lang))
    return " ".join(kept)


def affirmed(text: str, lang: str, vocabulary: Vocabulary) -> Meaning:
    """What a sentence says or denies: its slots without its negations."""
    return vocabulary.meaning(without_denials(text, lang), lang)


def says_the_opposite(one: Meaning, other: Meaning) -> bool:
    """Whether two sentences, one of which is denied, are otherwise the same."""
    if len(one.slots) < 2 or len(other.slots) < 2 or one.goes_beyond(other.mask):
        return False
    shared = min(one.filled(other.mask), other.filled(one.mask))
    longer = max(one.weight, other.weight)
    return shared >= (ALIKE if longer >= SHORT else ALIKE_SHORT) * longer


def _negates_any(token: str, lang: str) -> bool:
    return any(_negates(word, lang) for word in words(token, lang))


@lru_cache(maxsize=50_000)
def _negates(word: str, lang: str) -> bool:
    for entry in get_language(lang).negations:
        if entry.startswith("-"):
            if len(word) > len(entry) + 1 and match_key(word).endswith(match_key(entry[1:])):
                return True
        elif word == entry:
            return True
    return False
