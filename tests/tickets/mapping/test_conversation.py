"""A whole conversation in one text."""

from __future__ import annotations

from datetime import UTC, datetime

from kbtool.tickets.mapping.conversation import split_conversation


def test_a_conversation_in_a_cell_is_split() -> None:
    """Each head begins a message; the customer is told by word or by name."""
    text = "Intro\n[05.11.2025 12:30, Mari Kask]\nTere!\n\nVastus\n[06.11.2025 09:00, klient]\nAitäh\n[06.11.2025 10:00, Maie Sepp]\nVeel"
    parts = split_conversation(text, "UTC", ["Maie Sepp (20391)"])
    assert [(p.role, p.name, p.text) for p in parts] == [
        (None, None, "Intro"),
        ("agent", "Mari Kask", "Tere!\n\nVastus"),
        ("customer", None, "Aitäh"),
        ("customer", "Maie Sepp", "Veel"),
    ]


def test_servicenows_journal_is_split() -> None:
    """Work notes are internal, comments public; the caller is told by name."""
    text = (
        "2026-01-02 11:00:00 - Jane Roe (Additional comments)\r\nAdd it again.\r\n\r\n"
        "2026-01-02 10:30:00 - Jane Roe (Work notes)\r\nCaller is on floor 3\r\n\r\n"
        "02.01.2026 10:00:00 - Eva Klein (Zusätzliche Kommentare)\r\nOutlook freezes (again)\r\n"
    )
    parts = split_conversation(text, "Europe/Berlin", ["Eva Klein"])
    assert [(p.role, p.visibility, p.name, p.text) for p in parts] == [
        ("agent", "public", "Jane Roe", "Add it again."),
        ("agent", "internal", "Jane Roe", "Caller is on floor 3"),
        ("customer", "public", "Eva Klein", "Outlook freezes (again)"),
    ]
    assert [p.at.hour for p in parts if p.at] == [10, 9, 9]


def test_twelve_hours_are_read() -> None:
    """A journal in an American account."""
    text = "01/02/2026 03:05:00 PM - Jane Roe (jroe) (Additional comments)\nDone."
    (part,) = split_conversation(text, "UTC", [])
    assert part.at == datetime(2026, 1, 2, 15, 5, tzinfo=UTC)
    assert part.name == "Jane Roe (jroe)"


def test_text_that_only_looks_like_a_head_is_kept() -> None:
    """Only a time and a name alone on a line split."""
    for text in (
        "see [05.11.2025 12:30, x] there\n[note]\nend",
        "2026-01-02 10:00:00 - it stopped (again) and again",
        "- 2026-01-02 10:00:00 - Jane Roe",
    ):
        (part,) = split_conversation(text, "UTC", [])
        assert (part.role, part.text) == (None, text)
