"""What is kept between two indexes: never in the way of a right one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.model import Document
from kbtool.search.cache import Cache, name_of, packed, unpacked
from kbtool.search.index import build_index
from kbtool.search.parts import parts_of
from kbtool.search.synonyms import SynonymTable
from tests.search.helpers import document
from tests.search.impacts.helpers import EN, numbered

TABLES: tuple[dict[str, SynonymTable], ...] = ({}, {"en": SynonymTable(((("telly",), ("lock",)),))})


def files(folder: Path) -> dict[str, bytes]:
    """Name → bytes of every file below a folder."""
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


def index_of(
    documents: list[Document], cache: Path | None, tables: dict[str, SynonymTable] | None = None
) -> dict[str, bytes]:
    """The files of an index."""
    with TemporaryDirectory() as folder:
        build_index(documents, Path(folder) / "index", tables, cache)
        return files(Path(folder) / "index")


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    """What is done to which article, with which words."""
    kind = st.sampled_from(["add", "body", "title", "delete", "move", "damage", "cut"])
    words = st.lists(st.sampled_from(EN), min_size=1, max_size=4).map(" ".join)
    return draw(st.lists(st.tuples(kind, st.integers(0, 5), words), min_size=2, max_size=5))


def edited(documents: dict[int, Document], kind: str, number: int, words: str) -> None:
    """Do one edit; one that has no article to change adds it."""
    known = documents.get(number)
    if kind == "add" or known is None:
        documents[number] = document(f"kb-{number}", "en", words, f"{words}. It is off.")
    elif kind == "delete":
        del documents[number]
    elif kind == "move":
        documents[number] = replace(known, lang="tr" if known.lang == "en" else "en")
    elif kind == "body":
        documents[number] = replace(known, body=words)
    elif kind == "title":
        documents[number] = replace(known, title=words, category=words)


@settings(max_examples=6, deadline=None)
@given(edits(), st.data())
def test_after_any_edits_the_index_is_that_of_a_clean_build(
    steps: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    """Articles and synonyms come, change and go, languages change, kept files are damaged."""
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        documents: dict[int, Document] = {}
        for kind, number, words in steps:
            kept = sorted(p for p in cache.rglob("*") if p.is_file()) if cache.exists() else []
            if kind in ("damage", "cut") and kept:
                spoil(kept[number % len(kept)], cut=kind == "cut")
            edited(documents, kind, number, words)
            tables = data.draw(st.sampled_from(TABLES))
            made = list(documents.values())
            assert index_of(made, cache, tables) == index_of(made, None, tables)


def spoil(path: Path, *, cut: bool) -> None:
    """Cut a kept file off, or change a byte of it; what it is linked to stays whole."""
    content = path.read_bytes()
    path.unlink()
    changed = bytes([content[-1] ^ 1]) if content else b"x"
    path.write_bytes(content[: len(content) // 2] if cut else content[:-1] + changed)


@pytest.mark.parametrize("change", [lambda d: d, lambda d: replace(d, body="Locks. " + d.body)])
def test_many_articles_in_parts(tmp_path: Path, change: Callable[[Document], Document]) -> None:
    """One article of several parts changes, or none; most of what was kept is used again."""
    documents = numbered(300)
    index_of(documents, tmp_path)
    before = set(tmp_path.iterdir())
    assert len(parts_of(documents)["en"]) > 1
    documents[7] = change(documents[7])
    assert index_of(documents, tmp_path) == index_of(documents, None)
    assert before & set(tmp_path.iterdir())


def test_only_what_the_last_index_used_is_kept(tmp_path: Path) -> None:
    """The folder does not grow from build to build; the files of others in it go."""
    documents = numbered(20)
    index_of(documents, tmp_path)
    first = sorted(tmp_path.iterdir())
    (tmp_path / "foreign").write_text("x")
    index_of(documents[:-1], tmp_path)
    index_of(documents, tmp_path)
    assert sorted(tmp_path.iterdir()) == first


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "cache").write_text("x")
    documents = numbered(3)
    assert index_of(documents, tmp_path / "cache") == index_of(documents, None)


def test_bytes_are_given_back_under_their_own_name_alone(tmp_path: Path) -> None:
    """Not when they were changed, cut off, renamed, or never kept."""
    Cache(tmp_path).put("one", b"content")
    assert Cache(tmp_path).get("one") == b"content"
    shutil.copy(tmp_path / "one", tmp_path / "two")
    assert Cache(tmp_path).get("two") is None
    whole = (tmp_path / "one").read_bytes()
    for size in range(len(whole)):
        (tmp_path / "one").write_bytes(whole[:size])
        assert Cache(tmp_path).get("one") is None
    assert Cache(tmp_path).get("three") is None
    assert Cache(None).get("one") is None


@given(st.dictionaries(st.text(), st.binary()))
def test_packed_files_come_back(made: dict[str, bytes]) -> None:
    """With any names and contents."""
    assert unpacked(packed(made)) == made


@given(st.lists(st.binary(), max_size=3), st.lists(st.binary(), max_size=3))
def test_names_tell_what_something_was_made_of(one: list[bytes], other: list[bytes]) -> None:
    """Where one piece ends and the next begins, too."""
    assert (name_of(*one) == name_of(*other)) == (one == other)
