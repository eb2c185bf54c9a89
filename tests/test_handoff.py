"""Visit tokens: made, found and cut out again; addresses that carry them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.handoff import (
    MOST_QUESTION,
    TOKEN,
    desk_address,
    mail_address,
    new_token,
    tokens_in,
    without_tokens,
)

T = "kbv-23456789abcd"
U = "kbv-dcba98765432"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"My bike is late.\n\n[{T}]", "My bike is late.\n"),
        (f"Hi\r\n[{T.upper()}]\r\nbye", "Hi\r\nbye"),
        (f"My bike is late. ({T})", "My bike is late."),
        (f"I came from https://desk.example/new?from=x&kb_visit={T}",
         "I came from https://desk.example/new?from=x"),
        (f"{T}\n{T}", ""),
        (f"> [{T}]\nyes", ">\nyes"),
        (f"_{T}_ and {U}", "__ and"),
    ],
)  # fmt: skip
def test_a_token_is_found_and_leaves_no_trace(text: str, left: str) -> None:
    """Alone on a line, in brackets, in an address, in capitals, quoted."""
    assert tokens_in([text])[0] == T
    assert without_tokens(text) == left


@pytest.mark.parametrize(
    "text", [f"x{T}", f"{T}2", f"kb_visit={T}{T}", "kbv-", "kbv-o0il1o0il1o0", T[:-1]]
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    """Parts of longer words, and letters that no token has."""
    assert tokens_in([text]) == ()
    assert without_tokens(text) == text


WORDS = st.lists(
    st.sampled_from([T, U, f"[{T}]", "kb_visit=", "?", "[", "]", "(", ")", " ", "\n", "kbv-", "é", "a"]),
    max_size=12,
)  # fmt: skip


@given(WORDS)
def test_no_token_survives_cutting(words: list[str]) -> None:
    """Whatever stands around them; a second cut changes nothing."""
    text = "".join(words)
    once = without_tokens(text)
    assert tokens_in([once]) == ()
    assert without_tokens(once) == once


def test_tokens_are_made_of_clear_letters() -> None:
    """Each is one that is recognised, and two differ."""
    rng = random.Random(7)  # noqa: S311 - the same ones each time
    made = [new_token(rng.choice) for _ in range(50)]
    assert all(TOKEN.fullmatch(one) for one in made)
    assert tokens_in(made) == tuple(made)


VALUES = {"visit": T, "article": "kb-1", "lang": "tr", "question": "şifre & x?"}


@pytest.mark.parametrize(
    ("url", "filled"),
    [
        ("https://d.example/new", f"https://d.example/new?kb_visit={T}"),
        ("https://d.example/new?a=1#top", f"https://d.example/new?a=1&kb_visit={T}#top"),
        ("https://d.example/{lang}/new?cf={visit}&from={article}",
         f"https://d.example/tr/new?cf={T}&from=kb-1"),
        ("https://d.example/?q={question}&v={visit}",
         f"https://d.example/?q=%C5%9Fifre%20%26%20x%3F&v={T}"),
    ],
)  # fmt: skip
def test_addresses_are_filled(url: str, filled: str) -> None:
    """Placeholders with encoded values; a parameter where there is no place for the token."""
    assert desk_address(url, VALUES) == filled


def test_an_address_without_a_visit_has_empty_places() -> None:
    """As pages link it for readers without JavaScript."""
    assert desk_address("https://d.example/{lang}?v={visit}", {}) == "https://d.example/?v="
    assert desk_address("https://d.example/new", {}) == "https://d.example/new"


@given(st.text(st.characters(), max_size=60))
def test_no_question_adds_a_part_to_an_address(question: str) -> None:
    """Neither a parameter nor a header nor a fragment, whatever the reader types."""
    values = VALUES | {"question": question}
    assert desk_address("https://d.example/?q={question}", values).count("&") == 1
    mail = mail_address("a@b.example", "Hi & co", values)
    assert (mail.count("?"), mail.count("&"), mail.count("#")) == (1, 1, 0)
    assert mail.isascii()
    assert mail.isprintable()
    assert mail.endswith(f"%0D%0A%0D%0A%5B{T}%5D")


def test_a_long_question_shows_that_it_was_cut() -> None:
    """Some mail programs refuse longer addresses."""
    body = mail_address("a@b.example", "s", VALUES | {"question": "x" * 9_999}).partition("body=")[
        2
    ]
    assert body.startswith("x" * MOST_QUESTION + "%E2%80%A6%0D%0A")
