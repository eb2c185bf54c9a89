"""Questions are made when tickets come in, once, and stay true to the tickets."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import StoreError
from kbtool.mining.questions.question import question
from kbtool.mining.questions.store import Stored, count_questions, last_number
from kbtool.model import Ticket
from kbtool.workflows import questions as work
from kbtool.workflows.questions import record_questions, refresh_questions
from kbtool.workflows.suggest import suggest
from tests.mining.samples import ASKED, ticket
from tests.tickets.stored import save_tickets
from tests.workflows.test_suggest import NOW

TICKETS = [
    ticket(text, id_=f"{name}-{n}", lang=lang, reply=reply)
    for name, lines in ASKED.items()
    for n, (lang, text, reply) in enumerate(lines)
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base with the library's tickets, of which nothing was made yet."""
    found = Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Library",
        site_url="https://help.library.example/",
        languages=("en", "tr"),
    )
    _import(found, TICKETS)
    return found


def _import(settings: Settings, tickets: list[Ticket], removed: tuple[str, ...] = ()) -> None:
    with writing(settings.database) as connection:
        save_tickets(connection, tickets)
        record_questions(connection, [one.key for one in tickets], removed)


def test_each_ticket_that_asks_has_its_question(settings: Settings) -> None:
    """The same that is made of the ticket itself; thanks have none."""
    _import(settings, [ticket("Thank you!", id_="thanks")])
    refresh_questions(settings)
    with writing(settings.database) as connection:
        assert count_questions(connection) == len(TICKETS)
        found = Stored(connection).fetch([one.key for one in TICKETS])
    assert found == [question(one) for one in TICKETS]


def test_nothing_is_made_twice(settings: Settings) -> None:
    """A second run finds nothing to do; a changed ticket is made anew, a removed one goes."""
    refresh_questions(settings)
    with writing(settings.database) as connection:
        last = last_number(connection)
    refresh_questions(settings)
    changed = ticket("Where is the reading room?", id_="card-0")
    _import(settings, [changed], removed=("desk:card-1",))
    refresh_questions(settings)
    with writing(settings.database) as connection:
        assert last_number(connection) == last + 1
        assert count_questions(connection) == len(TICKETS) - 1
        assert Stored(connection).fetch([changed.key]) == [question(changed)]


def test_an_interrupted_run_is_carried_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made stays made; the next run makes the rest."""
    monkeypatch.setattr(work, "BATCH", 5)
    with writing(settings.database) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON questions WHEN NEW.number > 8 OR"
            " (SELECT count(*) FROM questions) >= 8"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    with pytest.raises(StoreError, match="full"):
        refresh_questions(settings)
    with writing(settings.database) as connection:
        assert count_questions(connection) == 5
        connection.exec_driver_sql("DROP TRIGGER full")
    told: list[tuple[str, int, int | None]] = []
    refresh_questions(settings, lambda *progress: told.append(progress))
    with writing(settings.database) as connection:
        assert count_questions(connection) == len(TICKETS)
    assert told[-1] == ("Reading questions", len(TICKETS) - 5, len(TICKETS) - 5)


def test_another_version_makes_all_anew(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions made by an older kbtool are not mined with newer ones."""
    refresh_questions(settings)
    with writing(settings.database) as connection:
        last = last_number(connection)
    monkeypatch.setattr(work, "VERSION", "another")
    refresh_questions(settings)
    with writing(settings.database) as connection:
        assert last_number(connection) == last + len(TICKETS)


def test_new_tickets_get_their_topic_when_they_come(settings: Settings) -> None:
    """After a mining an import tells where each ticket belongs."""
    found = suggest(settings, now=NOW)
    card = next(t for t in found.topics if "desk:card-0" in t.tickets)
    _import(settings, [ticket("I lost my library card, what now?", id_="new", reply="Block it.")])
    placed = refresh_questions(settings)
    assert placed is not None
    assert (placed.known, placed.none) == (1, 0)
    with writing(settings.database) as connection:
        query = "SELECT topic FROM questions WHERE ticket = 'desk:new'"
        assert connection.exec_driver_sql(query).scalar_one() == card.id
