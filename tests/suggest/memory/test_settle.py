"""What was done about a suggestion is read off the articles, the settings and the rejections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kbtool.model import Article, Proposal, Suggestion
from kbtool.suggest.memory.records import Decision
from kbtool.suggest.memory.settle import begin, keep_up, mended, resting, settle
from kbtool.suggest.memory.world import World
from kbtool.suggest.waking import Rejection
from tests.suggest.samples import article, suggestion

SHOWN = datetime(2026, 1, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 1, tzinfo=UTC)
ONE = article("kb-1", body="Press **Renew**.", updated=date(2025, 5, 1))
LINE = Proposal(
    "w-1", "also_asked", "en", "kb-1", "prolong a loan", "kb-1.md", "- prolong a loan", "?"
)
SYNONYM = Proposal(
    "w-2", "synonym", "en", None, "telly → television", "synonyms/en.yaml", "- telly: television", "?"
)  # fmt: skip


def world(*articles: Article, **more: object) -> World:
    """How things stand with these articles in March."""
    fields = {"now": LATER, **more}
    return World(articles={a.id: a for a in articles}, **fields)  # type: ignore[arg-type]  # a test builder


def shown(found: Suggestion, *articles: Article, **more: object) -> Decision:
    """The decision that begins when this is shown."""
    before = replace(world(*articles, **more), now=SHOWN)
    (one,) = begin([found], (), before)
    return one


def settled(one: Decision, *articles: Article, **more: object) -> Decision:
    """The same two months later."""
    (found,) = settle([one], world(*articles, **more))
    return found


WRITE = suggestion("t-1", 3.0)
FIX = suggestion("t-1", 1.0, kind="fix", article="kb-1")
WORDING = suggestion("t-1", 1.0, kind="wording", article="kb-1", proposals=(LINE,))
TRANSLATE = suggestion("t-1", 1.0, kind="translate", article="kb-1", langs=("tr",))
PROMOTE = suggestion("t-1", 1.0, kind="promote", article="kb-1")
RETIRE = suggestion("t-1", 0.0, kind="retire", article="kb-1")
NEW = article("kb-2", topic="t-1", updated=date(2026, 2, 3), published=date(2026, 2, 3))


@pytest.mark.parametrize(
    ("found", "after", "how", "since"),
    [
        (WRITE, (ONE, replace(NEW, status="review")), "drafted", None),
        (WRITE, (ONE, NEW), "published", date(2026, 2, 3)),
        (FIX, (replace(ONE, body="Press **Renew** twice."),), "mended", date(2026, 3, 1)),
        (FIX, (replace(ONE, status="archived"),), "archived", date(2026, 3, 1)),
        (WORDING, (replace(ONE, also_asked=("Prolong a loan?",)),), "wording added", date(2026, 3, 1)),
        (TRANSLATE, (ONE, replace(NEW, topic=None, lang="tr", translation_of="kb-1")), "translated", date(2026, 2, 3)),
        (PROMOTE, (ONE, replace(NEW, body="See kb-1.")), "linked", date(2026, 3, 1)),
        (RETIRE, (replace(ONE, status="archived"),), "archived", date(2026, 3, 1)),
    ],
)  # fmt: skip
def test_what_was_done_is_seen(
    found: Suggestion, after: tuple[Article, ...], how: str, since: date | None
) -> None:
    """Each kind by what it asks for; before that nothing is accepted."""
    one = shown(found, ONE)
    assert settled(one, ONE).state == "open"
    done = settled(one, *after)
    assert (done.state, done.how, done.since, done.decided) == ("accepted", how, since, LATER)


def test_pins_and_synonyms_are_seen_too() -> None:
    """They stand beside the articles."""
    assert settled(shown(PROMOTE, ONE), ONE, pinned=frozenset({"kb-1"})).how == "pinned"
    pinned = shown(PROMOTE, ONE, pinned=frozenset({"kb-1"}))
    assert settled(pinned, ONE, pinned=frozenset({"kb-1"})).state == "open"
    synonym = shown(suggestion(None, 1.0, kind="wording", proposals=(SYNONYM,)), ONE)
    assert settled(synonym, ONE).state == "open"
    known = {"en": ((("telly",), ("television",)),)}
    assert settled(synonym, ONE, synonyms=known).how == "wording added"


def test_a_search_to_write_about_is_met_by_its_words() -> None:
    """An article whose title and questions hold all of them."""
    query = suggestion(None, 1.0, question="insurance abroad", own="q-1", languages=(("en", 0),))
    one = shown(query, ONE)
    there = article("kb-5", "Does the insurance hold abroad?", updated=date(2026, 2, 1))
    assert one.target == "q-1"
    assert settled(one, ONE).state == "open"
    assert settled(one, ONE, there).how == "published"


def rejection(name: str, at: datetime = LATER) -> Mapping[str, Rejection]:
    """What was rejected, by its name."""
    return {name: Rejection(name, "no", 6, at)}


@pytest.mark.parametrize(
    ("found", "name"),
    [(WRITE, "t-1"), (WRITE, "write:t-1"), (RETIRE, "retire:kb-1"), (WORDING, "w-1")],
)
def test_rejections_are_seen_and_taken_back(found: Suggestion, name: str) -> None:
    """Of the topic, the action, or all its lines; an earlier one was about another showing."""
    one = shown(found, ONE)
    rejected = settled(one, ONE, rejections=rejection(name))
    assert (rejected.state, rejected.how, rejected.decided) == ("rejected", "no", LATER)
    assert settled(rejected, ONE).state == "open"
    before = rejection(name, SHOWN - timedelta(days=1))
    assert settled(one, ONE, rejections=before).state == "open"


def test_a_rejected_article_says_nothing_of_its_topic() -> None:
    """To leave a topic alone is no decision about the article that answers it."""
    assert settled(shown(RETIRE, ONE), ONE, rejections=rejection("t-1")).state == "open"


def test_a_draft_that_was_thrown_away_leaves_it_open() -> None:
    """Accepted is what is there."""
    one = settled(shown(WRITE, ONE), ONE, replace(NEW, status="draft"))
    assert one.state == "accepted"
    assert settled(one, ONE).state == "open"
    assert settled(one, ONE, NEW).since == date(2026, 2, 3)


def test_what_is_suggested_no_more_is_gone_and_comes_back() -> None:
    """Nobody decided; the weight follows the evidence."""
    one = shown(WRITE, ONE)
    (gone,) = keep_up([one], {})
    assert gone.state == "gone"
    (back,) = keep_up([gone], {"write:t-1": 12})
    assert (back.state, back.weight) == ("open", 12)
    assert begin([WRITE], [gone], world(ONE)) == ()


def test_only_what_is_over_begins_anew() -> None:
    """A draft still waits for readers; what was mended may come back with another promise."""
    one = shown(FIX, ONE)
    done = settled(one, replace(ONE, body="New."), failed={"kb-1": 9})
    (again,) = begin([FIX, FIX], [done], world(ONE))
    assert again.state == "open"
    assert mended([done, again]) == {"kb-1": 9}
    drafted = settled(shown(WRITE, ONE), replace(NEW, status="draft"))
    assert begin([WRITE], [drafted], world(ONE)) == ()


def test_what_was_promoted_rests() -> None:
    """Three months, then it may be suggested again."""
    done = settled(shown(PROMOTE, ONE), ONE, pinned=frozenset({"kb-1"}))
    assert resting([done], world(ONE)) == {"promote:kb-1"}
    assert resting([done], world(ONE, now=LATER + timedelta(days=92))) == frozenset()
