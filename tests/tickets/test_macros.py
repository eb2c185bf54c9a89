"""Macros: what agents send again and again, told from small talk and from single answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kbtool.model import Message, Provenance, Ticket
from kbtool.tickets import macros
from kbtool.tickets.macros import find_macros

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
RETURNS = (
    "Please print the label from your account.",
    "Hand the parcel in within 14 days.",
    "We refund order [order] as soon as it is scanned.",
)
WARRANTY = ("The battery has a warranty of 24 months.", "Send us a photo of the sticker below it.")


def reply(
    text: str, day: int, *, agent: str = "eva", ids: tuple[str, ...] = (), **changes: str
) -> Message:
    values = {"role": "agent", "visibility": "public", **changes}
    return Message(
        id=f"m{day}", at=START + timedelta(days=day), author=agent, text=text, macros=ids, **values  # type: ignore[arg-type]
    )  # fmt: skip


def ticket(number: int, *messages: Message, lang: str = "en") -> Ticket:
    return Ticket(
        source="desk", id=str(number), subject="s", status="solved", resolved=True,
        resolution="answered", created_at=START, solved_at=None, language=lang,
        language_confidence=1.0, requester=f"p{number}", group=None, channel=None, tags=(),
        csat=None, reopens=None, merged_into=None, messages=messages,
        provenance=Provenance("f", number, "m"),
    )  # fmt: skip


def test_sentences_that_go_together_are_one_macro() -> None:
    """In their order, whatever numbers, names and own words stand between them."""
    tickets = [
        ticket(
            n,
            reply(
                f"Hi [name],\n\nSorry for the trouble!\n{RETURNS[0]}\nMind the {'red blue green grey'.split()[n % 4]} box {n}.\n"
                f"{RETURNS[1].replace('14', str(n))}\n{RETURNS[2]}\n\nHave a nice day, [name]",
                n,
                agent=f"a{n % 3}",
            ),
        )
        for n in range(8)
    ] + [ticket(20 + n, reply("\n".join(WARRANTY), n), lang="tr") for n in range(5)]
    returns, warranty = find_macros(tickets)
    assert returns.text.splitlines() == [RETURNS[0], RETURNS[1].replace("14", "0"), RETURNS[2]]
    assert (returns.tickets, returns.agents, returns.named) == (8, 3, False)
    assert (returns.first, returns.last) == (START, START + timedelta(days=7))
    assert returns.samples == ("desk:0", "desk:1", "desk:2")
    assert warranty.text.splitlines() == list(WARRANTY)
    assert warranty.languages == (("tr", 5),)


def test_three_tickets_or_one_ticket_often_make_no_macro() -> None:
    """Four different tickets are needed, and public replies of agents."""
    text = "\n".join(WARRANTY)
    assert find_macros([ticket(n, reply(text, n)) for n in range(3)]) == ()
    assert find_macros([ticket(1, *(reply(text, n) for n in range(9)))]) == ()
    assert find_macros([ticket(n, reply(text, n, visibility="internal")) for n in range(9)]) == ()
    assert find_macros([ticket(n, reply(text, n, role="customer")) for n in range(9)]) == ()


def test_small_talk_alone_is_no_macro() -> None:
    """Thanks, apologies and links are said everywhere and answer nothing."""
    small = "Thank you for writing to us.\nSorry for the trouble!\nhttps://help.example/a/kb-1/"
    assert find_macros([ticket(n, reply(small, n)) for n in range(9)]) == ()


def test_the_help_desks_own_macros_win() -> None:
    """A named macro is there however seldom, with what its messages have in common."""
    tickets = [
        ticket(
            n,
            reply(f"{WARRANTY[0]}\n{WARRANTY[1]}\nA word about case {n} from me.", n, ids=("77",)),
        )
        for n in range(6)
    ]
    tickets.append(ticket(50, reply("It was edited away entirely by hand.", 50, ids=("88",))))
    often, rare = find_macros(tickets)
    assert (often.id, often.named, often.tickets) == ("77", True, 6)
    assert often.text.splitlines()[:2] == list(WARRANTY)
    assert (rare.id, rare.tickets) == ("88", 1)


def test_the_order_of_tickets_does_not_matter_for_the_figures() -> None:
    """The same tickets from the end give the same macros."""
    tickets = [ticket(n, reply("\n".join(RETURNS), n, agent=f"a{n % 2}")) for n in range(100)]
    one, other = find_macros(tickets), find_macros(reversed(tickets))
    assert [(m.text, m.tickets, m.agents, m.first, m.last) for m in one] == [
        (m.text, m.tickets, m.agents, m.first, m.last) for m in other
    ]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences of one ticket are forgotten above the limit; those that come again stay."""
    tickets = [
        ticket(n, reply("\n".join(WARRANTY), n), reply(f"Own words about {chr(97 + n % 26) * (n // 26 + 3)} only.", n))
        for n in range(200)
    ]  # fmt: skip
    monkeypatch.setattr(macros, "KEYS_KEPT", 20)
    [found] = find_macros(tickets)
    assert found.tickets == 200
