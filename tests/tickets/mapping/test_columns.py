"""Home-made tables: their columns are guessed."""

from __future__ import annotations

import pytest

from kbtool.errors import InputError
from kbtool.tickets.mapping.columns import generic_mapping, guess_columns, propose_columns


@pytest.mark.parametrize(
    "header",
    [
        [
            "Ticket ID",
            "Subject",
            "Description",
            "Reply",
            "Internal note",
            "Status",
            "Created at",
            "Customer email",
        ],
        ["Pileti nr", "Teema", "Kirjeldus", "Vastus", "Sisemärkus", "Olek", "Loodud", "E-post"],
        [
            "Talep No",
            "Konu",
            "Açıklama",
            "Yanıt",
            "İç Not",
            "Durum",
            "Oluşturulma Tarihi",
            "E-posta",
        ],
    ],
    ids=["en", "et", "tr"],
)
def test_columns_are_guessed_in_three_languages(header: list[str]) -> None:
    """Each column finds its field whatever case and signs it is written with."""
    fields = ["id", "subject", "description", "reply", "note", "status", "created_at", "email"]
    assert guess_columns([name.upper() for name in header]) == {
        field: name.upper() for field, name in zip(fields, header, strict=True)
    }


def test_product_type_and_priority_are_fields_of_their_own() -> None:
    """They are no group."""
    header = ["id", "subject", "Product", "Ticket type", "Öncelik", "Team"]
    assert guess_columns(header) == {
        "id": "id",
        "subject": "subject",
        "product": "Product",
        "type": "Ticket type",
        "priority": "Öncelik",
        "group": "Team",
    }


def test_missing_columns_are_listed() -> None:
    """The error names what is needed and what was found."""
    with pytest.raises(InputError, match="no column for an id; found: Subject, Text"):
        generic_mapping(["Subject", "Text"], [], "x.csv")
    with pytest.raises(InputError, match="a subject or a description"):
        generic_mapping(["id", "colour"], [], "x.csv")


def test_what_the_cells_look_like_is_proposed_only() -> None:
    """The id is the first column without equals or blanks, the question the longest."""
    rows: list[dict[str, object]] = [
        {"colour": "red", "nr_x": "A1", "words": "my parcel has not arrived"},
        {"colour": "red", "nr_x": "A2", "words": "how can I pay by invoice"},
    ]
    assert propose_columns({}, list(rows[0]), rows) == {"id": "nr_x", "description": "words"}


@pytest.mark.parametrize(
    ("cells", "scale"),
    [(["1", "0"], (0, 1)), (["4", "5"], (1, 5)), (["9"], (0, 10)), (["80"], (0, 100))],
)
def test_the_scale_of_a_rating_follows_from_its_highest(
    cells: list[str], scale: tuple[float, float]
) -> None:
    """Stars, marks out of ten and percents look alike only at a glance."""
    rows: list[dict[str, object]] = [{"rating": cell} for cell in cells]
    mapping = generic_mapping(["id", "subject", "rating"], rows, "x.csv")
    assert mapping.ticket["csat"].scale == scale
