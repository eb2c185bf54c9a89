"""People whom nobody named: by what is said around them, by their place, by a common first name."""

from __future__ import annotations

import pytest

from kbtool.privacy.inflected import changed_stems
from kbtool.privacy.redact import Redactor

REDACTOR = Redactor((), ("GB", "TR", "EE"), ("Velmo",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my sister Ottoline has the key", "my sister [name] has the key"),
        ("our landlord, Brunhilda, says no", "our landlord, [name], says no"),
        ("a man named Kostandin rang", "a man named [name] rang"),
        ("Peeter's wife; his son Thorvald's bike", "Peeter's wife; his son [name]'s bike"),
        ("Görkem'in komşusu; eşim Aydan'ın bisikleti", "Görkem'in komşusu; eşim [name]'ın bisikleti"),
        ("naabri Eerika ratas", "naabri [name] ratas"),
        ("Ezgi told me so", "[name] told me so"),
        ("Sandra ütles nii", "[name] ütles nii"),
        ("I spoke with Wilhelmina today", "I spoke with [name] today"),
        ("This is Ottoline from Leeds", "This is [name] from Leeds"),
        ("Recipient: Quentin Blackwood", "Recipient: [name]"),
        ("Gracias\nIñaki", "Gracias\n[name]"),
        ("Best regards\n\nOttoline Frost", "Best regards\n\n[name]"),
        ("Thanks, Ottoline", "Thanks, [name]"),
        ("--\nOttoline Frost", "--\n[name]"),
        ("then Martin Oakley came", "then [name] came"),
        ("Monika\nthe lock is stuck", "[name]\nthe lock is stuck"),
        ("meine Kollegin Frauke war da", "meine Kollegin [name] war da"),
        ("моя сестра Зарина звонила", "моя сестра [name] звонила"),
    ],
)  # fmt: skip
def test_people_go(text: str, expected: str) -> None:
    """The name and nothing beside it."""
    assert REDACTOR.redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the courier Omniva never came",
        "my brother Printer is jammed",
        "the driver Realtek is too old",
        "Password Manager Pro crashes",
        "Outlook told me that it is full",
        "Support promised me a refund",
        "I spoke to Support on Monday",
        "I am English and live here",
        "This is Windows 11",
        "Thanks, Team",
        "Liebe Grüße",
        "Kind regards\nVelmo Support",
        "Danke\nBitte schnell",
        "Anna teada, kui saabub",
        "Kuller ütles homme",
        "Philips Hue and Silver Plan",
        "Ich bin Kunde bei Ihnen",
        "Deniz Feneri temasını seçin",
    ],
)
def test_things_stay(text: str) -> None:
    """Brands, departments, nationalities, days and words of a sentence are no people."""
    assert REDACTOR.redact(text) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jaak Kask", "Jaagule ja Kase"),
        ("Priit Lepp", "Priidu, Lepale"),
        ("Peeter Lind", "Peetrile Linnuga"),
        ("Toomas Rebane", "Tooma Rebasel"),
        ("Siim Pärn", "Siimul Pärnaga"),
        ("Ольга Громова", "Ольге Громову"),
        ("Сергей Волков", "Сергею Волковым"),
    ],
)
def test_known_names_go_in_every_case(name: str, text: str) -> None:
    """Also where the stem changes."""
    shown = Redactor((name,)).redact(text)
    assert shown.replace("[name]", "").strip(" ,ja") == ""


def test_most_names_have_no_other_stem() -> None:
    """What is only attached is cut off elsewhere; a stem is never shorter than a name may be."""
    assert changed_stems("kati") == changed_stems("ab") == frozenset()
    assert all(
        len(form) >= 3 for name in ("jaak", "kask", "eva", "tom") for form in changed_stems(name)
    )
