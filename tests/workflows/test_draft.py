"""kbtool draft, review, publish, reject on a real knowledge base: a person's work is never lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kbtool.articles.draft import article_id
from kbtool.articles.files.frontmatter import parse_article
from kbtool.articles.files.store import DRAFTS
from kbtool.config import Settings
from kbtool.errors import ContentError, NotFoundError, StateError
from kbtool.model import Article
from kbtool.workflows.check import check
from kbtool.workflows.draft import draft
from kbtool.workflows.reject import reject
from kbtool.workflows.review import publish, start_review, waiting
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import MACRO, ticket

ID = article_id("t-tea", "en")


@pytest.fixture
def kb(tmp_path: Path) -> Settings:
    """The tea shop's knowledge base."""
    return knowledge_base(tmp_path)


def _outcomes(settings: Settings, **how: object) -> list[str]:
    result = draft(settings, ["t-tea"], now=NOW, **how)  # type: ignore[arg-type]  # keyword arguments of draft
    return [one.outcome for one in result.drafts]


def _file(settings: Settings) -> Path:
    return settings.content_dir / DRAFTS / f"{ID}.md"


def _disagreeing() -> list[object]:
    rule = "You can change the box until {} days before the next delivery date."
    return [
        ticket(n, f"{MACRO}\n\n{rule.format(5 if n > 3 else 14)}", agent=f"a{n % 2}")
        for n in range(1, 7)
    ]


def test_a_draft_is_written_and_drafting_again_changes_nothing(kb: Settings) -> None:
    """The second run gives the same bytes, also on another day."""
    assert _outcomes(kb) == ["new"]
    before = _file(kb).read_bytes()
    assert draft(kb, ["t-te"], now=NOW + timedelta(days=3)).drafts[0].outcome == "unchanged"
    assert _file(kb).read_bytes() == before


def test_dry_run_writes_nothing(kb: Settings) -> None:
    """It still says what would be made."""
    assert _outcomes(kb, dry_run=True) == ["new"]
    assert not (kb.content_dir / DRAFTS).exists()


def test_an_edited_draft_survives(kb: Settings) -> None:
    """One changed word in the text, and the file is a person's: never overwritten."""
    _outcomes(kb)
    edited = _file(kb).read_text("utf-8").replace("Tap Change box.", "Tap **Change box**!")
    _file(kb).write_text(edited, "utf-8")
    assert _outcomes(kb) == ["kept, edited"]
    assert _file(kb).read_text("utf-8") == edited


def test_a_changed_title_survives_too(kb: Settings) -> None:
    """A person may mend the title only; that is an edit as well."""
    _outcomes(kb)
    edited = _file(kb).read_text("utf-8").replace("title: ", "title: Wie? ")
    _file(kb).write_text(edited, "utf-8")
    assert _outcomes(kb) == ["kept, edited"]
    assert _file(kb).read_text("utf-8") == edited


def test_a_draft_in_review_is_not_refreshed(kb: Settings) -> None:
    """What a reviewer is reading does not change under their eyes."""
    _outcomes(kb)
    start_review(kb, ID, now=NOW)
    assert _outcomes(kb) == ["kept, in review"]


def test_an_untouched_draft_is_refreshed_by_new_tickets(kb: Settings) -> None:
    """More tickets, a newer draft; its own file is replaced."""
    _outcomes(kb)
    extra = "\n\nThe change costs nothing before packing."
    more = [ticket(n, MACRO + extra, agent=f"a{n % 2}") for n in range(1, 9)]
    (kb.root / "content/en/boxes/tea-box.md").unlink()
    knowledge_base_again = kb.root / "again"
    knowledge_base_again.mkdir()
    other = knowledge_base(knowledge_base_again, more)
    (other.content_dir / DRAFTS).mkdir()
    (other.content_dir / DRAFTS / f"{ID}.md").write_bytes(_file(kb).read_bytes())
    assert _outcomes(other) == ["refreshed"]
    assert "costs nothing" in _file(other).read_text("utf-8")


def test_an_unreadable_file_stops_drafting(kb: Settings) -> None:
    """It could be an edited draft with a typo in its front matter."""
    _outcomes(kb)
    broken = _file(kb).read_text("utf-8").replace("title:", "title: a: b")
    _file(kb).write_text(broken, "utf-8")
    with pytest.raises(ContentError) as caught:
        _outcomes(kb)
    assert caught.value.findings
    assert _file(kb).read_text("utf-8") == broken


def test_a_topic_that_does_not_exist(kb: Settings) -> None:
    """The hint says where topics are listed."""
    with pytest.raises(NotFoundError) as caught:
        draft(kb, ["t-nope"], now=NOW)
    assert caught.value.hint


def test_fewer_requesters_only_on_request_and_with_a_warning(tmp_path: Path) -> None:
    """Four people are too few by the setting, enough with --min-requesters 3."""
    kb = knowledge_base(tmp_path, [ticket(n, MACRO, agent=f"a{n % 2}") for n in range(1, 5)])
    refused = draft(kb, ["t-tea"], now=NOW)
    assert not refused.drafts
    assert "5 are needed" in refused.skipped[0].reason
    allowed = draft(kb, ["t-tea"], min_requesters=3, now=NOW)
    assert [one.outcome for one in allowed.drafts] == ["new"]
    assert allowed.warnings


def test_a_thin_draft_says_so(tmp_path: Path) -> None:
    """One supported sentence is a start, not an answer."""
    reply = "Open Account > Boxes."
    kb = knowledge_base(tmp_path, [ticket(n, reply, agent=f"a{n % 2}") for n in range(1, 7)])
    (warning,) = draft(kb, ["t-tea"], now=NOW).warnings
    assert "only one sentence" in warning


