"""Any API that embeds texts as OpenAI's does: ``POST …/embeddings {"model", "input"}``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kbtool.errors import EncoderError
from kbtool.posting import Advice, Api, RefusedError

BATCH = 64
_TOO_MUCH = frozenset({400, 413, 422})
"""What APIs answer to a batch of more texts or words than they take."""
ADVICE = Advice(
    kind="an embeddings API",
    address="mining.semantic",
    model="mining.semantic_model",
    key="KBTOOL_EMBEDDINGS_KEY",
    without="give --no-semantic; what was encoded is kept",
)
_HINT = "is it an embeddings API, and mining.semantic_model one of its embedding models?"


class EndpointModel:
    """A model behind an API; only the questions' redacted texts are sent."""

    def __init__(self, api: Api, model: str) -> None:
        self.host = api.host
        self.name = f"{model} at {api.host}"
        self.languages: frozenset[str] | None = None
        self._api = api
        self._model = model

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[int], np.ndarray]]:
        """Batches in the order of ``texts``; a batch that is refused as too large is halved.

        Raises ApiError, and EncoderError for answers that are not one finite vector a text.
        """
        size, start = BATCH, 0
        while start < len(texts):
            some = texts[start : start + size]
            try:
                answer = self._api.post({"model": self._model, "input": list(some)})
            except RefusedError as error:
                if error.status not in _TOO_MUCH or len(some) == 1:
                    raise
                size = len(some) // 2
                continue
            yield range(start, start + len(some)), self._vectors(answer, len(some))
            start += len(some)

    def _vectors(self, answer: Any, expected: int) -> np.ndarray:
        """The answer's vectors by index; shape (expected, dimensions)."""
        data = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise self._wrong('no list "data" in the answer')
        if len(data) != expected:
            raise self._wrong(f"{len(data)} vectors for {expected} texts")
        places = [item.get("index", i) for i, item in enumerate(data)]
        if not all(type(p) is int for p in places) or sorted(places) != list(range(expected)):
            raise self._wrong("the vectors are not numbered from 0")
        rows = [data[at].get("embedding") for at in np.argsort(places)]
        return self._checked(rows)

    def _checked(self, rows: list[Any]) -> np.ndarray:
        if not all(isinstance(row, list) and row for row in rows):
            raise self._wrong("an embedding is not a list of numbers")
        if len({len(row) for row in rows}) > 1:
            raise self._wrong("vectors of different dimensions")
        try:
            found = np.array(rows, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            raise self._wrong("an embedding is not a list of numbers") from None
        if found.ndim != 2 or not np.isfinite(found).all() or not found.any(axis=1).all():
            raise self._wrong("an embedding holds no finite direction (NaN, infinity or zeros)")
        return found

    def _wrong(self, what: str) -> EncoderError:
        return EncoderError(f"{self.host}: {what}", hint=_HINT)
