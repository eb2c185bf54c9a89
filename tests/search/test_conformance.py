"""What a search has to see through: capitals, slips, forms, compounds, marks, in four languages.

The packs in ``conformance/`` were written without a look at the code. Whatever answers queries can
be asked: ``documents(lang)`` are the articles, ``cases(lang)`` the queries with the id of the one
article that must come first, or None where nothing may be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from kbtool.model import Document
from kbtool.search.index import Index
from tests.search.helpers import document, ids, open_index

FOLDER = Path(__file__).parent / "conformance"
LANGS = ("de", "en", "et", "tr")


class Case(NamedTuple):
    """A query and what must come of it."""

    lang: str
    query: str
    first: str | None
    """The article that must come first; None where nothing may be found."""
    why: str
    """What the case is about."""


@cache
def _pack(lang: str) -> dict[str, Any]:
    pack: dict[str, Any] = yaml.safe_load((FOLDER / f"{lang}.yaml").read_text(encoding="utf-8"))
    assert pack["language"] == lang
    return pack


def documents(lang: str) -> list[Document]:
    """The articles of a language's pack."""
    return [
        document(
            one["id"], lang, one["title"], one["body"], questions=tuple(one.get("questions", ()))
        )
        for one in _pack(lang)["articles"]
    ]


def cases(lang: str) -> list[Case]:
    """The queries of a language's pack."""
    return [Case(lang, one["query"], one.get("first"), one["why"]) for one in _pack(lang)["cases"]]


KNOWN_GAPS = {
    ("de", "zahlen"): "Zählerstand shares its first letters; umlauts weigh as much as plain vowels",
    ("de", "gebühr"): "Mahngebühren ends in another form of it; tails are words as they stand",
    ("de", "wie schicke ich es zurück"): "the prefix alone is no stop word and outweighs the verb",
    ("et", "yliõpilane"): "y for ü is a slip, and the ending differs, too",
    ("et", "s6it"): "a digit for õ: words with digits are taken as typed",
    ("et", "märk"): "numbrimärgis ends in another grade of it; tails are words as they stand",
    ("et", "režiim"): "öörežiimi begins with three letters; heads have four",
    ("et", "ekiri"): "e-kirjaga is read as two words, and the second is another form",
    ("tr", "alt geçit"): "altgeçidinden is another form of the joined word",
}
"""(Language, query) → why it is not answered yet. A gap that closes fails until it is taken out."""


def _marked(case: Case) -> Any:
    gap = KNOWN_GAPS.get((case.lang, case.query))
    marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
    return pytest.param(case, id=f"{case.lang}-{case.why}-{case.query}", marks=marks)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    """The index of each pack."""
    folder = tmp_path_factory.mktemp("conformance")
    made = {lang: open_index(documents(lang), folder / lang) for lang in LANGS}
    yield made
    for index in made.values():
        index.close()


@pytest.mark.parametrize("case", [_marked(case) for lang in LANGS for case in cases(lang)])
def test_a_case_is_answered(indexes: dict[str, Index], case: Case) -> None:
    """The right article first; nothing where there is nothing."""
    found = ids(indexes[case.lang], case.query, lang=case.lang)
    assert found[:1] == ([case.first] if case.first else [])


@pytest.mark.parametrize("lang", LANGS)
def test_a_pack_is_whole(lang: str) -> None:
    """Ids once, every case about an article that is there or about none, no case twice."""
    known = [one.id for one in documents(lang)]
    asked = cases(lang)
    assert len(set(known)) == len(known)
    assert len({case.query for case in asked}) == len(asked) >= 80
    for case, raw in zip(asked, _pack(lang)["cases"], strict=True):
        assert raw.get("none", False) is (case.first is None)
        assert case.first is None or case.first in known
    gaps = {query for code, query in KNOWN_GAPS if code == lang}
    assert gaps <= {case.query for case in asked}
