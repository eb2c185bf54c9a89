"""The kept documents: read back as they were, or refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.errors import IndexMissingError
from kbtool.model import Document
from kbtool.search.parts import parts_of
from kbtool.search.record.kept import read_documents, write_documents
from tests.search.record.helpers import DOCUMENTS

TEXT = st.text(st.characters(), max_size=20)  # with halves of surrogate pairs
ANY = st.builds(
    Document,
    *(TEXT, TEXT, TEXT),
    *(st.lists(TEXT, max_size=3).map(tuple),) * 2,
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
    st.none() | TEXT,
    *(TEXT, TEXT, TEXT),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(ANY, max_size=4))
def test_read_back_as_they_were(tmp_path: Path, documents: list[Document]) -> None:
    """Any documents, by language and id; the same bytes every time."""
    path = tmp_path / "documents.jsonl"
    write_documents(parts_of(documents), path)
    first = path.read_bytes()
    assert read_documents(path) == tuple(sorted(documents, key=lambda d: (d.lang, d.id)))
    write_documents(parts_of(documents), path)
    assert path.read_bytes() == first
    first.decode("utf-8")


def test_every_damage_is_told(tmp_path: Path) -> None:
    """A file cut off anywhere, or with a changed byte anywhere, is never read as documents."""
    path = tmp_path / "documents.jsonl"
    write_documents(parts_of(DOCUMENTS), path)
    whole = path.read_bytes()
    for place in range(0, len(whole) - 1, 23):
        for damaged in (whole[:place], whole[:place] + b"\x00" + whole[place + 1 :]):
            path.write_bytes(damaged)
            with pytest.raises(IndexMissingError, match=r"documents\.jsonl: d") as caught:
                read_documents(path)
            assert caught.value.hint == "kbtool build"


def test_lost_lines_are_told(tmp_path: Path) -> None:
    """A line less, or two in another order."""
    path = tmp_path / "documents.jsonl"
    write_documents(parts_of(DOCUMENTS), path)
    lines = path.read_bytes().splitlines(keepends=True)
    for changed in (lines[1:], [lines[1], lines[0], *lines[2:]], lines[:-1]):
        path.write_bytes(b"".join(changed))
        with pytest.raises(IndexMissingError, match="damaged"):
            read_documents(path)


def test_missing_unreadable_or_of_another_version(tmp_path: Path) -> None:
    """Each says what it is."""
    path = tmp_path / "documents.jsonl"
    with pytest.raises(IndexMissingError, match="no kept documents"):
        read_documents(path)
    with pytest.raises(IndexMissingError, match="cannot be read"):
        read_documents(tmp_path)
    write_documents(parts_of([]), path)
    assert read_documents(path) == ()
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(IndexMissingError, match="another version"):
        read_documents(path)


def test_a_document_with_other_fields_is_of_another_version(tmp_path: Path) -> None:
    """What a later kbtool may write is not read as if it were known."""
    path = tmp_path / "documents.jsonl"
    line = b'{"id": "kb-1"}\n'
    last = {"documents": 1, "format": 1, "sha256": hashlib.sha256(line).hexdigest()}
    path.write_bytes(line + json.dumps(last).encode() + b"\n")
    with pytest.raises(IndexMissingError, match="another version"):
        read_documents(path)
