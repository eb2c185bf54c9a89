"""Hostile and empty replies: text that stays text, in linear time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kbtool.articles.draft import draft_topic
from kbtool.articles.draft.render import CONFLICT
from kbtool.articles.files.frontmatter import dump_article, parse_article
from tests.articles.tickets import sources, tea_tickets, ticket, topic

HOSTILE = (
    "<script>alert(1)</script> open the box",
    "[tap](javascript:alert(1)){ onclick=alert(1) } the box",
    "Open {: onclick=alert(1) } the box",
    "Open <!-- kbtool:conflict --> the box",
    "Open \x00\x1b[31m\u202e\ue000kb-9\ue001 the box",
    "![x](https://evil.example/p.png) open the box",
    "Open ``` ~~~ !!! danger the box",
)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_replies_stay_text(payload: str) -> None:
    """What all agents send stands in the draft as words, and its front matter is read back."""
    tickets = [ticket(n, f"{payload} and wait.", agent=f"a{n % 2}") for n in range(1, 7)]
    drafts, _ = draft_topic(topic(tickets), tickets, sources())
    for draft in drafts:
        assert not set("\x00\x1b\u202e\ue000\ue001") & set(draft.body)
        assert CONFLICT not in draft.body
        assert "<script" not in draft.body and "<!--" not in draft.body
        assert not re.search(r"(?<!\\)\]\((?!/a/)", draft.body)
        assert "{" not in draft.body
        read, findings = parse_article(dump_article(draft), draft.path)
        assert read and replace(read, body_line=draft.body_line) == draft
        assert not findings


@pytest.mark.parametrize(
    "reply",
    ["🙂🎉 🎉", "", "   \n\n ", "!!!! ???? ....", "\ue000\ue001", "5", "> > >", "- \n- \n- "],
)
def test_replies_that_say_nothing(reply: str) -> None:
    """Emoji, blanks and signs make no sentence and no draft, and the reason is told."""
    tickets = [ticket(n, reply, agent=f"a{n % 2}") for n in range(1, 7)]
    drafts, (skipped,) = draft_topic(topic(tickets), tickets, sources())
    assert drafts == ()
    assert "no sentence is supported" in skipped.reason


def test_endless_replies_cost_little() -> None:
    """A sentence of ten thousand words and a reply of hundreds of sentences are read to their
    limits; neither stands in the draft.
    """
    words = " ".join(f"word{n % 500}" if n % 9 else "of" for n in range(10_000))
    many = " ".join(f"Sentence {n} speaks of thing{n}." for n in range(300))
    tickets = [
        *tea_tickets(),
        *(ticket(n, f"{words}. {many}", agent=f"a{n % 2}") for n in (21, 22)),
        ticket(24, "(" * 5_000 + "[" * 5_000 + " > A" * 5_000, agent="a1"),
        ticket(25, "1" * 9_000 + " " + "1." * 9_000 + " " + "a-" * 9_000, agent="a1"),
    ]
    (draft,), _ = draft_topic(topic(tickets), tickets, sources())
    assert max(map(len, draft.body.splitlines())) < 1_000
    assert "Open **Account > Boxes**" in draft.body
