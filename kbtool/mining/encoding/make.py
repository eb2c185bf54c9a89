"""The encoder that the settings ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kbtool.config import Settings
from kbtool.mining.encoding.cache import VectorCache
from kbtool.mining.encoding.encoder import Encoder, TextModel
from kbtool.mining.encoding.endpoint import ADVICE, EndpointModel
from kbtool.mining.encoding.local import local_model
from kbtool.posting import Api, completed
from kbtool.progress import Progress

CACHE_NAME = "vectors.db"


def open_encoder(
    settings: Settings,
    wait: Callable[[float], object],
    key: str | None = None,
    progress: Progress | None = None,
) -> Encoder | None:
    """The encoder of ``mining.semantic``, to be closed; None when none is asked for.

    ``wait`` sleeps between tries; ``key`` is the API's. Vectors are kept in ``.kbtool/`` of the
    knowledge base; where there is none, until it is closed. Raises EncoderError.
    """
    mining = settings.mining
    model: TextModel
    if mining.semantic is None:
        return None
    if mining.semantic == "local":
        model = local_model(mining.semantic_model, settings.root)
    else:
        api = Api(completed(mining.semantic, "embeddings"), wait, ADVICE, key)
        model = EndpointModel(api, mining.semantic_model or "")
    cache = VectorCache(_cache_file(settings))
    return Encoder(model, cache, mining.semantic_languages, progress)


def _cache_file(settings: Settings) -> Path | None:
    stored = settings.config_file.is_file()
    return settings.state_dir / CACHE_NAME if stored else None
