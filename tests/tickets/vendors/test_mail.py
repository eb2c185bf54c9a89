"""Mail: a thread is a ticket; agents by their addresses, resolved by label or by the last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.workflows.import_tickets import import_tickets
from tests.tickets.vendors.desk import CONFIG, KEY, NOW, Read, read, roles, said, utc

EVA = "Eva Holm <eva@kunde.example>"
HELP = "Velmo Help <help@velmo.example>"
HANNAH = "Hannah Cole <hannah@team.velmo.example>"


def letter(number: int, sender: str, text: str, answers: int = 0, **headers: str) -> str:
    """A message of 5 January, ``number`` minutes after ten, in answer to another one."""
    known = {
        "Message-ID": f"<{number}@mx.example>",
        "From": sender,
        "To": HELP if sender == EVA else EVA,
        "Date": f"Mon, 5 Jan 2026 10:{number:02}:00 +0000",
        "Subject": "Re: Bike" if answers else "Bike will not unlock",
        "In-Reply-To": f"<{answers}@mx.example>" if answers else "",
        "Content-Type": "text/plain; charset=utf-8",
    }
    known |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{k}: {v}\n" for k, v in known.items() if v) + f"\n{text}\n"


def mbox(*letters: str) -> str:
    """Messages as an mbox."""
    return "\n".join(f"From a@b.example Mon Jan  5 10:00:00 2026\n{one}" for one in letters)


ASKED = letter(1, EVA, "My bike will not unlock with the app. What can I do?")
REPLY = letter(2, HANNAH, "Hi Eva,\n\nturn on Bluetooth and try again.\n\nHannah", 1)
THANKS = letter(3, EVA, "Thank you, it works now!", 2)
STILL = letter(3, EVA, "I did that and it still stays locked.", 2)


def desk(tmp_path: Path, *letters: str) -> Read:
    """An import of one mbox."""
    return read(tmp_path, {"inbox.mbox": mbox(*letters)})


def test_a_thread_is_a_ticket(tmp_path: Path) -> None:
    """Newest first, as Gmail exports it; requester, times, language and words are found."""
    ticket = desk(tmp_path, REPLY, ASKED).only
    assert said(ticket) == [
        ("customer", "public", "My bike will not unlock with the app. What can I do?"),
        ("agent", "public", "turn on Bluetooth and try again."),
    ]
    assert ticket.subject == "Bike will not unlock"
    assert ticket.created_at == utc("2026-01-05T10:01")
    assert (ticket.source, ticket.channel, ticket.language) == ("mail", "email", "en")
    assert ticket.requester == ticket.messages[0].author != ticket.messages[1].author
    assert ticket.provenance.file == "inbox.mbox"


@pytest.mark.parametrize(
    ("letters", "resolved", "resolution"),
    [
        ([ASKED], False, "unknown"),
        ([ASKED, REPLY], True, "answered"),
        ([ASKED, REPLY, THANKS], True, "answered"),
        ([ASKED, REPLY, STILL], False, "unknown"),
        ([ASKED, REPLY, STILL, letter(4, HELP, "Press it for ten seconds.", 3)], True, "answered"),
    ],
    ids=["no answer", "answered", "thanked", "still broken", "answered again"],
)
def test_who_has_the_last_word(
    tmp_path: Path, letters: list[str], resolved: bool, resolution: str
) -> None:
    """Without a status a thread is resolved when an agent has it, but for a thank-you."""
    ticket = desk(tmp_path, *letters).only
    assert (ticket.resolved, ticket.resolution) == (resolved, resolution)


@pytest.mark.parametrize(
    "label", ["Resolved", "=?utf-8?Q?=C3=87=C3=B6z=C3=BCld=C3=BC?=", "Lahendatud"]
)
def test_a_label_says_that_it_is_resolved(tmp_path: Path, label: str) -> None:
    """On any message of the thread."""
    ticket = desk(tmp_path, ASKED, letter(3, EVA, "Found it.", 1, X_Gmail_Labels=label)).only
    assert ticket.resolved
    assert len(ticket.tags) == 1


def test_folders_of_one_box(tmp_path: Path) -> None:
    """Questions, answers and what is resolved lie in different files."""
    files = {
        "Inbox.mbox": mbox(ASKED, letter(5, EVA, "And another thing?", Subject="Helmet")),
        "Sent.mbox": mbox(REPLY),
        "Done.mbox": mbox(letter(5, EVA, "And another thing?", Subject="Helmet")),
    }
    found = read(tmp_path, files)
    by_subject = {ticket.subject: ticket for ticket in found.tickets.values()}
    assert roles(by_subject["Bike will not unlock"]) == [
        ("customer", "public"),
        ("agent", "public"),
    ]
    assert by_subject["Helmet"].resolved
    assert roles(by_subject["Helmet"]) == [("customer", "public")]
    assert "1 message copies in another folder" in found.notes


def test_what_no_customer_wrote_is_no_ticket(tmp_path: Path) -> None:
    """Offers, bounces and newsletters are counted; an answer to an offer makes it a ticket."""
    offer = letter(1, HELP, "Our new bike is here.")
    bounce = letter(7, "MAILER-DAEMON@mx.example", "could not be delivered")
    news = letter(8, "news@shop.example", "Buy!", List_Unsubscribe="<https://shop.example/off>")
    found = desk(tmp_path, offer, bounce, news)
    assert found.tickets == {}
    assert "conversations in which no customer says a word (3)" in found.notes
    asked = desk(tmp_path, offer, letter(2, EVA, "Does it have a bell?", 1)).only
    assert roles(asked) == [("agent", "public"), ("customer", "public")]
    assert asked.requester == asked.messages[1].author


def test_automatic_replies_are_nobodys_answer(tmp_path: Path) -> None:
    """ "We have received your message" resolves nothing."""
    receipt = letter(2, HELP, "We have your message.", 1, Auto_Submitted="auto-replied")
    ticket = desk(tmp_path, ASKED, receipt).only
    assert (roles(ticket)[1], ticket.resolved) == (("bot", "public"), False)


def test_spam_is_marked(tmp_path: Path) -> None:
    """By the filter's header or the folder."""
    (one,) = desk(tmp_path, letter(1, EVA, "Win!", X_Spam_Flag="YES")).tickets.values()
    assert one.resolution == "spam"
    ticket = read(tmp_path, {"Junk.mbox": mbox(ASKED)}).only
    assert ticket.resolution == "spam"


