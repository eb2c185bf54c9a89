"""The files of an index: what is written is read back, and the same input gives the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.model import Document
from kbtool.search.impacts.layout import key_order
from kbtool.search.impacts.lexicon import Entry, Reading
from kbtool.search.impacts.reader import Shelf as Reader
from kbtool.search.impacts.scale import SCORES
from kbtool.search.impacts.shards import ONE_FILE, Shelf, write_shelf
from kbtool.search.impacts.weigh import TermList, term_lists
from tests.search.helpers import document
from tests.search.impacts.helpers import corpora, files_of, numbered

KEYS = st.text(alphabet="abcé9 ığ#=*+\uffee", min_size=1, max_size=12)
NUMBERS = st.one_of(st.integers(0, 127), st.integers(128, 100_000))


@st.composite
def lists(draw: st.DrawFn) -> TermList:
    """Any list: gaps small and large, perhaps no article at all."""
    articles = sorted(draw(st.sets(NUMBERS, max_size=12)))
    levels = np.frombuffer(
        draw(st.binary(min_size=len(articles), max_size=len(articles))), np.uint8
    )
    one = np.zeros(len(articles), np.int32)
    weight = draw(st.integers(1, 5000))
    return term_lists(one, np.array(articles, np.int64), levels, [weight])[0]


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    """Any entries over any lists."""
    terms = draw(
        st.dictionaries(
            KEYS.map(lambda key: f"{key.replace('/', '')}/4"), lists(), min_size=1, max_size=8
        )
    )
    some = st.lists(st.tuples(st.sampled_from(sorted(terms)), st.integers(1, 255)), max_size=3)
    reading = st.builds(Reading, st.integers(1, 16), some.map(tuple))
    readings = st.lists(reading, max_size=3).map(tuple)
    entry = st.builds(
        Entry,
        NUMBERS,
        st.text(max_size=5),
        readings,
        st.lists(st.tuples(st.text(max_size=5), readings), max_size=2).map(tuple),
        st.lists(NUMBERS, max_size=3).map(tuple),
        st.lists(NUMBERS, max_size=3).map(tuple),
    )
    entries = draw(st.dictionaries(KEYS, entry, max_size=8))
    return Shelf("en", [document("a", "en", "A")], entries, terms, frozenset({"the"}))


def read(shelf: Shelf) -> Reader:
    """The shelf, written and opened."""
    files: dict[str, bytes] = {}
    write_shelf(shelf, files.__setitem__)
    return Reader(shelf.lang, files.__getitem__)


@settings(max_examples=60)
@given(shelves())
def test_what_is_written_is_read_back(shelf: Shelf) -> None:
    """Every entry with its readings, spellings and articles, every list it refers to."""
    reader = read(shelf)

    def told(readings: object) -> object:
        """Readings by their lists, which have other names when read."""
        return [
            (scale, [(reader.postings(term), share) for term, share in terms])
            for scale, terms in readings  # type: ignore[attr-defined] # of either kind
        ]

    def meant(readings: tuple[Reading, ...]) -> object:
        return [
            (scale, [(_postings(shelf.lists[term]), share) for term, share in terms])
            for scale, terms in readings
        ]

    for key, entry in shelf.entries.items():
        found = reader.entry(key)
        assert found is not None
        assert (found.having, found.shown) == (entry.having, entry.shown)
        assert (found.titled, found.asked) == (entry.titled, entry.asked)
        assert told(found.readings) == meant(entry.readings)
        assert [(word, told(r)) for word, r in found.spellings] == [
            (word, meant(r)) for word, r in entry.spellings
        ]
    assert reader.stop_words == {"the"}


def _postings(of: TermList) -> tuple[object, ...]:
    return (tuple(of.articles), tuple(SCORES[level] for level in of.levels), of.weight)


@settings(max_examples=30)
@given(shelves(), KEYS)
def test_a_key_that_was_not_written_is_not_there(shelf: Shelf, key: str) -> None:
    """Whatever stands beside it."""
    assert (read(shelf).entry(key) is not None) == (key in shelf.entries)


@pytest.mark.parametrize("count", [1, ONE_FILE, ONE_FILE + 1, 1000])
def test_shelves_of_many_sizes(count: int) -> None:
    """One file up to a size, then many shards; either way every article is there by every word."""
    documents = numbered(count)
    files = files_of(documents)
    reader = Reader("en", files.__getitem__)
    assert reader.articles == count
    assert any(name.partition("/")[2].startswith("w") for name in files) == (count > ONE_FILE)
    assert reader.shards > (count > 1)
    shown = {reader.shown(number)[0]: number for number in range(count)}
    assert shown.keys() == {made.id for made in documents}
    for made in documents[::37]:
        number = shown[made.id]
        assert reader.text(number) == made.body
        assert reader.shown(number) == [made.id, made.title, made.category, made.url, made.summary]
        entry = reader.entry(made.title.split()[-1])
        assert entry is not None
        ((_, terms), *_) = entry.readings
        assert any(number in reader.postings(term).articles for term, _ in terms)
    everywhere = reader.entry("bike")
    assert everywhere is not None
    assert everywhere.having == count
    assert sum(size for _, _, size in reader.categories) == count


def test_no_articles_make_no_files() -> None:
    """An empty help centre has no language."""
    assert files_of([]) == {}


@given(corpora(), st.randoms())
@settings(max_examples=10)
def test_the_order_of_the_input_does_not_matter(documents: list[Document], rng: object) -> None:
    """The same bytes."""
    mixed = list(documents)
    rng.shuffle(mixed)  # type: ignore[attr-defined] # a random.Random
    assert files_of(mixed) == files_of(documents)


def test_the_hash_seed_does_not_matter() -> None:
    """Another process with another order of sets writes the same bytes, several shards of them."""
    code = (
        "import hashlib\n"
        "from tests.search.impacts.helpers import files_of, numbered\n"
        "files = sorted(files_of(numbered(450)).items())\n"
        "print(hashlib.sha256(repr(files).encode()).hexdigest())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    ]
    assert told[0] == told[1] != b""


def test_another_content_is_another_generation() -> None:
    """A reader with an old manifest never mixes two; the manifest names the folder."""
    one, two = files_of(numbered(401)), files_of(numbered(402))
    folders = [{name.split("/")[0] for name in files if "/" in name} for files in (one, two)]
    assert all(len(folder) == 1 for folder in folders)
    assert folders[0] != folders[1]
    head = zlib.decompress(one["en.kb"], 31).partition(b"\n")[0]
    assert folders[0] == {f"en.{json.loads(head)['generation']}"}


def test_each_language_has_its_own_files() -> None:
    """A change of one leaves the other's bytes."""
    english, turkish = numbered(3), [document("t", "tr", "Şifre")]
    both = files_of([*english, *turkish])
    assert {name: data for name, data in both.items() if name.startswith("tr")} == files_of(turkish)


@given(st.lists(st.text(max_size=4), max_size=8))
def test_keys_are_in_the_order_of_javascript(keys: list[str]) -> None:
    """Code units of UTF-16, not code points: an emoji before U+FFEE."""
    assert key_order("\U0001f6b2") < key_order("\uffee")
    units = sorted(keys, key=key_order)
    assert units == sorted(
        keys,
        key=lambda key: [
            int.from_bytes(key_order(key)[at : at + 2], "big") for at in range(0, len(key_order(key)), 2)
        ],
    )  # fmt: skip
