"""Русский."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(code="ru", name="Русский", stemmer="russian")
