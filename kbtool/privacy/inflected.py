"""The forms of a name whose stem changes: Estonian ``Jaak``, ``Jaagule``; Russian ``Ольга``, ``Ольге``.

What is only attached (``Katile``, ``Ayşe'nin``) is cut off where names are looked for.
"""

from __future__ import annotations

import re

_VOWELS = "aeiu"
_CYRILLIC = re.compile(r"[а-яё]")
_RUSSIAN = (
    ("ия", ("ии", "ию", "иеи")),
    ("я", ("и", "е", "ю", "еи")),
    ("а", ("ы", "и", "е", "у", "ои", "ою")),
    ("и", ("я", "ю", "ем", "е")),
    ("ь", ("я", "ю", "ем", "и", "е")),
)
"""Ending → those of the other cases; keys have ``и`` for ``й`` and ``е`` for ``ё``."""
_RUSSIAN_BARE = ("а", "у", "ом", "ем", "е", "ым")


def changed_stems(key: str) -> frozenset[str]:
    """Genitives of the name with this match key that do not begin with it; none for most names.

    Estonian gradation and its nominal types (Erelt et al., *Eesti keele käsiraamat*, §§ 36–60), by
    spelling alone: several for one name, of which one is right and the others are no words.
    """
    if len(key) < 3:
        return frozenset()
    if _CYRILLIC.search(key):
        return frozenset(_russian(key))
    return frozenset(_estonian(key)) - {key}


def _russian(key: str) -> list[str]:
    for ending, others in _RUSSIAN:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            return [key[: -len(ending)] + other for other in others]
    return [key + other for other in _RUSSIAN_BARE]


def _estonian(key: str) -> list[str]:
    stem, last = key[:-1], key[-1]
    if key.endswith("ne"):
        return [key[:-2] + "se"]
    if key.endswith("sk"):
        return [stem + "e"]
    if key.endswith(("kk", "pp", "tt")):
        return [stem + vowel for vowel in _VOWELS]
    if last in "kpt" and stem[-1] in "aeiouy":
        return [stem + "gbd"["kpt".index(last)] + vowel for vowel in _VOWELS]
    if key.endswith(("nd", "ld")):
        return [stem + stem[-1] + vowel for vowel in "aiu"]
    if key.endswith("as"):
        return [stem]
    if key.endswith(("er", "el")):
        return [key[:-2] + last + vowel for vowel in "ai"]
    return []
