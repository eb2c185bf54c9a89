"""What waits, publishing again, archiving: decisions about articles on a real knowledge base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.articles.draft import article_id
from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import ContentError, StateError
from kbtool.mining.memory.store import save_topics
from kbtool.model import Article
from kbtool.workflows.check import check
from kbtool.workflows.draft import draft
from kbtool.workflows.review import archive, publish, start_review, waiting
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import tea_tickets, topic

ID = article_id("t-tea", "en")


@pytest.fixture
def kb(tmp_path: Path) -> Settings:
    """A knowledge base with the tea topic of six tickets and one article."""
    return knowledge_base(tmp_path)


def _add(kb: Settings, id_: str, body: str = "Text.\n", **changes: object) -> Article:
    made = Article(
        id_, f"About {id_}", "en", "published", "boxes", body, f"en/boxes/{id_}.md",
        reviewed_by="Anu", updated=date(2026, 3, 1),
    )  # fmt: skip
    made = replace(made, **changes)  # type: ignore[arg-type]  # fields of Article
    write_article(kb.content_dir, made)
    return made


def _read(kb: Settings, id_: str) -> Article:
    return next(one for one in read_articles(kb.content_dir)[0] if one.id == id_)


def test_what_could_save_most_waits_first(kb: Settings) -> None:
    """A draft saves what its topic brings in its language; who has no topic comes last. Each
    says why it waits, and since when.
    """
    big = replace(topic(tea_tickets()), languages=(("en", 4), ("tr", 2)), expected=6.0)
    with writing(kb.database) as connection:
        save_topics(connection, [big], NOW)
    (kb.content_dir / "en/boxes/tea-box.md").unlink()  # it would answer the topic in part
    _add(kb, "kb-en", status="draft", path="drafts/kb-en.md", topic="t-tea")
    _add(kb, "kb-tr", status="review", path="drafts/kb-tr.md", topic="t-tea", lang="tr")
    _add(kb, "kb-old", status="stale", reason="the price changed")
    _add(kb, "kb-due", review_by=date(2026, 11, 11))
    _add(kb, "kb-fine", review_by=date(2026, 11, 21))
    _add(kb, "kb-gone", status="archived")
    found, _ = waiting(kb, now=NOW)
    assert [(w.article.id, w.why, w.age_days) for w in found] == [
        ("kb-en", "draft", 265), ("kb-tr", "in review", 265),
        ("kb-due", "review due", 10), ("kb-old", "stale", 265),
    ]  # fmt: skip
    # twelve months × six tickets × half of them × the language's share
    assert [w.saves for w in found] == [24.0, 12.0, None, None]


def test_an_article_saves_what_its_topic_still_brings(kb: Settings) -> None:
    """An overdue article on a topic of six tickets a month waits before a draft without one."""
    big = replace(topic(tea_tickets()), expected=6.0)
    with writing(kb.database) as connection:
        save_topics(connection, [big], NOW)
    _add(kb, "kb-new", status="draft", path="drafts/kb-new.md")
    _add(kb, "kb-due", review_by=date(2026, 11, 11), topic="t-tea")
    first, second = waiting(kb, now=NOW)[0]
    assert (first.article.id, second.article.id) == ("kb-due", "kb-new")
    assert first.saves == pytest.approx(12 * 6 * 0.25 * 0.5)


def test_without_a_database_drafts_wait_all_the_same(kb: Settings) -> None:
    """A fresh clone has only content/."""
    _add(kb, "kb-new", status="draft", path="drafts/kb-new.md")
    kb.database.unlink()
    ((one,), _) = waiting(kb, now=NOW)
    assert (one.article.id, one.saves) == ("kb-new", None)
    assert not kb.database.exists()


def test_an_article_is_published_again_where_it_stands(kb: Settings) -> None:
    """A stale one is current again; the file, and with it its address, stays."""
    _add(kb, "kb-2", title="Another title by now")
    assert start_review(kb, "kb-2", stale="the price changed", now=NOW).why == "stale"
    assert _read(kb, "kb-2").reason == "the price changed"
    (done,) = publish(kb, ["kb-2"], by="Kaja", now=NOW)
    again = _read(kb, "kb-2")
    assert (again.path, again.status, again.reviewed_by) == (
        "en/boxes/kb-2.md",
        "published",
        "Kaja",
    )
    assert (again.reason, again.updated) == (None, NOW.date())
    assert again.review_by is not None
    assert again.review_by >= date(2027, 5, 20)
    assert done.article.review_by == again.review_by


def test_publishing_shows_warnings_and_writes_links_anew(kb: Settings) -> None:
    """A draft's relative links lead on from its new place, and those of other files to it."""
    _add(
        kb,
        "kb-2",
        "[About it](kb-3.md) ![](../en/boxes/x.png)\n",
        status="review",
        path="drafts/kb-2.md",
    )
    _add(
        kb,
        "kb-3",
        "[About it](kb-2.md)\n",
        status="draft",
        path="drafts/kb-3.md",
        updated=NOW.date(),
    )
    (kb.content_dir / "en/boxes/x.png").write_bytes(b"png")
    with pytest.raises(ContentError):  # kb-3 is no article yet
        publish(kb, ["kb-2"], by="Anu", now=NOW)
    _add(
        kb,
        "kb-2",
        "[Tea](../en/boxes/tea-box.md) ![](../en/boxes/x.png)\n",
        status="review",
        path="drafts/kb-2.md",
    )
    (done,) = publish(kb, ["kb-2"], by="Anu", now=NOW)
    assert [one.code for one in done.warnings] == ["no-alt"]
    assert _read(kb, "kb-2").body == "[Tea](tea-box.md) ![](x.png)\n"
    assert _read(kb, "kb-3").body == "[About it](../en/boxes/about-kb-2.md)\n"
    assert [f.code for f in check(kb, now=NOW).findings] == ["no-alt"]


