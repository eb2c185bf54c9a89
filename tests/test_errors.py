"""What a bug report may say: where it happened, and no text of a ticket."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from kbtool.errors import NotFoundError, trace_of

SECRET = "zeppelin"


def fail(text: str) -> None:
    """Raise what quotes the text, three errors deep."""
    try:
        json.loads(text)
    except ValueError as error:
        try:
            raise KeyError(text)
        except KeyError:
            raise ValueError(f"cannot read {text!r}") from error


def test_a_trace_names_places_and_no_values() -> None:
    """Errors and their causes by type, with file and line; their texts are left out."""
    with pytest.raises(ValueError, match=SECRET) as error:
        fail(SECRET)
    trace = trace_of(error.value)
    assert SECRET not in trace
    assert "in fail" in trace
    assert "ValueError (its text is left out" in trace
    assert "\nfrom\n" in trace
    assert "JSONDecodeError" in trace


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NameError("name 'x' is not defined"), "NameError: name 'x' is not defined"),
        (NotFoundError("no topic t-1"), "NotFoundError: no topic t-1"),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
)
def test_what_only_names_code_is_told(error: Exception, told: str) -> None:
    """Without it a report would help nobody."""
    assert trace_of(error) == told


def test_a_group_tells_of_all_its_errors() -> None:
    """None of their texts."""
    group = ExceptionGroup(SECRET, [ValueError(SECRET), KeyError(SECRET)])
    trace = trace_of(group)
    assert SECRET not in trace
    assert [line.split()[0] for line in trace.splitlines() if line != "from"] == [
        "ExceptionGroup",
        "ValueError",
        "KeyError",
    ]


def test_the_trace_of_another_process_is_told() -> None:
    """Its frames come as text, with the values left out."""
    with (
        ProcessPoolExecutor(1, get_context("fork")) as pool,
        pytest.raises(ValueError, match=SECRET) as error,
    ):
        pool.submit(fail, SECRET).result()
    trace = trace_of(error.value)
    assert SECRET not in trace
    assert "in fail" in trace
