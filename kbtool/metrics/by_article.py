"""What came back about each article, and which one to mend first.

Readers of some subjects write more often than others, whatever the article says: how to return a
bike leads to a person more often than the opening hours. So contacts after a view stand beside
those of similar visits, which viewed other articles of the same category and language and not this
one (of the same language where these are too few, or else all others). What is beyond them, by the
lower end of its interval, times its visits are the contacts that chance does not explain; the "no"
votes of readers who did not write come on top. That is the harm, and the order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kbtool.intervals import newcombe, rate
from kbtool.metrics.links import LinkFigures
from kbtool.metrics.tally import Shelf, Tally
from kbtool.model import PUBLIC, Article, ArticleFigures, Span

NOTHING: Counter[str] = Counter()


def shelves_of(articles: Iterable[Article]) -> dict[str, tuple[Shelf, ...]]:
    """The shelves of each article, narrowest first: category and language, language, all."""
    found: dict[str, tuple[Shelf, ...]] = {}
    for article in articles:
        narrow = ((article.lang, article.category),) if article.category else ()
        found[article.id] = (*narrow, (article.lang,), ())
    return found


def all_article_figures(
    counted: Tally, articles: Sequence[Article], links: LinkFigures, min_count: int
) -> tuple[ArticleFigures, ...]:
    """Published articles and whatever else was read, the one to mend first first."""
    public = {a.id: a for a in articles if a.status in PUBLIC}
    shelves = shelves_of(articles)
    read = counted.total["article visits"]
    sent = tuple(dict(pairs) for pairs in (links.articles, links.ended, links.reused))
    figures = []
    for id_ in public.keys() | counted.articles.keys():
        known, counts = public.get(id_), counted.articles.get(id_, NOTHING)
        linked, ended, reused = (of.get(id_, 0) for of in sent)
        made = ArticleFigures(
            article=id_,
            title=known.title if known else id_,
            lang=known.lang if known else "",
            views=counts["view"],
            visits=counts["visits"],
            clicks=counts["click"],
            helpful=rate(counts["yes"], counts["yes"] + counts["no"], min_count),
            contacts_after_view=rate(counts["contacted"], counts["visits"], min_count),
            links=linked,
            resolving=rate(ended, linked, min_count),
            reused=reused,
            reopened=rate(*links.reopened_by.get(id_, (0, 0)), min_count),
            failed=counts["failed"],
            read=rate(counts["read"], counts["left"], min_count),
            reach=rate(counts["visits"], read, min_count),
            reasons=reasons([counts]),
        )
        similar = _similar(counts, shelves.get(id_, ((),)), counted, min_count)
        figures.append(_beside(made, counts, similar, min_count))
    return tuple(sorted(figures, key=lambda a: (-a.harm, -a.failed, -a.views, a.article)))


def reasons(counts: Iterable[Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    """("unclear", votes) of the "no" votes that said why, most first."""
    found: Counter[str] = Counter()
    for one in counts:
        for name, number in one.items():
            if name.startswith("reason "):
                found[name.removeprefix("reason ")] += number
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _similar(
    counts: Mapping[str, int], shelves: Sequence[Shelf], counted: Tally, min_count: int
) -> tuple[int, int]:
    """(visits with a contact, visits) of the narrowest shelf with enough visits that did not view
    the article; of all visits when none has.
    """
    found = (0, 0)
    for shelf in shelves:
        whole = counted.shelves.get(shelf, NOTHING)
        contacted = whole["contacted"] - counts.get(f"contacted on {len(shelf)}", 0)
        found = (contacted, whole["visits"] - counts.get("visits", 0))
        if found[1] >= max(min_count, 1):
            break
    return found


def _beside(
    made: ArticleFigures, counts: Mapping[str, int], similar: tuple[int, int], min_count: int
) -> ArticleFigures:
    """The article beside similar visits: (visits with a contact, visits)."""
    contacted, visits = counts.get("contacted", 0), counts.get("visits", 0)
    unhelped = float(counts.get("failed", 0) - contacted)
    base = rate(*similar, min_count)
    if not visits or not base.denominator:
        return replace(made, harm=unhelped)
    low, high = newcombe(contacted, visits, *similar)
    # without a minimum count: the fewer visits there are, the lower is this end of the interval
    harm = unhelped + max(0.0, low) * visits
    if base.low is None:
        return replace(made, harm=harm)
    value = contacted / visits - base.numerator / base.denominator
    enough = made.contacts_after_view.low is not None
    return replace(made, harm=harm, base=base, excess=Span(value, low, high) if enough else None)
