"""Releases by lot: drawn from a seed, kept in front matter, and proved from it afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.review import publish, reject
from kbtool.articles.staggered import (
    arranged_lots,
    draw,
    due,
    first_days,
    next_monday,
    planned,
    randomised_articles,
    units,
)
from kbtool.model import Article, PublishedAddress

MONDAY = date(2026, 12, 7)
WEEK = timedelta(days=7)
names = st.sets(st.text("abcdef", min_size=1, max_size=4), min_size=1, max_size=12)


def article(id_: str, topic: str | None = None, **fields: Any) -> Article:
    """A draft in review."""
    made = Article(id_, f"About {id_}", "en", "review", "boxes", "Text.\n", f"drafts/{id_}.md")
    return replace(made, topic=topic or f"t-{id_}", **fields)


def drawn(ids: str, lot: str = "5eed") -> list[Article]:
    """Drafts with these ids, one letter each, in a lot of one a week."""
    drafts = [article(f"kb-{id_}") for id_ in ids]
    days = draw((str(a.topic) for a in drafts), lot, MONDAY, len(drafts))
    return [replace(a, lot=lot, release=days[str(a.topic)]) for a in drafts]


def came_out(draft: Article, late: int = 0) -> Article:
    """The draft, published so many days after the day it was drawn."""
    assert draft.release
    day = draft.release + timedelta(days=late)
    return publish(draft, by="Anu", today=day, review_by=day + timedelta(days=180))


@given(names, st.integers(2, 30))
def test_a_draw_spreads_mondays_and_forgets_the_order_it_was_given(
    found: set[str], weeks: int
) -> None:
    """Every unit gets a Monday within the weeks, no Monday has two more than another, and the
    same seed gives the same days whatever comes first.
    """
    days = draw(sorted(found), "5eed", MONDAY, weeks)
    assert days == draw(sorted(found, reverse=True), "5eed", MONDAY, weeks)
    assert set(days) == found
    assert all(
        day.weekday() == 0 and MONDAY <= day < MONDAY + weeks * WEEK for day in days.values()
    )
    each = Counter(days.values()).values()
    assert len(found) > weeks or set(each) == {1}
    assert len(found) < weeks or max(each) - min(each) <= 1


def test_every_order_comes_up_as_often_as_any_other() -> None:
    """Over many seeds the six orders of three drafts come equally often (chi-square, 0.1 %)."""
    seeds, seen = 6_000, Counter[tuple[str, ...]]()
    for seed in range(seeds):
        days = draw("abc", f"{seed:016x}", MONDAY, 3)
        seen[tuple(sorted(days, key=days.__getitem__))] += 1
    expected = seeds / 6
    assert set(seen) == set(permutations("abc"))
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 20.5


def test_who_leaves_a_lot_moves_nobody() -> None:
    """The order of the others is that of the draw still, so that it can be proved."""
    all_, some = (draw(found, "5eed", MONDAY, 5) for found in ("abcde", "abde"))
    assert sorted("abde", key=all_.__getitem__) == sorted("abde", key=some.__getitem__)


def test_a_topic_is_one_draw_and_so_are_translations() -> None:
    """Two drafts of one topic, an original and its translation, one that has no topic at all."""
    first, second = article("kb-1", "t-1"), article("kb-2", "t-1")
    turkish = article("kb-4", "t-9", translation_of="kb-3", lang="tr")
    alone = replace(article("kb-5"), topic=None)
    original = article("kb-3", "t-3", status="published")
    found = units([second, turkish, first, alone], [first, second, turkish, alone, original])
    assert found == {"t-1": (first, second), "t-3": (turkish,), "kb-5": (alone,)}


def test_the_first_monday_lies_ahead() -> None:
    """Never today, for what comes out is looked at before."""
    assert next_monday(MONDAY) == MONDAY + WEEK
    assert next_monday(MONDAY - timedelta(days=1)) == MONDAY


def test_due_is_what_was_missed_and_nothing_twice() -> None:
    """By day; what came out by hand before is not due any more."""
    drafts = sorted(drawn("abc"), key=lambda a: a.release or MONDAY)
    assert due(drafts, MONDAY - timedelta(days=1)) == ()
    assert due(drafts, MONDAY) == (drafts[0],)
    assert due(drafts, MONDAY + WEEK) == tuple(drafts[:2])
    early = publish(drafts[1], by="Anu", today=MONDAY, review_by=MONDAY)
    assert due([drafts[0], early, drafts[2]], MONDAY + 2 * WEEK) == (drafts[0], drafts[2])
    assert planned([early, drafts[2]]) == (drafts[2],)


def test_only_the_week_that_was_drawn_counts() -> None:
    """On its Monday or up to six days later; a week early or late somebody decided."""
    first, second, third, fourth = drawn("abcd")
    out = [came_out(first), came_out(second, 6), came_out(third, 7), came_out(fourth, -1)]
    assert randomised_articles(out) == {first.id, second.id}
    assert randomised_articles(drawn("abcd")) == frozenset()
    by_hand = replace(came_out(first), lot=None, release=None)
    assert randomised_articles([by_hand]) == frozenset()


def test_a_lot_that_was_arranged_proves_nothing() -> None:
    """Two drafts that changed places give the whole lot away; a plan that was put off does not."""
    drafts = drawn("abcd")
    later = [replace(a, release=a.release + 2 * WEEK) for a in drafts if a.release]
    assert len(randomised_articles([came_out(a) for a in later])) == 4
    first, second, *rest = drafts
    swapped = [replace(first, release=second.release), replace(second, release=first.release)]
    assert randomised_articles([came_out(a) for a in (*swapped, *rest)]) == frozenset()
    assert arranged_lots([*swapped, *rest]) == ("5eed",)
    assert arranged_lots(drafts) == ()


def test_a_rejected_draft_leaves_its_lot_and_a_published_one_does_not() -> None:
    """What came out by lot stays proof, also when it is archived and comes back."""
    draft, *rest = drawn("abc")
    gone = reject(draft, "nobody asks")
    assert (gone.release, gone.lot) == (None, None)
    assert arranged_lots([gone, *rest]) == ()
    back = replace(came_out(draft), status="review")
    assert reject(back, "not again").release == draft.release


def test_the_first_day_stays_the_first() -> None:
    """Another review or another draft round changes nothing; a build that came earlier counts."""
    draft = drawn("ab")[0]
    out = came_out(draft)
    again = publish(out, by="Elif", today=MONDAY + 60 * WEEK, review_by=MONDAY)
    assert again.published == draft.release
    older = replace(article("kb-z"), status="published")
    renewed = publish(older, by="Elif", today=MONDAY, review_by=MONDAY)
    assert renewed.published is None
    built = [
        PublishedAddress("a/kb-z/", "kb-z", "en", date(2026, 3, 2)),
        PublishedAddress("en/boxes/z/", "kb-z", "en", date(2026, 2, 2)),
        PublishedAddress(f"a/{out.id}/", out.id, "en", MONDAY + 9 * WEEK),
    ]
    assert first_days([again, renewed, article("kb-y")], built) == {
        out.id: draft.release,
        "kb-z": date(2026, 2, 2),
    }
