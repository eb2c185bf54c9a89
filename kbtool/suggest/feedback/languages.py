"""Articles that a language lacks although it is searched in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kbtool.model import Article, LanguageFigures, Span, Suggestion
from kbtool.suggest.coverage import family
from kbtool.suggest.feedback.given import Given, named, returned, suggestion
from kbtool.suggest.spread import score_range
from kbtool.text import get_language

LEAST_MISSED = 5
"""Searches in a language that found nothing, before its missing articles are looked at: as many
tickets would make a topic."""
MOST = 3
"""Articles suggested for one language: the next ones come once these are there."""
SHARE = 1 / 2
"""Share of searches without a result that become tickets, by Laplace's rule where nothing is
known: (0 + 1) / (0 + 2). Its range is 0 to 1."""


def translations_wanted(given: Given) -> Iterator[Suggestion]:
    """*Translate* the most read articles that a language lacks, where its readers search in vain.

    The language's searches without a result are spread over the missing articles by how often
    each is read in the languages it exists in: what is read most there is taken to be asked most
    here.
    """
    for figures in given.report.languages:
        known = not given.known.languages or figures.lang in given.known.languages
        if known and figures.without_result >= LEAST_MISSED:
            yield from _of_language(figures, given)


def _of_language(figures: LanguageFigures, given: Given) -> Iterator[Suggestion]:
    views = {a.id: _views(a, given) for a in _lacking(figures.lang, given)}
    total = sum(views.values())
    ranked = sorted((id_ for id_ in views if views[id_]), key=lambda id_: (-views[id_], id_))
    most = score_range(figures.without_result)[1] / given.months
    for id_ in ranked[:MOST]:
        article, part = given.articles[id_], views[id_] / total
        amount = Span(figures.without_result / given.months * part * SHARE, 0.0, most * part)
        topics = given.asked_of_family(article)
        made = suggestion(
            "translate",
            article.title,
            returned(amount),
            [
                f"in {get_language(figures.lang).name} {figures.without_result} of "
                f"{figures.searches} searches found nothing; {figures.untranslated} of "
                f"{figures.untranslated + figures.articles} articles are not in it",
                f"{named(article)} is read most of these: {views[id_]} of {total} views in other "
                "languages",
            ],
            topic=topics[0] if topics else None,
            article=id_,
            weight=figures.without_result,
        )
        yield replace(made, langs=(figures.lang,))


def _lacking(lang: str, given: Given) -> list[Article]:
    """One article of each family that does not exist in ``lang``: the original where readers can
    open it.
    """
    families: dict[str, list[Article]] = {}
    for article in given.articles.values():
        families.setdefault(family(article), []).append(article)
    return [
        min(own, key=lambda a: (a.translation_of is not None, a.id))
        for own in families.values()
        if all(a.lang != lang for a in own)
    ]


def _views(article: Article, given: Given) -> int:
    """Views of the article in all its languages."""
    own = family(article)
    there = (a.id for a in given.articles.values() if family(a) == own)
    return sum(given.figures[id_].views for id_ in there if id_ in given.figures)
