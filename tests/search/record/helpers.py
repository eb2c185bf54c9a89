"""Articles that the tests of the record share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbtool.model import Document
from kbtool.search.parts import parts_of
from kbtool.search.record.read import Record
from kbtool.search.record.write import write_record
from tests.search.helpers import document

DOCUMENTS = (
    document(
        "kb-refund",
        "en",
        "Get a refund",
        "We pay it back to your credit card.\nYou cannot log in to change the card.",
        questions=("Where is my money?", "Do you pay back?"),
        headings=("Before you ask",),
        tags=("Billing", "money back"),
        category="payment",
    ),
    document(
        "kb-paypal",
        "en",
        "PayPal",
        "Refunds go to the account. A card of credit is no credit card.",
        tags=("billing",),
        category="payment",
    ),
    document("kb-login", "en", "Log in", "Log into the app with e-mail.", category="account"),
    document("kb-off", "en", "The app is off", "Turn it on. The the the.", category="account"),
    document("kb-if", "en", "If", "Only if not."),
    document(
        "kb-sifre",
        "tr",
        "Şifremi nasıl sıfırlarım?",
        "İade için Ayarlar'da şifre bölümünü açın.",
        tags=("ŞİFRE",),
        category="account",
    ),
    document("kb-ratas", "et", "Ratas ei tule kaasa", "Rattaga sõites hoia sidurit. Lisa õli."),
    document("kb-zurich", "de", "Filiale Zürich", "Öffnungszeiten für Schlüssel und Karten."),
)


def written(documents: Sequence[Document], folder: Path) -> Record:
    """The record of ``documents``, written into ``folder`` and opened."""
    write_record(parts_of(documents), folder)
    return Record.open(folder)


def found(record: Record, query: str, **options: object) -> list[str]:
    """The ids that a query finds, best first, without ``kb-``."""
    answer = record.find(query, **options)  # type: ignore[arg-type] # as given
    return [hit.id.removeprefix("kb-") for hit in answer.hits]
