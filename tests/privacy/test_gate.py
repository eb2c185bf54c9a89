"""The gate: over-eager about people, silent about ordinary articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.articles.files.store import read_articles
from kbtool.config import load_settings
from kbtool.privacy.gate import personal_data

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Write to jaan@kiri.example.", "a mail address"),
        ("Call 5012 3487.", "a phone number"),
        ("It was order VM-104233.", "an order or customer number"),
        ("The reference is 1234567.", "a number"),
        ("Then we asked Burcu Ekmen about it.", "a name"),
        ("Send it to [address] please.", "a redacted piece"),
        ("The address is 203.0.113.9.", "an IP address"),
        ("She lives at 14 Oak Street.", "a street address"),
    ],
)
def test_people_are_seen(text: str, what: str) -> None:
    """Each kind of personal data is named with its line."""
    found = personal_data(f"First line.\n{text}", ["Velmo"])
    assert [line for line, _ in found] == [2]
    assert found[0][1].startswith(what)


def test_the_sample_articles_pass() -> None:
    """None of the articles of content/ is flagged, with the settings they are published with."""
    settings = load_settings(ROOT)
    articles, findings = read_articles(settings.content_dir)
    assert articles
    assert not findings
    for article in articles:
        assert personal_data(article.body, settings.tickets.product_words) == (), article.path


def test_german_nouns_are_no_names() -> None:
    """A language that capitalises its nouns does not drown the gate."""
    text = "Öffnen Sie die App und wählen Sie unter Konto die Option Passwort Ändern aus dem Menü."
    assert personal_data(text) == ()
