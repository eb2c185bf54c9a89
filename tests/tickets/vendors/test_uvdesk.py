"""UVdesk: a row for every thread."""

from __future__ import annotations

from pathlib import Path

from tests.tickets.vendors.desk import read, said

ROWS = """\
ticket_id,subject,status,priority,type,group_name,source,customer_email,stars,threadType,createdBy,message,thread_created_at
4,Licence key,resolved,high,question,Sales,email,eva@kunde.example,4,create,customer,"<p>Where is my key?</p>",2026-01-02 10:00:00
4,Licence key,resolved,high,question,Sales,email,eva@kunde.example,4,note,agent,"<p>paid twice</p>",2026-01-02 10:30:00
4,Licence key,resolved,high,question,Sales,email,eva@kunde.example,4,reply,agent,"<p>Under <b>Licences</b>.</p>",2026-01-02 11:00:00
5,Lost,answered,low,question,Sales,email,jaan@klient.example,,create,customer,"<p>Lost it</p>",2026-01-03 10:00:00
5,Lost,answered,low,question,Sales,email,jaan@klient.example,,reply,agent,"<p>Which one?</p>",2026-01-03 11:00:00
"""


def test_rows_of_threads_make_tickets(tmp_path: Path) -> None:
    """Notes stay internal; "answered" waits for the customer and is still open."""
    got = read(tmp_path, {"uvdesk.csv": ROWS})
    ticket = got.tickets["4"]
    assert got.mappings == ["uvdesk"]
    assert said(ticket) == [
        ("customer", "public", "Where is my key?"),
        ("agent", "internal", "paid twice"),
        ("agent", "public", "Under **Licences**."),
    ]
    assert (ticket.resolution, ticket.csat, ticket.group) == ("answered", 0.75, "Sales")
    assert (ticket.type, ticket.priority, ticket.channel) == ("question", "high", "email")
    assert not got.tickets["5"].resolved


def test_the_smallest_table_is_enough(tmp_path: Path) -> None:
    """Ticket, status, kind of thread, who wrote it and the text."""
    rows = 'ticket_id,status,threadType,createdBy,message\n4,closed,create,customer,"<p>Key?</p>"\n4,closed,reply,agent,Here.\n'
    got = read(tmp_path, {"uv.csv": rows})
    assert said(got.only) == [("customer", "public", "Key?"), ("agent", "public", "Here.")]
    assert got.only.resolution == "answered"
