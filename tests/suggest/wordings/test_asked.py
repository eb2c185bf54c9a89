"""Wordings from tickets."""

from __future__ import annotations

from kbtool.model import Article
from kbtool.suggest.wordings.asked import MOST, Wanted, wanted
from kbtool.suggest.wordings.cases import Case, Cases
from kbtool.suggest.wordings.shelf import Shelf
from tests.suggest.samples import article
from tests.suggest.wordings.cases_of import SHELF, case, cases, others


def _wanted(own: list[Case], articles: tuple[Article, ...] = SHELF) -> list[Wanted]:
    return list(wanted(Cases([*own, *others()], "en"), Shelf(articles)))


def test_what_several_people_ask_in_words_that_the_article_lacks() -> None:
    """The line is a customer's own; the counts are of those who use the word."""
    own = cases(["the screen flickers", "screen flickers all day", "my screen flickers\nhelp me"])
    found = _wanted([*own, case(9, "the tv is black")])
    assert [(one.article.id, one.text, one.words) for one in found] == [
        ("kb-1", "my screen flickers", ("flickers", "screen"))
    ]
    assert (len(found[0].cases), found[0].people) == (3, 3)


def test_once_it_stands_in_the_article_it_is_wanted_no_more() -> None:
    """Pasting a line takes it off the list."""
    own = cases(["the screen flickers", "screen flickers all day", "my screen flickers"])
    line = _wanted(own)[0].text
    mended = article("kb-1", "My tv shows no picture", also_asked=(line,))
    assert _wanted(own, (mended, SHELF[1])) == []


def test_two_people_are_too_few() -> None:
    """However many tickets they write."""
    own = [case(n, "the screen flickers", person=f"p{n % 2}") for n in range(8)]
    assert _wanted(own) == []


def test_nobody_is_known_by_a_line() -> None:
    """A sentence with a word that only one customer uses is never shown."""
    named = ["the screen flickers says otto brandmann", "the screen flickers in upper tillington"]
    own = cases([*named, "since yesterday the screen flickers"])
    found = _wanted(own)
    assert [one.text for one in found] == ["screen flickers"]


def test_a_word_that_everybody_uses_is_not_the_articles() -> None:
    """What other tickets say as often is no wording of this one."""
    own = cases(["please send the tv black tea", "send the tv", "send it to the tv shop"])
    elsewhere = cases(["do you send gift cards"] * 40, None, 3000)
    assert _wanted([*own, *elsewhere]) == []


def test_a_person_reads_few_lines_at_a_time() -> None:
    """However much an article lacks."""
    words = ("flicker", "buzzing", "remote", "aerial", "subtitles")
    own = [case(100 * k + n, f"the tv {word}") for k, word in enumerate(words) for n in range(4)]
    strangers = cases(["do you sell gift cards"] * 200, None, 2000)
    assert len(_wanted([*own, *strangers])) == MOST


def test_order_does_not_matter() -> None:
    """The same tickets give the same lines."""
    own = cases(["the screen flickers", "screen flickers all day", "my screen flickers"])
    assert _wanted(own) == _wanted(own[::-1])
