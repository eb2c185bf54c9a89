"""``kbtool topics`` as a support lead types it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Settings, load_settings
from kbtool.db import writing
from kbtool.mining.describing.labels import birth_id
from kbtool.mining.memory.identity import keep_ids
from kbtool.mining.memory.store import read_memory, save_topics
from kbtool.model import Topic, Twin, Way
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import tea_tickets, topic
from tests.cli.writers import kbtool
from tests.suggest.samples import article

HOSTILE = "\x1b[2J[bold]When does it come?"


def run(settings: Settings, day: int, *found: Topic) -> list[str]:
    """A run of the miner on a later day that finds these topics; their ids come back."""
    with writing(settings.database) as connection:
        memory = read_memory(connection)
        kept = keep_ids(found, memory.topics, memory.gone)
        save_topics(connection, kept, NOW + timedelta(days=day))
    return [one.id for one in kept]


def other(tickets: Sequence[str], **changes: object) -> Topic:
    """A topic of these tickets, asked in Turkish."""
    made = Topic(
        birth_id(tickets), HOSTILE, ("come",), tuple(tickets), len(tickets),
        (("tr", len(tickets)),), (), "steady", wordings=(), expected=1.25,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # a test builder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The tea topic, and three runs: one born, it merged into the tea topic, it back."""
    settings = knowledge_base(tmp_path)
    tea, small = topic(tea_tickets()), other(["desk:x", "desk:y"])
    run(settings, 1, tea, small)
    run(settings, 2, replace(tea, tickets=(*tea.tickets, *small.tickets)))
    run(settings, 3, tea, small, other(["desk:p", "desk:q", "desk:r"]))
    return tmp_path


SMALL = birth_id(["desk:x", "desk:y"])
NEW = birth_id(["desk:p", "desk:q", "desk:r"])


def test_topics_are_listed_with_what_answers_them(base: Path) -> None:
    """Ids, tickets, what to expect, the article that names the topic; --lang filters."""
    settings = load_settings(base)
    write_article(
        settings.content_dir, replace(article("kb-9", "Tea", path="en/kb-9.md"), topic="t-tea")
    )
    data = json.loads(kbtool(base, "topics", "list", "--json").stdout)
    assert [row["topic"] for row in data["topics"]] == ["t-tea", SMALL, NEW]
    assert (data["count"], data["topics"][0]["article"], data["topics"][0]["confidence"]) == (
        3, "kb-9", 1.0,
    )  # fmt: skip
    shown = kbtool(base, "topics", "list", "--lang", "tr", "--limit", "1")
    assert shown.returncode == 0
    assert SMALL in shown.stdout
    assert "t-tea" not in shown.stdout
    assert "1 of 2" in shown.stderr
    assert "[bold]When" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_an_article_about_a_merged_topic_answers_what_it_is_part_of(base: Path) -> None:
    """The topic in its front matter is followed."""
    settings = load_settings(base)
    about = replace(article("kb-9", "Nothing alike", path="en/kb-9.md"), topic=SMALL)
    write_article(settings.content_dir, about)
    tea = topic(tea_tickets())
    run(settings, 4, replace(tea, tickets=(*tea.tickets, "desk:x", "desk:y")))
    (row,) = json.loads(kbtool(base, "topics", "list", "--json").stdout)["topics"]
    assert (row["topic"], row["article"], row["confidence"]) == ("t-tea", "kb-9", 1.0)
    told = kbtool(base, "draft", "t-tea").stderr
    assert f"kb-9 was written for {SMALL}, which is now part of t-tea" in " ".join(told.split())


def test_gone_topics_are_listed_with_what_they_are_part_of(base: Path) -> None:
    """One was merged, the other vanished."""
    tea = topic(tea_tickets())
    run(load_settings(base), 4, replace(tea, tickets=(*tea.tickets, "desk:x", "desk:y")))
    rows = json.loads(kbtool(base, "topics", "list", "--gone", "--json").stdout)["topics"]
    assert {row["topic"]: row["now"] for row in rows} == {SMALL: "t-tea", NEW: None}
    shown = kbtool(base, "topics", "list", "--gone").stdout
    assert SMALL in shown
    assert "2026-11-24" in shown


