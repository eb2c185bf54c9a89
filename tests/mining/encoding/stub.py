"""An embeddings API on this machine, and the vectors that it gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from tests import stub as any_api
from tests.stub import Reply, Stub

__all__ = ["DIMENSIONS", "Reply", "Stub", "running", "texts_of", "vector_of"]

DIMENSIONS = 64


def vector_of(text: str) -> list[float]:
    """The stub's vector for a text: its words, so that texts with the same words are alike."""
    found = [0.5] + [0.0] * (DIMENSIONS - 1)
    for word in text.casefold().split():
        found[blake2b(word.encode(), digest_size=2).digest()[0] % DIMENSIONS] += 1.5
    return found


def texts_of(stub: Stub) -> list[str]:
    """All texts of all requests."""
    return [text for body in stub.asked for text in body["input"]]


@contextmanager
def running() -> Iterator[Stub]:
    """A stub that listens on a free port until the end of the block."""
    stub = Stub(_good)
    with any_api.running(stub):
        yield stub


def _good(body: dict[str, Any]) -> bytes:
    """A good answer, the last text's vector first: order is what ``index`` says."""
    texts = body["input"]
    data = [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(texts)]
    return json.dumps({"object": "list", "data": data[::-1], "model": "stub"}).encode()
