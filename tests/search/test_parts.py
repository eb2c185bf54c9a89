"""Parts of articles: all of them, and one changed article changes few."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.search.parts import parts_of, pieces
from tests.search.helpers import document

MANY = [document(f"kb-{n}", "en", f"Title {n}", "Body.") for n in range(1200)]


@settings(max_examples=20)
@given(st.permutations(MANY[:150]))
def test_every_article_is_in_one_part(documents: list[object]) -> None:
    """By id, whatever order they came in; the lines say the same."""
    parts = parts_of(documents)["en"]  # type: ignore[arg-type] # a permutation of documents
    ids = [one.id for part in parts for one in part.documents]
    assert ids == sorted(one.id for one in MANY[:150])
    for part in parts:
        said = [json.loads(line)["id"] for line in part.lines.splitlines()]
        assert said == [one.id for one in part.documents]


@settings(max_examples=20)
@given(st.integers(0, len(MANY) - 1))
def test_an_article_that_goes_changes_two_parts_at_most(gone: int) -> None:
    """Its own, and a neighbour when it stood at the border."""
    before = {part.lines for part in parts_of(MANY)["en"]}
    after = {part.lines for part in parts_of(MANY[:gone] + MANY[gone + 1 :])["en"]}
    assert len(before) > 5
    assert len(after - before) <= 2


def test_pieces_are_the_part_again() -> None:
    """In order, several of them, none empty; one changed article changes one of them."""
    part = parts_of(MANY)["en"][0]
    found = list(pieces(part))
    assert len(found) > 2
    assert [one for piece in found for one in piece.documents] == list(part.documents)
    assert b"".join(piece.lines for piece in found) == part.lines
    assert all(piece.documents for piece in found)
    changed = [replace(one, body="New.") if one.id == part.documents[5].id else one for one in MANY]
    after = {piece.lines for piece in pieces(parts_of(changed)["en"][0])}
    assert len(after - {piece.lines for piece in found}) == 1


def test_languages_apart() -> None:
    """Sorted; no articles, no parts."""
    assert list(parts_of([document("a", "tr", "A"), document("a", "en", "A")])) == ["en", "tr"]
    assert parts_of([]) == {}
