"""kbtool draft --update on a real knowledge base: it proposes, and never writes an article."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.articles.files.store import DRAFTS
from kbtool.config import Settings
from kbtool.errors import ContentError, NotFoundError, StateError
from kbtool.workflows.draft import draft
from kbtool.workflows.review import start_review
from kbtool.workflows.stale import compare
from kbtool.workflows.update import Proposed, propose_update, write_proposal
from tests.articles.kb import NOW, knowledge_base
from tests.articles.update.shop import NEW, OLD, file_of, grow, open_shop, tickets

BEFORE = tickets(OLD, range(1, 7))
AFTER = tickets(NEW, range(60, 66))


def _apply(settings: Settings, found: Proposed) -> None:
    tool = ["git", "apply"]
    subprocess.run(tool, cwd=settings.root, input=found.diff.encode(), check=True)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_diff_applies_and_nothing_is_left_to_propose(tmp_path: Path, ends: str) -> None:
    """Of a stale article, whatever its lines end with."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    compare(settings)
    file = file_of(settings, id_)
    text = file.read_text("utf-8").replace("\n", ends)
    file.write_bytes(text.encode())
    found = propose_update(settings, id_, now=NOW)
    assert file.read_bytes() == text.encode()
    assert found.path == f"content/{found.article.path}"
    _apply(settings, found)
    assert file.read_bytes().count(ends.encode()) == file.read_bytes().count(b"\n")
    assert b"within 30 days of delivery." in file.read_bytes()
    again = propose_update(settings, id_, now=NOW)
    assert (again.changes, again.diff) == ((), "")


def test_nothing_new_is_no_proposal(tmp_path: Path) -> None:
    """The same tickets."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    found = propose_update(settings, id_, now=NOW)
    assert (found.changes, found.diff, found.refused) == ((), "", None)
    assert found.topics == ("t-tea",)


def test_in_review_and_edited_drafts_can_be_updated(tmp_path: Path) -> None:
    """A draft that nobody edited is drafted anew instead."""
    settings = knowledge_base(tmp_path, BEFORE)
    (made,) = draft(settings, ["t-tea"], now=NOW).drafts
    id_ = made.article.id
    grow(settings, [*BEFORE, *AFTER])
    with pytest.raises(StateError) as caught:
        propose_update(settings, id_, now=NOW)
    assert "kbtool draft t-tea" in str(caught.value.hint)
    file = settings.content_dir / DRAFTS / f"{id_}.md"
    file.write_text(
        file.read_text("utf-8").replace("Tap Return box.", "Tap *Return box*!"), "utf-8"
    )
    assert propose_update(settings, id_, now=NOW).diff
    start_review(settings, id_, now=NOW)
    found = propose_update(settings, id_, now=NOW)
    assert found.diff
    assert "Return box*!" not in found.diff.replace(" 2. Tap *Return box*!", "")


def test_too_few_people_propose_nothing(tmp_path: Path) -> None:
    """As for a draft: what few asked may be about one of them."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    few = [replace(t, requester="r1") for t in (*BEFORE, *AFTER)]
    grow(settings, few)
    found = propose_update(settings, id_, now=NOW)
    assert (found.diff, found.changes) == ("", ())
    assert found.refused == "its topics were answered for 1 different requester, 5 are needed"


def test_without_a_topic_nothing_can_be_compared(tmp_path: Path) -> None:
    """The reason says what to do."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    file = file_of(settings, id_)
    file.write_text("---\nid: kb-8\ntitle: Zzz\nlang: tr\nstatus: published\n---\nKedi.\n", "utf-8")
    found = propose_update(settings, "kb-8", now=NOW)
    assert found.refused is not None
    assert "topic:" in found.refused


def test_who_has_nothing_to_update(tmp_path: Path) -> None:
    """Archived articles, and ids that there are not."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    file = file_of(settings, id_)
    file.write_text(
        file.read_text("utf-8").replace("status: published", "status: archived"), "utf-8"
    )
    with pytest.raises(StateError):
        propose_update(settings, id_, now=NOW)
    with pytest.raises(NotFoundError):
        propose_update(settings, "kb-none", now=NOW)


def test_a_proposal_is_never_written_over_an_article(tmp_path: Path) -> None:
    """Nowhere inside content/; elsewhere it is."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    with pytest.raises(ContentError):
        write_proposal(settings, file_of(settings, id_), "x")
    write_proposal(settings, tmp_path / "change.diff", "x")
    assert (tmp_path / "change.diff").read_text("utf-8") == "x"


def test_without_tickets_the_topic_is_named_and_the_next_step(tmp_path: Path) -> None:
    """The front matter names a topic, so nobody is told to name one."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    settings.database.unlink()
    refused = propose_update(settings, id_, now=NOW).refused
    assert refused is not None
    assert "is not known here: kbtool import, then kbtool suggest" in refused
