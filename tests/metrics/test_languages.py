"""What is asked in each language, and what there is to read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kbtool.metrics.languages import language_figures
from kbtool.model import Article, Event, LanguageFigures
from tests.metrics.histories import article, count_all, search, view

ORIGINAL = article("kb-1")
ARTICLES = [
    ORIGINAL,
    article("kb-2"),
    replace(article("kb-3"), lang="tr", translation_of="kb-1"),
    article("kb-4", status="archived"),
]


def found(
    events: list[Event],
    tickets: Mapping[str | None, int],
    articles: list[Article] = ARTICLES,
    languages: tuple[str, ...] = ("en", "tr", "et"),
) -> tuple[LanguageFigures, ...]:
    """The figures of these."""
    return language_figures(count_all(events), tickets, articles, languages)


def test_demand_stands_beside_what_there_is() -> None:
    """Views count in the language of the page, also of an article that is not in it."""
    events = [
        view(0),
        view(1, lang="tr"),
        search(2, "iade", 0, lang="tr"),
        search(3, "kilit", 2, lang="tr"),
        search(4, "kilit", 2, lang="tr"),
    ]
    assert found(events, {"en": 1, "tr": 4}) == (
        LanguageFigures("tr", 4, 2, 1, 1, 1, 1),
        LanguageFigures("en", 1, 0, 0, 1, 2, 0),
        LanguageFigures("et", 0, 0, 0, 0, 0, 2),
    )


def test_a_language_the_site_does_not_have_is_shown_when_somebody_asks_in_it() -> None:
    """And what no language is known of comes last, however much it is."""
    rows = found([], {"de": 3, None: 50})
    assert [(row.lang, row.tickets, row.untranslated) for row in rows] == [
        ("de", 3, 2),
        ("en", 0, 0),
        ("et", 0, 2),
        ("tr", 0, 1),
        ("", 50, 0),
    ]
