"""Whatever is cut: each word of a message is in its text or in one of its cuts, in its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.tickets.cleaning.clean import Cleaned, clean
from kbtool.tickets.cleaning.lines import tidy
from tests.tickets.cleaning.mails import MAILS, Mail

NAMES = ("Tom Reed", "Ayşe Demir")
PIECES = (
    "Hi Anna,", "Hello Tom, where is it?", "Tere!", "It does not work.", "Why?", "", "", "- a", "1. b",
    "On Wed, 12 Nov 2025 at 10:03, Velmo <a@velmo.example> wrote:", "On Wed, 12 Nov 2025 at 10:03,",
    "text On Wed, 12 Nov 2025 at 10:03, Velmo <a@velmo.example> wrote: > old > older",
    "Velmo <a@velmo.example>", "wrote:", "> quoted", ">> older", "> On 1.1.2025 10:00, Tom wrote:", ">",
    "-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded message:",
    "From: Velmo <a@velmo.example>", "Sent: Wednesday, 12 November 2025 10:03", "To: Tom Reed", "Subject: RE: Bike",
    "________________________________", "--", "---", "Kind regards", "Thanks!", "Saygılarımla", "Tom", "Tom Reed",
    "Head of Fleet | Reed Ltd", "+44 20 7946 0018", "P.S. It is blue.", "Sent from my iPhone", "Virus-free. www.avast.com",
    "This e-mail is confidential and intended solely for the addressee.", "##- Please type your reply above this line -##",
    "Your request (1234) has been updated.", "<!-- a", "b -->", "```", "Unsubscribe", "FYI",
    "The page says:", "It only shows", "and nothing else.", "> Settings > Billing", "> Hi Tom,", "You wrote:", "Thank you for your help,",
    "Tom: it leaks", "P. D. Later", "You have been assigned a new request (#90311).", "This email is a service from Velmo.", "www.velmo.example",
    "Done. K, 12. november 2025 kell 10:03 kirjutas Velmo <a@velmo.example>: vana",
)  # fmt: skip


def rebuilt(cleaned: Cleaned) -> str:
    """The kept lines with the cuts put back in front of the line they name."""
    lines = cleaned.text.split("\n") if cleaned.text else []
    pieces: list[str] = []
    for index in range(len(lines) + 1):
        pieces += [cut.text for cut in cleaned.cuts if cut.line == index]
        pieces += lines[index : index + 1]
    return "\n".join(pieces)


def marks(text: str) -> str:
    """What is on paper, in order; the ``>`` of a forwarded mail are taken off."""
    return "".join(text.replace(">", "").split())


def assert_nothing_lost(text: str) -> None:
    """A plain message can be rebuilt, and its cuts are in order."""
    cleaned = clean(text, is_html=False, names=NAMES)
    assert marks(rebuilt(cleaned)) == marks(tidy(text))
    assert [cut.line for cut in cleaned.cuts] == sorted(cut.line for cut in cleaned.cuts)
    assert all(cut.text.strip() for cut in cleaned.cuts)
    if text.strip():
        assert cleaned.text.strip()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_nothing_is_lost_in_mails_of_any_make(pieces: list[str]) -> None:
    """Lines as mail programs write them, in any order."""
    assert_nothing_lost("\n".join(pieces))


@settings(max_examples=100)
@given(st.text(alphabet=st.sampled_from("aAé İ>\n\t:-.,!?@1_*|#[]()`"), max_size=300))
def test_nothing_is_lost_in_any_text(text: str) -> None:
    """Any text at all."""
    assert_nothing_lost(text)


def test_nothing_is_lost_in_the_golden_mails() -> None:
    """The golden cases, too."""
    for mail in MAILS:
        if not mail.is_html:
            assert_nothing_lost(mail.text)


def test_a_cut_says_where_it_stood() -> None:
    """``line`` counts the kept lines above."""
    mail = Mail("x", "Hi Tom,\n\nfirst\n\n> quoted\n\nsecond\nthird\n\nThanks\nAnna", "", ())
    cleaned = clean(mail.text, is_html=False, names=())
    assert cleaned.text == "first\n\nsecond\nthird"
    assert [(cut.kind, cut.text, cut.line) for cut in cleaned.cuts] == [
        ("greeting", "Hi Tom,", 0),
        ("quote", "> quoted", 2),
        ("closing", "Thanks", 4),
        ("signature", "Anna", 4),
    ]
