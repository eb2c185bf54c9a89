"""Deutsch."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(code="de", name="Deutsch", stemmer="german")
