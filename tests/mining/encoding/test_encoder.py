"""Texts to unit vectors: each encoded once, the same row every time, what is known is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import ApiError, EncoderError
from kbtool.mining.encoding.cache import VectorCache
from kbtool.mining.encoding.encoder import LONGEST, Encoded, Encoder
from kbtool.mining.encoding.endpoint import ADVICE, EndpointModel
from kbtool.mining.mine import How
from kbtool.mining.questions.question import Question
from kbtool.posting import Api, completed
from tests.mining.encoding.stub import DIMENSIONS, Reply, Stub, texts_of, vector_of

TEXTS = ["where is my parcel", "my password", "where is my parcel", "iade"]


class Counted:
    """A model of our own: the stub's vectors, in batches of two, last batch first."""

    host = None

    def __init__(self, name: str = "m 1", languages: frozenset[str] | None = None) -> None:
        self.name = name
        self.languages = languages
        self.asked: list[str] = []
        self.size = DIMENSIONS

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[int], np.ndarray]]:
        """Two at a time."""
        for start in reversed(range(0, len(texts), 2)):
            numbers = range(start, min(start + 2, len(texts)))
            self.asked += [texts[i] for i in numbers]
            yield numbers, np.array([vector_of(texts[i])[: self.size] for i in numbers])


def _encoder(api: Stub, cache: Path | None = None) -> Encoder:
    wait: list[float] = []
    api_ = Api(completed(api.url, "embeddings"), wait.append, ADVICE)
    return Encoder(EndpointModel(api_, "small"), VectorCache(cache))


