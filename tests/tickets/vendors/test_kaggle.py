"""Public data sets: one with ids and statuses, one of questions and answers alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import InputError
from tests.tickets.vendors.desk import read, said, utc

TICKETS = """\
Ticket ID,Customer Name,Customer Email,Customer Age,Customer Gender,Product Purchased,Date of Purchase,Ticket Type,Ticket Subject,Ticket Description,Ticket Status,Resolution,Ticket Priority,Ticket Channel,First Response Time,Time to Resolution,Customer Satisfaction Rating
1,Mari Kask,mari@klient.example,32,Female,Velmo Pro,2021-03-22,Technical issue,Product setup,"I'm having an issue with the {product_purchased}. Please assist.",Pending Customer Response,,Critical,Social media,2023-06-01 12:15:36,,
3,Jaan Tamm,jaan@klient.example,48,Male,Velmo XPS,2020-07-14,Technical issue,Network problem,"The {product_purchased} drops the network.",Closed,Update the driver.,Low,Chat,2023-06-01 11:14:38,2023-06-01 18:05:38,3.0
"""
ROWS = [
    'Login,"Cannot sign in since Monday morning","Please reset your password.",Incident,IT Support,high,en,Login,Account',
    'Rechnung,"Wo finde ich meine Rechnung vom Januar?","Unter Einstellungen.",Request,Billing,low,de,Invoice,',
    ',"Wie kann ich meine Adresse ändern?","Unter Profil.",Request,Billing,low,de,,',
]
HEAD = "subject,body,answer,type,queue,priority,language,tag_1,tag_2"


def place(tmp_path: Path, name: str) -> Path:
    """A folder for a knowledge base of its own."""
    folder = tmp_path / name
    folder.mkdir()
    return folder


def table(*rows: str) -> str:
    """A CSV file."""
    return "\n".join([HEAD, *rows]) + "\n"


def test_the_ticket_dataset(tmp_path: Path) -> None:
    """Closed ones with a resolution are answered; the purchase is no date of the ticket."""
    got = read(tmp_path, {"customer_support_tickets.csv": TICKETS})
    ticket = got.tickets["3"]
    assert got.mappings == ["kaggle"]
    assert said(ticket) == [
        ("customer", "public", "The {product_purchased} drops the network."),
        ("agent", "public", "Update the driver."),
    ]
    assert (ticket.resolution, ticket.csat, ticket.created_at) == ("answered", 0.5, None)
    assert ticket.solved_at == utc("2023-06-01T15:05").replace(second=38)
    assert (ticket.product, ticket.type, ticket.priority, ticket.channel) == (
        "Velmo XPS",
        "Technical issue",
        "Low",
        "Chat",
    )
    waiting = got.tickets["1"]
    assert (waiting.resolved, waiting.csat, len(waiting.messages)) == (False, None, 1)
    assert not got.unknown_statuses


def test_questions_and_answers_without_ids(tmp_path: Path) -> None:
    """Every row is an answered ticket; the language, queue, type and tags are kept."""
    got = read(tmp_path, {"tickets.csv": table(*ROWS)})
    by_subject = {ticket.subject: ticket for ticket in got.tickets.values()}
    assert got.mappings == ["kaggle-multilingual"]
    assert len(by_subject) == 3
    login = by_subject["Login"]
    assert said(login) == [
        ("customer", "public", "Cannot sign in since Monday morning"),
        ("agent", "public", "Please reset your password."),
    ]
    assert (login.resolution, login.tags) == ("answered", ("Login", "Account"))
    assert (login.type, login.group, login.priority) == ("Incident", "IT Support", "high")
    assert by_subject["Rechnung"].language == "de"


def test_ids_of_rows_are_their_questions(tmp_path: Path) -> None:
    """Another order and a mended answer change no id; the same row twice is one ticket."""
    first = read(place(tmp_path, "a"), {"tickets.csv": table(*ROWS)})
    mended = ROWS[0].replace("Please reset", "Reset")
    again = read(place(tmp_path, "b"), {"tickets.csv": table(*ROWS[1:], mended, mended)})
    assert set(first.tickets) == set(again.tickets)
    assert len(again.tickets) == 3
    assert again.result.loaded.taken == 4


def test_a_list_of_questions_and_answers(tmp_path: Path) -> None:
    """A home-made table without ids is taken too, by the same rule."""
    faq = "question,answer\nHow do I pay by card?,Under Billing.\nHow do I leave?,Write to us.\n"
    first = read(place(tmp_path, "a"), {"faq.csv": faq})
    turned = "\n".join([faq.splitlines()[0], *reversed(faq.splitlines()[1:])]) + "\n"
    again = read(place(tmp_path, "b"), {"faq.csv": turned})
    assert first.mappings == ["generic"]
    assert len(first.tickets) == 2
    assert set(first.tickets) == set(again.tickets)
    assert {ticket.resolution for ticket in first.tickets.values()} == {"answered"}


def test_a_column_that_may_be_the_id_is_not_passed_over(tmp_path: Path) -> None:
    """Codes in a column of an unknown name: the user is asked, for equal questions are no one ticket."""
    rows = "Vorgang,Frage,Antwort\nV-17,Wo?,Hier.\nV-18,Wo?,Dort.\n"
    with pytest.raises(InputError, match="no column for an id"):
        read(tmp_path, {"tabelle.csv": rows})
