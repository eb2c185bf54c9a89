"""Deutsch."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="de",
    name="Deutsch",
    stemmer="german",
    auto_replies=(
        "automatische antwort", "abwesenheitsnotiz", "abwesenheit", "ich bin nicht im büro", "nicht im haus",
    ),
)
