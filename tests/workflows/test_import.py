"""Import: files in, masked tickets stored; whatever is in the files, nothing is lost silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kbtool.config import Settings, load_settings
from kbtool.db import open_database
from kbtool.errors import InputError, StoreError
from kbtool.model import Ticket
from kbtool.tickets.load import LoadResult
from kbtool.tickets.staging import Saved
from kbtool.tickets.store import read_tickets
from kbtool.workflows.import_tickets import (
    ImportResult,
    import_tickets,
    sniff_tickets,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEY = bytes(range(32))
CONFIG = """\
site_name: Test
site_url: https://help.velmo.example/
extra:
  kbtool:
    languages: [en, tr, et]
    tickets: {timezone: Europe/Tallinn, phone_regions: [GB, TR, EE], product_words: [Velmo]}
"""
LABELS = Path(__file__).parent.parent / "data" / "demo-labels.json"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base without anything in it."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return load_settings(tmp_path)


def zendesk(number: int, *comments: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Zendesk ticket with these comments after the customer's question."""
    first = {
        "id": number * 10,
        "author_id": 7,
        "public": True,
        "plain_body": "My bike won't unlock with the app, why?",
    }
    return {
        "id": number, "subject": "Bike won't unlock", "status": "closed", "requester_id": 7,
        "created_at": "2026-01-05T10:00:00Z", "comments": [first, *comments], **more,
    }  # fmt: skip


ANSWER = {
    "id": 99,
    "author_id": 3,
    "author_name": "Hannah Cole",
    "public": True,
    "plain_body": "Turn on Bluetooth.\n\nHannah",
}


def written(settings: Settings, name: str, data: list[dict[str, Any]] | str | bytes) -> Path:
    """A file of JSON lines (list), or of text or bytes as given."""
    path = settings.root / name
    if isinstance(data, list):
        data = "\n".join(json.dumps(item, ensure_ascii=False) for item in data)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def stored(settings: Settings) -> list[Ticket]:
    """The tickets in the database."""
    engine = open_database(settings.database)
    with engine.begin() as connection:
        found = list(read_tickets(connection))
    engine.dispose()
    return found


def run(settings: Settings, *paths: Path, **options: Any) -> ImportResult:
    """Import with the test's clock and key."""
    return import_tickets(settings, paths, now=NOW, fresh_key=KEY, **options)


@dataclass(frozen=True, slots=True)
class Came:
    """What an import stored and told."""

    tickets: list[Ticket]
    told: LoadResult
    result: ImportResult


def load(settings: Settings, *paths: Path, **options: Any) -> Came:
    """Import, and read all that is stored then."""
    result = run(settings, *paths, **options)
    return Came(stored(settings), result.loaded, result)


def test_a_second_import_changes_nothing_and_a_change_replaces(settings: Settings) -> None:
    """Tickets are kept by source and id."""
    path = written(settings, "t.jsonl", [zendesk(1, ANSWER), zendesk(2)])
    assert run(settings, path).saved == Saved(2, 0, 0)
    assert run(settings, path).saved == Saved(0, 0, 2)
    path = written(settings, "t.jsonl", [zendesk(1, ANSWER, status="open"), zendesk(2)])
    assert run(settings, path).saved == Saved(0, 1, 1)
    assert [t.status for t in stored(settings)] == ["open", "closed"]


