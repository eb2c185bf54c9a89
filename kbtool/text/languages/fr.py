"""Français."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="fr",
    name="Français",
    stemmer="french",
    auto_replies=(
        "réponse automatique", "absence du bureau", "je suis absent", "message automatique",
    ),
)
