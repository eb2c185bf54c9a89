"""Comparing questions by meaning, as the commands that mine offer it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from kbtool.cli.common import err, safe
from kbtool.config import Settings
from kbtool.plural import many
from kbtool.progress import Progress

if TYPE_CHECKING:
    from kbtool.mining.encoding.encoder import Encoded, Encoder

KEY_VARIABLE = "KBTOOL_EMBEDDINGS_KEY"


def with_semantic(settings: Settings, wanted: bool | None) -> Settings:
    """``settings`` as ``--semantic`` or ``--no-semantic`` changes them; None changes nothing."""
    if wanted is None:
        return settings
    place = (settings.mining.semantic or "local") if wanted else None
    return replace(settings, mining=replace(settings.mining, semantic=place))


@contextmanager
def meaning(settings: Settings | None, progress: Progress | None) -> Iterator[Encoder | None]:
    """The encoder that the settings ask for, None without; at the end it says what it did.

    An API's key comes from ``KBTOOL_EMBEDDINGS_KEY``. Raises EncoderError, ApiError.
    """
    encoder = None
    if settings is not None and settings.mining.semantic is not None:
        from kbtool.mining.encoding.make import open_encoder

        key = os.environ.get(KEY_VARIABLE) or None
        encoder = open_encoder(settings, time.sleep, key, progress)
    if encoder is None:
        yield None
        return
    with encoder:
        try:
            yield encoder
        finally:
            _tell(encoder.done)


def _tell(done: Encoded) -> None:
    where = f"sent to {done.host}, redacted" if done.host else "encoded here"
    told = f"{many(done.fresh, 'question')} {where}; {done.known:,} known from before"
    err().print(f"{safe(done.model)}: {safe(told)}", soft_wrap=True)
    if done.by_words:
        languages = ", ".join(done.by_words)
        err().print(f"Compared by words alone: {safe(languages)}", soft_wrap=True)