def test_a_ticket_is_cleaned_masked_and_told(settings: Settings) -> None:
    """What is stored: roles, language, resolution, hashes, links; no personal data."""
    asked = {
        "id": 1, "author_id": 7, "author_name": "Eva Holm", "public": True,
        "plain_body": "Hi,\nmy bike VM-104233 won't unlock. Call 07700 900461.\n\nEva Holm\neva@x.example",
    }  # fmt: skip
    reply = {
        **ANSWER,
        "html_body": "<p>Hi Eva,</p><ol><li>See <a href='https://help.velmo.example/a/kb-1/?token=abcdef1'>this</a></li></ol>",
    }
    note = {"id": 3, "author_id": 3, "public": False, "plain_body": "Eva is a VIP"}
    ticket = {**zendesk(1), "comments": [asked, reply, note], "satisfaction_rating": {"score": "good"},
              "requester": {"id": 7, "name": "Eva Holm", "email": "eva@x.example", "locale": "de"}}  # fmt: skip
    run(settings, written(settings, "t.jsonl", [ticket]))
    (found,) = stored(settings)
    assert [(m.role, m.visibility) for m in found.messages] == [
        ("customer", "public"), ("agent", "public"), ("agent", "internal")
    ]  # fmt: skip
    assert found.messages[0].text == "my bike [order] won't unlock. Call [phone]."
    assert [(c.kind, c.text) for c in found.messages[0].cuts] == [
        ("greeting", "Hi,"), ("signature", "[signature, 2 lines]")
    ]  # fmt: skip
    assert found.messages[1].text.startswith("1. See [this](https://help.velmo.example/a/kb-1/")
    assert found.messages[1].links == ("https://help.velmo.example/a/kb-1/",)
    assert (found.language, found.csat, found.resolution, found.key) == (
        "en",
        1.0,
        "answered",
        "zendesk:1",
    )
    assert found.requester == found.messages[0].author != found.messages[1].author
    database = b"".join(file.read_bytes() for file in settings.state_dir.glob("kb.db*"))
    for secret in (b"Eva", b"eva@x", b"07700", b"104233", b"abcdef1", b"Hannah"):
        assert secret not in database


@pytest.mark.parametrize(
    ("ticket", "resolution", "resolved"),
    [
        (zendesk(1, ANSWER), "answered", True),
        (zendesk(1), "unknown", True),
        (zendesk(1, ANSWER, status="open"), "unknown", False),
        (zendesk(1, ANSWER, tags=["spam"]), "spam", True),
        (zendesk(1, ANSWER, merged_into=5), "merged", True),
        (zendesk(1, {**ANSWER, "public": False}), "unknown", True),
        (
            zendesk(
                1, {**ANSWER, "plain_body": "This is an automatic message. We have received it."}
            ),
            "unknown",
            True,
        ),
        (
            zendesk(
                1, ANSWER, {"id": 5, "author_id": 7, "public": True, "plain_body": "thanks, works"}
            ),
            "answered",
            True,
        ),
        (
            zendesk(
                1,
                ANSWER,
                {
                    "id": 5,
                    "author_id": 7,
                    "public": True,
                    "plain_body": "And how do I lock it again?",
                },
            ),
            "unknown",
            True,
        ),
    ],
)
def test_resolution(
    settings: Settings, ticket: dict[str, Any], resolution: str, resolved: bool
) -> None:
    """Answered needs a public reply of a person that no further question follows."""
    (found,) = load(settings, written(settings, "t.jsonl", [ticket])).tickets
    assert (found.resolution, found.resolved) == (resolution, resolved)


def test_automatic_mails_are_nobodys_question(settings: Settings) -> None:
    """An out-of-office mail is a bot's message."""
    ticket = zendesk(1, subject="Automatic reply: your bike")
    (found,) = load(settings, written(settings, "t.jsonl", [ticket])).tickets
    assert [m.role for m in found.messages] == ["bot"]


def zammad(settings: Settings) -> tuple[Path, Path]:
    """A Zammad pair; one article belongs to no ticket."""
    tickets = [
        {
            "id": 5,
            "number": "22005",
            "title": "Parool",
            "state": "closed",
            "customer": "jaan@k.example",
            "article_ids": [9, 10],
        }
    ]
    articles = [
        {"id": 10, "ticket_id": 5, "sender": "Agent", "internal": False, "content_type": "text/html",
         "body": "<p>Vajutage „Unustasin parooli“.</p>", "created_at": "2026-01-05T10:00:00Z"},
        {"id": 9, "ticket_id": 5, "sender": "Customer", "internal": False, "content_type": "text/plain",
         "body": "Kuidas ma parooli vahetan?", "created_at": "2026-01-05T09:00:00Z"},
        {"id": 11, "ticket_id": 6, "sender": "Customer", "internal": False, "body": "x", "content_type": "text/plain"},
    ]  # fmt: skip
    return (
        written(settings, "tickets.json", json.dumps(tickets, indent=1)),
        written(settings, "articles.json", json.dumps(articles, indent=1)),
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,)], ids=["in order", "reversed", "beside"])
def test_zammads_second_file_is_found(settings: Settings, order: tuple[int, ...]) -> None:
    """In any order, or beside the first; articles of no ticket are rejected, the rest sorted by time."""
    pair = zammad(settings)
    result = load(settings, *(pair[i] for i in order))
    (ticket,) = result.tickets
    assert [m.role for m in ticket.messages] == ["customer", "agent"]
    assert (ticket.resolution, ticket.language) == ("answered", "et")
    assert [r.reason for r in result.told.rejected] == [
        "belongs to ticket 6, which is not in the tickets"
    ]


