"""Customers' words come back as lines to paste, and decisions about them are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import MetricSettings, Settings
from kbtool.db import reading, writing
from kbtool.errors import NotFoundError, StateError
from kbtool.model import Message, Proposal, Ticket
from kbtool.suggest.store import forget_proposals, read_proposals
from kbtool.workflows.links import record_links
from kbtool.workflows.questions import record_questions
from kbtool.workflows.reject import reject, take_back
from kbtool.workflows.suggest import suggest
from kbtool.workflows.topics import list_rejected
from kbtool.workflows.wordings import show_proposal
from tests.metrics.histories import NOW, click, search, view
from tests.tickets.stored import save_tickets
from tests.workflows.test_feedback_loop import DEPOSIT, ONCE, PAUSE, TYRE, UNLOCK, suggested, ticket

PUNCTURE = (
    "The puncture on my bike, who repairs it?",
    "Who mends a puncture on the bike?",
    "There is a puncture, the front wheel of the bike is flat",
    "What does a puncture cost me?",
    "A puncture again. Will you repair my bike?",
    "My bike has a puncture since Monday, Ms Adeyemi-Quist told me to write",
)
SENT = "It is in https://help.example/a/kb-1001/ and takes two days."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base whose agents answer punctures with the article on flat tyres."""
    made = Settings(
        root=tmp_path, config_file=tmp_path / "mkdocs.yml", site_name="Help",
        site_url="https://help.example/", metrics=MetricSettings(min_count=10),
    )  # fmt: skip
    write_article(made.content_dir, TYRE)
    others = [*PAUSE, *UNLOCK, *DEPOSIT, *ONCE]
    tickets = [ticket(n, text) for n, text in enumerate(others)]
    tickets += [_answered(100 + n, text) for n, text in enumerate(PUNCTURE)]
    with writing(made.database) as connection:
        save_tickets(connection, tickets)
    return made


def _answered(number: int, text: str) -> Ticket:
    made = ticket(number, text)
    reply = Message("2", "agent", "public", made.created_at, "a", SENT, links=(SENT.split()[3],))
    return replace(made, messages=(made.messages[0], reply))


def _lines(settings: Settings) -> list[Proposal]:
    found = suggest(settings, now=NOW).suggestions
    return [line for one in found if one.kind == "wording" for line in one.proposals]


def test_tickets_that_an_article_answered_lend_it_their_words(settings: Settings) -> None:
    """Their own sentence, of words that three use; whoever is named in one is not."""
    found = [line for line in _lines(settings) if line.tickets]
    assert [(line.kind, line.article) for line in found] == [("also_asked", "kb-1001")]
    assert "puncture" in found[0].line.lower()
    assert "Adeyemi" not in found[0].line
    assert (len(found[0].tickets), found[0].requesters) == (6, 6)
    shown = show_proposal(settings, found[0].id)
    assert shown.proposal == found[0]
    assert all("uncture" in sample.question for sample in shown.samples)


def test_a_pasted_line_is_not_proposed_again(settings: Settings) -> None:
    """Accepting is an edit of the article, and may be done twice."""
    line = _lines(settings)[0]
    mended = replace(TYRE, also_asked=(line.text,))
    write_article(settings.content_dir, mended)
    assert line.id not in {one.id for one in _lines(settings)}
    assert [one.also_asked for one in read_articles(settings.content_dir)[0]] == [(line.text,)]


def test_what_was_searched_in_vain_goes_to_what_was_opened(settings: Settings) -> None:
    """Of visits; the suggestion carries file, line and counts."""
    people = [f"v{n}" for n in range(4)]
    events = [e for p in people for e in (search(0, "slow leak", 0, p), view(1, p, "kb-1001"))]
    found = suggested(settings, *events)
    lines = {line.text: line for one in found for line in one.proposals}
    leak = lines["slow leak"]
    assert (leak.file, leak.line) == ("en/bike/flat-tyre.md", "- slow leak")
    assert (leak.searches, leak.visits, leak.tickets) == (4, 4, ())


def test_a_rejected_line_stays_away_until_it_is_asked_twice_as_often(settings: Settings) -> None:
    """Remembered like a rejected topic, listed with them, and taken back."""
    line = _lines(settings)[0]
    done = reject(settings, line.id, reason="we never say so", now=NOW)
    assert (done.id, done.article) == (line.id, None)
    assert done.topic is not None
    assert done.topic.wakes_at == 2 * line.weight
    assert _lines(settings) == []
    assert [(one.standing.rejection.topic, one.question) for one in list_rejected(settings, now=NOW)] == [
        (line.id, line.text)
    ]  # fmt: skip
    more = [_answered(200 + n, text) for n, text in enumerate(PUNCTURE)]
    with writing(settings.database) as connection:
        save_tickets(connection, more)
        record_links(connection, [one.key for one in more])
        record_questions(connection, [one.key for one in more])
    assert [one.id for one in _lines(settings)] == [line.id]
    taken = take_back(settings, line.id, now=NOW)
    assert [one.topic for one in taken.rejections] == [line.id]


def test_ids_that_name_no_line_are_told(settings: Settings) -> None:
    """A hint leads to those of today; nothing is written."""
    line = _lines(settings)[0]
    with pytest.raises(NotFoundError, match="there is no proposed line w-00000000"):
        reject(settings, "w-00000000", reason="no", now=NOW)
    with pytest.raises(NotFoundError):
        show_proposal(settings, "w-00000000")
    with pytest.raises(StateError, match="was not rejected"):
        take_back(settings, line.id, now=NOW)


def test_a_written_synonym_is_not_proposed_again(settings: Settings) -> None:
    """What readers typed instead becomes a line of the language's file, once."""
    people = [f"v{n}" for n in range(3)]
    events = [
        e
        for p in people
        for e in (
            search(0, "burst bike", 0, p),
            search(1, "flat bike", 2, p),
            click(2, "flat bike", p, "kb-1001"),
        )
    ]
    found = suggested(settings, *events)
    lines = {line.file: line.line for one in found for line in one.proposals}
    assert lines["synonyms/en.yaml"] == "- burst: flat"
    folder = settings.content_dir / "synonyms"
    folder.mkdir()
    (folder / "en.yaml").write_text(lines["synonyms/en.yaml"] + "\n")
    assert "synonyms/en.yaml" not in {line.file for line in _lines(settings)}


def test_the_same_run_twice_proposes_the_same(settings: Settings) -> None:
    """Nothing depends on what was proposed before."""
    assert _lines(settings) == _lines(settings)


def test_a_forgotten_ticket_leaves_no_line(settings: Settings) -> None:
    """Lines that it spoke for are dropped with it; the next run counts anew."""
    line = _lines(settings)[0]
    with writing(settings.database) as connection:
        forget_proposals(connection, line.tickets[:1])
    with reading(settings.database) as connection:
        assert line.id not in {one.id for one in read_proposals(connection)}
