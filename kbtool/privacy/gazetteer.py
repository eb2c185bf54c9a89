"""Word lists that ship with kbtool: common first names, towns, and capitalised words that are no
names. A list proves nothing by itself; it decides where the words around leave it open.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language

_FOLDER = Path(__file__).parent


@cache
def first_names() -> frozenset[str]:
    """Match keys of common first names."""
    return _read("first_names.txt")


@cache
def towns() -> frozenset[str]:
    """Match keys of towns; those of several words with hyphens."""
    return _read("towns.txt")


@cache
def no_names() -> frozenset[str]:
    """Match keys of words that are not taken for a name: brands, departments, days, stop words."""
    stop = (word for code in KNOWN for word in get_language(code).stop_words)
    closings = (
        word for code in KNOWN for phrase in get_language(code).closings for word in phrase.split()
    )
    return _read("no_names.txt") | frozenset(map(word_key, (*stop, *closings)))


def _read(name: str) -> frozenset[str]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return frozenset(
        word_key(word) for line in lines if not line.startswith("#") for word in line.split()
    )
