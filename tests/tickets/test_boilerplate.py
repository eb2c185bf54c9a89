"""Boilerplate that only the whole import shows: found, and nothing that was asked or answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Cut, Message, Provenance, Ticket
from kbtool.tickets.boilerplate import (
    EndLines,
    cut_boilerplate,
    line_key,
)

TOPICS = {
    "puncture": ("My back wheel has a puncture.", "Book a mechanic in the app."),
    "invoice": ("The invoice shows the wrong company.", "Change it under Account, then Company."),
    "charger": ("My charger blinks red.", "Unplug the charger for one minute."),
    "refund": ("The refund has not arrived.", "Refunds go back to the card you paid with."),
    "unlock": ("The lock stays closed.", "Switch Bluetooth off and on again."),
    "pause": ("I want to pause in winter.", "Pausing is free for two months."),
}
DISCLAIMER = (
    "Este correo es confidencial y va dirigido solamente a su destinatario.",
    "Si lo ha recibido por error, le rogamos que lo borre.",
)
FAREWELL = "Ride safe and see you on the road!"


def message(role: str, *lines: str, author: str | None = None, cuts: Sequence[Cut] = ()) -> Message:
    return Message(
        id="m", role=role, visibility="public", at=None, author=author,  # type: ignore[arg-type]
        text="\n".join(lines), cuts=tuple(cuts),
    )  # fmt: skip


def ticket(number: int, subject: str, *messages: Message) -> Ticket:
    return Ticket(
        source="desk", id=str(number), subject=subject, status="solved", resolved=True,
        resolution="answered", created_at=None, solved_at=None, language="en",
        language_confidence=1.0, requester=f"p{number}", group=None, channel=None, tags=(),
        csat=None, reopens=None, merged_into=None, messages=messages,
        provenance=Provenance("f", number, "m"),
    )  # fmt: skip


def find_boilerplate(tickets: Iterable[Ticket]) -> frozenset[int]:
    """The boilerplate lines of some tickets."""
    counted = EndLines()
    for one in tickets:
        counted.add(one)
    return counted.find()


def desk() -> list[Ticket]:
    """Sixty tickets of six topics: a company's disclaimer, an agent's farewell, macros."""
    found = []
    for number in range(60):
        subject = list(TOPICS)[number % 6]
        asked, answer = TOPICS[subject]
        footer = DISCLAIMER if number % 5 == 0 else ()
        found.append(
            ticket(
                number,
                f"{subject} {number}",
                message("customer", f"Order number {'abcdef'[number % 6]}{number}.", asked, *footer),
                message("agent", f"That is annoying, {'xyz'[number % 3]}{number}.", answer, FAREWELL, author="eva"),
                message("customer", f"Worked at once, thanks {'uvw'[number % 3]}.", *footer),
            )
        )  # fmt: skip
    return found


def test_a_disclaimer_and_a_farewell_are_found_and_nothing_else() -> None:
    """The lines of every topic go; questions and the last lines of answers stay."""
    tickets = desk()
    lines = find_boilerplate(tickets)
    assert lines == {
        line_key("customer", "en", DISCLAIMER[0]),
        line_key("customer", "en", DISCLAIMER[1]),
        line_key("agent", "en", FAREWELL),
    }
    for before in tickets:
        after = cut_boilerplate(before, lines)
        asked, answer = TOPICS[before.subject.split()[0]]
        assert after.messages[0].text.endswith(asked)
        assert after.messages[1].text.endswith(answer)
        assert after.messages[1].cuts == (Cut("boilerplate", FAREWELL, 2),)


def test_a_question_many_people_ask_is_no_boilerplate() -> None:
    """However often it comes and whatever stands before it."""
    asked = "Please cancel my subscription as soon as you can"
    tickets = [
        ticket(
            n,
            f"moving {n}",
            message("customer", f"I am moving to {'abcdefghij'[n % 10]}town {n}", asked),
            message("agent", "Done."),
            message("customer", f"Great {n}"),
        )
        for n in range(40)
    ]
    assert find_boilerplate([*desk(), *tickets]).isdisjoint({line_key("customer", "en", asked)})


def test_an_answer_given_to_one_topic_is_no_boilerplate() -> None:
    """Every agent writes it last, under texts of their own, but only about invoices."""
    answer = "The changed invoice comes by mail within a day."
    tickets = [
        ticket(
            100 + n,
            "invoice",
            message("customer", f"My invoice is wrong, {'abcdef'[n % 6]}."),
            message("agent", f"I see, {'abcdefgh'[n % 8]}{n}.", answer, author="eva"),
        )
        for n in range(30)
    ]
    assert line_key("agent", "en", answer) not in find_boilerplate([*desk(), *tickets])


def test_the_end_of_a_macro_is_no_boilerplate() -> None:
    """It follows the same text every time, so it belongs to it, whatever was asked."""
    macro = ("We have moved to new terms.", "You need not do anything.")
    tickets = [
        ticket(
            200 + n, s, message("customer", TOPICS[s][0]), message("agent", *macro, author="eva")
        )
        for n in range(5)
        for s in TOPICS
    ]
    found = find_boilerplate([*desk(), *tickets])
    assert found.isdisjoint({line_key("agent", "en", line) for line in macro})


@pytest.mark.parametrize(
    "line", ["1. Open the app.", "Go to Ride > Unlock", "Wait 5 minutes", "Does it work now?"]
)
def test_steps_numbers_and_questions_are_never_taken(line: str) -> None:
    """Even at the end of every single reply."""
    tickets = [
        ticket(n, subject, message("customer", TOPICS[subject][0]),
               message("agent", f"Hello {'abcdefghijk'[n % 11]}", TOPICS[subject][1], line, author="eva"))
        for n in range(10)
        for subject in TOPICS
    ]  # fmt: skip
    assert line_key("agent", "en", line) not in find_boilerplate(tickets)


def test_a_second_import_finds_the_same() -> None:
    """Tickets whose boilerplate was cut before count as if it were still there."""
    tickets = desk()
    lines = find_boilerplate(tickets)
    once = [cut_boilerplate(one, lines) for one in tickets]
    assert find_boilerplate(once) == lines
    assert [cut_boilerplate(one, lines) for one in once] == once


def test_counting_is_bounded() -> None:
    """Lines seen once are forgotten above the limit, those that come again are not."""
    counted = EndLines(kept=40)
    for one in desk():
        counted.add(one)
    assert line_key("agent", "en", FAREWELL) in counted.find()
    assert len(counted._lines) <= 60


def test_cuts_keep_their_places() -> None:
    """A cut above, between and below the boilerplate stands where it stood."""
    lines = {line_key("customer", "en", text) for text in ("top", "end")}
    cuts = (Cut("greeting", "Hi", 0), Cut("quote", "> a", 2), Cut("signature", "Eva", 5))
    before = ticket(1, "s", message("customer", "top", "one", "two", "", "end", cuts=cuts))
    [after] = cut_boilerplate(before, lines).messages
    assert after.text == "one\ntwo"
    assert after.cuts == (
        Cut("greeting", "Hi", 0),
        Cut("boilerplate", "top", 0),
        Cut("quote", "> a", 1),
        Cut("boilerplate", "end", 2),
        Cut("signature", "Eva", 2),
    )


@given(
    st.lists(st.sampled_from(["a", "b", "c", "", "--", "7"]), max_size=8),
    st.sets(st.sampled_from("abc")),
)
def test_only_whole_lines_go_from_the_edges_and_never_all(
    texts: list[str], taken: set[str]
) -> None:
    """What is kept is one piece of the message, it starts and ends with other lines, and it is not empty."""
    lines = {line_key("agent", "en", text) for text in taken}
    before = ticket(1, "s", message("agent", *texts))
    [after] = cut_boilerplate(before, lines).messages
    assert after.text in before.messages[0].text
    assert bool(after.text.strip()) == bool(before.messages[0].text.strip())
    kept = after.text.splitlines()
    others = [text for text in texts if text not in taken and text not in ("", "--")]
    if others and after != before.messages[0]:
        assert kept[0] not in taken or before.messages[0].text.startswith(after.text)
    assert [text for text in kept if text in others] == others
