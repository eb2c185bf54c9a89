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

from kbtool.intervals import newcombe, rate
from kbtool.metrics.links import LinkFigures
from kbtool.metrics.tally import Shelf, Tally
from kbtool.model import PUBLIC, Article, ArticleFigures, Rate, Span

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
    linked, ended, reused = dict(links.articles), dict(links.ended), dict(links.reused)
    public = {a.id: a for a in articles if a.status in PUBLIC}
    shelves = shelves_of(articles)
    read = counted.total["article visits"]
    figures = []
    for id_ in public.keys() | counted.articles.keys():
        counts = counted.articles.get(id_, NOTHING)
        known = public.get(id_)
        others = _similar(counts, shelves.get(id_, ((),)), counted, min_count)
        base, excess = _beyond(counts, others, min_count)
        figures.append(
            ArticleFigures(
                article=id_,
                title=known.title if known else id_,
                lang=known.lang if known else "",
                views=counts["view"],
                visits=counts["visits"],
                clicks=counts["click"],
                helpful=rate(counts["yes"], counts["yes"] + counts["no"], min_count),
                contacts_after_view=rate(counts["contacted"], counts["visits"], min_count),
                links=linked.get(id_, 0),
                resolving=rate(ended.get(id_, 0), linked.get(id_, 0), min_count),
                reused=reused.get(id_, 0),
                reopened=rate(*links.reopened_by.get(id_, (0, 0)), min_count),
                failed=counts["failed"],
                harm=_harm(counts, others),
                base=base,
                excess=excess,
                read=rate(counts["read"], counts["left"], min_count),
                reach=rate(counts["visits"], read, min_count),
                reasons=reasons([counts]),
            )
        )
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


def _beyond(
    counts: Mapping[str, int], others: tuple[int, int], min_count: int
) -> tuple[Rate | None, Span | None]:
    """The share of similar visits with a contact, and how far the article is beyond it."""
    base = rate(*others, min_count)
    own = rate(counts.get("contacted", 0), counts.get("visits", 0), min_count)
    if base.low is None or not own.denominator:
        return None, None
    if own.low is None:
        return base, None
    low, high = newcombe(own.numerator, own.denominator, *others)
    value = own.numerator / own.denominator - base.numerator / base.denominator
    return base, Span(value, low, high)


def _harm(counts: Mapping[str, int], others: tuple[int, int]) -> float:
    """Without a minimum count: the fewer visits there are, the lower is the interval's lower end."""
    contacted, visits = counts.get("contacted", 0), counts.get("visits", 0)
    unhelped = counts.get("failed", 0) - contacted
    if not visits or not others[1]:
        return float(unhelped)
    return unhelped + max(0.0, newcombe(contacted, visits, *others)[0]) * visits