def test_from_draft_to_article(kb: Settings) -> None:
    """Review, publish: the file moves, names its reviewer, and the check is content."""
    _outcomes(kb)
    (one,), _ = waiting(kb, now=NOW)
    assert (one.article.status, one.tickets, one.edited, one.findings) == ("draft", 6, False, ())
    assert start_review(kb, ID, now=NOW).article.status == "review"
    (published,) = publish(kb, [ID], by="Anu", now=NOW)
    done = published.article
    assert done.path == "en/boxes/how-do-i-change-my-tea-box.md"
    assert not _file(kb).exists()
    article, _ = parse_article((kb.content_dir / done.path).read_text("utf-8"), "x.md")
    assert article
    assert (article.status, article.reviewed_by, article.id) == ("published", "Anu", ID)
    assert article.evidence
    assert check(kb, now=NOW).findings == ()
    assert waiting(kb, now=NOW)[0] == ()
    assert _outcomes(kb) == ["kept, published"]


def test_an_open_conflict_blocks_publishing_until_a_person_chose(tmp_path: Path) -> None:
    """The refusal names the line; with the block gone the draft is published."""
    kb = knowledge_base(tmp_path, _disagreeing())  # type: ignore[arg-type]  # tickets
    assert draft(kb, ["t-tea"], now=NOW).drafts[0].conflicts == 1
    start_review(kb, ID, now=NOW)
    with pytest.raises(ContentError) as caught:
        publish(kb, [ID], by="Anu", now=NOW)
    (finding,) = caught.value.findings
    lines = _file(kb).read_text("utf-8").split("\n")
    assert "kbtool:conflict" in lines[finding.line - 1]
    end = next(n for n, line in enumerate(lines) if "/kbtool:conflict" in line)
    kept = [*lines[: finding.line - 1], "Five days.", *lines[end + 1 :]]
    _file(kb).write_text("\n".join(kept), "utf-8")
    publish(kb, [ID], by="Anu", now=NOW)


def test_personal_data_and_dead_links_block_publishing(kb: Settings) -> None:
    """Each line is named; nothing is moved."""
    _outcomes(kb)
    start_review(kb, ID, now=NOW)
    with _file(kb).open("a", encoding="utf-8") as file:
        file.write("\nWrite to kaja.tamm@mail.example or see [this](/a/kb-404/).\n")
    with pytest.raises(ContentError) as caught:
        publish(kb, [ID], by="Anu", now=NOW)
    assert {f.code for f in caught.value.findings} == {"personal-data", "broken-link"}
    assert _file(kb).exists()


def test_all_or_none_is_published(kb: Settings) -> None:
    """One that is not reviewed keeps the others where they are."""
    _outcomes(kb)
    start_review(kb, ID, now=NOW)
    text = (
        _file(kb).read_text("utf-8").replace(ID, "kb-8").replace("status: review", "status: draft")
    )
    (kb.content_dir / DRAFTS / "kb-8.md").write_text(text, "utf-8")
    with pytest.raises(StateError):
        publish(kb, [ID, "kb-8"], by="Anu", now=NOW)
    assert _file(kb).exists()


def test_publishing_never_overwrites_another_article(kb: Settings) -> None:
    """A file that already has the name stays; the draft stays as well."""
    _outcomes(kb)
    start_review(kb, ID, now=NOW)
    taken = kb.content_dir / "en/boxes/how-do-i-change-my-tea-box.md"
    taken.write_text("---\nid: kb-8\ntitle: x\nlang: en\nstatus: archived\n---\n", "utf-8")
    before = taken.read_bytes()
    with pytest.raises(ContentError):
        publish(kb, [ID], by="Anu", now=NOW)
    assert taken.read_bytes() == before
    assert _file(kb).exists()


def test_a_rejected_topic_is_drafted_by_name_with_a_warning(kb: Settings) -> None:
    """A person may change their mind, but is told that there was a decision."""
    reject(kb, "t-tea", reason="each case differs", now=NOW)
    result = draft(kb, ["t-tea"], now=NOW)
    assert [one.outcome for one in result.drafts] == ["new"]
    assert "t-tea was rejected (each case differs)" in result.warnings[0]


def test_a_language_that_the_help_centre_lacks_is_told(kb: Settings) -> None:
    """It is a typing error, not an empty answer."""
    with pytest.raises(NotFoundError, match="no language 'xx'"):
        draft(kb, ["t-tea"], lang="xx", now=NOW)


def test_edits_are_marked_in_review_and_when_published(kb: Settings) -> None:
    """The evidence tells whose words stand in the article; what is edited in review counts too."""

    def marks(article: Article | None) -> list[str]:
        return [one.text for one in article.evidence if one.edited] if article else []

    _outcomes(kb)
    assert marks(start_review(kb, ID, now=NOW).article) == []
    text = _file(kb).read_text("utf-8")
    _file(kb).write_text(text.replace("Tap Change box.", "Tap the button Change box."), "utf-8")
    assert marks(start_review(kb, ID, now=NOW).article) == ["Tap Change box"]
    assert "  edited: true\n" in _file(kb).read_text("utf-8")
    text = _file(kb).read_text("utf-8")
    _file(kb).write_text(text.replace("1. Open **Account > Boxes**.\n", ""), "utf-8")
    (done,) = publish(kb, [ID], by="Anu", now=NOW)
    article, _ = parse_article((kb.content_dir / done.article.path).read_text("utf-8"), "x.md")
    assert marks(article) == ["Open Account > Boxes", "Tap Change box"]
