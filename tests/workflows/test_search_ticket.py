"""A whole ticket in, ranked articles with replies out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import NotFoundError
from kbtool.model import Message
from kbtool.workflows.search_ticket import search_text, search_ticket
from tests.articles.tickets import ticket
from tests.tickets.stored import save_tickets
from tests.workflows.built import built


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base below a sub-path whose site was built."""
    return built(tmp_path)


def test_a_stored_ticket_is_asked_in_its_own_language(settings: Settings) -> None:
    """The customer's public words count, nobody else's; the ticket's id is enough."""
    said = [
        Message("1", "customer", "public", None, None, "Lastiğim patladı, ne yapmalıyım?"),
        Message("2", "agent", "internal", None, None, "Flat tyre, flat tyre, flat tyre."),
    ]
    stored = replace(ticket(7), subject="Velmo", language="tr", messages=tuple(said))
    with writing(settings.database) as connection:
        save_tickets(connection, [stored])
    answer = search_ticket(settings, "7")
    assert (answer.lang, [hit.id for hit in answer.hits]) == ("tr", ["kb-2"])
    with pytest.raises(NotFoundError, match="no ticket 8"):
        search_ticket(settings, "8")
    with pytest.raises(NotFoundError, match="no language 'xx'"):
        search_ticket(settings, "7", lang="xx")


def test_a_pasted_ticket_is_cleaned_first(settings: Settings) -> None:
    """What it quotes does not count."""
    answer = search_text(settings, "Lastik patlak\n\n> Flat tyre?\n> Call us.")
    assert [hit.id for hit in answer.hits] == ["kb-2"]
