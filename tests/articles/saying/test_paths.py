"""Menu paths: where they begin and end, and which of them lead elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.saying.paths import (
    differ_inside,
    leads_elsewhere,
    menu_labels,
    menu_paths,
    steps_of,
)
from tests.articles.saying.sentences import texts

steps = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4).map(tuple)


def _shown(text: str, lang: str, *others: str) -> list[str]:
    return [path for _, path in menu_paths(text, lang, menu_labels([text, *others], lang))]


@pytest.mark.parametrize(
    ("lang", "text", "path"),
    [
        ("en", "Go to Account > Boxes.", "Account > Boxes"),
        ("en", "Please tap My Orders > Return item, then wait.", "My Orders > Return item"),
        ("en", "(see Account > Boxes)", "Account > Boxes"),
        ("tr", "Hesap > Kutular'a dokunun", "Hesap > Kutular"),
        ("et", "Avage Konto > Karbid.", "Konto > Karbid"),
        ("de", "Öffnen Sie Konto > Boxen.", "Konto > Boxen"),
        ("ru", "Откройте Счёт > Коробки.", "Счёт > Коробки"),
    ],
)
def test_a_path_is_its_labels(lang: str, text: str, path: str) -> None:
    """Without the verb before it, the case ending behind it and what follows."""
    assert _shown(text, lang) == [path]


def test_what_most_agents_write_tells_where_a_path_ends() -> None:
    """ "Account > Boxes and tap" ends where the others' paths do."""
    others = ["Open Account > Boxes.", "In Account > Boxes, tap it.", "Account > Boxes"]
    assert _shown("Open Account > Boxes and tap Change", "en", *others) == ["Account > Boxes"]


def test_a_path_without_a_clear_end_is_none() -> None:
    """Nothing tells where the label ends and the sentence goes on."""
    assert not list(menu_paths("Open Account > Boxes which you find below the picture there", "en"))


@pytest.mark.parametrize("text", ["5 > 3", "a > b", "x -> y", "", "> quoted", "Tea >", "> > >"])
def test_other_arrows_are_no_paths(text: str) -> None:
    """A path begins with a capital and has a label on both sides."""
    assert _shown(text, "en") == []


@pytest.mark.parametrize("text", ["ödeme için şifre > takip seçin", "bkz. ğ > Kutular", "ž > Y"])
def test_what_no_capital_begins_is_no_path(text: str) -> None:
    """Also where the small letter is beyond Latin-1; nothing breaks over it."""
    assert _shown(text, "tr") == []


@given(texts, st.sampled_from(["en", "tr", "et", "de", "ru"]))
def test_paths_are_pieces_of_their_text(text: str, lang: str) -> None:
    """Whatever the text: a path stands where it is said to stand."""
    for start, path in menu_paths(text, lang, menu_labels([text], lang)):
        assert text[start:].startswith(path) or path in text
        assert " > " in path


@pytest.mark.parametrize(
    ("one", "other", "elsewhere", "inside"),
    [
        ("Orders > Return", "Returns > Return", True, False),
        ("Account > Boxes > Change", "Account > Plans > Change", True, True),
        ("Account > Change", "Account > Boxes > Change", False, False),
        ("Account > Boxes", "Account > Cards", False, False),
        ("Your parcel > Return", "Parcel > Return", False, False),
    ],
)
def test_another_way_to_the_same_place(one: str, other: str, elsewhere: bool, inside: bool) -> None:
    """The same end by another way; a path that leaves labels out is the same way."""
    assert leads_elsewhere(steps_of(one), steps_of(other)) is elsewhere
    assert differ_inside(steps_of(one), steps_of(other)) is inside


@given(steps, steps)
def test_leading_elsewhere_is_mutual(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """And nothing leads elsewhere than itself."""
    assert leads_elsewhere(one, other) == leads_elsewhere(other, one)
    assert not leads_elsewhere(one, one)
    assert not differ_inside(one, other) or leads_elsewhere(one, other)
