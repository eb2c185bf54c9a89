"""Features of a question as numbers: small enough to hold those of a million tickets at once.

A feature is a word or two neighbouring words, of the question or of the agents' answer, hashed to
23 bits (Weinberger et al. 2009, "Feature hashing for large scale multitask learning"): bit 22 says
that it is of the answer, bit 21 that it is of two words. Two features of a vocabulary of 300,000
meet in one number so seldom that it costs less than one typing error.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np

from kbtool.mining.questions.question import Question
from kbtool.text import is_stop_word, term, words

SPACE = 1 << 23
"""Features are numbers below this."""
ANSWERED = 1 << 22
PAIR = 1 << 21
MOST_ASKED = 64
"""Words of a question that count: the subject and what stands first."""
MOST_ANSWERED = 48
"""Words of the replies that count, stop words left out."""
VERSION = 1
"""Raised when the same question gives other features: what is stored is then made anew."""


def features(question: Question) -> np.ndarray:
    """The features of a question and its answer, each once, ascending; uint32."""
    lang = question.lang
    asked = _numbers(_lines(question.text, lang, MOST_ASKED, stops=True))
    answered = _numbers(_lines(question.reply, lang, MOST_ANSWERED, stops=False))
    return np.unique(np.concatenate([asked, answered | np.uint32(ANSWERED)]))


@lru_cache(maxsize=200_000)
def masked(word: str) -> str:
    """Numbers and order codes differ from ticket to ticket: one token for all of them."""
    return "0" if word.isdigit() or sum(c.isdigit() for c in word) >= 3 else word


def _lines(text: str, lang: str | None, most: int, *, stops: bool) -> list[list[int]]:
    """The numbers of the first ``most`` words, line by line."""
    found: list[list[int]] = []
    for line in text.splitlines():
        if most <= 0:
            break
        kept = [word for word in words(line, lang) if stops or not is_stop_word(word, lang)][:most]
        found.append([_number(word, lang) for word in kept])
        most -= len(kept)
    return found


def _numbers(lines: Sequence[Sequence[int]]) -> np.ndarray:
    """Words and pairs of neighbours in a line."""
    single = np.array([number for line in lines for number in line], dtype=np.uint32)
    before = np.array([number for line in lines for number in line[:-1]], dtype=np.uint32)
    after = np.array([number for line in lines for number in line[1:]], dtype=np.uint32)
    # Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4); wraps at 32 bits.
    mixed = (before * np.uint32(2654435769) ^ (after + np.uint32(1))) * np.uint32(2246822519)
    return np.concatenate([single, (mixed >> np.uint32(11)) | np.uint32(PAIR)])


@lru_cache(maxsize=200_000)
def _number(word: str, lang: str | None) -> int:
    return crc32(term(masked(word), lang).encode()) & (PAIR - 1)
