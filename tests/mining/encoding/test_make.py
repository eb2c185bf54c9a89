"""The encoder that the settings ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.config.settings import MiningSettings
from kbtool.errors import EncoderError
from kbtool.mining.encoding.make import CACHE_NAME, open_encoder
from tests.mining.encoding.stub import Stub


def _settings(root: Path, mining: MiningSettings) -> Settings:
    return Settings(root, root / "mkdocs.yml", "X", "https://x.example/", mining=mining)


def _never(_seconds: float) -> None:
    raise AssertionError("nothing to wait for")


def test_without_a_wish_there_is_none(tmp_path: Path) -> None:
    """The default: words only, nothing is opened."""
    assert open_encoder(_settings(tmp_path, MiningSettings()), _never) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stored", [True, False])
def test_vectors_are_kept_in_a_knowledge_base_only(api: Stub, tmp_path: Path, stored: bool) -> None:
    """``kbtool suggest tickets.csv`` elsewhere leaves nothing behind."""
    if stored:
        (tmp_path / "mkdocs.yml").write_text("site_name: X\n")
    mining = MiningSettings(semantic=api.url, semantic_model="small", semantic_languages=("et",))
    encoder = open_encoder(_settings(tmp_path, mining), _never, "sk-1")
    assert encoder is not None
    with encoder:
        assert encoder.knows("et")
        assert not encoder.knows("en")
        encoder.vectors(["minu pakk"])
    assert api.keys == ["Bearer sk-1"]
    assert (tmp_path / ".kbtool" / CACHE_NAME).exists() is stored


def test_a_local_model_is_looked_for_in_the_knowledge_base(tmp_path: Path) -> None:
    """A folder is relative to it."""
    settings = _settings(tmp_path, MiningSettings(semantic="local", semantic_model="./m"))
    with pytest.raises(EncoderError, match="no such folder"):
        open_encoder(settings, _never)
    (tmp_path / "m").mkdir()
    encoder = open_encoder(replace(settings), _never)
    assert encoder is not None
    with encoder:
        assert encoder.done.host is None
