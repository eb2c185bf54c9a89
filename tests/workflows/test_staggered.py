"""Releases by lot on a real knowledge base: drawn once, brought out day by day, told as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.articles.staggered import randomised_articles
from kbtool.config import Settings
from kbtool.errors import ContentError, NotFoundError, StateError
from kbtool.model import Article
from kbtool.workflows.check import check
from kbtool.workflows.review import publish, waiting
from kbtool.workflows.staggered import Drawn, cancel, publish_due, read_plan, stagger
from tests.articles.kb import NOW, knowledge_base

MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


@pytest.fixture
def kb(tmp_path: Path) -> Settings:
    """A knowledge base with three drafts in review, each of its own topic."""
    settings = knowledge_base(tmp_path)
    for id_ in ("kb-a", "kb-b", "kb-c"):
        add(settings, id_)
    return settings


def add(kb: Settings, id_: str, **fields: Any) -> None:
    """A draft in review."""
    made = Article(
        id_, f"How do I wash {id_}?", "en", "review", "boxes", f"Open the lid of {id_}.\n",
        f"drafts/{id_}.md", topic=f"t-{id_}", updated=date(2026, 11, 1),
    )  # fmt: skip
    write_article(kb.content_dir, replace(made, **fields))


def read(kb: Settings) -> dict[str, Article]:
    """All articles by id."""
    return {one.id: one for one in read_articles(kb.content_dir)[0]}


def on(day: date) -> datetime:
    """The time of the tests on another day."""
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def drawn(kb: Settings, *ids: str, lot: str = "5eed", weeks: int | None = None) -> Drawn:
    """A lot of these drafts, or of all that are free."""
    return stagger(kb, ids, by=" Anu ", weeks=weeks, lot=lot, now=NOW)


def test_a_lot_stands_in_the_drafts(kb: Settings) -> None:
    """One a week from the next Monday on, approved by name; the files say it, and so does what
    waits for review.
    """
    found = drawn(kb)
    assert [one.release for one in found.articles] == [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]
    assert found.topics == 3
    now = read(kb)
    assert {(now[one.id].lot, now[one.id].reviewed_by) for one in found.articles} == {
        ("5eed", "Anu")
    }
    assert {(w.article.id, w.why) for w in waiting(kb, now=NOW)[0]} == {
        ("kb-a", "planned"), ("kb-b", "planned"), ("kb-c", "planned"),
    }  # fmt: skip


def test_what_cannot_be_published_is_left_out_or_refused(kb: Settings) -> None:
    """Left out with its line when nobody named it; named, it stops the whole lot."""
    add(kb, "kb-mail", body="Ask kaja.tamm@mail.example.\n")
    with pytest.raises(ContentError) as caught:
        drawn(kb, "kb-a", "kb-mail")
    assert [f.file for f in caught.value.findings] == ["drafts/kb-mail.md"]
    assert all(one.release is None for one in read(kb).values())
    found = drawn(kb)
    assert [held.article.id for held in found.left_out] == ["kb-mail"]
    assert len(found.articles) == 3


@pytest.mark.parametrize(
    ("ids", "fields", "told"),
    [
        (["kb-a"], {}, "there is only one"),
        (["kb-a", "kb-x"], {"topic": "t-kb-a"}, "there is only one"),
        (["kb-a", "kb-x"], {"status": "draft"}, "not in review"),
        (["kb-a", "kb-x"], {"release": MONDAY, "lot": "01d"}, "planned for 2026-11-23 already"),
        (["kb-a", "kb-x"], {"published": date(2025, 1, 1)}, "came out on 2025-01-01"),
    ],
)
def test_a_lot_needs_two_new_drafts_in_review(
    kb: Settings, ids: list[str], fields: dict[str, Any], told: str
) -> None:
    """Each refusal says why; nothing is written."""
    add(kb, "kb-x", **fields)
    before = read(kb)
    with pytest.raises(StateError, match=told):
        drawn(kb, *ids)
    assert read(kb) == before


def test_a_lot_needs_a_name_and_what_is_tried_writes_nothing(kb: Settings) -> None:
    """Somebody approves what will come out without anybody looking."""
    with pytest.raises(StateError, match="name of the person"):
        stagger(kb, [], by=" ", weeks=None, lot="5eed", now=NOW)
    stagger(kb, [], by="Anu", weeks=None, lot="5eed", now=NOW, dry_run=True)
    assert {one.release for one in read(kb).values()} == {None}
    with pytest.raises(NotFoundError):
        drawn(kb, "kb-a", "kb-nobody")


def test_a_second_lot_begins_after_the_first(kb: Settings) -> None:
    """Two lots in one week would be told apart by nobody."""
    drawn(kb)
    add(kb, "kb-d")
    add(kb, "kb-e")
    found = drawn(kb, lot="0the7", weeks=4)
    assert {one.id for one in found.articles} == {"kb-d", "kb-e"}
    assert [one.release for one in found.articles] == [MONDAY + 3 * WEEK, MONDAY + 5 * WEEK]


def test_due_drafts_come_out_once(kb: Settings) -> None:
    """Nothing before the day; on it the first, with the name of who approved it; the same day
    again nothing. What was missed comes later, and its record says so.
    """
    first, second, third = (one.id for one in drawn(kb).articles)
    assert publish_due(kb, now=on(MONDAY - timedelta(days=1))).published == ()
    (came,) = publish_due(kb, now=on(MONDAY)).published
    assert (came.article.id, came.article.reviewed_by) == (first, "Anu")
    assert publish_due(kb, now=on(MONDAY)).published == ()
    late = MONDAY + 2 * WEEK + timedelta(days=2)
    assert [one.article.id for one in publish_due(kb, now=on(late)).published] == [second, third]
    now = read(kb)
    assert [now[id_].published for id_ in (first, second, third)] == [MONDAY, late, late]
    plan, _ = read_plan(kb)
    assert plan.randomised == randomised_articles(tuple(now.values())) == {first, third}
    assert [one.id for one in plan.articles] == [first, second, third]


def test_trying_what_is_due_writes_nothing(kb: Settings) -> None:
    """--dry-run names what would come out."""
    drawn(kb)
    before = read(kb)
    assert len(publish_due(kb, now=on(MONDAY), dry_run=True).published) == 1
    assert read(kb) == before


def test_what_was_spoilt_since_is_held_back_alone(kb: Settings) -> None:
    """Its line is named, the others come out; mended, it comes out the next day."""
    spoilt = drawn(kb).articles[0]
    kept = replace(read(kb)[spoilt.id])
    write_article(kb.content_dir, replace(kept, body="Ask kaja.tamm@mail.example.\n"))
    later = on(MONDAY + 2 * WEEK)
    due = publish_due(kb, now=later)
    assert len(due.published) == 2
    assert [(h.article.id, h.findings[0].code) for h in due.held] == [(spoilt.id, "personal-data")]
    write_article(kb.content_dir, kept)
    assert [one.article.id for one in publish_due(kb, now=later).published] == [spoilt.id]


def test_a_draft_whose_link_came_out_today_comes_out_today(kb: Settings) -> None:
    """Whatever comes first: the drafts of a missed day may lead to one another."""
    ids = [one.id for one in drawn(kb).articles]
    for id_, other in pairwise(ids):
        linking = replace(read(kb)[id_], body=f"See [the other]({other}.md).\n")
        write_article(kb.content_dir, linking)
    due = publish_due(kb, now=on(MONDAY + 9 * WEEK))
    assert {one.article.id for one in due.published} == set(ids)
    assert due.held == ()


def test_an_unreadable_file_is_told_and_stops_nobody(kb: Settings) -> None:
    """It may have been due itself."""
    drawn(kb)
    (kb.content_dir / "drafts/torn.md").write_text("---\nid: kb-torn\n", "utf-8")
    due = publish_due(kb, now=on(MONDAY))
    assert len(due.published) == 1
    assert [f.file for f in due.unread] == ["drafts/torn.md"]


def test_a_change_of_mind_frees_drafts_and_only_drafts(kb: Settings) -> None:
    """One or all; what came out keeps its record, the rest its days."""
    first, second, third = drawn(kb).articles
    publish_due(kb, now=on(MONDAY))
    assert [one.id for one in cancel(kb, [second.id])] == [second.id]
    now = read(kb)
    freed = now[second.id]
    assert (freed.release, freed.lot, freed.reviewed_by) == (None, None, None)
    assert (now[first.id].lot, now[third.id].release) == ("5eed", third.release)
    with pytest.raises(StateError, match="is not planned"):
        cancel(kb, [first.id])
    assert [one.id for one in cancel(kb, dry_run=True)] == [third.id]
    assert [one.id for one in cancel(kb)] == [third.id]
    assert cancel(kb) == ()


def test_what_is_published_by_hand_before_its_day_is_not_by_lot(kb: Settings) -> None:
    """Allowed; the front matter shows what was drawn and when it came out."""
    early = drawn(kb).articles[2]
    publish(kb, [early.id], by="Elif", now=NOW)
    found = read(kb)[early.id]
    assert (found.release, found.published) == (early.release, NOW.date())
    publish_due(kb, now=on(MONDAY + 9 * WEEK))
    assert early.id not in read_plan(kb)[0].randomised


def test_a_draft_that_has_a_day_is_not_told_as_forgotten(kb: Settings) -> None:
    """It waits for its day, not for a person; one day after that somebody should look."""
    add(kb, "kb-old", updated=date(2026, 3, 1), release=NOW.date(), lot="5eed")
    assert "old-draft" not in {one.code for one in check(kb, now=NOW).findings}
    late = check(kb, now=on(NOW.date() + timedelta(days=1))).findings
    assert [one.file for one in late if one.code == "old-draft"] == ["drafts/kb-old.md"]


def test_an_original_and_its_translation_come_out_together(kb: Settings) -> None:
    """One draw, one day, and the topics are counted once."""
    add(kb, "kb-a-tr", lang="tr", translation_of="kb-a", topic="t-other", title="Nasıl yıkarım?")
    found = drawn(kb)
    days = {one.id: one.release for one in found.articles}
    assert days["kb-a"] == days["kb-a-tr"]
    assert found.topics == 3
