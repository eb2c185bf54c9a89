"""The verb's workflow: settings and index in, ranked articles with full links out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.config import Category, Settings
from kbtool.db import writing
from kbtool.errors import IndexMissingError, NotFoundError
from kbtool.model import Message
from kbtool.search.index import build_index
from kbtool.workflows.search import search, search_text, search_ticket
from tests.articles.tickets import ticket
from tests.search.helpers import document
from tests.tickets.stored import save_tickets


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base below a sub-path whose site was built."""
    made = Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://example.org/help/",
        languages=("en", "tr"),
        categories=(Category("bike", {"en": "Bike"}, {}), Category("money", {"en": "Money"}, {})),
    )
    release = made.releases_dir / "1"
    documents = [
        document("kb-1", "en", "Flat tyre", "Call us.", category="bike"),
        document("kb-2", "tr", "Patlak lastik", "Bizi arayın.", category="bike"),
    ]
    build_index(documents, release / "index")
    made.current_release.symlink_to(release)
    return made


def test_links_are_whole_and_permanent(settings: Settings) -> None:
    """site_url with its sub-path, then a/<id>/; the page's present address beside it."""
    answer = search(settings, "tyre")
    (hit,) = answer.hits
    assert answer.permalink(hit) == "https://example.org/help/a/kb-1/"
    assert answer.page(hit) == "https://example.org/help/en/kb-1/"


def test_a_language_is_a_strict_filter_and_others_are_named(settings: Settings) -> None:
    """An agent who asks for Turkish gets no English link, but learns that there is one."""
    answer = search(settings, "tyre", lang="tr")
    assert answer.hits == ()
    assert answer.elsewhere == ("en",)


def test_nothing_anywhere(settings: Settings) -> None:
    """No hits and no languages to name."""
    answer = search(settings, "qqqq", lang="tr", category="bike")
    assert (answer.hits, answer.elsewhere) == ((), ())


def test_unknown_filters_are_told(settings: Settings) -> None:
    """A language or category that the settings do not have; the hint lists those they have."""
    with pytest.raises(NotFoundError, match="language 'xx'") as caught:
        search(settings, "tyre", lang="xx")
    assert "en, tr" in (caught.value.hint or "")
    with pytest.raises(NotFoundError, match="category 'bikes'") as caught:
        search(settings, "tyre", category="bikes")
    assert "bike, money" in (caught.value.hint or "")


def test_before_the_first_build(settings: Settings) -> None:
    """No index yet: the hint is the command that makes one."""
    settings.current_release.unlink()
    with pytest.raises(IndexMissingError) as caught:
        search(settings, "tyre")
    assert "kbtool build" in (caught.value.hint or "")


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
