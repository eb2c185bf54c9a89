"""Français."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(code="fr", name="Français", stemmer="french")
