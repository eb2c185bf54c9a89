"""What is asked in each language, beside what there is to read in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kbtool.addresses import group_of
from kbtool.metrics.tally import VIEWS_IN, Tally
from kbtool.model import PUBLIC, Article, LanguageFigures


def language_figures(
    counted: Tally,
    tickets: Mapping[str | None, int],
    articles: Sequence[Article],
    languages: Sequence[str],
) -> tuple[LanguageFigures, ...]:
    """Every language of the site (``languages``) and every other that somebody asked in.

    Most tickets and searches first, then most views; what no language is known of comes last,
    under "". ``tickets`` are those of the period by language. A translation and its original are
    one article: it is untranslated in every language that it is not in.
    """
    searches: Counter[str] = Counter()
    without_result: Counter[str] = Counter()
    for (lang, _), query in counted.queries.items():
        searches[lang] += query.searches
        without_result[lang] += query.without_result
    asked = Counter({lang or "": number for lang, number in tickets.items()})
    views = Counter(
        {
            name.removeprefix(VIEWS_IN): number
            for name, number in counted.total.items()
            if name.startswith(VIEWS_IN)
        }
    )
    public = [article for article in articles if article.status in PUBLIC]
    groups = {group_of(article) for article in public}
    found = []
    for lang in {*languages, *asked, *searches, *views}:
        there = {group_of(article) for article in public if article.lang == lang}
        found.append(
            LanguageFigures(
                lang=lang,
                tickets=asked[lang],
                searches=searches[lang],
                without_result=without_result[lang],
                views=views[lang],
                articles=sum(article.lang == lang for article in public),
                untranslated=len(groups - there) if lang else 0,
            )
        )
    return tuple(sorted(found, key=_demand))


def _demand(figures: LanguageFigures) -> tuple[bool, int, int, str]:
    asked = figures.tickets + figures.searches
    return not figures.lang, -asked, -figures.views, figures.lang
