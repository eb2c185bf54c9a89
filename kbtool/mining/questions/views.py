"""Questions as sparse vectors, in several views, so that likeness can be told by each.

- *words*: word 1–2-grams of the question. Two neighbours count when one of them says something.
- *letters*: character 3–5-grams inside its words: endings, compounds, typing errors.
- *pairs*: two words that mean something, near each other in either order: "cancel … order".
- *meanings*: groups of the thesaurus that the question names: "call off" is "cancel" too.
- *acts*: pairs of them: "call off … purchase".
- *answers*: word 1–2-grams of the agents' public replies. Questions that got the same answer are
  alike even when customers said it in different words.

Each view is TF-IDF (1 + log count, smoothed idf as in scikit-learn) with rows of unit length; the
likeness of two questions is the sum of their cosines, each view with its weight. What each view is
worth is printed by ``python -m tests.eval.mining.grid --parts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import scipy.sparse as sp

from kbtool.mining.questions.hashed import masked
from kbtool.mining.questions.question import Question
from kbtool.text import is_stop_word, match_key, term, words
from kbtool.text.thesaurus import concepts

CHAR_SIZES = (3, 4, 5)
NEAR = 4
"""Two words are a pair when at most so many minus one others stand between them."""
LINK = 5
"""An address in an answer counts as a word that comes so often: agents chose it for the question."""
FRAME = frozenset(
    {
        "affirm", "available", "bad", "check", "error", "explain", "fail", "find", "goodbye", "great",
        "greeting", "help", "how_to", "inform", "negate", "not_working", "possible", "problem",
        "recommend", "repeat", "report_it", "request", "required", "show", "sorry", "thanks", "try",
        "twice", "unable", "unavailable", "urgent", "use", "want", "when", "where", "why", "wrong",
    }
)  # fmt: skip
"""Groups of the thesaurus that frame a question ("I would like to …", "does not work") and do not
say what it is about."""
FEWEST = 2
"""A feature of a single question compares it with nothing."""

Count = Counter[str]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one question and its answer, line by line, numbers and codes masked."""

    asked: tuple[list[str], ...]
    answered: tuple[list[str], ...]
    lang: str | None
    links: tuple[str, ...] = ()
    """Addresses in the answer."""

    @classmethod
    def by(cls, question: Question) -> Said:
        """What ``question`` says."""
        lang, links = question.lang, question.links
        return cls(_lines(question.text, lang), _lines(question.reply, lang), lang, links)


def compared(
    sample: Sequence[Question], weights: Mapping[str, float] | None = None
) -> sp.csr_matrix:
    """All views of ``sample`` side by side; float32, shape (questions, features).

    The product with its own transpose is the likeness of each two questions. ``weights`` (by the
    name of the view) replace the usual ones.
    """
    said = [Said.by(question) for question in sample]
    blocks = []
    for name, (extract, usual) in VIEWS.items():
        weight = (weights or {}).get(name, usual)
        if weight > 0:
            block = _tf_idf([extract(one) for one in said])
            blocks.append(block * np.float32(weight**0.5))
    return sp.csr_matrix(sp.hstack(blocks, format="csr"))


def word_features(said: Said) -> Count:
    """Words of the question that are no stop words, and neighbours that are not both, counted."""
    lang = said.lang
    found: list[str] = []
    for line in said.asked:
        terms = [(term(word, lang), _is_small(word, lang)) for word in line]
        found += [one for one, small in terms if not small]
        found += [f"{a} {b}" for (a, first), (b, second) in pairwise(terms) if not first & second]
    return Counter(found)


def char_features(said: Said) -> Count:
    """Character 3–5-grams inside the words of the question that are no stop words, counted."""
    kept = (word for line in said.asked for word in line if not _is_small(word, said.lang))
    return Counter(piece for word in kept for piece in _pieces(word))


def pair_features(said: Said) -> Count:
    """Unordered pairs of near words of the question that say what it is about, counted."""
    lang = said.lang
    found: Count = Counter()
    for line in said.asked:
        found.update(_pairs([term(word, lang) for word in line if not _is_frame(word, lang)]))
    return found


