"""``kbtool forget``: a person's data leaves every corner of the store and does not come back."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kbtool.articles.files.frontmatter import draft_sha256
from kbtool.articles.files.store import read_articles, write_article
from kbtool.articles.rewrite.kept import FOLDER, KeptAnswers
from kbtool.config import Settings, load_settings
from kbtool.db import ask_scrub, metadata, reading, scrub_is_asked, writing
from kbtool.errors import ContentError, StateError, StoreError
from kbtool.events.store import EventStore, read_events
from kbtool.kept import Kept
from kbtool.mining.encoding.cache import VectorCache, key_of
from kbtool.mining.encoding.make import CACHE_NAME
from kbtool.mining.forget import FORGOTTEN
from kbtool.mining.memory.store import read_gone, read_topics
from kbtool.mining.questions.store import read_state
from kbtool.model import Article, Event, Evidence, Topic
from kbtool.privacy.hashing import hash_person
from kbtool.search.cache import Cache
from kbtool.tickets.staging import FILE, importing
from kbtool.tickets.store import read_forgotten, read_tickets, ticket_keys
from kbtool.workflows.check import check
from kbtool.workflows.forget import forget
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.suggest import suggest
from tests.workflows.test_import_killed import in_child, killed_at

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEY = b"k" * 32
CONFIG = """site_name: Velmo
site_url: https://help.velmo.example/
extra: {kbtool: {languages: [en]}}
"""
ASKED = (
    "How do I unlock my bike with the app?",
    "Unlock my bike with the app does not work, how do I do it?",
    "My bike will not unlock with the app.",
    "Unlock the bike with the app: how?",
    "I cannot unlock my bike with the app, what now?",
    "The app does not unlock my bike any more, how do I unlock it?",
)
INVOICES = (
    "Where do I find the invoice of my order?",
    "I need an invoice with the VAT number of my company.",
    "The invoice of my order is missing, where is the invoice?",
    "Please send the invoice for my company once more.",
    "How can I download the invoice of an order as PDF?",
    "My invoice shows the wrong company address.",
)
OTHERS = {f"velmo:{n}" for n in (*range(1, 6), *range(101, 107))}
OWN = "Can I unlock my bike with the app on my zeppelin over Quuxhaven?"
"""What only Eva asks, in words nobody else uses."""
REPLY = (
    "Turn on Bluetooth in the settings of your phone. Hold the phone next to the lock until it "
    "blinks green. See https://help.velmo.example/a/kb-7/ for more."
)
BILL = "Open Orders, tap the order and choose Download invoice."
EVA = ("eva.ott@mail.example", "Eva Ott", "1006")
TRACES = (b"zeppelin", b"Quuxhaven", b"velmo:6", hash_person(KEY, "1006").encode())


def row(number: int, text: str, agent: int, requester: int, name: str) -> dict[str, Any]:
    """A ticket of a Zendesk export."""
    mail = f"{name.lower().replace(' ', '.')}@mail.example"
    comments = [
        {"id": number * 10, "author_id": requester, "author_role": "end-user",
         "author_name": name, "public": True, "plain_body": text},
        {"id": number * 10 + 1, "author_id": agent, "author_role": "agent",
         "author_name": f"Agent {agent}", "public": True, "plain_body": REPLY if number < 100 else BILL},
    ]  # fmt: skip
    return {
        "id": number, "subject": "Question", "status": "closed",
        "requester": {"id": requester, "name": name, "email": mail},
        "created_at": f"2026-0{number % 100}-05T10:00:00Z", "comments": comments,
    }  # fmt: skip


def export(base: Path) -> Path:
    """An export of twelve tickets about two things; the sixth is Eva's."""
    names = ["Ida Ilves", "Ole Olsen", "Ann Ash", "Bo Berg", "Cy Cole"]
    rows = [
        row(n, text, 20 + n % 3, 1000 + n, name)
        for n, (text, name) in enumerate(zip(ASKED, names, strict=False), start=1)
    ]
    rows += [
        row(101 + n, text, 21 + n % 2, 1101 + n, f"Cat{n} Doe") for n, text in enumerate(INVOICES)
    ]
    rows.append(row(6, f"{OWN}\n{ASKED[5]}", 21, 1006, "Eva Ott"))
    file = base / "export.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with the tickets, their topics, and a draft about the first topic."""
    base = tmp_path_factory.mktemp("made")
    (base / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (base / "content").mkdir()
    settings = load_settings(base)
    import_tickets(settings, [export(base)], now=NOW, fresh_key=KEY, source="velmo")
    topic = topic_of(suggest(settings, now=NOW).topics)
    evidence = Evidence(
        text="Turn on Bluetooth.",
        sources=tuple(f"velmo:{n}/{n}1/s1" for n in range(1, 7)),
        tickets=6,
        agents=3,
        last_seen=date(2026, 6, 5),
        first_seen=date(2026, 1, 5),
    )
    article = Article(
        id="kb-1", title=ASKED[0], lang="en", status="draft", category=None, topic=topic.id,
        body="Turn on Bluetooth.\n", path="drafts/kb-1.md", evidence=(evidence,),
    )  # fmt: skip
    write_article(settings.content_dir, replace(article, drafted_sha256=draft_sha256(article)))
    return base


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    """A copy of it."""
    return load_settings(shutil.copytree(made, tmp_path / "kb"))


def topic_of(topics: Iterable[Topic]) -> Topic:
    """The topic of Eva's ticket and five others."""
    return next(topic for topic in topics if "velmo:1" in topic.tickets)


def stored_bytes(settings: Settings) -> bytes:
    """Everything in the state folder."""
    files = [file for file in sorted(settings.state_dir.rglob("*")) if file.is_file()]
    return b"".join(file.read_bytes() for file in files)


def only_article(settings: Settings) -> Article:
    (article,), findings = read_articles(settings.content_dir)
    assert not findings
    return article


@pytest.mark.parametrize("name", [*EVA, "velmo:6", "6", hash_person(KEY, "1006")])
def test_no_byte_of_a_forgotten_person_is_left(settings: Settings, name: str) -> None:
    """By whatever name: neither rows nor free pages nor the log hold what was theirs."""
    vectors = VectorCache(settings.state_dir / CACHE_NAME)
    vectors.write({key_of("m", OWN): np.ones(4, dtype=np.float16)})
    vectors.close()
    (settings.state_dir / FILE).write_bytes(b"zeppelin")  # left by a killed import
    KeptAnswers(settings.state_dir / FOLDER).write("kb-1", "key", OWN)
    check(settings, now=NOW)  # remembers what the draft says
    documents = Kept(settings.cache_dir / "documents.json", "kbtool")
    documents.get("kb-1", lambda: {"asked": [OWN]})
    documents.save()
    Cache(settings.cache_dir / "index").put("part", OWN.encode())
    before = stored_bytes(settings)
    assert all(trace in before for trace in TRACES)
    done = forget(settings, [name])
    assert done.tickets == ("velmo:6",)
    assert (done.messages, done.questions, len(done.topics)) == (2, 1, 1)
    after = stored_bytes(settings)
    assert [trace for trace in TRACES if trace in after] == []
    assert b"Bluetooth" in after, "others' tickets must be there, or this proves nothing"
    assert not (settings.state_dir / CACHE_NAME).exists()
    assert not settings.cache_dir.exists()
    with reading(settings.database) as connection:
        assert not scrub_is_asked(connection)
        assert read_state(connection, "model") is None
        assert {event.value for event in read_events(connection)} == {
            f"velmo:{n}" for n in range(1, 6)
        }  # those whose replies hold a link


def test_bytes_of_earlier_versions_go_too(settings: Settings) -> None:
    """What a ticket said before it changed is no row any more, and gone all the same."""
    file = settings.root / "export.jsonl"
    text = file.read_text("utf-8")
    file.write_text(text.replace(OWN, "May I unlock my bike with the app at sea?"), "utf-8")
    import_tickets(settings, [file], now=NOW, source="velmo")
    forget(settings, ["1006"])
    assert b"zeppelin" not in stored_bytes(settings)


def test_a_forgotten_ticket_does_not_come_back(settings: Settings) -> None:
    """The same import leaves it out and says so; nothing personal is kept to know it by."""
    forget(settings, ["1006"])
    for dry_run in (True, False):
        again = import_tickets(
            settings, [settings.root / "export.jsonl"], now=NOW, source="velmo", dry_run=dry_run
        )
        assert (again.forgotten, again.duplicates) == (1, 0)
        assert (again.saved.new, again.saved.unchanged) == (0, 11)
    with reading(settings.database) as connection:
        assert ticket_keys(connection) == OTHERS
        (mark,) = read_forgotten(connection)
    assert len(mark) == 32
    assert [trace for trace in TRACES if trace in stored_bytes(settings)] == []


def test_a_topic_is_told_by_those_who_are_left(settings: Settings) -> None:
    """It keeps its id; its question, words and counts are those of the other tickets."""
    with reading(settings.database) as connection:
        before = topic_of(read_topics(connection))
    forget(settings, ["1006"])
    with reading(settings.database) as connection:
        after = topic_of(read_topics(connection))
    assert after.id == before.id
    assert (len(after.tickets), after.requesters, dict(after.languages)) == (5, 5, {"en": 5})
    assert "2026-06" in dict(before.months)
    assert "2026-06" not in dict(after.months)
    assert after.question in {wording.text for wording in after.wordings}
    assert "velmo:6" not in {wording.ticket for wording in after.wordings}
    assert topic_of(suggest(settings, now=NOW).topics).id == before.id


def test_a_topic_of_which_nothing_is_left_is_gone(settings: Settings) -> None:
    """It shows nothing any more, and mining goes on."""
    forget(settings, [f"velmo:{n}" for n in range(1, 7)])
    with reading(settings.database) as connection:
        assert not any("velmo:1" in topic.tickets for topic in read_topics(connection))
        (gone,) = read_gone(connection)
    assert (gone.question, gone.keywords, gone.wordings) == (FORGOTTEN, (), ())
    assert suggest(settings, now=NOW).questions == 6


def test_what_relied_on_a_ticket_is_told_and_content_untouched(settings: Settings) -> None:
    """The draft is named with each sentence and what supports it now; its file stays as it is."""
    article = only_article(settings)
    file = settings.content_dir / article.path
    before = file.read_bytes()
    done = forget(settings, ["1006"])
    (one,) = done.reliances
    assert (one.article, one.may_be_redrafted, one.weak) == (article, True, ())
    assert [(loss.before.tickets, loss.left.tickets) for loss in one.losses] == [(6, 5)]
    assert file.read_bytes() == before


def test_references_are_taken_out_of_content_when_asked(settings: Settings) -> None:
    """Counts and dates are those of what is left, and an unedited draft stays unedited."""
    done = forget(settings, ["1006"], content=True)
    article = only_article(settings)
    assert replace(article, body_line=1) == replace(done.reliances[0].after, body_line=1)
    for evidence in article.evidence:
        assert not any(ref.startswith("velmo:6/") for ref in evidence.sources)
        assert (evidence.tickets, evidence.agents) == (5, 3)
        assert str(evidence.last_seen) == "2026-05-05"
    assert done.reliances[0].may_be_redrafted


def test_references_can_be_taken_out_later(settings: Settings) -> None:
    """Without a word, those of all tickets that were ever forgotten go; twice is fine."""
    forget(settings, ["1006"])
    check(settings, now=NOW)
    (one,) = forget(settings, [], content=True).reliances
    assert not settings.cache_dir.exists()
    assert only_article(settings).evidence == one.after.evidence != one.article.evidence
    assert forget(settings, [], content=True).reliances == ()


def test_a_published_sentence_with_too_little_support_is_named(settings: Settings) -> None:
    """Readers see what one ticket or none supports from now on."""
    article = only_article(settings)
    write_article(settings.content_dir, replace(article, status="published"))
    done = forget(settings, [f"velmo:{n}" for n in range(1, 6)])
    (one,) = done.reliances
    assert not one.may_be_redrafted
    assert one.weak == one.losses
    assert {loss.left.tickets for loss in one.weak} == {1}


def test_a_wording_only_they_used_leaves_also_asked(settings: Settings) -> None:
    """What others asked in the same words stays."""
    article = only_article(settings)
    asked = (OWN, ASKED[0])
    write_article(settings.content_dir, replace(article, also_asked=asked, title=ASKED[1]))
    (one,) = forget(settings, ["1006"], content=True).reliances
    assert one.asked == (OWN,)
    assert only_article(settings).also_asked == (ASKED[0],)


def test_a_dry_run_changes_nothing(settings: Settings) -> None:
    """It tells the same as the run that follows."""
    before = stored_bytes(settings)
    told = forget(settings, ["1006"], content=True, dry_run=True)
    assert stored_bytes(settings) == before
    done = forget(settings, ["1006"], content=True)
    assert replace(told, dry_run=False) == done


def test_nobody_is_known_by_an_unknown_word(settings: Settings) -> None:
    """Beginnings of ids and names are no names; what was typed is told as a hash."""
    done = forget(settings, ["Eva", "velmo:", "", "%"])
    assert (done.known, done.tickets) == ((), ())
    assert done.unknown[0] == hash_person(KEY, "Eva")


def test_several_words_may_name_one_person(settings: Settings) -> None:
    """They are told once."""
    done = forget(settings, [*EVA, "nobody"])
    assert [one.kind for one in done.known] == ["requester"]
    assert len(done.unknown) == 1


def test_a_word_with_several_meanings_is_refused(settings: Settings) -> None:
    """An id that is a ticket's and a person's, or two people of one name: nothing is removed."""
    file = settings.root / "more.jsonl"
    rows = [row(7, ASKED[0], 21, 6, "Ann Ash"), row(8, ASKED[1], 21, 1008, "Kai Kask")]
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    import_tickets(settings, [file], now=NOW, source="velmo")
    with pytest.raises(StateError, match=r"person [0-9a-f]{24} or ticket velmo:6$"):
        forget(settings, ["1008", "6"])
    with pytest.raises(StateError, match=r"person [0-9a-f]{24} or person [0-9a-f]{24}$"):
        forget(settings, ["Ann Ash"])
    with reading(settings.database) as connection:
        assert len(ticket_keys(connection)) == 14


def test_an_agent_is_no_requester(settings: Settings) -> None:
    """Their replies are in other people's tickets."""
    with pytest.raises(StateError, match="as an agent and asked in none") as error:
        forget(settings, ["21"])
    assert error.value.hint is not None
    assert "name those" in error.value.hint


def test_a_person_who_joined_anothers_ticket_is_found(settings: Settings) -> None:
    """The ticket in which they wrote as a customer goes whole."""
    ticket = row(9, ASKED[0], 21, 1009, "Kai Kask")
    comment = {"id": 99, "author_id": 1006, "author_role": "end-user", "author_name": "Eva Ott",
               "public": True, "plain_body": "Me too, on my zeppelin."}  # fmt: skip
    file = settings.root / "more.jsonl"
    file.write_text(json.dumps(ticket | {"comments": [*ticket["comments"], comment]}))
    import_tickets(settings, [file], now=NOW, source="velmo")
    assert forget(settings, ["1006"]).tickets == ("velmo:6", "velmo:9")
    assert b"zeppelin" not in stored_bytes(settings)


def test_unreadable_content_is_told_or_refused(settings: Settings) -> None:
    """It may rely on the tickets: told, and where content is to be changed nothing is removed."""
    (settings.content_dir / "broken.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(ContentError, match="nothing was removed"):
        forget(settings, ["1006"], content=True)
    assert [finding.file for finding in forget(settings, ["1006"]).unread] == ["broken.md"]


def test_nothing_is_removed_while_an_import_runs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tickets could come back with it."""
    monkeypatch.setattr("kbtool.tickets.staging.LOCK_SECONDS", 0.0)
    with (
        importing(settings.state_dir),
        pytest.raises(StoreError, match="another import is running"),
    ):
        forget(settings, ["1006"])
    with reading(settings.database) as connection:
        assert len(list(read_tickets(connection))) == 12


def test_a_server_may_go_on_meanwhile(settings: Settings) -> None:
    """A store that is open and written to hinders nothing, loses no event and keeps no byte."""
    store = EventStore(settings.database)
    stop = threading.Event()
    saved: list[int] = []
    errors: list[StoreError] = []

    def serve() -> None:
        try:
            while not stop.wait(0.002):
                event = Event(id=f"e{len(saved)}", kind="view", at=NOW, visitor=None)
                saved.append(store.save([event]))
        except StoreError as error:
            errors.append(error)

    server = threading.Thread(target=serve)
    server.start()
    try:
        forget(settings, ["1006"])
        assert [trace for trace in TRACES if trace in stored_bytes(settings)] == []
    finally:
        stop.set()
        server.join()
        store.close()
    assert not errors
    with reading(settings.database) as connection:
        assert len(list(read_events(connection, kinds={"view"}))) == len(saved)


def _killed(settings: Settings, point: int) -> tuple[int, set[str]]:
    """(how a forgetting killed at its n-th call ended, the tickets that are left)."""
    ended = in_child(partial(killed_at, point, partial(_forget, settings)))
    with reading(settings.database) as connection:
        return ended, ticket_keys(connection)


def _forget(settings: Settings) -> None:
    forget(load_settings(settings.root), ["1006"])


@pytest.fixture
def points() -> Iterator[int]:
    """Calls at which a forgetting is killed: early ones close together, late ones far apart."""
    return iter([20, 300, 1_500, 4_000, 9_000, 15_000, 22_000, 30_000, 45_000, 70_000])


def test_a_forgetting_killed_at_any_moment_is_whole_or_not_at_all(
    settings: Settings, points: Iterator[int]
) -> None:
    """All rows are there or none, and the next run removes what is left, to the last byte."""
    everything = OTHERS | {"velmo:6"}
    seen = []
    for point in points:
        ended, left = _killed(settings, point)
        seen.append(left)
        assert left in (everything, OTHERS)
        if ended == 0 or left != everything:
            break
    assert seen[0] == everything
    assert seen[-1] != everything
    _forget(settings)
    assert [trace for trace in TRACES if trace in stored_bytes(settings)] == []


def test_bytes_left_by_a_killed_forgetting_go_with_the_next(settings: Settings) -> None:
    """Rows are gone, the file was not written anew yet: another run does it, and says so."""
    with writing(settings.database) as connection:
        ask_scrub(connection)
    done = forget(settings, ["nobody"])
    assert (done.finished, done.known) == (True, ())
    assert not forget(settings, ["nobody"]).finished


def test_every_table_is_thought_of() -> None:
    """A new table says here what forgetting does to it."""
    cleared = {
        "tickets", "questions", "question_pending", "reply_pending", "events", "proposals",
        "decisions",
    }  # fmt: skip
    made_anew = {"topics", "mining_state"}
    holds_no_ticket = {
        "event_store_health", "forgotten_tickets", "published_addresses", "rejections",
        "reply_basis", "schema_info", "topic_changes", "topic_runs", "aggregates", "log_events",
        "log_hits", "log_pages", "log_reported", "log_sources",
    }  # fmt: skip
    assert set(metadata.tables) == cleared | made_anew | holds_no_ticket
