"""What was shown, accepted and rejected, in a real help centre over months."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings
from kbtool.config.settings import Home
from kbtool.db import reading, writing
from kbtool.errors import NotFoundError, StateError
from kbtool.model import SuggestionKind
from kbtool.suggest.memory.history import History
from kbtool.suggest.store import forget_proposals, read_decisions
from kbtool.workflows.decisions import read_history
from kbtool.workflows.judging import View
from kbtool.workflows.reject import reject, take_back
from kbtool.workflows.review import archive
from kbtool.workflows.suggest import suggest
from kbtool.workflows.topics import list_rejected
from tests.tickets.stored import save_tickets
from tests.workflows.everything import NOW, help_centre, ticket

SOON = NOW + timedelta(days=35)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The help centre in which everything is due, shown once to a person."""
    made = help_centre(tmp_path_factory.mktemp("help"))
    suggest(made, now=NOW)  # for a draft, shown to nobody
    with reading(made.database) as connection:
        assert read_decisions(connection) == ()
    suggest(made, now=NOW, shown=View(kinds=frozenset({"promote", "retire", "wording"})))
    return made


def states(found: History) -> dict[str, str]:
    """What became of each suggestion."""
    return {one.key: one.state for one in found.decisions}


def kinds(settings: Settings, kind: SuggestionKind) -> set[str]:
    """The keys that are suggested today."""
    return {one.key for one in suggest(settings, now=SOON).suggestions if one.kind == kind}


def test_only_what_was_shown_is_remembered(settings: Settings) -> None:
    """With its promise; what another view would show is not."""
    found = read_history(settings, now=NOW)
    assert states(found) == {
        "promote:kb-1002": "open",
        "retire:kb-1004": "open",
        "retire:kb-1009": "open",
        "wording:kb-1002": "open",
        "wording:kb-1003": "open",
    }
    promote = next(one for one in found.decisions if one.kind == "promote")
    assert promote.promised == 0.3
    assert promote.interval is not None


def test_one_suggestion_is_rejected_until_its_evidence_doubles(settings: Settings) -> None:
    """Others about the article stay; an idle year later it comes back; it can be taken back."""
    with pytest.raises(StateError, match="is published"):
        reject(settings, "kb-1004", reason="no", now=NOW)
    with pytest.raises(NotFoundError, match="no suggestion to translate kb-1004"):
        reject(settings, "kb-1004", kind="translate", reason="no", now=NOW)
    done = reject(settings, "kb-1004", kind="retire", reason="the law asks for it", now=NOW)
    assert (done.id, done.topic.wakes_at if done.topic else 0) == ("retire:kb-1004", 1094)
    assert kinds(settings, "retire") == {"retire:kb-1009"}
    assert "fix:kb-1004" in kinds(settings, "fix")
    assert states(read_history(settings, now=SOON))["retire:kb-1004"] == "rejected"
    (told,) = list_rejected(settings, now=SOON)
    assert (told.question, told.standing.tickets) == ("How long may I keep a rental?", 582)
    take_back(settings, "kb-1004", kind="retire", now=SOON)
    assert states(read_history(settings, now=SOON))["retire:kb-1004"] == "open"


def test_what_was_done_is_accepted(settings: Settings) -> None:
    """An archived article, a pin, a pasted line: nobody has to report anything."""
    archive(settings, "kb-1009", reason="no use", now=SOON)
    articles, _ = read_articles(settings.content_dir)
    pause = next(article for article in articles if article.id == "kb-1003")
    write_article(settings.content_dir, replace(pause, also_asked=("Subscription travel",)))
    pinned = replace(settings, home=Home(pinned=("kb-1002",)))
    found = read_history(pinned, now=SOON)
    assert states(found)["retire:kb-1009"] == "accepted"
    assert states(found)["promote:kb-1002"] == "accepted"
    assert states(found)["wording:kb-1003"] == "accepted"
    assert {one.verdict for one in found.outcomes} == {"too early", "not measured"}
    again = {one.key for one in suggest(pinned, now=SOON).suggestions}
    assert "promote:kb-1002" not in again  # it rests


def test_a_promise_is_held_against_the_months_after(settings: Settings) -> None:
    """Four months on hardly anybody asks: surely fewer, and as many as promised."""
    later = NOW + timedelta(days=35 + 130)
    with writing(settings.database) as connection:
        more = [ticket(900 + n, 16 + n, "May I paint it?", "Yes.") for n in range(4)]
        save_tickets(connection, more)
    suggest(settings, now=later)
    found = read_history(settings, now=later)
    promote = next(one for one in found.outcomes if one.decision.kind == "promote")
    assert promote.months >= 3
    assert promote.after == 0.0
    assert promote.observed is not None
    assert promote.observed.low > 0
    assert promote.verdict == "held"


def test_a_forgotten_line_leaves_the_decisions(settings: Settings) -> None:
    """A proposed line is a customer's own words."""
    with writing(settings.database) as connection:
        before = [one for one in read_decisions(connection) if one.kind == "wording"]
        lines = {line[0] for one in before for line in one.basis.lines}
        assert lines
        forget_proposals(connection, [f"s:{n:03d}" for n in range(1000)])
        after = [one for one in read_decisions(connection) if one.kind == "wording"]
        left = {line[0] for one in after for line in one.basis.lines}
    assert left < lines
