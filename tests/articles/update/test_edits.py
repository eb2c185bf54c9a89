"""Edits touch what they must and keep every other line."""

from __future__ import annotations

import pytest

from kbtool.articles.update.edits import put_behind, put_in, without
from kbtool.articles.update.passages import Body, read_body
from tests.articles.update.shop import article_of


def _read(text: str) -> Body:
    return read_body(text, "en", article_of)


def _in_order(body: Body) -> dict[str, float]:
    return {p.text: float(n) for n, p in enumerate(body.passages)}


LIST = "Intro.\n\n1. One.\n2. Two.\n3. Three.\n\nEnd.\n"


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (LIST, 1.5, "Intro.\n\n1. One.\n2. New.\n3. Two.\n4. Three.\n\nEnd.\n"),
        (LIST, 0.5, "Intro.\n\n1. New.\n2. One.\n3. Two.\n4. Three.\n\nEnd.\n"),
        (LIST, 9, "Intro.\n\n1. One.\n2. Two.\n3. Three.\n4. New.\n\nEnd.\n"),
        ("1. One.\n1. Two.\n", 0.5, "1. One.\n1. New.\n1. Two.\n"),
        ("3) One.\n4) Two.\n", 0.5, "3) One.\n4) New.\n5) Two.\n"),
        ("- One.\n- Two.\n", 0.5, "- One.\n- New.\n- Two.\n"),
        ("1. One.\n\n2. Two.\n", 9, "1. One.\n\n2. Two.\n\n3. New.\n"),
        ("1. One.\n\n2. Two.\n", 0.5, "1. One.\n\n2. New.\n\n3. Two.\n"),
        ("1. One.\n    - in it\n2. Two.", 9, "1. One.\n    - in it\n2. Two.\n3. New.\n"),
        ("1. One.\n2. Two.\n    ```\n    x\n    ```\n", 9,
         "1. One.\n2. Two.\n    ```\n    x\n    ```\n3. New.\n"),
    ],
)  # fmt: skip
def test_a_step_in_its_list(text: str, place: float, expected: str) -> None:
    """In the style of the list, which is numbered on."""
    body = _read(text)
    assert put_in(body, "New.", "step", place, _in_order(body), "en") == expected


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("One. Two.\n", 0.5, "One. New. Two.\n"),
        ("One. Two.\n", -1, "New. One. Two.\n"),
        ("One.\nTwo.\n\nThree.\n", 1.5, "One.\nTwo. New.\n\nThree.\n"),
        ("1. One.\n2. Two.\n\nEnd.\n", 1.5, "1. One.\n2. Two.\n\nNew.\n\nEnd.\n"),
        ("Do this:\n\n- One.\n", 0.5, "New. Do this:\n\n- One.\n"),
        ("> **Note:** One.\n", 0.5, "> **Note:** One.\n\nNew.\n"),
    ],
)
def test_a_fact_behind_its_neighbour(text: str, place: float, expected: str) -> None:
    """In its paragraph when it has one."""
    body = _read(text)
    assert put_in(body, "New.", "fact", place, _in_order(body), "en") == expected


def test_what_nothing_places_comes_last_but_for_links() -> None:
    """Above "See also", below everything else."""
    text = "One.\n\nSee also: [Two](/a/kb-2/)\n"
    assert put_in(_read(text), "New.", "fact", 1, {}, "en") == (
        "One.\n\nNew.\n\nSee also: [Two](/a/kb-2/)\n"
    )


def test_notes_stay_apart() -> None:
    """Two quotes in a row would melt into one."""
    body = _read("One.\n\n> **Note:** Two.\n\n\nEnd.\n")
    assert put_in(body, "> **Note:** New.", "note", 9, _in_order(body), "en") == (
        "One.\n\n> **Note:** Two.\n\n<!-- -->\n\n> **Note:** New.\n\n\nEnd.\n"
    )


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("One. Two. Three.\n", 1, "One. Three.\n"),
        ("One. Two.\n", 1, "One.\n"),
        ("One.\n\nTwo.\n\nThree.\n", 1, "One.\n\nThree.\n"),
        ("1. One.\n2. Two.\n3. Three.\n", 1, "1. One.\n2. Three.\n"),
        ("> **Note:** One.\n\n<!-- -->\n\n> **Note:** Two.\n", 1, "> **Note:** One.\n"),
    ],
)
def test_without_a_sentence(text: str, number: int, expected: str) -> None:
    """Nothing empty is left of its block."""
    body = _read(text)
    assert without(body, body.passages[number]) == expected


@pytest.mark.parametrize(
    "whole",
    [
        "| a | b |\n|---|---|\n| One. | x |\n| Two. | y |\n",
        "> One.\n>\n> - Two.\n",
        "!!! note\n    One.\n\n    Two.\n",
    ],
)
def test_nothing_is_torn_apart(whole: str) -> None:
    """Tables, quotes and boxes stay whole, with a block behind or before them."""
    body = _read(f"{whole}\nEnd.\n")
    one = next(p for p in body.passages if "One." in p.text)
    assert put_behind(body, one, "New.") == f"{whole}\nNew.\n\nEnd.\n"
    only = {p.text: 5.0 for p in body.passages if "Two." in p.text}
    assert put_in(body, "New.", "block", 1, only, "en") == f"New.\n\n{whole}\nEnd.\n"


def test_a_block_behind_a_list() -> None:
    """Not inside it: its numbers would begin anew."""
    body = _read(LIST)
    assert put_behind(body, body.passages[1], "<!-- x -->") == (
        "Intro.\n\n1. One.\n2. Two.\n3. Three.\n\n<!-- x -->\n\nEnd.\n"
    )