def meaning_features(said: Said) -> Count:
    """Thesaurus groups that the question names and that do not frame it only, counted."""
    named = (name for line in said.asked for name in concepts(line, said.lang))
    return Counter(name for name in named if name not in FRAME)


def act_features(said: Said) -> Count:
    """Unordered pairs of near thesaurus groups, one of which at least is no frame, counted."""
    found: Count = Counter()
    for line in said.asked:
        named = concepts(line, said.lang)
        found.update(_pairs(named))
    return Counter({pair: n for pair, n in found.items() if not FRAME.issuperset(pair.split("|"))})


def reply_features(said: Said) -> Count:
    """Word 1–2-grams of the agents' public replies and the addresses in them, counted."""
    found = _grams(said.answered, said.lang)
    for link in said.links:
        found[f"link {link}"] = LINK
    return found


VIEWS: Mapping[str, tuple[Callable[[Said], Count], float]] = {
    "words": (word_features, 1.0),
    "letters": (char_features, 1.0),
    "pairs": (pair_features, 1.0),
    "meanings": (meaning_features, 0.5),
    "acts": (act_features, 0.5),
    "answers": (reply_features, 4.0),
}
"""Views with their weights. Equal ones where leaving one set out showed no better; the thesaurus is
coarser than words; an answer is worth more than how it was asked for."""


def unit_rows(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """``matrix`` with each row divided by its Euclidean length; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return sp.csr_matrix(sp.diags_array(1.0 / lengths) @ matrix)


def _lines(text: str, lang: str | None) -> tuple[list[str], ...]:
    return tuple([masked(word) for word in words(line, lang)] for line in text.splitlines())


def _grams(lines: Iterable[Sequence[str]], lang: str | None) -> Count:
    found: list[str] = []
    for line in lines:
        terms = [term(word, lang) for word in line]
        found += terms
        found += [f"{a} {b}" for a, b in pairwise(terms)]
    return Counter(found)


@lru_cache(maxsize=100_000)
def _is_small(word: str, lang: str | None) -> bool:
    """Whether it is a stop word, or one with an ending after an apostrophe ("I'd")."""
    return is_stop_word(word, lang) or is_stop_word(word.partition("'")[0], lang)


@lru_cache(maxsize=100_000)
def _is_frame(word: str, lang: str | None) -> bool:
    """Whether it is a small word, or names nothing but what frames a question."""
    named = concepts([word], lang)
    return _is_small(word, lang) or (bool(named) and FRAME.issuperset(named))


def _pairs(things: Sequence[str]) -> Iterable[str]:
    for i, one in enumerate(things):
        for other in things[i + 1 : i + 1 + NEAR]:
            if one != other:
                yield f"{one}|{other}" if one < other else f"{other}|{one}"


@lru_cache(maxsize=100_000)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f" {match_key(word)} "
    return tuple(
        padded[start : start + size]
        for size in CHAR_SIZES
        for start in range(max(1, len(padded) - size + 1))
    )


def _tf_idf(documents: Sequence[Count]) -> sp.csr_matrix:
    """Rows of unit length (or zero); float32 of shape (documents, features)."""
    frequency: Count = Counter()
    for document in documents:
        frequency.update(document.keys())
    kept = sorted(feature for feature, df in frequency.items() if df >= FEWEST)
    columns = {feature: i for i, feature in enumerate(kept)}
    df = np.array([frequency[feature] for feature in kept], dtype=np.float64)
    counts = _counted(documents, columns)
    idf = np.log((1 + len(documents)) / (1 + df)) + 1
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    return unit_rows(counts).astype(np.float32)


def _counted(documents: Iterable[Count], columns: Mapping[str, int]) -> sp.csr_matrix:
    data: list[int] = []
    indices: list[int] = []
    starts = [0]
    for document in documents:
        kept = columns.keys() & document.keys()
        indices.extend([columns[feature] for feature in kept])
        data.extend([document[feature] for feature in kept])
        starts.append(len(indices))
    shape = (len(starts) - 1, len(columns))
    parts = (np.asarray(data, np.float64), np.asarray(indices, np.int64), np.asarray(starts))
    found = sp.csr_matrix(parts, shape=shape)
    found.sort_indices()  # a set has no order of its own
    return found
