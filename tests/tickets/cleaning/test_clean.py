"""Cleaning: what the sender wrote stays, what mail programs and habits add goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.tickets.cleaning.clean import MAX_MESSAGE, clean
from kbtool.tickets.cleaning.lines import MAX_LINE

NAMES = ("Jaan Põld", "Mari Kask", "Katharina Vogel", "Tolga Kaya", "Callum Hargreaves")


def body(text: str) -> str:
    """The cleaned body of a plain mail."""
    return clean(text, is_html=False, names=NAMES).text


QUOTES = {
    "en": "On Wed, 21 Jan 2026 at 10:59, Marcus (Shop) <a@shop.example> wrote:\n> Old\n> text",
    "en wrapped": "On Wed, 21 Jan 2026 at 10:59,\nMarcus <a@shop.example>\nwrote:\n\nOld text",
    "de": "Am 21.01.2026 um 10:59 schrieb Marcus <a@shop.example>:\n> Alt",
    "fr": "Le mer. 21 janv. 2026 à 10:59, Marcus <a@shop.example> a écrit :\n> Vieux",
    "es": "El mié, 21 ene 2026 a las 10:59, Marcus (<a@shop.example>) escribió:\n> Viejo",
    "tr": "22 May 2026 Cum, 10:41 tarihinde Tolga <a@shop.example> şunu yazdı:\n> Eski",
    "et": "R, 21. november 2025 kell 14:05 kirjutas Tugi <a@shop.example>:\n> Vana",
    "ru": "ср, 21 янв. 2026 г. в 10:59, Tugi <a@shop.example> написал:\n> Старое",
    "outlook": "From: Shop <a@shop.example>\nSent: 16 January 2026\nTo: Lars\nSubject: x\n\nOld text",
    "outlook et": "-----Algne sõnum-----\nSaatja: Tugi\nSaatmisaeg: neljapäev\nSaaja: x\nTeema: y\n\nVana",
    "outlook tr": "Kimden: Tugi\nGönderme Tarihi: 3 Mart\nKime: x\nKonu: y\n\nEski",
    "forward": "---------- Forwarded message ---------\nFrom: x <a@b.example>\nDate: y\nSubject: z\n\nOld",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
def test_quotes_go_in_every_language(quote: str) -> None:
    """The new text stays, the quoted mail becomes a cut."""
    text = "My new text says what does not work and since when."
    cleaned = clean(f"{text}\n\n{quote}", is_html=False, names=())
    assert cleaned.text == text
    assert [cut.kind for cut in cleaned.cuts] == ["quote"]


def test_answers_between_quotes_stay() -> None:
    """An inline reply keeps its own lines only."""
    text = "On 1 Jan 2026 Eva <e@x.example> wrote:\n> First question?\nFirst answer.\n> Second?\nSecond answer."
    assert body(text) == "First answer.\nSecond answer."


@pytest.mark.parametrize(
    "ending",
    [
        "Kind regards\nKatharina Vogel\nLindenallee 14, 04277 Leipzig",
        "Heade soovidega\nMari Kask\nTuuliku klienditugi | 6 000 123 | abi@x.example",
        "Teşekkürler, iyi çalışmalar\nTolga",
        "Thanks, Callum",
        "Callum\n07700 900142",
        "-- \nJaan\nKõrgem spetsialist\nOÜ Näide",
        "Saadetud minu iPhone'ist",
        "iPhone'umdan gönderildi",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "This e-mail may contain confidential information. If you are not the intended recipient delete it.",
    ],
)
def test_endings_go(ending: str) -> None:
    """Closings, signatures, phone lines and disclaimers are cut, the question is not."""
    assert body(f"Where is my bike?\n\n{ending}") == "Where is my bike?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello Pakolog team,\n\nwhere is it?", "where is it?"),
        ("Tere, Jaan!\n\nTeeme korda.", "Teeme korda."),
        ("hi, stood outside", "stood outside"),
        ("Hi there, I don't see it", "I don't see it"),
        ("Ayşe Hanım merhaba, kolay gelsin, kargonuz yolda.", "kargonuz yolda."),
        ("Merhaba Ayşe Hanım,\n\nkargonuz yolda.", "kargonuz yolda."),
        ("Dear Sir or Madam, please help", "please help"),
        ("Здравствуйте!\nГде посылка?", "Где посылка?"),
        ("Best way to do it is this.", "Best way to do it is this."),
        ("Dear customer service is what I expected", "Dear customer service is what I expected"),
        ("Thanks for the quick help with it", "Thanks for the quick help with it"),
    ],
)
def test_greetings_go_and_sentences_stay(text: str, expected: str) -> None:
    """A greeting is cut also before the first sentence; a sentence that begins alike is not."""
    assert body(text) == expected


@pytest.mark.parametrize("text", ["Thanks!", "--\nBen Carver\nEstimator", "Tere", "> only a quote"])
def test_a_body_never_vanishes(text: str) -> None:
    """What would be cut whole is kept."""
    assert body(text) == text


def test_html_keeps_lists_and_loses_the_rest() -> None:
    """Steps, links and bold stay; style, script, hidden text, quote and signature go."""
    html = (
        "<style>p{}</style><script>alert(1)</script><p>Tere, Jaan!</p><ol><li>Avage <b>Seaded &gt; Konto</b></li>"
        "<li><a href='https://x.example/a'>siin</a></li></ol><span hidden>no</span>"
        "<div class='gmail_quote'>vana <blockquote type='cite'>väga vana</blockquote></div>"
        "<div class='gmail_signature'>Mari</div>"
    )
    cleaned = clean(html, is_html=True, names=NAMES)
    assert cleaned.text == "1. Avage **Seaded > Konto**\n2. [siin](https://x.example/a)"
    assert [cut.kind for cut in cleaned.cuts] == ["greeting", "quote", "signature"]


def test_a_quotation_under_a_marked_introduction_is_the_quoted_mail() -> None:
    """Forwarding gateways take the marks off the quotation and leave them on what introduces it."""
    mail = "<p>New</p><div class='gmail_attr'>On Wed, Eva wrote:</div><blockquote>Old</blockquote>"
    own = "<p>The manual says:</p><blockquote>Hold the button.</blockquote>"
    assert clean(mail, is_html=True, names=()).text == "New"
    assert "Hold the button." in clean(own, is_html=True, names=()).text


def test_long_input_is_capped() -> None:
    """No more than the cap is read, no line is longer than the cap, and it is told."""
    cleaned = clean("word " * 20_000, is_html=False, names=())
    assert cleaned.shortened
    assert len(cleaned.text) <= MAX_MESSAGE
    assert max(map(len, cleaned.text.splitlines())) <= MAX_LINE


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("aA >\n:-.,!?@1<p/"), max_size=400), st.booleans())
def test_cleaning_never_fails_and_never_empties(text: str, is_html: bool) -> None:
    """Any text is cleaned without an error; words in plain text leave words behind."""
    cleaned = clean(text, is_html=is_html, names=NAMES)
    if not is_html and text.strip():
        assert cleaned.text
