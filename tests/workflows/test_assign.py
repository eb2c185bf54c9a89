"""kbtool topics assign: where tickets belong, without mining."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest

from kbtool.config import Settings, load_settings
from kbtool.db import writing
from kbtool.errors import NotFoundError
from kbtool.mining.memory.store import save_topics
from kbtool.mining.mine import How, mine_source
from kbtool.mining.questions.columns import Given
from kbtool.workflows.assign import assign_files, assign_stored, assign_text
from tests.articles.kb import NOW
from tests.cli.writers import kbtool
from tests.mining.samples import questions, ticket
from tests.tickets.stored import save_tickets

CONFIG = """site_name: Library
site_url: https://help.library.example/
extra:
  kbtool:
    languages: [en, tr]
"""
TICKETS = (
    ticket("Hello,\nhow can I renew my loan? The button is grey.", id_="1", resolved=False),
    ticket("Thank you very much!", id_="2"),
    ticket("Do you sell second-hand gramophones from Vienna?", id_="3"),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A library's knowledge base whose questions were mined, with three new tickets."""
    root = tmp_path_factory.mktemp("library")
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    settings = load_settings(root)
    mined = mine_source(Given(questions()), How(smallest=4))
    with writing(settings.database) as connection:
        save_tickets(connection, TICKETS)
        save_topics(connection, mined.topics, NOW)
        mined.model.save(connection)
    yield settings


def _asked(text: str, base: Settings) -> set[str]:
    """The true topics of the tickets of the topic that a text belongs to."""
    found = assign_text(base, text).topic
    return set() if found is None else {t.split(":")[1].split("-")[0] for t in found.tickets}


def test_stored_tickets_are_placed_also_open_ones(base: Settings) -> None:
    """The one that asks a known question; thanks ask nothing; an unknown question fits nowhere."""
    known, thanks, unknown = assign_stored(base, ["1", "desk:2", "3"])
    assert known.topic is not None
    assert {t.split(":")[1].split("-")[0] for t in known.topic.tickets} == {"renew"}
    assert known.confidence is not None
    assert 0.9 <= known.confidence <= 1
    assert (thanks.asks, thanks.topic) == (False, None)
    assert (unknown.asks, unknown.topic, unknown.confidence) == (True, None, None)
    with pytest.raises(NotFoundError):
        assign_stored(base, ["99"])


def test_a_text_is_cleaned_and_placed(base: Settings) -> None:
    """Plain or HTML, in each language, also when it is too short to tell which."""
    assert _asked("Hi,\n\nI lost my library card, how do I replace it?\n\n-- \nAnn", base) == {
        "card"
    }
    assert _asked("<p>Why do I have to pay a <b>late fee</b>?</p>", base) == {"fee"}
    assert _asked("süre uzatma nerede", base) == {"renew"}
    assert _asked("gramophone?", base) == set()


def test_an_export_is_read_and_not_stored(base: Settings, tmp_path: Path) -> None:
    """Each of its tickets is placed; none is stored."""
    file = tmp_path / "new.csv"
    file.write_text(
        "id,created_at,subject,description,status\n"
        "7,2026-11-01,Loan,How do I renew a loan?,open\n"
        "8,2026-11-01,Maps,Do you buy globes and gramophones?,open\n"
    )
    known, unknown = assign_files(base, [file])
    assert known.topic is not None
    assert unknown.topic is None
    with pytest.raises(NotFoundError):
        assign_stored(base, ["7"])


def test_before_the_first_mining_it_says_what_to_do(tmp_path: Path) -> None:
    """Nothing is known yet."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    with pytest.raises(NotFoundError) as caught:
        assign_text(load_settings(tmp_path), "How do I renew a loan?")
    assert caught.value.hint == "run kbtool suggest first"


def test_a_mining_without_topics_knows_nothing(tmp_path: Path) -> None:
    """Where suggest found no topic it is said, instead of placing all in none."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    settings = load_settings(tmp_path)
    mined = mine_source(Given(questions()[:3]), How(smallest=4))
    with writing(settings.database) as connection:
        mined.model.save(connection)
    with pytest.raises(NotFoundError, match="no topics are known yet"):
        assign_text(settings, "How do I renew a loan?")


def test_the_command_places_ids_files_and_a_text(base: Settings) -> None:
    """A line each; exit 1 when none fits; JSON with the confidence."""
    done = kbtool(base.root, "topics", "assign", "1", "3")
    assert done.returncode == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("desk:1  t-")
    assert second == "desk:3  none"
    assert "1 ticket of 2" in done.stderr
    with patch("sys.stdin", StringIO("How do I renew a loan?")):
        (row,) = json.loads(kbtool(base.root, "topics", "assign", "-", "--json").stdout)["tickets"]
    assert row["ticket"] == "-"
    assert row["confidence"] >= 0.9
    none = kbtool(base.root, "topics", "assign", "2", "3")
    assert none.returncode == 1
    assert "asks nothing" in none.stdout
    assert kbtool(base.root, "topics", "assign").returncode == 2
