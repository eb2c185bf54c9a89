"""Reading an index of impacts: little of it, and safely."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.search.impacts.rank import Answer, Ranker
from kbtool.search.impacts.reader import Shelf
from tests.search.helpers import document
from tests.search.impacts.helpers import files_of, numbered

DAMAGE = (OSError, ValueError, LookupError, TypeError, EOFError, zlib.error)
"""What ``kbtool.search.index`` tells as a damaged index."""
SMALL = files_of([document("a", "xx", "Lock it", "Rain and snow."), document("b", "xx", "Snow")])
MANY = files_of(numbered(450))


def ask(files: dict[str, bytes], lang: str) -> list[object]:
    """What an index says to a few queries: a word, a slip, a beginning, a title, a tag."""
    shelf = Shelf(lang, files.__getitem__)
    ranker = Ranker(shelf)
    answers: list[object] = []
    for query in ("snow ", "sonw", "sn", "lock it", "rain bike lock"):
        answer: Answer = ranker.rank(query, 5)
        answers.append([(shelf.shown(n), shelf.text(n), score) for n, score in answer.ranked])
    return [*answers, ranker.tagged("tag 1")]


def test_only_what_is_needed_is_read() -> None:
    """The manifest at first; for a word its shard; texts only for what is shown."""
    asked: list[str] = []

    def read(name: str) -> bytes:
        asked.append(name)
        return MANY[name]

    shelf = Shelf("en", read)
    assert asked == ["en.kb"]
    assert shelf.entry("bike") is not None
    (shard,) = asked[1:]
    assert shard.partition("/")[2].startswith("w")
    shelf.entry("bike")
    assert len(asked) == 2
    shelf.text(0)
    assert asked[2:] == [f"{shard.partition('/')[0]}/t0"]


def test_words_by_their_beginnings_and_ends() -> None:
    """Any word, also one that no article has."""
    shelf = Shelf("en", MANY.__getitem__)
    every = {
        key: entry.having for n in range(shelf.shards) for key, entry in shelf.words(n).starting("")
    }
    plain = {key: having for key, having in every.items() if key.isalpha()}
    assert {"bike", "bikes", "unlock"} <= plain.keys()
    for end in ("word", "lock", "s", "xyz", ""):
        assert dict(shelf.ending(end)) == {k: n for k, n in plain.items() if k.endswith(end)}
    assert shelf.short_words() == {k: n for k, n in plain.items() if len(k) <= 6}
    for start in ("", "b", "bike", "zzzz"):
        shard = shelf.shard_of(start)
        assert shard is not None
        there = [k for n in range(shard, shelf.shards) for k, _ in shelf.words(n).starting(start)]
        assert sorted(there) == sorted(k for k in every if k.startswith(start))


def test_another_format_is_refused() -> None:
    """A newer manifest is not guessed at."""
    head, _, rest = zlib.decompress(SMALL["xx.kb"], 31).partition(b"\n")
    newer = head.replace(b'"format":1', b'"format":99')
    assert newer != head
    with pytest.raises(ValueError, match="format"):
        Shelf("xx", {"xx.kb": gzip.compress(newer + b"\n" + rest)}.__getitem__)


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_file_cut_anywhere(name: str) -> None:
    """Every truncation of the compressed file is noticed."""
    right = ask(SMALL, "xx")
    for size in range(len(SMALL[name])):
        with pytest.raises(DAMAGE):
            ask(SMALL | {name: SMALL[name][:size]}, "xx")
    assert ask(SMALL, "xx") == right


@pytest.mark.parametrize("name", sorted(SMALL))
def test_content_cut_anywhere(name: str) -> None:
    """Cut before it was compressed: an error of ours or an answer, always an end."""
    whole = zlib.decompress(SMALL[name], 31)
    for size in range(len(whole)):
        try:
            ask(SMALL | {name: gzip.compress(whole[:size], compresslevel=1)}, "xx")
        except DAMAGE:
            continue


@given(st.sampled_from(sorted(SMALL)), st.data())
@settings(max_examples=200)
def test_flipped_bits(name: str, data: st.DataObject) -> None:
    """gzip's checksum tells, or the bit was one that does not matter: never a wrong answer."""
    damaged = bytearray(SMALL[name])
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        told = ask(SMALL | {name: bytes(damaged)}, "xx")
    except DAMAGE:
        return
    assert told == ask(SMALL, "xx")