def test_zammads_missing_second_file_is_told(settings: Settings) -> None:
    """Tickets without messages are not imported as if they were whole."""
    first, second = zammad(settings)
    second.unlink()
    with pytest.raises(InputError, match="second file"):
        load(settings, first)


def test_a_windows_1257_table_with_conversations(settings: Settings) -> None:
    """The home-made Estonian table: delimiter, encoding, columns, zone and roles are found."""
    text = (
        "Pileti nr;Loodud;Teema;Kirjeldus;Vastus;Sisemärkus;Olek;Klient\r\n"
        'P-1;05.07.2025 10:30;Žürii;"Kuidas ma täpitähti õigesti näen?";"[05.07.2025 12:30, Mari Kask]\r\nTere!\r\nVajuta\r\nMari\r\n'
        '[05.07.2025 19:10, klient]\r\nAitäh!";tõstsin šokolaadi;Lahendatud;Maie Sepp\r\n'
    )
    result = load(settings, written(settings, "p.csv", text.encode("cp1257")))
    (ticket,) = result.tickets
    assert result.told.files[0].encoding == "cp1257"
    assert ticket.created_at == datetime(2025, 7, 5, 7, 30, tzinfo=UTC)
    assert [(m.role, m.visibility, m.text) for m in ticket.messages] == [
        ("customer", "public", "Kuidas ma täpitähti õigesti näen?"),
        ("agent", "public", "Vajuta"),
        ("customer", "public", "Aitäh!"),
        ("agent", "internal", "tõstsin šokolaadi"),
    ]
    assert ticket.key == "csv:P-1"


def test_bad_records_cost_only_themselves(settings: Settings) -> None:
    """Broken lines, records without id, doubles, unknown words and times are all accounted for."""
    lines = [
        json.dumps(zendesk(1, status="weird", created_at="some day")),
        '{"id": 2, "subject": "cut o',
        json.dumps({**zendesk(3), "id": None}),
        json.dumps(zendesk(1, ANSWER, subject="the later one")),
        "[]",
    ]
    result = load(settings, written(settings, "t.jsonl", "\n".join(lines)))
    assert [t.subject for t in result.tickets] == ["the later one"]
    assert result.result.duplicates == 1
    assert sorted((r.line, r.reason[:8]) for r in result.told.rejected) == [
        (2, "not JSON"),
        (3, "no id"),
        (5, "not an o"),
    ]
    assert result.told.unknown_statuses == (("weird", 1),)
    assert any("some day" in note or "aaaa aaa" in note for note in result.told.notes)


def test_no_agent_reply_is_noted(settings: Settings) -> None:
    """An export without comments is told to be one."""
    result = load(settings, written(settings, "t.jsonl", [zendesk(1)]))
    assert any("no public agent reply" in note for note in result.told.notes)


def test_what_a_table_does_not_say_is_noted(settings: Settings) -> None:
    """Times without a zone and a missing status column are read in a stated way."""
    text = "id,subject,created\n1,lock,2026-05-01 10:00\n2,key,2026-05-01T10:00Z\n"
    result = load(settings, written(settings, "bare.csv", text))
    assert [t.resolved for t in result.tickets] == [True, True]
    assert "bare.csv: no column says the status; all count as resolved" in result.told.notes
    zone = "times without a zone were read as Europe/Tallinn (tickets.timezone)"
    assert f"bare.csv: {zone}" in result.told.notes
    zoned = load(settings, written(settings, "z.csv", text.replace(" 10:00", "T10:00Z")))
    assert not any(zone in note for note in zoned.told.notes)