def test_rows_are_unit_and_in_order() -> None:
    """One row a text, also for a text that comes twice; the direction is the model's."""
    with Encoder(Counted(), VectorCache(None)) as encoder:
        rows = encoder.vectors(TEXTS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert np.array_equal(rows[0], rows[2])
    wanted = np.array([vector_of(text) for text in TEXTS])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.abs(rows - wanted).max() < 0.001


@given(st.lists(st.text(max_size=5), max_size=12))
def test_a_text_has_one_vector(texts: list[str]) -> None:
    """Whatever stands beside it, in whatever order, fresh or known."""
    with Encoder(Counted(), VectorCache(None)) as encoder:
        rows = encoder.vectors(texts)
        alone = [encoder.vectors([text])[0] for text in texts]
    with Encoder(Counted(), VectorCache(None)) as other:
        turned = other.vectors(texts[::-1])[::-1]
    assert np.array_equal(rows, turned)
    assert all(np.array_equal(a, b) for a, b in zip(rows, alone, strict=True))


def test_a_rerun_encodes_only_new_texts(api: Stub, tmp_path: Path) -> None:
    """And gives the same bits for the old ones."""
    with _encoder(api, tmp_path / "v.db") as encoder:
        first = encoder.vectors(TEXTS)
        assert encoder.done == Encoded(f"small at {encoder.done.host}", encoder.done.host, 3, 0, ())
    with _encoder(api, tmp_path / "v.db") as encoder:
        second = encoder.vectors([*TEXTS, "a new one"])
        assert (encoder.done.fresh, encoder.done.known) == (1, 3)
    assert np.array_equal(first, second[:4])
    assert texts_of(api) == ["where is my parcel", "my password", "iade", "a new one"]


def test_what_a_run_asks_twice_is_not_known_from_before(tmp_path: Path) -> None:
    """Samples overlap: such a text counts once, as fresh or as known."""
    for wanted in ((3, 0), (0, 3)):
        with Encoder(Counted(), VectorCache(tmp_path / "v.db")) as encoder:
            encoder.vectors(TEXTS)
            encoder.vectors(TEXTS[:2])
            assert (encoder.done.fresh, encoder.done.known) == wanted


def test_a_stopped_run_goes_on_where_it_was(api: Stub, tmp_path: Path) -> None:
    """Each batch is kept at once."""
    texts = [f"question {i}" for i in range(100)]
    api.plan = [Reply(), Reply(401, b"key expired")]
    with pytest.raises(ApiError), _encoder(api, tmp_path / "v.db") as encoder:
        encoder.vectors(texts)
    with _encoder(api, tmp_path / "v.db") as encoder:
        encoder.vectors(texts)
        assert (encoder.done.fresh, encoder.done.known) == (36, 64)


def test_another_model_shares_nothing(tmp_path: Path) -> None:
    """A new version of a model encodes everything again."""
    for name in ("m 1", "m 2"):
        model = Counted(name)
        with Encoder(model, VectorCache(tmp_path / "v.db")) as encoder:
            encoder.vectors(TEXTS)
        assert len(model.asked) == 3


def test_a_model_that_changed_behind_its_name_is_told(tmp_path: Path) -> None:
    """Old and new vectors of other dimensions cannot be compared; the hint names the file."""
    with Encoder(Counted(), VectorCache(tmp_path / "v.db")) as encoder:
        encoder.vectors(TEXTS)
    changed = Counted()
    changed.size = 16
    with (
        pytest.raises(EncoderError, match="different dimensions") as caught,
        Encoder(changed, VectorCache(tmp_path / "v.db")) as encoder,
    ):
        encoder.vectors([*TEXTS, "new"])
    assert "v.db" in (caught.value.hint or "")


def test_progress_counts_what_is_encoded() -> None:
    """Over several samples, of what is not known yet."""
    told: list[tuple[str, int, int | None]] = []
    with Encoder(Counted(), VectorCache(None), progress=lambda *args: told.append(args)) as encoder:
        encoder.vectors(["a", "b"])
        encoder.vectors(["b", "c"])
    assert told == [("Encoding questions", 2, 2), ("Encoding questions", 3, 3)]


def test_endless_texts_are_cut() -> None:
    """A model reads only the beginning; so much is sent, and what differs later is the same."""
    model = Counted()
    with Encoder(model, VectorCache(None)) as encoder:
        rows = encoder.vectors(["x" * 10_000, "x" * 20_000])
    assert model.asked == ["x" * LONGEST]
    assert np.array_equal(rows[0], rows[1])


def test_half_a_letter_is_no_obstacle(api: Stub) -> None:
    """Broken Unicode from an export reaches the API as a question mark."""
    with _encoder(api) as encoder:
        assert encoder.vectors(["my \ud83d parcel"]).shape == (1, DIMENSIONS)
    assert texts_of(api) == ["my ? parcel"]


@pytest.mark.parametrize(
    ("model", "said", "knows"),
    [
        (None, (), {"en": True, "tr": True, None: True}),
        (frozenset({"en"}), (), {"en": True, "tr": False, None: False}),
        (frozenset({"en"}), ("tr", "et"), {"en": False, "tr": True, None: False}),
        (None, ("en",), {"en": True, "tr": False, None: False}),
    ],
)
def test_only_known_languages_are_encoded(
    model: frozenset[str] | None, said: Sequence[str], knows: dict[str | None, bool]
) -> None:
    """The user's word, else the model's card, else all."""
    with Encoder(Counted(languages=model), VectorCache(None), said) as encoder:
        assert {lang: encoder.knows(lang) for lang in knows} == knows


def test_a_sample_in_another_language_has_no_vectors() -> None:
    """One question that the model does not know is enough: it is compared by words."""
    with Encoder(Counted(languages=frozenset({"en"})), VectorCache(None)) as encoder:
        english = [Question(f"t-{i}", text, (), "en") for i, text in enumerate(TEXTS)]
        rows = encoder.of(english)
        assert rows is not None
        assert np.array_equal(rows, encoder.vectors(TEXTS))
        assert encoder.of([*english, Question("t-9", "iade", (), "tr")]) is None
        assert encoder.of([Question("t-9", "?", (), None)]) is None
        assert encoder.done.by_words == ("tr", "und")


def test_no_texts_need_no_model() -> None:
    """An empty sample has an empty matrix."""
    with Encoder(Counted(), VectorCache(None)) as encoder:
        assert encoder.vectors([]).shape[0] == 0


def test_another_model_makes_another_mining() -> None:
    """What was mined by words, or with other vectors, is not brought up to date but mined anew."""
    found = {How().basis}
    for name, languages in (("m 1", ()), ("m 2", ()), ("m 1", ("en",))):
        with Encoder(Counted(name), VectorCache(None), languages) as encoder:
            found.add(How(encoder=encoder).basis)
    assert len(found) == 4
