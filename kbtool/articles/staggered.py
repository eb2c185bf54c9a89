"""Releases by lot: which draft comes out in which week is drawn, so that what follows its release
is its doing and not that of the hour somebody chose for it.

The lot stands in the drafts themselves: ``lot`` is the seed that was drawn, ``release`` the Monday
that came of it, ``published`` the day on which it came out. Whoever has the files can draw again
and see the same order; nothing else remembers it.

What belongs together comes out together: an article with its translations, and articles of one
topic. One topic is one draw, for it is a topic's tickets that are counted afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b

from kbtool.addresses import group_of
from kbtool.model import Article, PublishedAddress

WEEK = timedelta(days=7)
LEAST_UNITS = 2
"""Fewer have no order that could be drawn."""
ENOUGH_TOPICS = 5
"""Below so many topics effects are not pooled (kbtool/metrics/effect)."""


def units(articles: Iterable[Article], among: Iterable[Article]) -> dict[str, tuple[Article, ...]]:
    """``articles`` by what each is drawn as: its topic, or itself when it has none. A translation
    is drawn as its original is, which may be any ``among`` all articles.
    """
    by_id = {article.id.lower(): article for article in among}
    found: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda a: a.id):
        original = by_id.get(group_of(article).lower(), article)
        found.setdefault(original.topic or group_of(article).lower(), []).append(article)
    return {name: tuple(members) for name, members in found.items()}


def draw(names: Iterable[str], lot: str, first: date, weeks: int) -> dict[str, date]:
    """The Monday of each unit by its name, in the order that the seed ``lot`` gives.

    They are spread evenly over ``weeks`` weeks from the Monday ``first`` on: with as many weeks as
    units one a week. The order of the input does not matter.
    """
    order = sorted(set(names), key=lambda name: _place(lot, name))
    return {name: first + WEEK * (at * weeks // len(order)) for at, name in enumerate(order)}


def next_monday(today: date) -> date:
    """The first Monday after ``today``."""
    return today + timedelta(days=7 - today.weekday())


def take_off(article: Article) -> Article:
    """A draft that its lot does not release any more; one that came out keeps what it was drawn."""
    return article if article.published else replace(article, release=None, lot=None)


def planned(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Approved drafts that a lot will release, by day."""
    waiting = (a for a in articles if a.status == "review" and a.release and not a.published)
    return tuple(sorted(waiting, key=lambda a: (a.release, a.id)))


def due(articles: Iterable[Article], today: date) -> tuple[Article, ...]:
    """Those that are to come out today, with those whose day was missed."""
    return tuple(a for a in planned(articles) if a.release and a.release <= today)


def randomised_articles(articles: Sequence[Article]) -> frozenset[str]:
    """Ids of the articles that came out in the very week that a lot gave them.

    Who came out earlier or later did so because somebody decided, or because something was wrong
    with it; and a lot whose days do not follow its draw was arranged: none of these are meant.
    """
    kept = {lot for lot, drawn in _lots(articles).items() if _follows(lot, drawn, articles)}
    return frozenset(a.id for a in articles if a.lot in kept and _came_in_its_week(a))


def arranged_lots(articles: Sequence[Article]) -> tuple[str, ...]:
    """Seeds of the lots whose days were changed so that they do not follow the draw any more."""
    lots = _lots(articles).items()
    return tuple(sorted(lot for lot, drawn in lots if not _follows(lot, drawn, articles)))


def first_days(
    articles: Iterable[Article], addresses: Iterable[PublishedAddress] = ()
) -> dict[str, date]:
    """The first day on which each article was published, by its id: what its front matter says, or
    the first build that published it when that was earlier. Left out where neither is known.
    """
    days = {a.id: a.published for a in articles if a.published}
    for one in addresses:
        days[one.article] = min(one.since, days.get(one.article, one.since))
    return days


def _place(lot: str, name: str) -> bytes:
    """A place in the order that no other unit influences: one that is rejected moves no other."""
    return blake2b(f"{lot}\0{name}".encode(), digest_size=16).digest()


def _lots(articles: Iterable[Article]) -> Mapping[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in articles:
        if article.lot and article.release:
            found.setdefault(article.lot, []).append(article)
    return found


def _follows(lot: str, drawn: Sequence[Article], articles: Sequence[Article]) -> bool:
    """Whether the days rise in the order of the draw, and one unit has one day."""
    members = units(drawn, articles)
    days = [{a.release for a in members[n]} for n in sorted(members, key=lambda n: _place(lot, n))]
    flat = [day for of_unit in days for day in of_unit if day]
    return all(len(of_unit) == 1 for of_unit in days) and flat == sorted(flat)


def _came_in_its_week(article: Article) -> bool:
    if article.release is None or article.published is None:
        return False
    return article.release <= article.published < article.release + WEEK