def test_missing_columns_and_unknown_json_are_told(settings: Settings) -> None:
    """Both errors name what was found."""
    with pytest.raises(InputError, match="found: Teema, Kuupäev"):
        load(settings, written(settings, "x.csv", "Teema,Kuupäev\na,b\n"))
    with pytest.raises(InputError, match="found: colour"):
        load(settings, written(settings, "x.json", '[{"colour": 1}]'))


def test_a_failed_import_stores_nothing(settings: Settings) -> None:
    """One file that cannot be read stops the import before the first write."""
    good = written(settings, "t.jsonl", [zendesk(1, ANSWER)])
    with pytest.raises(InputError, match="no such file"):
        run(settings, good, settings.root / "none.jsonl")
    assert not settings.database.exists()


def test_dry_run_and_sniff_store_nothing(settings: Settings) -> None:
    """Both look only; the sniffed mapping reads the same file again."""
    path = written(
        settings,
        "t.csv",
        "id,subject,reply,status,mystery\n1,How do I lock it?,So.,closed,x\n2,b,,odd,\n",
    )
    assert run(settings, path, dry_run=True).saved == Saved(2, 0, 0)
    (sniffed,) = sniff_tickets(settings, [path])
    assert not settings.state_dir.exists()
    assert {f.field: f.filled for f in sniffed.fields}["subject"] == 2
    assert sniffed.unused == ("mystery",)
    assert ("odd", 1, None) in sniffed.statuses
    mapping = written(settings, "mine.yaml", sniffed.yaml)
    assert load(settings, path, mapping=str(mapping)).tickets[0].resolved


def test_a_dry_run_says_what_would_be_pruned(settings: Settings) -> None:
    """Counted against the store, which stays as it is."""
    run(settings, written(settings, "t.jsonl", [zendesk(1, ANSWER), zendesk(2)]))
    path = written(settings, "t.jsonl", [zendesk(1, ANSWER), zendesk(3)])
    assert run(settings, path, dry_run=True, prune=True).saved == Saved(1, 0, 1, 1)
    assert [t.id for t in stored(settings)] == ["1", "2"]
    assert run(settings, path, prune=True).saved == Saved(1, 0, 1, 1)
    assert [t.id for t in stored(settings)] == ["1", "3"]


@pytest.mark.parametrize("ids", [[None, None], [7, None, None]], ids=["none", "one of three"])
def test_a_doubtful_file_prunes_nothing(settings: Settings, ids: list[int | None]) -> None:
    """No ticket at all, or most records rejected: that a ticket is missing says nothing then."""
    run(settings, written(settings, "t.jsonl", [zendesk(1, ANSWER), zendesk(2)]))
    path = written(settings, "t.jsonl", [{**zendesk(1), "id": id_} for id_ in ids])
    with pytest.raises(InputError, match="nothing was pruned or stored"):
        run(settings, path, prune=True)
    assert [t.id for t in stored(settings)] == ["1", "2"]


def test_people_need_a_key(settings: Settings) -> None:
    """Nothing is stored under a guessable hash."""
    path = written(settings, "t.jsonl", [zendesk(1, ANSWER)])
    with pytest.raises(StoreError, match="no key"):
        import_tickets(settings, [path], now=NOW)
    run(settings, path)
    assert import_tickets(settings, [path], now=NOW).saved == Saved(0, 0, 1)


def test_the_demo_tickets_import_clean(settings: Settings) -> None:
    """Both demo exports come in whole; names, mails, phones and numbers of the labels are masked."""
    folder = files("kbtool.demo")
    exports = [Path(str(folder / name)) for name in ("tickets.jsonl", "piletid.csv")]
    own = ("Velmo", "VLock", "help@velmo.example", "destek@velmo.example", "abi@velmo.example")
    result = load(replace(settings, tickets=replace(settings.tickets, product_words=own)), *exports)
    assert len(result.tickets) >= 200
    assert not result.told.rejected
    assert not result.told.unknown_statuses
    assert {t.language for t in result.tickets} <= {"en", "tr", "et", None}
    public = "\n".join(
        m.text for t in result.tickets for m in t.messages if m.visibility == "public"
    )
    canaries: list[str] = json.loads(LABELS.read_text(encoding="utf-8"))["canaries"]
    hard = [c for c in canaries if "@" in c or sum(d.isdigit() for d in c) >= 7]
    assert len(hard) > 100
    assert [c for c in hard if c in public] == []


