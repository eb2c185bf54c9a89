"""Español."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(code="es", name="Español", stemmer="spanish")
