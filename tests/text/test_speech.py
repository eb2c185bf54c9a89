"""What a sentence of support does, by the phrases of its language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text.speech import KNOWN, NOT, phrases, says

MEANINGS = {
    "acted", "aftermath", "asks", "chargeback", "courtesy", "danger", "defect", "erasure", "fraud",
    "handed", "injury", "instructs", "legal", "looked_up", "safety", "self_harm", "threat",
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "meaning"),
    [
        ("en", "I have just renewed your card.", "acted"),
        ("en", "We've moved it to the other branch for you.", "acted"),
        ("en", "Your booking has now been corrected.", "acted"),
        ("en", "Which name should be on it?", "asks"),
        ("en", "Could you send us your card number?", "asks"),
        ("en", "That is a known bug.", "defect"),
        ("en", "It will be fixed in version 4.", "defect"),
        ("en", "It will be fixed in 4.1.", "defect"),
        ("en", "I have handed your letter to our legal department.", "handed"),
        ("en", "You can do that at any desk.", "instructs"),
        ("en", "Please tap the shelf twice.", "instructs"),
        ("en", "I can see that the book came back.", "looked_up"),
        ("en", "There was smoke coming from the reading lamp.", "danger"),
        ("en", "My solicitor will write to you.", "legal"),
        ("tr", "Kartınızı yeniledim.", "acted"),
        ("tr", "Kaydınız güncellenmiştir.", "acted"),
        ("tr", "KARTINIZI İPTAL ETTİK", "acted"),
        ("tr", "Kart numaranızı paylaşır mısınız?", "asks"),
        ("tr", "Bu bilinen bir hata.", "defect"),
        ("tr", "Konuyu hukuk birimimize ilettim.", "handed"),
        ("tr", "Kartınızı gişede yenileyebilirsiniz.", "instructs"),
        ("tr", "Avukatım sizi arayacak", "legal"),
        ("et", "Pikendasin teie laenutust.", "acted"),
        ("et", "Kaart on nüüd uuendatud.", "acted"),
        ("et", "Palun saatke oma kaardi number.", "asks"),
        ("et", "See on teadaolev viga.", "defect"),
        ("et", "Edastasin selle meie juristile.", "handed"),
        ("et", "Vajutage nuppu kaks korda.", "instructs"),
        ("de", "Ich habe Ihre Karte soeben verlängert.", "acted"),
        ("de", "Ich habe Ihre Adresse geaendert.", "acted"),
        ("de", "Bitte nennen Sie uns Ihre Kundennummer.", "asks"),
        ("de", "Das ist ein bekannter Fehler.", "defect"),
        ("de", "Klicken Sie auf Verlängern.", "instructs"),
    ],
)
def test_each_language_is_heard(lang: str, text: str, meaning: str) -> None:
    """Case, diacritics and words between do not matter."""
    assert meaning in says(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "meaning"),
    [
        ("en", "I have sent you a link to the guide.", "acted"),
        ("en", "We have changed our prices.", "acted"),
        ("en", "If the loan has been cancelled, nothing is due.", "acted"),
        ("en", "You renewed the card yourself.", "acted"),
        ("en", "The app does not start on my Fire TV.", "danger"),
        ("en", "The fire drill is on Monday.", "danger"),
        ("en", "Can I play tennis on your court?", "legal"),
        ("en", "The battery is empty after a day.", "danger"),
        ("tr", "Bağlantıyı size gönderdim.", "acted"),
        ("tr", "Yardım ettiğiniz için sağ olun.", "acted"),
        ("tr", "Artık oda ayırabilirsiniz.", "acted"),
        ("et", "Saatsin teile lingi.", "acted"),
        ("de", "Wenn die Karte gesperrt wurde, hilft der Schalter.", "acted"),
    ],
)
def test_what_only_looks_alike_is_not(lang: str, text: str, meaning: str) -> None:
    """Links that were sent, own prices, conditions, other people, other things of the name."""
    assert meaning not in says(text, lang)


def test_an_unknown_language_says_nothing() -> None:
    """No file, no meaning: whoever asks must take it as unknown."""
    assert says("J'ai remboursé votre commande.", "fr") == frozenset()
    assert says("I have refunded it.", None) == frozenset()


@pytest.mark.parametrize("lang", KNOWN)
def test_files_hold_the_same_meanings(lang: str) -> None:
    """Each language can say everything; lists are in capitals, all are used, exceptions have a rule."""
    lists = phrases(lang)
    meanings = {name for name in lists if not name.isupper() and not name.startswith("data_")}
    assert {name for name in meanings if not name.endswith(NOT)} == MEANINGS
    assert {name.removesuffix(NOT) for name in meanings} == MEANINGS
    told = "\n".join(entry for entries in lists.values() for entry in entries)
    used = set(re.findall(r"[<+]([A-Z_]+)", told))
    assert used == {name for name in lists if name.isupper()}


@pytest.mark.parametrize("lang", KNOWN)
@given(text=st.text(max_size=300))
def test_any_text_can_be_read(lang: str, text: str) -> None:
    """No text breaks it, and how often it is asked changes nothing."""
    assert says(text, lang) == says(text, lang)


@pytest.mark.parametrize("lang", KNOWN)
def test_no_text_takes_long(lang: str) -> None:
    """Words that begin many phrases, ten thousand in a row, are read in one go: gaps are short."""
    first = [entry.split()[0].strip("^<>+()*") for e in phrases(lang).values() for entry in e]
    says(" ".join((first * 100)[:10_000]), lang)