def test_input_order_does_not_matter(
    settings: Settings, shuffled: Callable[[list[Any]], list[Any]]
) -> None:
    """The same tickets in another order give the same records but for their line."""
    rows = [zendesk(n, ANSWER) for n in range(1, 8)]
    first = load(settings, written(settings, "a.jsonl", rows)).tickets
    second = load(settings, written(settings, "a.jsonl", shuffled(rows))).tickets
    strip = [replace(t, provenance=first[0].provenance) for t in first]
    assert strip == [replace(t, provenance=first[0].provenance) for t in second]


@pytest.fixture
def shuffled() -> Callable[[list[Any]], list[Any]]:
    """A fixed other order."""
    return lambda rows: rows[::2][::-1] + rows[1::2]


FAREWELL = "Pedal on and greet the sea from us!"
TOPICS = {
    "Puncture": "Book a mechanic under Service.",
    "Invoice": "Change the company under Account.",
    "Charger": "Unplug the charger for a minute.",
    "Refund": "Money goes back to the card it came from.",
    "Theft": "Report it to the police first.",
    "Winter": "Pausing is free for two months.",
}


def test_boilerplate_that_the_whole_import_shows_is_cut(settings: Settings) -> None:
    """A line below every reply goes, the answers stay; an import later learns from what is stored."""
    tickets = []
    for number in range(30):
        topic = list(TOPICS)[number % 6]
        body = f"Dear customer, {'red blue green white black'.split()[number % 5]} is fine.\n{TOPICS[topic]}\n{FAREWELL}"
        reply = {**ANSWER, "plain_body": body}
        tickets.append({**zendesk(number, reply), "subject": topic, "requester_id": 100 + number})
        tickets[-1]["comments"][0] = {"id": number, "author_id": 100 + number, "public": True,
                                      "plain_body": f"{topic}? I need help with that."}  # fmt: skip
    some = written(settings, "some.jsonl", tickets[:29])
    run(settings, some)
    for ticket in stored(settings):
        assert FAREWELL not in ticket.messages[1].text
        assert ticket.messages[1].text.endswith(TOPICS[ticket.subject])
        assert any(
            cut.kind == "boilerplate" and cut.text == FAREWELL for cut in ticket.messages[1].cuts
        )
    run(settings, written(settings, "last.jsonl", tickets[29:]))
    assert all(FAREWELL not in ticket.messages[1].text for ticket in stored(settings))
    assert run(settings, some).saved == Saved(0, 0, 29)


def test_who_writes_too_little_writes_in_the_language_of_their_other_tickets(
    settings: Settings,
) -> None:
    """One language elsewhere is taken over; two are not, and Finnish does not become Estonian."""

    def asked(number: int, who: int, text: str) -> dict[str, Any]:
        comment = {"id": number, "author_id": who, "public": True, "plain_body": text}
        return {**zendesk(number), "subject": "502", "requester_id": who, "comments": [comment]}

    et = "Ratas ei avane ära, mida ma nüüd tegema pean?"
    fi = "Pyörä ei avaudu sovelluksella, mitä minun pitäisi nyt tehdä?"
    en = "My bike will not unlock since this morning"
    texts = [(1, et), (1, "502"), (1, fi), (2, en), (2, et), (2, "OK!"), (3, "+1")]
    tickets = [asked(n, who, text) for n, (who, text) in enumerate(texts)]
    run(settings, written(settings, "t.jsonl", tickets))
    told = {int(t.id): (t.language, t.language_confidence is None) for t in stored(settings)}
    assert told[1] == ("et", True)
    assert [told[n][0] for n in (0, 2, 3, 4, 5, 6)] == ["et", None, "en", "et", None, None]
    run(settings, written(settings, "later.jsonl", [asked(9, 1, "?!")]))
    assert next(t.language for t in stored(settings) if t.id == "9") == "et"
