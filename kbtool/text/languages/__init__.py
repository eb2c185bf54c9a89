"""Languages: one module each, loaded when first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from kbtool.text.languages.record import Language

KNOWN = ("de", "en", "es", "et", "fr", "ru", "tr")

__all__ = ["KNOWN", "Language", "get_language"]


@cache
def get_language(code: str | None) -> Language:
    """The record of a language; an unknown code gets an empty one that still works."""
    base = (code or "").split("-")[0].lower()
    if base in KNOWN:
        found: Language = import_module(f"kbtool.text.languages.{base}").LANGUAGE
        return found
    return Language(code=base or "und", name=base or "und")
