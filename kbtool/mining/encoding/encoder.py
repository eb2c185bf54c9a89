"""Questions to unit vectors: what the cache knows is taken from there, the rest is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

import numpy as np

from kbtool.errors import EncoderError
from kbtool.mining.encoding.cache import VectorCache, key_of
from kbtool.mining.questions.question import Question
from kbtool.progress import Progress

STAGE = "Encoding questions"
LONGEST = 2_000
"""Characters of a question that are encoded; models read about 256 words."""


class TextModel(Protocol):
    """What turns texts into vectors: a local model or an API."""

    @property
    def name(self) -> str:
        """Model and version; vectors of different names are never compared."""

    @property
    def host(self) -> str | None:
        """Where the texts are sent; None when they stay on this machine."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it knows; None when it knows all."""

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[int], np.ndarray]]:
        """Batches: the numbers of some texts and their vectors; shape (batch, dimensions).

        Each text comes once, in any order; lengths of the vectors do not matter. Raises
        EncoderError, ApiError.
        """


@dataclass(frozen=True, slots=True)
class Encoded:
    """What was encoded in a run."""

    model: str
    host: str | None
    """Where texts were sent; None when they stayed on this machine."""
    fresh: int
    """Texts that the model was asked for."""
    known: int
    """Texts whose vectors an earlier run had kept."""
    by_words: tuple[str, ...]
    """Languages that the model does not know; "und" is one that was left open."""


class Encoder:
    """Turns texts into vectors of meaning; each text is encoded once, also across runs."""

    def __init__(
        self,
        model: TextModel,
        cache: VectorCache,
        languages: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> None:
        """``languages`` are those that the user says the model knows; else the model says."""
        self._model = model
        self._cache = cache
        self._languages = frozenset(languages) or model.languages
        self._progress = progress
        self._fresh = self._known = self._total = 0
        self._by_words: set[str] = set()
        self._seen: set[bytes] = set()
        """Keys that this run asked for: a text that comes twice is not known from before."""

    def __enter__(self) -> Encoder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._cache.close()

    @property
    def done(self) -> Encoded:
        """How many texts were encoded so far, and by whom."""
        by_words = tuple(sorted(self._by_words))
        return Encoded(self._model.name, self._model.host, self._fresh, self._known, by_words)

    @property
    def basis(self) -> str:
        """What else than a text its vector depends on: the model, and where it is used."""
        languages = "all" if self._languages is None else " ".join(sorted(self._languages))
        return f"{self._model.name}: {languages}"

    def knows(self, lang: str | None) -> bool:
        """Whether the model knows a language; one that was left open only when it knows all."""
        return self._languages is None or lang in self._languages

    def of(self, questions: Sequence[Question]) -> np.ndarray | None:
        """``vectors`` of the questions; None when the model does not know a language of theirs.

        Raises EncoderError, ApiError.
        """
        unknown = {q.lang or "und" for q in questions if not self.knows(q.lang)}
        self._by_words |= unknown
        if unknown:
            return None
        return self.vectors([question.text for question in questions])

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """One row of unit length a text; float32, shape (texts, dimensions).

        A text always gets the same row, from the cache or not: rows are rounded to half precision
        (an error below 0.001) before they are used, because that is how they are kept. Raises
        EncoderError, ApiError.
        """
        cut = [text[:LONGEST] for text in texts]
        keys = {text: key_of(self._model.name, text) for text in cut}
        found = self._cache.read(list(keys.values()))
        missing = [text for text, key in keys.items() if key not in found]
        self._known += len(found.keys() - self._seen)
        self._seen.update(keys.values())
        self._total += len(missing)
        for numbers, batch in self._model.encode(missing):
            halves = dict(zip((keys[missing[i]] for i in numbers), _halves(batch), strict=True))
            self._cache.write(halves)
            found |= halves
            self._fresh += len(numbers)
            if self._progress is not None:
                self._progress(STAGE, self._fresh, self._total)
        if len({row.size for row in found.values()}) > 1:
            kept = self._cache.path
            hint = f"the model has changed behind its name{f'; delete {kept}' if kept else ''}"
            raise EncoderError(f"{self._model.name}: vectors of different dimensions", hint=hint)
        if not cut:
            return np.empty((0, 0), dtype=np.float32)
        return _unit(np.array([found[keys[text]] for text in cut], dtype=np.float32))


def _halves(rows: np.ndarray) -> np.ndarray:
    """``rows`` at unit length in half precision."""
    return np.asarray(_unit(np.asarray(rows, dtype=np.float64)).astype(np.float16))


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.sqrt(np.sum(np.square(rows, dtype=np.float64), axis=1, keepdims=True))
    return np.asarray((rows / np.where(lengths == 0, 1.0, lengths)).astype(rows.dtype))
