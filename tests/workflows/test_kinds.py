"""Topics that must not become an article, from the store to the draft and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.articles.draft import article_id
from kbtool.articles.files.store import DRAFTS
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.workflows.draft import draft
from kbtool.workflows.suggest import suggest
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import ticket
from tests.mining.samples import ASKED as LIBRARY
from tests.tickets.stored import save_tickets

ASKED = (
    "Please unlock my locked account",
    "account is locked, can you unlock it",
    "My account is locked since Monday",
    "locked account: unlock please",
    "unlock my account, it is locked",
    "Can you unlock a locked account?",
    "why is my account locked, please unlock it",
)
DONE = "I have unlocked your account. Please sign in again."


@pytest.fixture
def kb(tmp_path: Path) -> Settings:
    """A tea shop whose agents unlock accounts all day, among other things."""
    locked = [ticket(n, DONE, agent=f"a{n % 2}", question=asked) for n, asked in enumerate(ASKED)]
    settings = knowledge_base(tmp_path, locked)
    others = [
        ticket(100 + n, reply, question=asked, lang=lang)
        for n, (lang, asked, reply) in enumerate(line for of in LIBRARY.values() for line in of)
    ]
    with writing(settings.database) as connection:
        save_tickets(connection, others)
    return settings


def test_it_is_skipped_with_the_reason(kb: Settings) -> None:
    """Nothing is written; the reason says what to do instead and how to draft it all the same."""
    result = draft(kb, ["t-tea"], now=NOW)
    assert result.drafts == ()
    (skipped,) = result.skipped
    assert (skipped.topic, skipped.lang) == ("t-tea", None)
    assert skipped.reason.startswith("form: in 7 of 7 answers an agent did something")
    assert "Instead: make a form" in skipped.reason
    assert "--anyway" in skipped.reason
    assert not (kb.content_dir / DRAFTS).exists()


def test_suggest_sets_it_apart_until_it_is_drafted_anyway(kb: Settings) -> None:
    """It comes last, with what is needed instead; a draft is a person's word, and remembered."""
    *writes, found = suggest(kb, now=NOW).suggestions
    assert {one.kind for one in writes} == {"write"}
    assert (found.kind, found.command) == ("form", "kbtool suggest --show t-tea")
    assert found.topic is not None
    assert found.instead is not None
    assert found.instead.todo == "make a form for it: agents ask for nothing else"
    assert set(found.instead.tickets) <= set(found.tickets)
    (made,) = draft(kb, [found.topic], anyway=True, now=NOW).drafts
    assert (made.article.id, made.outcome) == (article_id(found.topic, "en"), "new")
    (again,) = draft(kb, [found.topic], now=NOW).drafts
    assert again.outcome == "unchanged"
    assert {one.kind for one in suggest(kb, now=NOW).suggestions} == {"write"}