def test_nobody_is_named_as_agent(tmp_path: Path) -> None:
    """The import says so, and which domains write most."""
    (tmp_path / "mkdocs.yml").write_text(
        CONFIG.replace("agent_addresses: [velmo.example]", "agent_addresses: []")
    )
    path = tmp_path / "inbox.mbox"
    path.write_text(mbox(ASKED, REPLY, STILL))
    result = import_tickets(load_settings(tmp_path), [path], now=NOW, fresh_key=KEY)
    (note,) = [note for note in result.loaded.notes if "agent_addresses" in note]
    assert "kunde.example (2), team.velmo.example (1)" in note


def test_a_ticket_keeps_its_key_in_the_next_export(tmp_path: Path) -> None:
    """More letters of a thread update it."""
    (key,) = desk(tmp_path, ASKED).tickets
    again = desk(tmp_path, STILL, REPLY, ASKED)
    assert again.only.id == key
    assert again.result.saved is not None
    assert (again.result.saved.new, again.result.saved.updated) == (0, 1)


def test_no_personal_data_is_stored(tmp_path: Path) -> None:
    """Names, addresses and message ids appear nowhere in the database."""
    desk(tmp_path, ASKED, REPLY, THANKS)
    database = b"".join(p.read_bytes() for p in (tmp_path / ".kbtool").glob("kb.db*"))
    for secret in (b"Eva", b"Holm", b"kunde", b"Hannah", b"mx.example"):
        assert secret not in database