def test_rejections_are_listed_with_when_they_end(base: Path) -> None:
    """Why, until when, how many there are now; parts are named; none is exit 1."""
    assert kbtool(base, "topics", "list", "--rejected").returncode == 1
    kbtool(base, "reject", NEW, "--reason", "no [red]use", "--times", "3")
    shown = kbtool(base, "topics", "list", "--rejected")
    assert "no [red]use" in shown.stdout
    assert "when it has 9 tickets; now 3" in shown.stdout
    assert "1 rejection, 1 asleep" in shown.stderr
    run(load_settings(base), 4, other(["desk:p", "desk:q"]), other(["desk:r"]))
    (row,) = json.loads(kbtool(base, "topics", "list", "--rejected", "--json").stdout)["rejected"]
    assert row["topics"] == sorted([NEW, birth_id(["desk:r"])])
    assert (row["asleep"], row["wakes_at"], row["tickets"]) == (True, 9, 3)
    assert "holds back" in kbtool(base, "topics", "list", "--rejected").stdout
    assert kbtool(base, "topics", "list", "--rejected", "--gone").returncode == 2


def test_a_topic_is_shown_with_all_that_is_known_of_it(base: Path) -> None:
    """When it is asked, what to expect, in which ways it is answered, what may be the same."""
    told = other(
        ["desk:l", "desk:m"], trend="spike", peaks=("2026-03",),
        ways=(Way("desk:l", 3), Way("desk:m", 1)), twins=(Twin("t-tea", 0.62),),
    )  # fmt: skip
    (id_,) = run(load_settings(base), 5, told)
    shown = kbtool(base, "topics", "show", id_).stdout
    assert "2 tickets from 2 requesters; tr 2; spike (2026-03); 1.2 expected next month" in shown
    assert "Answered as in l: 3 tickets\nAnswered as in m: 1 ticket" in shown
    assert "May be the same question as t-tea (62%)" in shown
    data = json.loads(kbtool(base, "topics", "show", id_, "--json").stdout)
    assert (data["peaks"], data["expected"]) == (["2026-03"], 1.25)
    assert data["ways"] == [{"ticket": "l", "tickets": 3}, {"ticket": "m", "tickets": 1}]
    assert data["twins"] == [{"topic": "t-tea", "chance": 0.62}]


def test_a_topic_is_shown_with_its_past(base: Path) -> None:
    """What suggest --show prints, and since when it is there and what happened to it."""
    shown = kbtool(base, "topics", "show", SMALL[:8])
    assert shown.returncode == 0
    assert "First found 2026-11-22" in shown.stdout
    assert f"{SMALL} (2 tickets) merged into t-tea" in shown.stdout
    assert f"{SMALL} came back with 2 tickets" in shown.stdout
    same = kbtool(base, "suggest", "--show", SMALL)
    assert same.stdout == shown.stdout
    data = json.loads(kbtool(base, "topics", "show", "t-tea", "--json").stdout)
    assert [change["kind"] for change in data["changes"]] == ["born", "merged", "back"]
    assert data["samples"][0]["replies"]
    assert kbtool(base, "topics", "show", "t-none").returncode == 3


def test_a_merged_id_shows_the_topic_it_is_part_of(base: Path) -> None:
    """In show and in draft; a topic that is gone shows as it was."""
    tea = topic(tea_tickets())
    run(load_settings(base), 4, replace(tea, tickets=(*tea.tickets, "desk:x", "desk:y")))
    assert json.loads(kbtool(base, "topics", "show", SMALL, "--json").stdout)["topic"] == "t-tea"
    drafted = json.loads(kbtool(base, "draft", SMALL, "--json").stdout)
    assert [one["topic"] for one in drafted["drafts"]] == ["t-tea"]
    assert "it is gone" in kbtool(base, "topics", "show", NEW).stdout
    assert kbtool(base, "draft", NEW).returncode == 3


def test_the_history_tells_the_last_run_first(base: Path) -> None:
    """Each run with its counts and changes; of one topic only its own; none is exit 1."""
    runs = json.loads(kbtool(base, "topics", "history", "--json").stdout)["runs"]
    assert [[c["kind"] for c in one["changes"]] for one in runs] == [
        ["back", "born"] if SMALL < NEW else ["born", "back"], ["merged"], ["born"], ["born"],
    ]  # fmt: skip
    assert (runs[0]["topics"], runs[0]["run"]) == (3, 4)
    shown = kbtool(base, "topics", "history", NEW).stdout
    assert f"{NEW} was born with 3 tickets" in shown
    assert "merged" not in shown
    assert "4 (--limit" in kbtool(base, "topics", "history", "--limit", "1").stderr
    assert kbtool(base, "topics", "history", "t-none").returncode == 3


def test_an_empty_base_says_what_to_do_next(tmp_path: Path) -> None:
    """No topic: exit 1 and the next command."""
    kbtool(tmp_path, "init", ".")
    for words in (("list",), ("history",)):
        done = kbtool(tmp_path, "topics", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert "kbtool suggest" in done.stderr
