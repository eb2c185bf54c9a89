"""Sentences that people write around any question, found without a list, in any language.

"I hope you are well", "My order number is …" and an agent's "I have looked into it" are the same in
tickets about anything. A sentence is chatter when it comes word for word in several tickets and
what else these tickets ask is as varied as what all tickets ask. So that a question which many ask
in the same words stays, it must mostly stand beside something rarer, and seldom alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from kbtool.mining.questions.question import Question
from kbtool.text import match_key, sentences, term, words

FEWEST = 5
"""Tickets that must have a sentence."""
LEVELS = (0.05, 0.02, 0.01, 0.005, 0.0)
"""Shares of the tickets: what more of them have goes first, for it hides what is rarer."""
VARIED = 2.0
"""Two tickets with a sentence may be so many times as alike as any two (1.5 to 5 give the same)."""
ALONE = 0.2
"""Most of its tickets in which nothing else is asked."""
RARER = 0.6
"""Least share of its tickets that ask something at most half as frequent."""
_PIECE = re.compile(r"(?<=\w{3}[.!?…])\s+")
"""Where many begin the next sentence in lower case."""
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def without_chatter(sample: Sequence[Question]) -> list[Question]:
    """The questions, of one language, with chatter gone from ``text`` and ``reply``.

    One sentence a line. A text of which nothing would be left stays whole, a reply does not.
    """
    asked = _sentences([_pieces(q.text.splitlines()) for q in sample])
    weights = _weights(asked, [q.lang for q in sample])
    gone = _around(asked, weights)
    rest = asked.tickets[:, ~gone] @ weights[~gone]
    answered = _sentences([_pieces(sentences(q.reply)) for q in sample])
    empty = _of_any(answered, rest)
    return [
        replace(
            question, text="\n".join(text or question.text.splitlines()), reply="\n".join(reply)
        )
        for question, text, reply in zip(
            sample, asked.kept(gone), answered.kept(empty), strict=True
        )
    ]


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of each ticket, and which ticket has which different one."""

    pieces: Sequence[Sequence[str]]
    keys: Sequence[Sequence[int]]
    """Number of each piece; those that read alike have the same."""
    samples: Sequence[str]
    """One piece of each number."""
    tickets: sp.csr_matrix
    """1 where a ticket has a sentence; shape (tickets, different sentences)."""

    def kept(self, gone: np.ndarray) -> Iterable[list[str]]:
        """The pieces of each ticket that are not ``gone`` (bool, by number)."""
        for pieces, keys in zip(self.pieces, self.keys, strict=True):
            yield [piece for piece, key in zip(pieces, keys, strict=True) if not gone[key]]


def _sentences(pieces: Sequence[Sequence[str]]) -> _Sentences:
    numbers: dict[str, int] = {}
    samples: list[str] = []
    keys: list[list[int]] = []
    for found in pieces:
        keys.append([numbers.setdefault(_key(piece), len(numbers)) for piece in found])
        for piece, number in zip(found, keys[-1], strict=True):
            if number == len(samples):
                samples.append(piece)
    return _Sentences(pieces, keys, samples, _incidence(keys, len(numbers)))


def _incidence(rows: Sequence[Iterable[int]], columns: int) -> sp.csr_matrix:
    """1 in the columns that each row names, however often."""
    different = [sorted(set(row)) for row in rows]
    ends = np.cumsum([0, *map(len, different)])
    found = np.array([number for row in different for number in row], dtype=np.int64)
    return sp.csr_matrix((np.ones(len(found)), found, ends), shape=(len(rows), columns))


def _around(asked: _Sentences, weights: sp.csr_matrix) -> np.ndarray:
    """Which sentences are chatter; bool by number."""
    tickets = asked.tickets
    often = np.asarray(tickets.sum(axis=0)).ravel()
    gone = np.zeros(len(often), dtype=bool)
    for level in LEVELS:
        left = sp.csr_matrix(tickets @ sp.diags_array((~gone).astype(float)))
        left.eliminate_zeros()
        likely = ~gone & (often >= max(FEWEST, level * tickets.shape[0]))
        likely &= _is_beside(left, often)
        numbers = np.flatnonzero(likely)
        whole = sp.csr_matrix(left @ weights)
        gone[numbers] = _rests(left, whole, weights, numbers) <= VARIED * _likeness(whole)
    return gone


