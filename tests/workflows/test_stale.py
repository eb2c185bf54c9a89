"""kbtool review --compare on a real knowledge base: what is published is only ever marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.articles.files.store import find_article, read_articles
from kbtool.config import Settings
from kbtool.errors import NotFoundError, StateError
from kbtool.model import Article
from kbtool.workflows.review import publish
from kbtool.workflows.stale import compare
from tests.articles.kb import NOW
from tests.articles.update.shop import NEW, OLD, file_of, grow, open_shop, tickets

BEFORE = tickets(OLD, range(1, 7))
AFTER = tickets(NEW, range(60, 66))


def _article(settings: Settings, id_: str) -> Article:
    return find_article(read_articles(settings.content_dir)[0], id_)


def test_newer_answers_mark_an_article(tmp_path: Path) -> None:
    """Status and reason change, the text does not; the second run has nothing to do."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    assert compare(settings).stale == ()
    grow(settings, [*BEFORE, *AFTER])
    before = _article(settings, id_)
    (one,) = compare(settings).stale
    after = _article(settings, id_)
    assert (after.status, after.body, after.path) == ("stale", before.body, before.path)
    assert after.reason == one.why.reason
    assert after.reason is not None
    assert after.reason.startswith("agents now say 30 days, 14 here (6 tickets since 2026-03-06")
    assert compare(settings).stale == ()


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says the same."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    file = file_of(settings, id_)
    before = file.read_bytes()
    assert [one.article.id for one in compare(settings, dry_run=True).stale] == [id_]
    assert file.read_bytes() == before


def test_published_again_it_waits_for_later_tickets(tmp_path: Path) -> None:
    """A person found it right: the same tickets do not ask again, later ones do."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    compare(settings)
    publish(settings, [id_], by="Anu", now=NOW)
    assert (_article(settings, id_).status, _article(settings, id_).reason) == ("published", None)
    assert compare(settings).stale == ()
    grow(settings, [*BEFORE, *AFTER, *tickets(NEW, range(80, 84))])
    (one,) = compare(settings).stale
    assert "4 tickets since 2026-03-26" in one.why.reason


def test_a_person_who_sets_it_back_by_hand_is_not_asked_again(tmp_path: Path) -> None:
    """In the file, with another day, as a pull request would."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    compare(settings)
    file = file_of(settings, id_)
    lines = file.read_text("utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("reason:")]
    text = "\n".join(kept).replace("status: stale", "status: published")
    file.write_text(text.replace("updated: 2026-11-21", "updated: 2026-11-22"), "utf-8")
    assert compare(settings).stale == ()


def test_an_article_that_agents_link_is_compared_too(tmp_path: Path) -> None:
    """It names no topic; two tickets that were answered with it say which is its own."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    file_of(settings, id_).unlink()
    body = "You can return a box within 14 days of delivery.\n"
    head = "id: kb-8\ntitle: How do I return a box?\nlang: en\nstatus: published\n"
    text = f"---\n{head}updated: 2026-01-20\n---\n{body}"
    (settings.content_dir / "en/boxes/return.md").write_text(text, "utf-8")
    assert compare(settings).stale == ()
    url = "https://help.tea.example/a/kb-8/"
    sent = [
        replace(one, messages=tuple(replace(m, links=(url,)) for m in one.messages))
        for one in tickets(f"{NEW}\n\nSee {url}\n", range(60, 66))
    ]
    grow(settings, [*BEFORE, *sent])
    (one,) = compare(settings, ["kb-8"]).stale
    assert "agents now say 30 days, 14 here" in one.why.reason


def test_what_cannot_be_compared_is_counted(tmp_path: Path) -> None:
    """The sample article says neither topic nor day."""
    settings, _ = open_shop(tmp_path, BEFORE)
    found = compare(settings)
    assert (found.compared, found.unknown) == (1, 1)


def test_only_what_readers_see_can_be_named(tmp_path: Path) -> None:
    """A draft is no published article; an unknown id is told."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    file = file_of(settings, id_)
    file.write_text(file.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    with pytest.raises(StateError):
        compare(settings, [id_])
    with pytest.raises(NotFoundError):
        compare(settings, ["kb-none"])