def test_a_translation_remembers_what_it_was_read_beside(kb: Settings) -> None:
    """Until its reviewer publishes it again, the check names what changed in the original."""
    original = _add(kb, "kb-2", "Text.\n\n## Steps\n\nTap.\n")
    _add(kb, "kb-3", "Metin.\n\n## Adımlar\n\nDokun.\n", lang="tr", translation_of="kb-2",
         status="review", path="drafts/kb-3.md")  # fmt: skip
    publish(kb, ["kb-3"], by="Anu", now=NOW)
    assert check(kb, now=NOW).findings == ()
    write_article(kb.content_dir, replace(original, body=original.body.replace("Tap", "Press")))
    assert [f.code for f in check(kb, now=NOW).findings] == ["stale-translation"]
    publish(kb, ["kb-3"], by="Anu", now=NOW)
    assert check(kb, now=NOW).findings == ()


def test_200_articles_published_at_once_are_due_on_many_days(kb: Settings) -> None:
    """What other articles have planned counts, too."""
    busy = _add(kb, "kb-busy", review_by=date(2027, 5, 20))
    ids = [f"kb-n{n}" for n in range(40)]
    for id_ in ids:
        _add(kb, id_, status="review", path=f"drafts/{id_}.md")
    done = publish(kb, ids, by="Anu", now=NOW)
    days = [one.article.review_by for one in done] + [busy.review_by]
    assert max(days.count(day) for day in days) <= 2


def test_an_article_that_others_link_is_not_archived(kb: Settings) -> None:
    """Each line is named; a permanent link may stay where a successor takes the readers."""
    _add(kb, "kb-2", "See [tea](tea-box.md).\n")
    linking = _add(kb, "kb-3", "See [tea](/a/kb-7/).\n")
    with pytest.raises(ContentError) as caught:
        archive(kb, "kb-7", reason="merged", now=NOW)
    assert [f.file for f in caught.value.findings] == ["en/boxes/kb-2.md", "en/boxes/kb-3.md"]
    assert _read(kb, "kb-7").status == "published"
    with pytest.raises(ContentError) as caught:
        archive(kb, "kb-7", reason="merged", instead="kb-3", now=NOW)
    assert [f.file for f in caught.value.findings] == ["en/boxes/kb-2.md"]
    (kb.content_dir / "en/boxes/kb-2.md").unlink()
    gone = archive(kb, "kb-7", reason="merged", instead="kb-3", now=NOW)
    assert (gone.status, gone.reason, gone.replaced_by) == ("archived", "merged", linking.id)
    assert check(kb, now=NOW).findings == ()


def test_an_archived_article_comes_back_through_review(kb: Settings) -> None:
    """As a draft, its relative links leading on; published it stands where its title says."""
    _add(kb, "kb-2", "See [tea](tea-box.md).\n")
    archive(kb, "kb-2", reason="over", now=NOW)
    with pytest.raises(StateError):
        publish(kb, ["kb-2"], by="Anu", now=NOW)
    assert start_review(kb, "kb-2", now=NOW).why == "in review"
    back = _read(kb, "kb-2")
    assert (back.path, back.body) == ("drafts/kb-2.md", "See [tea](../en/boxes/tea-box.md).\n")
    publish(kb, ["kb-2"], by="Anu", now=NOW)
    assert _read(kb, "kb-2").path == "en/boxes/about-kb-2.md"
    assert check(kb, now=NOW).findings == ()


def test_a_draft_whose_topic_an_article_answers_is_an_orphan(kb: Settings) -> None:
    """So is one whose topic no ticket asks about; a topic that no run ever found tells nothing."""
    draft(kb, ["t-tea"], now=NOW)
    _add(kb, "kb-2", status="draft", path="drafts/kb-2.md", topic="t-unknown", updated=NOW.date())
    assert check(kb, now=NOW).findings == ()
    _add(kb, "kb-3", topic="t-tea")
    (found,) = check(kb, now=NOW).findings
    assert (found.code, found.message) == ("orphaned-draft", "kb-3 answers its topic t-tea already")
    (kb.content_dir / "en/boxes/kb-3.md").unlink()
    with writing(kb.database) as connection:
        save_topics(connection, [], NOW)
    assert [f.message for f in check(kb, now=NOW).findings] == [
        "nothing asks about its topic t-tea any more"
    ]


def test_warnings_about_drafts_do_not_stop_a_strict_build(kb: Settings) -> None:
    """No reader sees them; kbtool check tells them all the same."""
    _add(kb, "kb-2", status="draft", path="drafts/kb-2.md", updated=date(2026, 1, 1))
    result = check(kb, now=NOW)
    assert [f.code for f in result.findings] == ["old-draft"]
    assert result.of_site == ()
