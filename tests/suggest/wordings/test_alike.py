"""Synonyms from tickets."""

from __future__ import annotations

from kbtool.suggest.wordings.alike import Alike, alike
from kbtool.suggest.wordings.cases import Case, Cases
from kbtool.suggest.wordings.shelf import Shelf
from tests.suggest.samples import article
from tests.suggest.wordings.cases_of import FRAMES, SHELF, case, cases, of_word, others


def _alike(own: list[Case], shelf: Shelf | None = None) -> list[Alike]:
    return list(alike(Cases([*own, *others()], "en"), shelf or Shelf(SHELF)))


def test_a_word_in_the_very_place_of_the_articles() -> None:
    """Customers say telly where others say tv: the line leads from theirs to the article's."""
    found = _alike([*of_word("tv", 0), *of_word("telly", 100)])
    assert [(one.word, one.known, one.article.id) for one in found] == [("telly", "tv", "kb-1")]
    assert (len(found[0].cases), found[0].people) == (6, 6)
    assert found[0].belongs > 10.83


def test_a_word_beside_the_articles_is_no_synonym() -> None:
    """What stands with it says something else about it."""
    beside = [text.format("tv") + " remote" for text in FRAMES]
    assert _alike([*of_word("tv", 0), *cases(beside, first=100)]) == []


def test_a_word_in_other_places_is_no_synonym() -> None:
    """The same article is not enough."""
    own = cases(
        ["cannot pair the remote with anything", "remote buttons do nothing"] * 3, first=100
    )
    assert _alike([*of_word("tv", 0), *own]) == []


def test_a_word_that_an_article_has_is_known() -> None:
    """Search finds it already, in whatever article it stands."""
    other = article("kb-3", "Sell your old telly", body="We take it.")
    own = [*of_word("tv", 0), *of_word("telly", 100)]
    assert _alike(own, Shelf([*SHELF, other])) == []


def test_a_line_that_is_written_is_not_proposed() -> None:
    """Pasting it takes it off the list."""
    shelf = Shelf(SHELF, {"en": [(("telly",), ("tv",))]})
    assert _alike([*of_word("tv", 0), *of_word("telly", 100)], shelf) == []


def test_two_people_are_too_few() -> None:
    """However many tickets they write."""
    own = [
        case(100 + n, frame.format("telly"), person=f"p{n % 2}") for n, frame in enumerate(FRAMES)
    ]
    assert _alike([*of_word("tv", 0), *own]) == []


def test_a_slip_is_corrected_not_listed() -> None:
    """A mistyped word of the article needs no line."""
    long = article("kb-1", "My television shows no picture", tags=("television",))
    own = [*of_word("television", 0), *of_word("televison", 100)]
    assert _alike(own, Shelf([long, SHELF[1]])) == []


def test_a_slip_of_a_usual_word_is_not_listed_either() -> None:
    """A mistyped word of customers, which the article lacks as well."""
    many = [one for n in range(4) for one in of_word("telescreen", 1000 + 100 * n)]
    own = [*of_word("tv", 0), *many, *of_word("telescreeen", 100)]
    found = {one.word for one in _alike(own)}
    assert "telescreen" in found
    assert "telescreeen" not in found


def test_order_does_not_matter() -> None:
    """The same tickets give the same pairs."""
    own = [*of_word("tv", 0), *of_word("telly", 100)]
    assert _alike(own) == _alike(own[::-1])
