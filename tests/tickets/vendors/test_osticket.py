"""osTicket: the queue's CSV without messages, and the thread entries that SQL gives."""

from __future__ import annotations

from pathlib import Path

from tests.tickets.vendors.desk import read, said, utc

QUEUE = """\
Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,Last Updated,Closed Date,Merged,Reopen Count
100045,2026-01-05 10:00:00,Printer prints blank pages,Mari Kask,mari@klient.example,High,Support,Hardware,Email,Resolved,2026-01-05 12:00:00,2026-01-05 12:00:00,0,2
100046,1/6/26 2:20 PM,Invoice missing,Jaan Tamm,jaan@klient.example,Normal,Billing,Invoices,Web,Open,1/6/26 2:20 PM,,0,0
100047,2026-01-07 09:00:00,Printer again,Mari Kask,MARI@klient.example,Normal,Support,Hardware,Email,Closed,2026-01-07 10:00:00,2026-01-07 10:00:00,1,0
100048,2026-01-08 09:00:00,Odd one,Jaan Tamm,jaan@klient.example,Normal,Support,Hardware,Email,Parked,2026-01-08 09:00:00,,0,0
100049,2026-01-08 09:00:00,Gone,Jaan Tamm,jaan@klient.example,Normal,Support,Hardware,Email,Deleted,2026-01-08 09:00:00,,0,0
"""

ROWS = """\
number,subject,status,department,topic,source,created,closed,ticket_pid,merged,email,user_name,entry_id,entry_type,entry_flags,poster,format,body,entry_created
100050,Reset link,Closed,Support,Login,Email,2026-02-02 10:00:00,2026-02-02 12:00:00,,0,eva@kunde.example,Eva Maier,1,M,1,Eva Maier,html,"<p>The reset link <b>has expired</b>.</p>",2026-02-02 10:00:00
100050,Reset link,Closed,Support,Login,Email,2026-02-02 10:00:00,2026-02-02 12:00:00,,0,eva@kunde.example,Eva Maier,3,R,0,Priit Saar,html,"<p>Open it within <i>30 minutes</i>.</p>",2026-02-02 11:00:00
100050,Reset link,Closed,Support,Login,Email,2026-02-02 10:00:00,2026-02-02 12:00:00,,0,eva@kunde.example,Eva Maier,2,N,0,Priit Saar,text,"Angry, be quick",2026-02-02 10:30:00
100050,Reset link,Closed,Support,Login,Email,2026-02-02 10:00:00,2026-02-02 12:00:00,,0,eva@kunde.example,Eva Maier,4,R,4,Priit Saar,html,"<p>Open it within 3 minutes.</p>",2026-02-02 10:59:00
100051,Reset link again,Closed,Support,Login,Email,2026-02-03 10:00:00,2026-02-03 12:00:00,100050,1,eva@kunde.example,Eva Maier,5,M,1,Eva Maier,text,Still expired,2026-02-03 10:00:00
"""


def test_the_queue_export_gives_tickets_with_their_subject_alone(tmp_path: Path) -> None:
    """Local times become UTC; department, topic, priority, source and reopens are kept."""
    got = read(tmp_path, {"tickets.csv": QUEUE})
    ticket = got.tickets["100045"]
    assert got.mappings == ["osticket"]
    assert said(ticket) == [("customer", "public", "Printer prints blank pages")]
    assert (ticket.created_at, ticket.solved_at) == (
        utc("2026-01-05T08:00"),
        utc("2026-01-05T10:00"),
    )
    assert (ticket.group, ticket.type, ticket.priority, ticket.channel) == (
        "Support",
        "Hardware",
        "High",
        "Email",
    )
    assert (ticket.resolved, ticket.resolution, ticket.reopens) == (True, "unknown", 2)
    assert got.tickets["100046"].created_at == utc("2026-01-06T12:20")
    assert "no public agent reply" in got.notes


def test_the_queue_export_loses_nothing(tmp_path: Path) -> None:
    """One person is one hash; merged, unknown and deleted ones are each told apart."""
    got = read(tmp_path, {"tickets.csv": QUEUE})
    assert got.tickets["100045"].requester == got.tickets["100047"].requester is not None
    assert got.tickets["100047"].resolution == "merged"
    assert not got.tickets["100046"].resolved
    assert got.unknown_statuses == {"Parked": 1}
    assert "100049" not in got.tickets
    assert "deleted tickets (1)" in got.notes


def test_thread_entries_make_a_conversation(tmp_path: Path) -> None:
    """M, R and N are customer, agent and internal note, in order of time; edited-out texts stay away."""
    got = read(tmp_path, {"entries.csv": ROWS})
    ticket = got.tickets["100050"]
    assert got.mappings == ["osticket-rows"]
    assert ticket.source == "osticket"
    assert said(ticket) == [
        ("customer", "public", "The reset link **has expired**."),
        ("agent", "internal", "Angry, be quick"),
        ("agent", "public", "Open it within *30 minutes*."),
    ]
    assert ticket.resolution == "answered"
    assert ticket.messages[2].at == utc("2026-02-02T09:00")
    assert (ticket.group, ticket.type, ticket.channel) == ("Support", "Login", "Email")
    merged = got.tickets["100051"]
    assert (merged.resolution, merged.merged_into) == ("merged", "100050")
    assert merged.requester == ticket.requester == ticket.messages[0].author
