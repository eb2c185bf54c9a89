"""Русский."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="ru",
    name="Русский",
    stemmer="russian",
    auto_replies=(
        "автоответ", "автоматический ответ", "нахожусь в отпуске", "вне офиса",
    ),
)
