"""Embeddings from an API that may be slow, busy, broken or something else."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from kbtool.errors import EncoderError
from kbtool.mining.encoding.endpoint import ADVICE, BATCH, EndpointModel
from kbtool.posting import Api, RefusedError, completed
from tests.mining.encoding.stub import Reply, Stub, texts_of, vector_of

TEXTS = ["where is my parcel", "my password", "iade"]


def _model(stub: Stub, *, key: str | None = None) -> EndpointModel:
    waits: list[float] = []
    return EndpointModel(Api(completed(stub.url, "embeddings"), waits.append, ADVICE, key), "small")


def _encode(model: EndpointModel, texts: Sequence[str]) -> dict[int, list[float]]:
    return {
        i: row.tolist()
        for numbers, rows in model.encode(texts)
        for i, row in zip(numbers, rows, strict=True)
    }


def _answer(*rows: object) -> bytes:
    return json.dumps({"data": [{"index": i, "embedding": r} for i, r in enumerate(rows)]}).encode()


def test_each_text_gets_its_own_vector(api: Stub) -> None:
    """By the answer's index, over several batches, each text sent once with the model's name."""
    texts = [f"question {i}" for i in range(2 * BATCH + 3)]
    found = _encode(_model(api), texts)
    assert [found[i] for i in range(len(texts))] == [vector_of(text) for text in texts]
    assert texts_of(api) == texts
    assert {body["model"] for body in api.asked} == {"small"}
    assert set(api.paths) == {"/v1/embeddings"}


def test_nothing_but_texts_model_and_key_is_sent(api: Stub) -> None:
    """The key is a bearer token; without one there is no such header."""
    _encode(_model(api, key="sk-1"), TEXTS)
    _encode(_model(api), TEXTS)
    assert api.keys == ["Bearer sk-1", None]
    assert api.asked[0] == {"model": "small", "input": TEXTS}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"[]", 'no list "data"'),
        (b'{"object": "list"}', 'no list "data"'),
        (b'{"data": [1, 2, 3]}', 'no list "data"'),
        (_answer([1, 2], [3, 4]), "2 vectors for 3 texts"),
        (_answer([1, 2], [3, 4], [5]), "different dimensions"),
        (_answer([1, 2], [3, 4], []), "not a list of numbers"),
        (_answer([1, 2], [3, 4], "AAAA"), "not a list of numbers"),
        (_answer([1, 2], [3, 4], ["a", "b"]), "not a list of numbers"),
        (_answer([1, 2], [3, 4], [[5], [6]]), "not a list of numbers"),
        (_answer([1, 2], [3, 4], [float("nan"), 1]), "NaN"),
        (_answer([1, 2], [3, 4], [float("inf"), 1]), "NaN"),
        (_answer([1, 2], [3, 4], [None, 1]), "NaN"),
        (_answer([1, 2], [3, 4], [0, 0]), "zeros"),
        (_answer([1, 2], [3, 4], [10**400, 1]), "not a list of numbers"),
        (b'{"data": [{"index": 0}, {"index": 0}, {"index": 1}]}', "not numbered"),
        (b'{"data": [{"index": "0"}, {"index": 1}, {"index": 2}]}', "not numbered"),
    ],
)
def test_an_answer_that_is_no_vectors_is_told(api: Stub, body: bytes, told: str) -> None:
    """Named with the host; nothing is taken from it and it is not asked again."""
    api.plan = [Reply(body=body)]
    with pytest.raises(EncoderError, match=told) as caught:
        _encode(_model(api), TEXTS)
    assert caught.value.message.startswith("127.0.0.1:")
    assert caught.value.hint
    assert len(api.asked) == 1


def test_a_batch_that_is_too_large_is_halved(api: Stub) -> None:
    """Until the API takes it; the size that worked stays."""
    api.refuse = lambda body: Reply(413, b"at most 20") if len(body["input"]) > 20 else None
    texts = [f"question {i}" for i in range(100)]
    found = _encode(_model(api), texts)
    assert [found[i] for i in range(100)] == [vector_of(text) for text in texts]
    assert [len(body["input"]) for body in api.asked] == [64, 32, *[16] * 6, 4]


def test_a_text_that_is_refused_alone_is_told(api: Stub) -> None:
    """With the API's reason; a key that it repeats is not shown."""
    api.refuse = lambda _: Reply(400, b'{"error": {"message": "no model small for sk-secret"}}')
    with pytest.raises(RefusedError, match="HTTP 400: no model small for …"):
        _encode(_model(api, key="sk-secret"), TEXTS)


def test_a_wrong_key_is_told_at_once(api: Stub) -> None:
    """The hint names the variable that holds it."""
    api.plan = [Reply(401, b"no")]
    with pytest.raises(RefusedError) as caught:
        _encode(_model(api), TEXTS)
    assert "KBTOOL_EMBEDDINGS_KEY" in (caught.value.hint or "")
    assert len(api.asked) == 1


def test_no_texts_ask_nothing(api: Stub) -> None:
    """An empty sample costs no request."""
    assert _encode(_model(api), []) == {}
    assert api.asked == []


def test_the_answer_may_leave_out_the_index(api: Stub) -> None:
    """Then the order counts."""
    rows = [{"embedding": [i, 1]} for i in range(3)]
    api.plan = [Reply(body=json.dumps({"data": rows}).encode())]
    assert np.allclose([*_encode(_model(api), TEXTS).values()], [[0, 1], [1, 1], [2, 1]])