def _is_beside(left: sp.csr_matrix, often: np.ndarray) -> np.ndarray:
    """Which sentences seldom stand alone and mostly beside something rarer; bool by number."""
    counts = np.diff(left.indptr)
    rows = np.repeat(np.arange(len(counts)), counts)
    columns = left.indices
    rarest = np.full(len(counts), np.inf)
    np.minimum.at(rarest, rows, often[columns])
    total = np.maximum(np.bincount(columns, minlength=len(often)), 1)
    alone = np.bincount(columns, counts[rows] == 1, len(often)) / total
    rarer = np.bincount(columns, 2 * rarest[rows] <= often[columns], len(often)) / total
    return np.asarray((alone <= ALONE) & (rarer >= RARER))


def _rests(
    left: sp.csr_matrix, whole: sp.csr_matrix, weights: sp.csr_matrix, numbers: np.ndarray
) -> np.ndarray:
    """How alike the tickets of each of these sentences are without it; see ``_likeness``."""
    having = sp.csr_matrix(left[:, numbers].T)
    own = sp.csr_matrix(weights[numbers])
    many = np.asarray(having.sum(axis=1)).ravel()
    sums = sp.csr_matrix(having @ whole)
    meets = np.asarray(sums.multiply(own).sum(axis=1)).ravel()
    squares = having @ _squares(whole) - 2 * meets + many * _squares(own)
    rests = sums - sp.diags_array(many) @ own
    return _likeness_of(_squares(sp.csr_matrix(rests)), squares, many)


def _of_any(answered: _Sentences, asked: sp.csr_matrix) -> np.ndarray:
    """Which sentences of replies answer questions as varied as all are; bool by number."""
    having = sp.csr_matrix(answered.tickets.T)
    many = np.asarray(having.sum(axis=1)).ravel()
    sums = sp.csr_matrix(having @ asked)
    alike = _likeness_of(_squares(sums), having @ _squares(asked), many)
    return np.asarray((many >= FEWEST) & (alike <= VARIED * _likeness(asked)))


def _likeness(vectors: sp.csr_matrix) -> float:
    """``_likeness_of`` all rows as one group."""
    everything = sp.csr_matrix(np.ones((1, vectors.shape[0])) @ vectors)
    squares = _squares(vectors).sum(keepdims=True)
    return float(_likeness_of(_squares(everything), squares, np.array([vectors.shape[0]]))[0])


def _likeness_of(square_of_sum: np.ndarray, squares: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Mean product of two different vectors of a group over their mean square; 0 where empty.

    From the square of their sum, the sum of their squares and how ``many`` they are.
    """
    pairs = np.maximum(squares * (many - 1), np.finfo(float).tiny)
    return np.asarray((square_of_sum - squares) / pairs)


def _squares(matrix: sp.csr_matrix) -> np.ndarray:
    return np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()


def _weights(asked: _Sentences, langs: Sequence[str | None]) -> sp.csr_matrix:
    """The words of each different sentence, each with its inverse document frequency."""
    lang = next((lang for lang in langs if lang), None)
    numbers: dict[str, int] = {}
    rows = [
        [numbers.setdefault(term(word, lang), len(numbers)) for word in words(piece, lang)]
        for piece in asked.samples
    ]
    has = _incidence(rows, len(numbers))
    tickets = sp.csr_matrix(asked.tickets @ has)
    frequency = np.bincount(tickets.indices, minlength=len(numbers))
    idf = np.log(max(len(langs), 1) / np.maximum(frequency, 1))
    idf[frequency < 2] = 0.0  # what one ticket says compares it with nothing
    return sp.csr_matrix(has @ sp.diags_array(idf))


def _pieces(lines: Iterable[str]) -> list[str]:
    return [piece for line in lines for piece in _PIECE.split(line) if piece.strip()]


def _key(piece: str) -> str:
    """A sentence as it is compared: without case, diacritics, punctuation and digits."""
    return _DIGITS.sub("0", " ".join(_WORD.findall(match_key(piece))))
