"""Sentences as agents said them, for tests of what drafting makes of sentences."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from kbtool.articles.saying.replies import Said

DAY = date(2026, 1, 5)

SPOKEN = {
    "en": (
        "Open Account > Boxes and tap Change box.",
        "The moving fee is 29 euros.",
        "You can pause for 1 to 3 months (write to us first).",
        "If the box is packed, the change starts with the next one.",
        "We do not deliver on Sundays.",
        "A strainer is 10 cents, so yours is free.",
        "Tap “Sign in” – it takes a minute.",
        "See \ue000kb-7\ue001 before 14:00; after that call us.",
        "Here is how: choose another tea at shop.example/teas.",
    ),
    "tr": (
        "Hesap > Kutular yolunu izleyin ve Kutuyu değiştir'e dokunun.",
        "Taşıma ücreti 29 eurodur.",
        "İndirim %20, en çok üç gün içinde kullanın.",
        "Kupon çay kutularında geçerli değil.",
        "Kutu paketlendiyse değişiklik bir sonrakinde başlar.",
    ),
    "et": (
        "Avage Konto > Karbid ja vajutage Muuda.",
        "Kolimistasu on 29 €.",
        "Peatada saab 1 kuni 3 kuuks.",
        "Kupong ei kehti teekarpidele.",
        "Kui karp on pakitud, algab muudatus järgmisest.",
    ),
    "de": (
        "Öffnen Sie Konto > Boxen und tippen Sie auf „Ändern“.",
        "Der Gutschein gilt nicht für Teeboxen.",
        "Die Rückgabe kostet 1.000 Euro in zwei Wochen.",
    ),
    "ru": ("Купон не действует 14 дней.", "Откройте Счёт > Коробки."),
}
"""Some sentences of each language: paths, numbers, conditions, negations, quotes, links."""

spoken = st.sampled_from([(lang, text) for lang, texts in SPOKEN.items() for text in texts])
"""(language, sentence) that an agent may write."""
texts = st.text(
    alphabet=st.sampled_from(
        list("abKıİéж 0123459.,:;>–-()[]{}\"“”'’€%$/\\<&*_~#|!?\n\t\ue000\ue001\u202e🙂")
    ),
    max_size=60,
)
"""What nobody should write."""


def told(
    text: str,
    lang: str = "en",
    *,
    ticket: int = 1,
    message: int = 1,
    number: int = 1,
    agent: str | None = None,
    day: int | None = 0,
    place: float = 0.0,
    item: bool = False,
    fit: bool = True,
) -> Said:
    """A sentence of agent ``a<ticket>``, ``day`` days after the start (None: nobody knows when)."""
    return Said(
        ref=f"desk:{ticket}/m{message}/s{number}", ticket=f"desk:{ticket}",
        agent=agent or f"a{ticket}", on=None if day is None else DAY + timedelta(days=day),
        text=text, item=item, place=place, fit=fit, lang=lang,
    )  # fmt: skip


def tickets(*said: str, lang: str = "en", first: int = 1, days: int = 1) -> list[list[Said]]:
    """A ticket for each text, ``days`` days apart, its sentences parted by " | "."""
    return [
        [
            told(part, lang, ticket=at, number=n, day=at * days, place=(n - 1) / max(count - 1, 1))
            for n, part in enumerate(parts, start=1)
        ]
        for at, (parts, count) in enumerate(
            ((text.split(" | "), text.count(" | ") + 1) for text in said), start=first
        )
    ]
