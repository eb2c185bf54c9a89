"""Which language a text is written in: among the configured ones, or an honest "unknown"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

CERTAIN = 0.8
"""Below this the guess was sometimes wrong in our test (7 languages, 324 texts); above it never."""
_LETTERS_NEEDED = 12


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import (  # here, because it loads numpy and a model
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier


def identify_language(text: str, languages: Sequence[str]) -> tuple[str | None, float]:
    """(language, probability 0..1) of ``text`` among ``languages``.

    The language is ``None`` when the probability is under ``CERTAIN`` or the text has too few
    letters to tell. With one configured language a text long enough is taken to be in it.
    """
    if sum(c.isalpha() for c in text) < _LETTERS_NEEDED:
        return None, 0.0
    code, probability = _identifier(tuple(sorted(set(languages)))).classify(text[:4000])
    return (str(code) if probability >= CERTAIN else None), round(float(probability), 4)
