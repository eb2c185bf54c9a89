"""One value of a ticket, one placeholder; different values, different ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.privacy.placeholders import HIGHEST, PLACEHOLDER, Numbering, bare
from kbtool.privacy.redact import Redactor

NAMES = ("Kati Tamm", "Jaan Põld", "Ayşe Kılıç")
REDACTOR = Redactor(NAMES, ("EE", "GB", "TR"), ("Velmo",), ("https://help.velmo.example",))
PIECES = (
    "Kati", "Katile", "Jaan Põld", "Ayşe'nin", "my wife Anna.", "Anna,", "k@x.example", "K@X.example", "b@x.example", "+372 5384 0007",
    "5384 0007", "5900 0123", "VM-104233", "order no 9917", "#VM-104233", "parool on Volvo940turbo", "Volvo940turbo", "203.0.113.9",
    "https://x.example/?token=abcdef12", "[phone]", "[name 2]", "Pikk tänav 5, Tartu", "\n", "and", "Tere, Kati!", "[", "]", "[[email]]",
)  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=4)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["5384 0007", "+372 5384 0007, (+372) 53840007"], ["[phone]", "[phone], [phone]"]),
        (["5384 0007 or 5900 0123"], ["[phone] or [phone 2]"]),
        (["k@x.example K@X.EXAMPLE b@x.example"], ["[email] [email] [email 2]"]),
        (["k.m@x.example km@x.example"], ["[email] [email 2]"]),
        (["VM-104233 5384 0007", "(#VM-104233) VM-104234"], ["[order] [phone]", "(#[order]) [order 2]"]),
        (["Kati Tamm: Katile, Kati", "Jaan, Kati"], ["[name]: [name], [name]", "[name 2], [name]"]),
        (["Kati", "Kati Tamm", "Tamm"], ["[name]", "[name]", "[name]"]),
        (["my wife Anna left", "so Anna is away"], ["my wife [name] left", "so [name] is away"]),
        (["pw: Volvo940turbo", "try Volvo940turbo"], ["pw: [secret]", "try [secret]"]),
        (["order no 99171", "99171?"], ["order no [number]", "[number]?"]),
        (["[phone] and 5384 0007"], ["[phone] and [phone 2]"]),
        (["10.12.2024", "born 10.12.1990, born 11.12.1990"], ["10.12.2024", "born [date], born [date 2]"]),
        (["see https://x.example/?token=abcd1234&sid=efgh5678"], ["see https://x.example/?token=[secret]&sid=[secret]"]),
    ],
)  # fmt: skip
def test_values_are_told_apart_and_met_again(texts: list[str], expected: list[str]) -> None:
    """Across texts, however they are written; inside an address there are no numbers."""
    assert REDACTOR.together(texts) == expected


def test_a_word_that_is_also_written_small_is_not_learned() -> None:
    """What one cue took for a name is no name elsewhere when the ticket uses the word."""
    texts = ["I spoke to Battery yesterday", "the battery is empty. Battery again"]
    assert REDACTOR.together(texts)[1] == texts[1]


@given(TEXTS)
def test_together_takes_no_less_than_alone(texts: list[str]) -> None:
    """What is redacted in a text by itself is redacted in its ticket; no placeholder in another."""
    together = REDACTOR.together(texts)
    for text, shown in zip(texts, together, strict=True):
        alone = PLACEHOLDER.sub(" ", REDACTOR.redact(text)).split()
        assert len(PLACEHOLDER.sub(" ", shown).split()) <= len(alone)
        assert len(shown) <= 2 * len(text) + 20
        assert "[[" not in shown or "[[" in text


@given(TEXTS)
def test_redacting_a_ticket_again_changes_nothing(texts: list[str]) -> None:
    """Placeholders are never redacted, nested or renumbered."""
    once = REDACTOR.together(texts)
    assert REDACTOR.together(once) == once


@given(TEXTS, st.randoms(use_true_random=False))
def test_numbers_do_not_depend_on_other_tickets(texts: list[str], random: object) -> None:
    """A redactor that read other tickets before gives the same."""
    fresh = Redactor(NAMES, ("EE", "GB", "TR"), ("Velmo",), ("https://help.velmo.example",))
    REDACTOR.together(["Eva Holm, 5555 1234, VM-999999"])
    assert REDACTOR.together(texts) == fresh.together(texts)


def test_a_table_of_many_values_runs_out_of_numbers() -> None:
    """Above the highest number values share the placeholder without one."""
    numbering = Numbering(())
    given_out = [numbering.placeholder("email", f"a{n}@x.example") for n in range(HIGHEST + 5)]
    assert given_out[HIGHEST - 1] == f"[email {HIGHEST}]"
    assert set(given_out[HIGHEST:]) == {"[email]"}
    assert all(PLACEHOLDER.fullmatch(one) for one in given_out)


def test_bare_takes_numbers_off() -> None:
    """And nothing else in brackets."""
    assert (
        bare("[phone 2], [name], [step 2], [phone 02]") == "[phone], [name], [step 2], [phone 02]"
    )
